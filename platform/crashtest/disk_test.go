package crashtest_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/platform/crashtest"
	"alongside/platform/soak"
)

// left are the contents that a file has after many power cuts, and how often.
func left(t *testing.T, events []crashtest.Event, name string) map[string]int {
	t.Helper()
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "old"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := crashtest.NewDisk(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		e.Path = filepath.Join(root, e.Path)
		if e.To != "" {
			e.To = filepath.Join(root, e.To)
		}
		if err := d.Happened(e); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]int{}
	rng := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		to := t.TempDir()
		if err := d.Cut(rng, to); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(to, name))
		if errors.Is(err, os.ErrNotExist) {
			b = []byte("none")
		}
		seen[string(b)]++
	}
	return seen
}

func TestADiskKeepsWhatWasSyncedAndPerhapsTheRest(t *testing.T) {
	a, b := strings.Repeat("a", 512), strings.Repeat("b", 512)
	write := func(at int64, s string) crashtest.Event {
		return crashtest.Event{What: crashtest.Write, Path: "old", At: at, Data: []byte(s)}
	}
	synced := crashtest.Event{What: crashtest.Sync, Path: "old", Since: 1}
	early := crashtest.Event{What: crashtest.Sync, Path: "old", Since: 0}
	fresh := crashtest.Event{What: crashtest.Create, Path: "new", At: -1}
	folder := crashtest.Event{What: crashtest.Sync, Path: ".", Since: 1}
	for name, c := range map[string]struct {
		events []crashtest.Event
		file   string
		want   []string
	}{
		"not synced":                    {[]crashtest.Event{write(0, "new")}, "old", []string{"old", "new"}},
		"synced":                        {[]crashtest.Event{write(0, "new"), synced}, "old", []string{"new"}},
		"a sync that began before":      {[]crashtest.Event{write(0, "new"), early}, "old", []string{"old", "new"}},
		"sector by sector":              {[]crashtest.Event{write(0, a), synced, write(0, b+b)}, "old", []string{a, b + b, a + b, b}},
		"a name in a folder not synced": {[]crashtest.Event{fresh}, "new", []string{"none", ""}},
		"a name in a synced folder":     {[]crashtest.Event{fresh, folder}, "new", []string{""}},
		"another name":                  {[]crashtest.Event{{What: crashtest.Rename, Path: "old", To: "new"}, folder}, "new", []string{"old"}},
		"no name any more":              {[]crashtest.Event{{What: crashtest.Remove, Path: "old"}}, "old", []string{"old", "none"}},
		"emptied":                       {[]crashtest.Event{{What: crashtest.Truncate, Path: "old", At: 1}}, "old", []string{"old", "o"}},
		"longer":                        {[]crashtest.Event{{What: crashtest.Grow, Path: "old", At: 4}}, "old", []string{"old", "old\x00"}},
	} {
		got := left(t, c.events, c.file)
		for _, w := range c.want {
			if got[w] == 0 {
				t.Errorf("%s: never %.9q", name, w)
			}
			delete(got, w)
		}
		if len(got) > 0 {
			t.Errorf("%s: also %.40v", name, got)
		}
	}
}

// TestAWatchedProgramIsSeen lets a shell and what it starts change a folder.
func TestAWatchedProgramIsSeen(t *testing.T) {
	dir := t.TempDir()
	const script = `cd "$0"; echo one > a; mkdir f; mv a f/b; echo two >> f/b; cat f/b > ../outside; read x; echo "$x" > c; rm c`
	p, err := crashtest.Watch(crashtest.Watching{Folders: []string{dir}}, "/bin/sh", "-c", script, dir)
	if errors.Is(err, crashtest.ErrCannotWatch) && !soak.Full() {
		t.Log("not shown on this machine:", err)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer p.Kill()
	if err := p.Tell("three"); err != nil {
		t.Fatal(err)
	}
	p.Finish()
	var said []string
	for _, e := range p.Events() {
		rel, _ := filepath.Rel(dir, e.Path)
		said = append(said, strings.TrimSpace(e.What+" "+rel+" "+string(e.Data)))
	}
	want := "create a; write a one; folder f; rename a; create f/b; write f/b two; create c; write c three; remove c"
	if got := strings.Join(said, "; "); got != want || !p.Ended() {
		t.Errorf("saw %s\nwant %s", got, want)
	}
}

// TestAWatchedProgramEndsWhereItIsTold: before a write, the write does not
// happen; after it, it has.
func TestAWatchedProgramEndsWhereItIsTold(t *testing.T) {
	for _, early := range []bool{true, false} {
		dir := t.TempDir()
		on := func(e crashtest.Event, before bool) bool { return e.What == crashtest.Write && before == early }
		p, err := crashtest.Watch(crashtest.Watching{Folders: []string{dir}, On: on}, "/bin/sh", "-c", `cd "$0"; echo one > a; echo two > b`, dir)
		if errors.Is(err, crashtest.ErrCannotWatch) && !soak.Full() {
			t.Log("not shown on this machine:", err)
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		p.Finish()
		b, err := os.ReadFile(filepath.Join(dir, "a"))
		if want := map[bool]string{true: "", false: "one\n"}[early]; err != nil || string(b) != want {
			t.Errorf("before: %v, a holds %q, %v", early, b, err)
		}
		if _, err := os.Stat(filepath.Join(dir, "b")); err == nil {
			t.Error("it went on")
		}
	}
}
