package seal

import (
	"bytes"
	"encoding/base32"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/platform/id"

	"pgregory.net/rapid"
)

func TestIDsAreWrittenAsAllIDsAre(t *testing.T) {
	letters := base32.NewEncoding(id.Alphabet).WithPadding(base32.NoPadding)
	rapid.Check(t, func(t *rapid.T) {
		s := slotID(rapid.SliceOfN(rapid.Byte(), idSize, idSize).Draw(t, "id"))
		if s.String() != letters.EncodeToString(s[:]) {
			t.Fatalf("%x is written %s", s, s)
		}
		if back, ok := parseID(s.String()); !ok || back != s {
			t.Fatalf("%x came back as %x", s, back)
		}
	})
}

func TestAnIDHasOneSpelling(t *testing.T) {
	s := newSlotID(7).String()
	for _, bad := range []string{
		"", s[:20], s + "0", strings.ToUpper(s), s[:20] + "1", " " + s[1:], "u" + s[1:], s[:3] + "\x00" + s[4:],
	} {
		if got, ok := parseID(bad); ok && got.String() != bad {
			t.Errorf("%q was taken for %s", bad, got)
		}
	}
	last := strings.IndexByte(id.Alphabet, s[20])
	if _, ok := parseID(s[:20] + string(id.Alphabet[last|1])); ok {
		t.Error("a second spelling of the last letter was taken")
	}
}

// TestTenThousandPeople also goes far past the keys that lie ready.
func TestTenThousandPeople(t *testing.T) {
	v, dir := vault(t)
	var all [][]byte
	seen := map[string]bool{}
	for range 10_000 {
		s := someone(t, v, "t1")
		if seen[s] || len(s) != SubjectSize {
			t.Fatalf("%q was handed out twice, or is no id", s)
		}
		seen[s] = true
		x, err := v.Seal("t1", s, "a.b", []byte(s))
		must(t, err)
		all = append(all, x)
	}
	if n := v.open.list.Len(); n != openedKeys || len(v.open.at) != n {
		t.Fatalf("%d keys lie ready, %d are listed", n, len(v.open.at))
	}
	again, err := Open(dir)
	must(t, err)
	defer again.Close()
	for _, x := range all {
		plain, err := again.Unseal("t1", "a.b", x)
		if err != nil || string(plain) != again.SubjectOf(x) {
			t.Fatalf("%q: %v", plain, err)
		}
	}
}

// A process that dies after it made a batch takes the rest of it along; the
// next one makes its own, and what was handed out stays good.
func TestCrashBetweenBatchAndUse(t *testing.T) {
	v, dir := vault(t)
	s := someone(t, v, "t1")
	x, err := v.Seal("t1", s, "a.b", []byte("note"))
	must(t, err)
	unused := v.tenants["t1"].ready // the rest of the batch dies with v
	next, err := Open(dir)
	must(t, err)
	defer next.Close()
	for range 2 * largeBatch {
		n := someone(t, next, "t1")
		if n == s || strings.Contains(strings.Join(unused, " "), n) {
			t.Fatalf("%s was handed out twice", n)
		}
	}
	if plain, err := next.Unseal("t1", "a.b", x); err != nil || string(plain) != "note" {
		t.Fatalf("%q, %v", plain, err)
	}
}

// A power cut may leave any part of the batch that was being written. None of
// it was handed out, so all that matters is that the next batch is sound.
func TestTornBatch(t *testing.T) {
	for _, tail := range [][]byte{
		bytes.Repeat([]byte{live}, 1), make([]byte, slotSize), bytes.Repeat([]byte{0xa5}, slotSize+17), make([]byte, 3*slotSize+127),
	} {
		v, dir := vault(t)
		first := someone(t, v, "t1")
		path := filepath.Join(dir, "keys", "t1", "persons.keys")
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		must(t, err)
		_, err = f.Write(tail)
		must(t, errors.Join(err, f.Close()))
		next, err := Open(dir)
		must(t, err)
		defer next.Close()
		for _, s := range []string{first, someone(t, next, "t1"), someone(t, next, "t1")} {
			x, err := next.Seal("t1", s, "a.b", []byte("note"))
			must(t, err)
			_, err = v.Unseal("t1", "a.b", x)
			must(t, err)
		}
		say, err := next.Check("t1")
		if err != nil || len(say) > 1 || len(say) == 1 && (bytes.Count(tail, []byte{0}) == len(tail) || !strings.Contains(say[0], "torn")) {
			t.Fatalf("after %x: Check says %q, %v", tail, say, err)
		}
		st, err := os.Stat(path)
		if err != nil || (st.Size()-headerSize)%slotSize != 0 {
			t.Fatalf("slots are out of step: %d bytes, %v", st.Size(), err)
		}
	}
}

// Whatever happens to a slot, it opens as the key it held or not at all.
func TestFlippedSlot(t *testing.T) {
	v, dir := vault(t)
	s := someone(t, v, "t1")
	x, err := v.Seal("t1", s, "a.b", []byte("note"))
	must(t, err)
	f, err := os.OpenFile(filepath.Join(dir, "keys", "t1", "persons.keys"), os.O_RDWR, 0)
	must(t, err)
	defer f.Close()
	good := make([]byte, slotSize)
	_, err = f.ReadAt(good, headerSize)
	must(t, err)
	for bit := range slotSize * 8 {
		bad := bytes.Clone(good)
		bad[bit/8] ^= 1 << (bit % 8)
		_, err = f.WriteAt(bad, headerSize)
		must(t, err)
		v.open = newOpened(1)
		if _, err := v.Unseal("t1", "a.b", x); !errors.Is(err, ErrNoKey) {
			t.Fatalf("bit %d: %v", bit, err)
		}
	}
}

func TestUnknownPeople(t *testing.T) {
	v, _ := vault(t)
	s := someone(t, v, "t1")
	for _, unknown := range []string{"", "someone", newSlotID(0).String(), newSlotID(1 << 39).String()} {
		if _, err := v.Seal("t1", unknown, "a.b", nil); !errors.Is(err, ErrNoKey) {
			t.Errorf("%q: %v", unknown, err)
		}
		if err := v.Erase("t1", unknown); !errors.Is(err, ErrNoKey) {
			t.Errorf("erase %q: %v", unknown, err)
		}
	}
	for _, tenant := range []string{"", "t3", "../t1", "T1", strings.Repeat("a", 65)} {
		_, err := v.Seal(tenant, s, "a.b", nil)
		_, err2 := v.NewSubject(tenant)
		if !errors.Is(err, ErrNoTenant) || !errors.Is(err2, ErrNoTenant) || v.Token(tenant, "x", nil) != nil && tenant != "" || v.SigningKey(tenant) != nil {
			t.Errorf("%q: %v, %v", tenant, err, err2)
		}
		if err := v.CreateTenant(tenant); err == nil && tenant != "t3" {
			t.Errorf("%q was made", tenant)
		}
	}
}

func TestFilesAreForTheOwnerOnly(t *testing.T) {
	v, dir := vault(t)
	someone(t, v, "t1")
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		must(t, err)
		st, err := d.Info()
		if path != dir && st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, st.Mode())
		}
		return err
	})
	must(t, err)
	root, err := os.ReadFile(filepath.Join(dir, "keys", "root.key"))
	if key := v.tenants["t1"].key; err != nil || len(root) != keySize+checkSize || bytes.Contains(root, key[:8]) {
		t.Fatalf("root.key: %d bytes, %v", len(root), err)
	}
}

func TestDamagedKeyFilesSaySo(t *testing.T) {
	v, dir := vault(t)
	someone(t, v, "t1")
	for _, path := range []string{filepath.Join(dir, "keys", "root.key"), filepath.Join(dir, "keys", "t1", "tenant.key")} {
		good, err := os.ReadFile(path)
		must(t, err)
		for bit := range len(good) * 8 {
			bad := bytes.Clone(good)
			bad[bit/8] ^= 1 << (bit % 8)
			must(t, os.WriteFile(path, bad, 0o600))
			if _, err := readKey(path); err == nil || !strings.Contains(err.Error(), "recovery kit") {
				t.Fatalf("%s, bit %d: %v", path, bit, err)
			}
		}
		must(t, os.WriteFile(path, good[:20], 0o600))
		again, err := Open(dir)
		if err == nil {
			_, err = again.NewSubject("t1")
		}
		if err == nil || errors.Is(err, ErrNoTenant) || !strings.Contains(err.Error(), "damaged") {
			t.Fatalf("%s cut: %v", path, err)
		}
		must(t, os.WriteFile(path, good, 0o600))
	}
	must(t, os.Remove(filepath.Join(dir, "keys", "t1", "persons.keys")))
	again, err := Open(dir)
	must(t, err)
	if _, err := again.NewSubject("t1"); err == nil || errors.Is(err, ErrNoTenant) || !strings.Contains(err.Error(), "persons.keys") {
		t.Fatalf("persons.keys away: %v", err)
	}
}
