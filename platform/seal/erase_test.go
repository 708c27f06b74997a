package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func slotOf(t testing.TB, v *Vault, tenant, subject string) (b [slotSize]byte, s slotID) {
	t.Helper()
	s, ok := parseID(subject)
	if !ok {
		t.Fatalf("%q is no id", subject)
	}
	_, err := v.tenants[tenant].file.ReadAt(b[:], s.offset())
	must(t, err)
	return b, s
}

// Nothing of an erased key is left in any file: not locked, not in part.
func TestEraseLeavesNothingInTheFolder(t *testing.T) {
	v, dir := vault(t)
	people := []string{someone(t, v, "t1"), someone(t, v, "t1"), someone(t, v, "t1")}
	before, _ := slotOf(t, v, "t1", people[1])
	neighbour, _ := slotOf(t, v, "t1", people[2])
	must(t, v.Erase("t1", people[1]))
	locked := before[lockedAt : lockedAt+lockedSize]
	found := 0
	for path, b := range everyFile(t, dir) {
		for i := range len(locked) - 8 {
			if bytes.Contains(b, locked[i:i+8]) {
				t.Fatalf("%s holds bytes %d to %d of the locked key", path, i, i+8)
			}
		}
		if bytes.Contains(b, neighbour[:]) {
			found++
		}
	}
	if found != 1 {
		t.Fatalf("the next slot is in %d files", found)
	}
}

func everyFile(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	must(t, filepath.Walk(dir, func(path string, st os.FileInfo, err error) error {
		if err == nil && st.Mode().IsRegular() {
			out[path], err = os.ReadFile(path)
		}
		return err
	}))
	return out
}

// The power goes after the ledger's line and before the slot is emptied: the
// next opening finishes the work.
func TestCrashBetweenLedgerAndSlot(t *testing.T) {
	v, dir := vault(t)
	s := someone(t, v, "t1")
	x, err := v.Seal("t1", s, "a.b", []byte("note"))
	must(t, err)
	_, slot := slotOf(t, v, "t1", s)
	_, err = v.tenants["t1"].addLines([]ending{{slot, time.Now()}})
	must(t, err)
	again, err := Open(dir)
	must(t, err)
	defer again.Close()
	if _, err := again.Unseal("t1", "a.b", x); !errors.Is(err, ErrErased) {
		t.Fatalf("after opening again: %v", err)
	}
	if _, err := v.Unseal("t1", "a.b", x); !errors.Is(err, ErrErased) {
		t.Fatalf("the process that was running: %v", err)
	}
}

// A torn last line was never acknowledged, so nobody was erased by it, and the
// next erasure takes its place.
func TestTornLedgerLine(t *testing.T) {
	v, dir := vault(t)
	a, b := someone(t, v, "t1"), someone(t, v, "t1")
	must(t, v.Erase("t1", a))
	path := filepath.Join(dir, "keys", "t1", "erasures.log")
	whole, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, append(bytes.Clone(whole), bytes.Repeat(whole[:50], 9)...), 0o600))
	again, err := Open(dir)
	must(t, err)
	defer again.Close()
	must(t, again.Erase("t1", b))
	lines, err := os.ReadFile(path)
	must(t, err)
	ends, err := again.tenants["t1"].readLedger(lines)
	if err != nil || len(ends) != 2 || ends[1].slot.String() != b || lines[len(lines)-1] != '\n' {
		t.Fatalf("%v, %v", ends, err)
	}
	if say, err := again.Check("t1"); err != nil || len(say) > 0 {
		t.Fatalf("%q, %v", say, err)
	}
}

func TestLedgerThatWasTouchedIsRefused(t *testing.T) {
	v, dir := vault(t)
	var people []string
	for range 3 {
		people = append(people, someone(t, v, "t1"))
		must(t, v.Erase("t1", people[len(people)-1]))
	}
	good, err := os.ReadFile(filepath.Join(dir, "keys", "t1", "erasures.log"))
	must(t, err)
	lines := strings.SplitAfter(string(good), "\n")
	other := someone(t, v, "t2")
	must(t, v.Erase("t2", other))
	foreign, err := os.ReadFile(filepath.Join(dir, "keys", "t2", "erasures.log"))
	must(t, err)
	for name, text := range map[string]string{
		"a line cut out":          lines[0] + lines[2],
		"the first line cut out":  lines[1] + lines[2],
		"two lines changed round": lines[1] + lines[0] + lines[2],
		"another's line":          string(foreign),
		"an empty line":           lines[0] + "\n" + lines[1],
		"another person":          strings.Replace(string(good), people[1], someone(t, v, "t1"), 1),
		"another instant":         strings.Replace(string(good), " 1", " 2", 1),
	} {
		if n, err := v.ApplyLedger("t1", strings.NewReader(text)); err == nil || n != 0 || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%s: %d, %v", name, n, err)
		}
	}
	if n, err := v.ApplyLedger("t1", bytes.NewReader(good)); err != nil || n != 0 {
		t.Errorf("its own: %d, %v", n, err)
	}
}

// Older keys are put back. Whoever was erased since stays erased, whether the
// whole ledger lies beside them or is applied to them.
func TestRestoreBringsNobodyBack(t *testing.T) {
	v, dir := vault(t)
	s, kept := someone(t, v, "t1"), someone(t, v, "t1")
	x, err := v.Seal("t1", s, "a.b", []byte("note"))
	must(t, err)
	folder := filepath.Join(dir, "keys", "t1")
	old := everyFile(t, folder)
	must(t, v.Erase("t1", s))
	later := ""
	for range firstBatch { // someone whose key is not in the old copy at all
		later = someone(t, v, "t1")
	}
	must(t, v.Erase("t1", later))
	ledger, err := os.ReadFile(filepath.Join(folder, "erasures.log"))
	must(t, err)
	for _, withLedger := range []bool{false, true} {
		for path, b := range old {
			must(t, os.WriteFile(path, b, 0o600))
		}
		if withLedger {
			must(t, os.WriteFile(filepath.Join(folder, "erasures.log"), ledger, 0o600))
		}
		again, err := Open(dir)
		must(t, err)
		fresh := ""
		for range 2 { // the second has the slot number of whom the copy lacks
			fresh = someone(t, again, "t1")
		}
		y, err := again.Seal("t1", fresh, "a.b", []byte("fresh"))
		must(t, err)
		if fresh[:8] != later[:8] {
			t.Fatalf("%s and %s have different slots: the test tests nothing", fresh, later)
		}
		if !withLedger {
			_, err = again.Unseal("t1", "a.b", x)
			must(t, err) // the older copy alone would bring her back
			n, err := again.ApplyLedger("t1", bytes.NewReader(ledger))
			if err != nil || n != 2 {
				t.Fatalf("%d, %v", n, err)
			}
		}
		if _, err := again.Unseal("t1", "a.b", x); !errors.Is(err, ErrErased) {
			t.Fatalf("with ledger %v: %v", withLedger, err)
		}
		_, err = again.Seal("t1", kept, "a.b", nil)
		must(t, err)
		if plain, err := again.Unseal("t1", "a.b", y); err != nil || string(plain) != "fresh" {
			t.Fatalf("somebody else's key went too: %q, %v", plain, err)
		}
		must(t, again.Close())
	}
}

func TestEndTenant(t *testing.T) {
	v, dir := vault(t)
	s, other := someone(t, v, "t1"), someone(t, v, "t2")
	x, err := v.Seal("t1", s, "a.b", []byte("note"))
	must(t, err)
	second, err := Open(dir)
	must(t, err)
	defer second.Close()
	_, err = second.Unseal("t1", "a.b", x)
	must(t, err)
	key := v.tenants["t1"].key
	must(t, v.EndTenant("t1"))
	for _, w := range []*Vault{v, second} {
		if _, err := w.Unseal("t1", "a.b", x); !errors.Is(err, ErrNoTenant) {
			t.Fatalf("an ended organisation: %v", err)
		}
		_, err = w.Seal("t2", other, "a.b", nil)
		must(t, err)
	}
	for path, b := range everyFile(t, dir) {
		if bytes.Contains(b, key[:8]) {
			t.Fatalf("%s holds the ended key", path)
		}
	}
	if names, err := v.Tenants(); err != nil || len(names) != 1 || names[0] != "t2" {
		t.Fatalf("%q, %v", names, err)
	}
	must(t, v.CreateTenant("t1")) // a new one of the same name opens nothing old
	if _, err := v.Unseal("t1", "a.b", x); err == nil {
		t.Fatal("the old value opened")
	}
}
