package seal

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/platform/errs"
)

func TestCopyKeepsOnlyTheNewestVersion(t *testing.T) {
	v, _ := vault(t)
	s, kept := someone(t, v, "t1"), someone(t, v, "t2")
	x, err := v.Seal("t1", s, "a.b", []byte("note"))
	must(t, err)
	y, err := v.Seal("t2", kept, "a.b", []byte("kept"))
	must(t, err)
	to := filepath.Join(t.TempDir(), "backup", "keys")
	must(t, v.CopyTo(to))
	copied, err := OpenWith(Options{Keys: to})
	must(t, err)
	if plain, err := copied.Unseal("t1", "a.b", x); err != nil || string(plain) != "note" {
		t.Fatalf("%q, %v", plain, err)
	}
	must(t, copied.Close())
	old, err := os.Open(filepath.Join(to, "t1", "persons.keys")) // the old version's bytes, by its open handle
	must(t, err)
	defer old.Close()
	slot, _ := slotOf(t, v, "t1", s)
	must(t, v.Erase("t1", s))
	must(t, v.CopyTo(to))
	st, err := old.Stat()
	must(t, err)
	left := make([]byte, st.Size())
	_, err = old.ReadAt(left, 0)
	must(t, err)
	for path, b := range everyFile(t, to) {
		if bytes.Contains(b, slot[lockedAt:lockedAt+lockedSize]) || bytes.Contains(left, slot[lockedAt:lockedAt+16]) {
			t.Fatalf("%s or the version before it still holds the erased key", path)
		}
	}
	must(t, v.EndTenant("t2"))
	must(t, v.CopyTo(to))
	copied, err = OpenWith(Options{Keys: to})
	must(t, err)
	defer copied.Close()
	if _, err := copied.Unseal("t2", "a.b", y); err == nil {
		t.Fatal("the copy still opens for an organisation that ended")
	}
}

// A restore goes the other way, and never over keys that are newer.
func TestCopyNeverGoesOverNewerKeys(t *testing.T) {
	v, dir := vault(t)
	s := someone(t, v, "t1")
	to := filepath.Join(t.TempDir(), "keys")
	must(t, v.CopyTo(to))
	must(t, v.Erase("t1", s))
	must(t, v.CreateTenant("t3"))
	copied, err := OpenWith(Options{Keys: to})
	must(t, err)
	defer copied.Close()
	before := everyFile(t, dir)
	if err := copied.CopyTo(filepath.Join(dir, "keys")); !errs.Is(err, errs.Conflict) {
		t.Fatalf("an older copy over newer keys: %v", err)
	}
	for path, b := range everyFile(t, dir) {
		if !bytes.Equal(b, before[path]) {
			t.Fatalf("%s was changed", path)
		}
	}
	empty := filepath.Join(t.TempDir(), "keys")
	must(t, copied.CopyTo(empty))
	other, otherDir := vault(t)
	if err := other.CopyTo(empty); !errs.Is(err, errs.Conflict) {
		t.Fatalf("over another database's keys: %v", err)
	}
	if err := v.CopyTo(filepath.Join(otherDir, "keys")); !errs.Is(err, errs.Conflict) {
		t.Fatalf("over another database's keys: %v", err)
	}
}

func TestCheckNamesWhatIsWrong(t *testing.T) {
	v, dir := vault(t)
	people := []string{someone(t, v, "t1"), someone(t, v, "t1"), someone(t, v, "t1")}
	must(t, v.Erase("t1", people[0]))
	folder := filepath.Join(dir, "keys", "t1")
	if say, err := v.Check("t1"); err != nil || len(say) > 0 {
		t.Fatalf("all is well, and it says %q, %v", say, err)
	}
	good := everyFile(t, folder)
	ledger, slots := filepath.Join(folder, "erasures.log"), filepath.Join(folder, "persons.keys")
	for _, c := range []struct {
		say  string
		harm func()
	}{
		{"open to others", func() { must(t, os.Chmod(slots, 0o644)) }},
		{"shorter than it was", func() { must(t, os.Truncate(ledger, 0)) }},
		{"does not say so", func() { must(t, os.Truncate(ledger, 0)) }},
		{"cannot be read", func() { must(t, os.Remove(ledger)) }},
		{"line 1", func() { must(t, os.WriteFile(ledger, append([]byte("v2"), good[ledger][2:]...), 0o600)) }},
		{"1 keys cannot be opened", func() {
			b := bytes.Clone(good[slots])
			b[headerSize+slotSize+20] ^= 1
			must(t, os.WriteFile(slots, b, 0o600))
		}},
		{"although", func() {
			_, err := v.tenants["t1"].addLines([]ending{{mustID(t, people[2]), v.clock.Now()}})
			must(t, err)
		}},
	} {
		c.harm()
		say, err := v.Check("t1")
		if err != nil || !strings.Contains(strings.Join(say, "\n"), c.say) {
			t.Errorf("%q is not in %q, %v", c.say, say, err)
		}
		for path, b := range good {
			must(t, os.WriteFile(path, b, 0o600))
			must(t, os.Chmod(path, 0o600))
		}
	}
}

func mustID(t testing.TB, subject string) slotID {
	t.Helper()
	s, ok := parseID(subject)
	if !ok {
		t.Fatalf("%q is no id", subject)
	}
	return s
}
