package seal

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/platform/clock"
)

func text(s Share) string { return strings.Join(s.Lines(), "\n") }

func kit(t testing.TB, v *Vault, tenant string) Kit {
	t.Helper()
	k, err := v.Kit(tenant)
	must(t, err)
	return k
}

// A lost key comes back: both files are gone, the two sheets make them anew.
func TestKitBringsLostKeysBack(t *testing.T) {
	v, dir := vault(t)
	s := someone(t, v, "t1")
	x, err := v.Seal("t1", s, "a.b", []byte("a note"))
	must(t, err)
	k := kit(t, v, "t1")
	sheet := "Share A of organisation t1\n\n" + strings.ToLower(text(k.A)) + "\n\nKeep it at home.\r\n"
	typed := strings.ReplaceAll(strings.ReplaceAll(text(k.B), "  ", ". "), "\n", "\r\n")
	for _, shares := range [][2]string{{sheet, typed}, {typed, sheet}} {
		must(t, os.Remove(filepath.Join(dir, "keys", "root.key")))
		must(t, os.WriteFile(filepath.Join(dir, "keys", "t1", "tenant.key"), []byte("torn"), 0o600))
		must(t, Recover(dir, "t1", shares[0], shares[1]))
		must(t, Recover(dir, "", shares[0], shares[1])) // once more, without saying whose, changes nothing
		again, err := Open(dir)
		must(t, err)
		plain, err := again.Unseal("t1", "a.b", x)
		if err != nil || string(plain) != "a note" || again.DatabaseKey() != v.DatabaseKey() {
			t.Fatalf("%q, %v", plain, err)
		}
		must(t, again.Close())
	}
}

// On a new machine the kit makes the folder; the persons' keys come from a copy.
func TestKitOnAnEmptyMachine(t *testing.T) {
	v, dir := vault(t)
	x, err := v.Seal("t1", someone(t, v, "t1"), "a.b", []byte("a note"))
	must(t, err)
	persons, err := os.ReadFile(filepath.Join(dir, "keys", "t1", "persons.keys"))
	must(t, err)
	k, elsewhere := kit(t, v, "t1"), t.TempDir()
	must(t, Recover(elsewhere, "t1", text(k.A), text(k.B)))
	must(t, os.WriteFile(filepath.Join(elsewhere, "keys", "t1", "persons.keys"), persons, 0o600))
	again, err := Open(elsewhere)
	must(t, err)
	defer again.Close()
	if plain, err := again.Unseal("t1", "a.b", x); err != nil || string(plain) != "a note" {
		t.Fatalf("%q, %v", plain, err)
	}
}

// Every letter of every line is changed to every other, and every two
// neighbours change places: the refusal always names the line.
func TestEverySlipNamesItsLine(t *testing.T) {
	v, dir := vault(t)
	k := kit(t, v, "t1")
	empty := t.TempDir()
	for n, line := range k.B.Lines() {
		for _, bad := range slips(line) {
			lines := k.B.Lines()
			lines[n] = bad
			err := Recover(empty, "t1", text(k.A), strings.Join(lines, "\n"))
			if err == nil || !strings.Contains(err.Error(), "second share, line "+line[:1]) {
				t.Fatalf("%q for %q: %v", bad, line, err)
			}
		}
	}
	if files := everyFile(t, empty); len(files) > 0 {
		t.Fatalf("a refused kit wrote %d files", len(files))
	}
	must(t, Recover(dir, "t1", text(k.A), text(k.B)))
}

func slips(line string) (out []string) {
	for i := 3; i < len(line); i++ {
		if line[i] == ' ' {
			continue
		}
		for _, c := range KitLetters + "0O1ILZ2S5B8G6UVDQFNJ?" {
			if byte(c) != line[i] {
				out = append(out, line[:i]+string(c)+line[i+1:])
			}
		}
		if i > 3 && line[i-1] != ' ' && line[i-1] != line[i] {
			out = append(out, line[:i-1]+string(line[i])+string(line[i-1])+line[i+1:])
		}
		out = append(out, line[:i]+line[i+1:], line[:i]+"A"+line[i:])
	}
	return out
}

func TestWrongSheetsAreRefusedInWords(t *testing.T) {
	v, _ := vault(t)
	k, later, other := kit(t, v, "t1"), kit(t, v, "t1"), kit(t, v, "t2")
	lines := k.B.Lines()
	swapped := strings.Join([]string{lines[0], "2" + lines[2][1:], "3" + lines[1][1:], lines[3], lines[4], lines[5], lines[6]}, "\n")
	mixed := strings.Join(append(k.B.Lines()[:3:3], later.B.Lines()[3:]...), "\n")
	for _, c := range []struct{ name, tenant, a, b, say string }{
		{"same share twice", "t1", text(k.A), text(k.A), "second share, line 1: both are share A"},
		{"shares of two kits", "t1", text(k.A), text(later.B), "second share, line 1: the two shares are of different kits"},
		{"another organisation's", "t1", text(other.A), text(other.B), "not of organisation t1"},
		{"lines of another kit", "t1", text(k.A), mixed, "second share, line 4"},
		{"lines changed round", "t1", text(k.A), swapped, "second share, line 2"},
		{"a line left out", "t1", text(k.A), strings.Join(append(lines[:4:4], lines[5:]...), "\n"), "second share, line 5: this line is missing"},
		{"a line twice", "t1", text(k.A), text(k.B) + "\n" + lines[3], "second share, line 4"},
		{"nothing", "t1", "", text(k.B), "first share, line 1: this line is missing"},
		{"no organisation", "", text(k.A), text(k.B), "organisation's id"},
		{"no such id", "T1/..", text(k.A), text(k.B), "organisation's id"},
	} {
		dir := t.TempDir()
		err := Recover(dir, c.tenant, c.a, c.b)
		if err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v", c.name, err)
		}
		if files := everyFile(t, dir); len(files) > 0 {
			t.Errorf("%s: wrote %d files", c.name, len(files))
		}
	}
}

// Keys that are there and differ are never written over.
func TestRecoverLeavesOtherKeysAlone(t *testing.T) {
	v, _ := vault(t)
	k := kit(t, v, "t1")
	_, dir := vault(t)
	before := everyFile(t, dir)
	if err := Recover(dir, "t1", text(k.A), text(k.B)); err == nil || !strings.Contains(err.Error(), "another key") {
		t.Fatalf("%v", err)
	}
	must(t, os.Remove(filepath.Join(dir, "keys", "root.key")))
	must(t, os.Remove(filepath.Join(dir, "keys", "t1", "tenant.key")))
	if err := Recover(dir, "t1", text(k.A), text(k.B)); err == nil || !strings.Contains(err.Error(), "was not locked with") {
		t.Fatalf("%v", err)
	}
	for path, b := range everyFile(t, dir) {
		if !bytes.Equal(b, before[path]) {
			t.Fatalf("%s was changed", path)
		}
	}
}

// One share alone tells nothing. By construction: for share B and any other
// keys there is a share A that goes with it. And by count: over many kits of
// the same keys, every byte of either share takes every value alike.
func TestOneShareAloneTellsNothing(t *testing.T) {
	v, _ := vault(t)
	b := kit(t, v, "t1").B
	others := newSecret("t1", newKey(), newKey())
	mask, masked := secret{}, b.secret()
	for i := range mask {
		mask[i] = others[i] ^ masked[i]
	}
	first := b.lines[0]
	plain, err := join("t1", newShare("A", first, mask), b)
	if err != nil || plain != others {
		t.Fatalf("share B does not go with other keys: %v", err)
	}
	const kits = 25_600 // 100 of each value expected at each place
	var counts [2][secretSize][256]int
	for range kits {
		k := kit(t, v, "t1")
		for share, s := range []secret{k.A.secret(), k.B.secret()} {
			for i, c := range s {
				counts[share][i][c]++
			}
		}
	}
	for share := range counts {
		for i := range counts[share] {
			// 255 degrees of freedom: beyond 420 once in 10^9 by chance.
			if x := chiSquare(counts[share][i], kits/256); x > 420 {
				t.Errorf("share %d, byte %d is not even: chi-square %.0f", share, i, x)
			}
		}
	}
}

func chiSquare(counts [256]int, want float64) (x float64) {
	for _, n := range counts {
		x += (float64(n) - want) * (float64(n) - want) / want
	}
	return x
}

func TestSplitShares(t *testing.T) {
	v, dir := vault(t)
	k := kit(t, v, "t1")
	for _, text := range []string{
		text(k.A) + "\n" + text(k.B),
		"\n\nshare B\n" + text(k.B) + "\n\nAnd the other, share A:\n1 of 2\n" + text(k.A) + "\nthe end\n",
		strings.ToLower(text(k.B)) + "\r\n" + text(k.A),
	} {
		first, second := SplitShares(text)
		if err := Recover(dir, "t1", first, second); err != nil || first+second != text {
			t.Errorf("%v\n%s", err, text)
		}
	}
	for _, text := range []string{"", "nothing", text(k.A)} {
		first, second := SplitShares(text)
		if err := Recover(dir, "t1", first, second); err == nil || second != "" {
			t.Errorf("one share alone: %q, %v", second, err)
		}
	}
}

func TestKitCarriesItsDay(t *testing.T) {
	v, _ := vault(t)
	now := clock.System{}.Now()
	v.clock = clock.NewFake(now)
	if k := kit(t, v, "t1"); !k.Made.Equal(now) || k.Tenant != "t1" || k.A.Letter != "A" || k.B.Letter != "B" {
		t.Fatalf("%+v", k.Made)
	}
	if _, err := v.Kit("t9"); err == nil {
		t.Fatal("a kit of nobody's keys")
	}
}
