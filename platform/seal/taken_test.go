package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"alongside/platform/clock"
	"alongside/platform/errs"
)

// noted is a folder with three lines in its list of what was taken back.
func noted(t testing.TB) (v *Vault, path string) {
	t.Helper()
	v, dir := vault(t)
	for _, id := range []string{"c1", "c2", "c3"} {
		must(t, v.Note("t1", "consent", id))
	}
	return v, filepath.Join(dir, "keys", "t1", "taken.log")
}

func kinds(t testing.TB, v *Vault) (out []string) {
	t.Helper()
	list, err := v.Noted("t1")
	must(t, err)
	for _, n := range list {
		out = append(out, n.Kind+" "+n.ID)
	}
	return out
}

// What is noted is read back in its order, with its instant to the microsecond,
// also by another process, and by nobody of another organisation.
func TestNotesAreKeptInOrder(t *testing.T) {
	dir, at := t.TempDir(), time.Date(2026, 11, 28, 9, 0, 0, 123456789, time.UTC)
	clk := clock.NewFake(at)
	v, err := CreateWith(Options{Dir: dir, Clock: clk})
	must(t, err)
	defer v.Close()
	must(t, v.CreateTenant("t1"))
	must(t, v.CreateTenant("t2"))
	must(t, v.Note("t1", "consent", "c1"))
	clk.Add(time.Second)
	must(t, v.Note("t1", "account", "a1"))
	again, err := Open(dir)
	must(t, err)
	defer again.Close()
	got, err := again.Noted("t1")
	want := []Noted{{"consent", "c1", at.Truncate(time.Microsecond)}, {"account", "a1", at.Add(time.Second).Truncate(time.Microsecond)}}
	if err != nil || len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Fatalf("%v, %v", got, err)
	}
	if got, err := again.Noted("t2"); err != nil || len(got) != 0 {
		t.Fatalf("another organisation: %v, %v", got, err)
	}
}

// What would not come back as it was is refused, and nothing is written.
func TestANoteIsAWordAndAnID(t *testing.T) {
	v, path := noted(t)
	before, err := os.ReadFile(path)
	must(t, err)
	for _, n := range [][2]string{{"", "x"}, {"Consent", "x"}, {"con sent", "x"}, {"consent", ""}, {"consent", "a b"}, {"consent", "a\nb"}, {"consent", "é"}} {
		if err := v.Note("t1", n[0], n[1]); err == nil {
			t.Errorf("%q was noted", n)
		}
	}
	if err := v.Note("t9", "consent", "x"); !errors.Is(err, ErrNoTenant) {
		t.Errorf("no such organisation: %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("%q, %v", after, err)
	}
}

func TestNotesThatWereTouchedAreRefused(t *testing.T) {
	v, path := noted(t)
	good, err := os.ReadFile(path)
	must(t, err)
	lines := strings.SplitAfter(string(good), "\n")
	must(t, v.Note("t2", "consent", "c1"))
	foreign, err := os.ReadFile(filepath.Join(filepath.Dir(filepath.Dir(path)), "t2", "taken.log"))
	must(t, err)
	must(t, v.Erase("t1", someone(t, v, "t1")))
	erasures, err := os.ReadFile(filepath.Join(filepath.Dir(path), "erasures.log"))
	must(t, err)
	misused := *v.tenants["t1"].taken
	misused.use = v.tenants["t1"].ledger.use
	for name, text := range map[string]string{
		"a line cut out":          lines[0] + lines[2],
		"the first line cut out":  lines[1] + lines[2],
		"two lines changed round": lines[1] + lines[0] + lines[2],
		"another's line":          string(foreign),
		"signed for another list": misused.line(saying{"consent c1", v.clock.Now()}, chained{}),
		"a line of erasures.log":  string(erasures),
		"an empty line":           lines[0] + "\n" + lines[1],
		"another consent":         strings.Replace(string(good), " c2 ", " c9 ", 1),
		"another kind":            strings.Replace(string(good), " consent c2 ", " account c2 ", 1),
		"another instant":         strings.Replace(string(good), " 1", " 2", 1),
	} {
		if n, err := v.ApplyNotes("t1", strings.NewReader(text)); err == nil || n != 0 || !strings.Contains(err.Error(), "taken.log, line ") {
			t.Errorf("%s, carried over: %d, %v", name, n, err)
		}
		must(t, os.WriteFile(path, []byte(text), 0o600))
		if got, err := v.Noted("t1"); err == nil || len(got) > 0 {
			t.Errorf("%s, read: %v, %v", name, got, err)
		}
		if say, err := v.Check("t1"); err != nil || !strings.Contains(strings.Join(say, "\n"), "taken.log, line ") {
			t.Errorf("%s, checked: %q, %v", name, say, err)
		}
	}
	// a note is no line of the other list either
	if n, err := v.ApplyLedger("t1", bytes.NewReader(good)); err == nil || n != 0 {
		t.Errorf("a note as an erasure: %d, %v", n, err)
	}
}

// The chain alone cannot show that its end was cut off: the keys' header does.
func TestNotesThatWereCutAtTheEndAreNamed(t *testing.T) {
	v, path := noted(t)
	if say, err := v.Check("t1"); err != nil || len(say) > 0 {
		t.Fatalf("all is well, and it says %q, %v", say, err)
	}
	good, err := os.ReadFile(path)
	must(t, err)
	must(t, os.Truncate(path, int64(bytes.IndexByte(good, '\n')+1)))
	if say, err := v.Check("t1"); err != nil || !strings.Contains(strings.Join(say, "\n"), "taken.log is shorter than it was") {
		t.Errorf("cut: %q, %v", say, err)
	}
	must(t, os.Remove(path))
	if say := strings.Join(v.Lacks("t1"), "\n"); !strings.Contains(say, "taken.log is lost") {
		t.Errorf("lost: %q", say)
	}
}

// Folders of before have no such list. Nothing is wrong with them, and the first
// note makes it.
func TestAFolderOfBefore(t *testing.T) {
	v, dir := vault(t)
	must(t, os.Remove(filepath.Join(dir, "keys", "t1", "taken.log")))
	say, err := v.Check("t1")
	if err != nil || len(say) > 0 || len(v.Lacks("t1")) > 0 {
		t.Fatalf("%q %q %v", say, v.Lacks("t1"), err)
	}
	if got := kinds(t, v); len(got) > 0 {
		t.Fatalf("%q", got)
	}
	to := filepath.Join(t.TempDir(), "keys")
	must(t, v.CopyTo(to))
	must(t, v.Note("t1", "consent", "c1"))
	if got := kinds(t, v); len(got) != 1 {
		t.Fatalf("%q", got)
	}
	must(t, v.CopyTo(to))
	copied, err := OpenWith(Options{Keys: to})
	must(t, err)
	defer copied.Close()
	if got := kinds(t, copied); len(got) != 1 {
		t.Fatalf("the copy: %q", got)
	}
}

// A torn last line was never acknowledged: it is left out, and the next note
// takes its place, also where this process wrote the line before it.
func TestATornNote(t *testing.T) {
	v, path := noted(t)
	good, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, append(bytes.Clone(good), good[:40]...), 0o600))
	if got := kinds(t, v); len(got) != 3 {
		t.Fatalf("%q", got)
	}
	must(t, v.Note("t1", "consent", "c4"))
	if got := kinds(t, v); len(got) != 4 || got[3] != "consent c4" {
		t.Fatalf("%q", got)
	}
	if say, err := v.Check("t1"); err != nil || len(say) > 0 {
		t.Fatalf("%q, %v", say, err)
	}
}

// Two vaults write in turn: each finds what the other wrote.
func TestTwoVaultsNoteInTurn(t *testing.T) {
	v, dir := vault(t)
	second, err := Open(dir)
	must(t, err)
	defer second.Close()
	for range 3 {
		must(t, v.Note("t1", "consent", "x"))
		must(t, second.Note("t1", "card", "y"))
		must(t, second.Note("t1", "card", "z"))
	}
	if got := kinds(t, v); len(got) != 9 || got[3] != "consent x" || got[8] != "card z" {
		t.Fatalf("%q", got)
	}
}

// A newer list is carried over to older keys: what is new comes once, with its
// own instant.
func TestNewerNotesAreCarriedOver(t *testing.T) {
	v, path := noted(t)
	to := filepath.Join(t.TempDir(), "keys")
	must(t, v.CopyTo(to))
	must(t, v.Note("t1", "account", "a1"))
	newer, err := os.ReadFile(path)
	must(t, err)
	old, err := OpenWith(Options{Keys: to})
	must(t, err)
	defer old.Close()
	must(t, old.Note("t1", "card", "d1")) // it went on from the older keys
	for i, want := range []int{1, 0} {
		if n, err := old.ApplyNotes("t1", bytes.NewReader(newer)); err != nil || n != want {
			t.Fatalf("%d: %d, %v", i, n, err)
		}
	}
	theirs, err := v.Noted("t1")
	must(t, err)
	ours, err := old.Noted("t1")
	if err != nil || len(ours) != 5 || ours[3].Kind != "card" || ours[4] != theirs[3] {
		t.Fatalf("%v, %v", ours, err)
	}
	if say, err := old.Check("t1"); err != nil || len(say) > 0 {
		t.Fatalf("%q, %v", say, err)
	}
}

// A copy whose list is older never goes over a newer one.
func TestCopyNeverGoesOverNewerNotes(t *testing.T) {
	v, path := noted(t)
	to := filepath.Join(t.TempDir(), "keys")
	must(t, v.CopyTo(to))
	must(t, v.Note("t1", "consent", "c4"))
	old, err := OpenWith(Options{Keys: to})
	must(t, err)
	defer old.Close()
	if err := old.CopyTo(filepath.Dir(filepath.Dir(path))); !errs.Is(err, errs.Conflict) {
		t.Fatalf("%v", err)
	}
	if got := kinds(t, v); len(got) != 4 {
		t.Fatalf("%q", got)
	}
	must(t, v.CopyTo(to))
}

// What cannot be written says so, and what was there stays whole. A folder in the
// list's place stops root too.
func TestANoteThatFindsNoRoom(t *testing.T) {
	v, path := noted(t)
	good, err := os.ReadFile(path)
	must(t, err)
	must(t, os.Remove(path))
	must(t, os.Mkdir(path, 0o700))
	if err := v.Note("t1", "consent", "c4"); err == nil {
		t.Fatal("it was noted")
	}
	must(t, os.Remove(path))
	must(t, os.WriteFile(path, good, 0o600))
	must(t, v.Note("t1", "consent", "c5"))
	if got := kinds(t, v); len(got) != 4 || got[3] != "consent c5" {
		t.Fatalf("%q", got)
	}
}
