package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"alongside/platform/crashtest"
	"alongside/platform/db"
	"alongside/platform/module"
	"alongside/surface/cli"
)

// typedCommands is what is typed for each command, in the order in which all of it can
// be done. D is the data folder, P a person, O a place for what comes out; all on
// the small disk. What runs until it is stopped is stopped at its first word.
func typedCommands() [][]string {
	const org = "--data D --org Lantern"
	return [][]string{
		{"init", "--data O/other --org Other --admin ada@made-up.example"},
		{"recover", "--data O/lost < O/kit"},
		{"user add", org + " --role peer --email rosa@made-up.example"},
		{"account resume", org + " --email rosa@made-up.example"},
		{"site add", org + " --name Mercy"},
		{"import fhir", "FHIR " + org},
		{"import people", "O/people.csv " + org},
		{"participant add", org + " --person P --email blue@made-up.example"},
		{"participant card", org + " --person P --alias Blue"},
		{"search rebuild", org},
		{"export fhir", org},
		{"handoffs", org + " --json"},
		{"channel", "open " + org + " --channel sms --not-needed --why a_modem_of_our_own"},
		{"channel", "door new " + org},
		{"recipient add", org + " --name Clinic --kind provider"},
		{"recipients", org},
		{"consent check", org + " --person P --recipient R --purpose TREAT"},
		{"consent read", "CONSENT " + org},
		{"accounting", org + " --person P"},
		{"privacy", org + " --regime hipaa --why We_take_no_federal_money."},
		{"privacy minors", org + " --sign both --says Made_up_for_this_test."},
		{"organisation zone", org + " --zone Europe/London"},
		{"organisation pause", org + " --why Made_up_for_this_test,_for_now."},
		{"organisation list", "--data D"},
		{"organisation resume", org + " --why Made_up_for_this_test,_again."},
		{"audit checkpoint", org},
		{"audit verify", "--data D"},
		{"audit key", org},
		{"export person", "O/taken " + org + " --person P"},
		{"audit receipt", "O/taken/receipts.json"},
		{"retention set", org + " --rule quiet --years 7 --why Decided_by_our_board_in_May."},
		{"retention", org + " --apply"},
		{"backup", "O/copy --data D --keys O/keys"},
		{"restore", "O/copy --data O/back --keys O/keys"},
		{"doctor", "--data D"},
		{"migrate", "--data D"},
		{"leave", org + " --person P --sure"},
		{"serve", "--data D --addr 127.0.0.1:0"},
		{"demo", "--addr 127.0.0.1:0 --data O/demo"},
		{"pages", "--addr 127.0.0.1:0"},
		{"simulate handoffs", ""},
		{"stats", "wilson --x 3 --n 10"},
		{"score", "phq-9 O/phq.json"},
		{"goals score", "O/goals.json"},
		{"instruments", ""},
		{"evidence", ""},
		{"version", ""},
	}
}

// terminal is a small disk and who types at it.
type terminal struct {
	*testing.T
	disk  *crashtest.SmallDisk
	known map[string]string // D, O, P, R
}

// hearing is what a command said. first is called at the first word.
type hearing struct {
	bytes.Buffer
	first func()
}

// Write keeps the words.
func (h *hearing) Write(b []byte) (int, error) {
	defer h.first()
	return h.Buffer.Write(b)
}

// noRoom is a terminal's file on a full disk.
type noRoom struct{ first func() }

// Write refuses.
func (n noRoom) Write([]byte) (int, error) {
	n.first()
	return 0, &fs.PathError{Op: "write", Path: "out", Err: syscall.ENOSPC}
}

var placeholder = regexp.MustCompile(`\b(?:D|O|P|R|FHIR|CONSENT)\b`)

// run types a command and returns its exit code and what it said.
func (w *terminal) run(command []string, full bool) (code int, out, words string) {
	w.Helper()
	fill := func(s string) string {
		return placeholder.ReplaceAllStringFunc(s, func(s string) string { return w.known[s] })
	}
	line, from, _ := strings.Cut(command[1], " < ")
	var in io.Reader = strings.NewReader("")
	if from != "" {
		b, err := os.ReadFile(fill(from))
		if err != nil {
			w.Fatal(err)
		}
		in = bytes.NewReader(b)
	}
	args := strings.Fields(command[0])
	for _, a := range strings.Fields(line) {
		args = append(args, fill(strings.ReplaceAll(a, "_", " ")))
	}
	ctx, stop := context.WithCancel(w.Context())
	defer stop()
	said, sorry := &hearing{first: func() {}}, &bytes.Buffer{}
	if stopped(command[0]) {
		said.first = stop
	}
	env := module.Env{In: in, Out: said, Err: sorry}
	if full {
		env.Out = noRoom{said.first}
	}
	code = Main(ctx, env, args)
	return code, said.String(), sorry.String()
}

// mustRun is run with room.
func (w *terminal) mustRun(command ...string) string {
	w.Helper()
	code, out, words := w.run(command, false)
	if code != cli.Done {
		w.Fatalf("%v: %d %s", command, code, words)
	}
	return out
}

// trace is everything that lies on the disk but for what fills it, and what a
// database puts beside itself while it is open.
func (w *terminal) trace() string {
	w.Helper()
	h := sha256.New()
	err := filepath.WalkDir(w.disk.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "full" || strings.HasPrefix(d.Name(), db.DatabaseFile+"-") {
			return err
		}
		b, err := os.ReadFile(path)
		fmt.Fprintf(h, "%s %x\n", path, sha256.Sum256(b))
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// newTerminal makes what the commands need.
func newTerminal(t *testing.T) *terminal {
	disk := crashtest.NewSmallDisk(t, 256)
	if disk == nil {
		return nil
	}
	w := &terminal{T: t, disk: disk, known: map[string]string{"D": filepath.Join(disk.Dir, "d"), "O": disk.Dir}}
	cases, err := filepath.Abs("../domain/handoff/testdata/fhir/Rene_Hills_733abdda-2bfa-485f-9c83-ed9b206889b2.subset.json")
	if err != nil {
		t.Fatal(err)
	}
	w.known["FHIR"] = cases
	if w.known["CONSENT"], err = filepath.Abs(filepath.Join("testdata", "consent.json")); err != nil {
		t.Fatal(err)
	}
	kit := w.mustRun("init", "--data O/lost --org Lost --admin ada@made-up.example")
	for name, text := range map[string]string{
		"kit": kit, "people.csv": "First Name,Phone\nZebrafinch,+15550123\n",
		"phq.json":   `{"answers":{"1":0,"2":0,"3":0,"4":0,"5":0,"6":0,"7":0,"8":0,"9":0}}`,
		"goals.json": `{"goals":[{"weight":1,"baseline":-1,"achieved":1}]}`,
	} {
		if err := os.WriteFile(filepath.Join(disk.Dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(disk.Dir, "lost", "keys", "root.key")); err != nil {
		t.Fatal(err)
	}
	w.mustRun("init", "--data D --org Lantern --admin ada@made-up.example")
	w.mustRun("import fhir", "FHIR --data D --org Lantern")
	found := regexp.MustCompile(`"person": ?"([^"]+)"`).FindStringSubmatch(w.mustRun("handoffs", "--data D --org Lantern --json"))
	if found == nil {
		t.Fatal("nobody came in")
	}
	w.known["P"] = found[1]
	w.known["R"] = regexp.MustCompile(`[0-9a-z]{20,}`).FindString(w.mustRun("recipient add", "--data D --org Lantern --name Weir --kind provider"))
	return w
}

// TestEveryCommandOnAFullDisk types every command while the disk is full, once
// with its words going there, and then again with room. What leaves anything on
// the disk when there is room says in words that it could not, and what it was
// for is done once there is room.
func TestEveryCommandOnAFullDisk(t *testing.T) {
	t.Parallel()
	w := newTerminal(t)
	if w == nil {
		return
	}
	typed := map[string]bool{}
	for _, c := range typedCommands() {
		typed[c[0]] = true
		w.tried(c)
	}
	for _, c := range commands() {
		if !typed[c.Name] {
			t.Errorf("alongside %s: not tried on a full disk", c.Name)
		}
	}
}

// tried types one command. The room that a database keeps for its next start is
// taken away first: with it, a little can still be done.
func (w *terminal) tried(c []string) {
	w.Helper()
	kept, err := filepath.Glob(filepath.Join(w.disk.Dir, "*", db.ReserveFile))
	if err != nil {
		w.Fatal(err)
	}
	for _, file := range kept {
		if err := os.Remove(file); err != nil {
			w.Fatal(err)
		}
	}
	before := w.trace()
	w.disk.Fill(0)
	full, out, words := w.run(c, false)
	w.disk.Free()
	left := w.trace()
	room, said, sorry := w.run(c, false)
	switch {
	case room != cli.Done:
		w.Errorf("%s: with room again %d: %s", c[0], room, sorry)
	case full == cli.Done && left == before && w.trace() != left:
		w.Errorf("%s: said on a full disk that it was done, and nothing was", c[0])
	case full != cli.Done && (full != cli.Refused || words+out == ""):
		w.Errorf("%s: %d on a full disk, and said %q", c[0], full, words)
	}
	if said == "" || stopped(c[0]) {
		return
	}
	if unheard, _, words := w.run(c, true); unheard != cli.Refused || words == "" {
		w.Errorf("%s: %d when nobody can hear it, and said %q", c[0], unheard, words)
	}
}

// stopped are the commands that run until they are stopped.
func stopped(command string) bool {
	return slices.Contains([]string{"serve", "demo", "pages"}, command)
}
