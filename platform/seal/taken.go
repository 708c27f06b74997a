package seal

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"alongside/platform/errs"
)

// takenList is the list of what was taken back, stopped or paused: each line
// says a kind and an id. What they mean is for whoever notes them. An older copy
// of the data does not know of it, and a restore carries it out again.
const takenList = "taken.log"

func (t *tenant) takings() *chain {
	return &chain{path: filepath.Join(t.dir, takenList), tenant: t.name, use: "alongside taken back 1", words: 2, sign: t.sign}
}

// Noted is one line of an organisation's list of what was taken back.
type Noted struct {
	Kind string
	ID   string
	At   time.Time
}

// A kind is a word in lower case; an id has no space in it.
var (
	noteKind = regexp.MustCompile(`^[a-z]+$`)
	noteID   = regexp.MustCompile(`^[!-~]+$`)
)

// Note writes down that something was taken back. It is durable before Note
// returns. Where the folder is full or cannot be written to, that is an error
// and the list is as it was. The same may be noted more than once.
func (v *Vault) Note(tenant, kind, id string) error {
	if !noteKind.MatchString(kind) || !noteID.MatchString(id) {
		return errs.New(errs.Internal, "seal: note a "+kind, "")
	}
	t, _, err := v.tenant(tenant)
	if err != nil {
		return err
	}
	return trouble("note", t.note([]saying{{kind + " " + id, v.clock.Now()}}))
}

// note writes lines, and then how long the list is. That number is for Check and CutNotes
// and may lag: it is not made durable by itself.
func (t *tenant) note(lines []saying) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.alone(func() error {
		size, err := t.taken.add(lines)
		if err != nil {
			return err
		}
		return writeNumber(t.file, notedAt, uint64(size))
	})
}

// Noted lists what an organisation's list of what was taken back says, in its
// order; nothing where there is no such list yet. One that does not hold
// together is an error.
func (v *Vault) Noted(tenant string) ([]Noted, error) {
	t, _, err := v.tenant(tenant)
	if err != nil {
		return nil, err
	}
	if CutNotes(t.dir) {
		return nil, trouble("read notes", errShorter)
	}
	b, err := t.taken.bytes()
	if err != nil {
		return nil, trouble("read notes", err)
	}
	said, err := t.taken.read(b)
	out := make([]Noted, len(said))
	for i, s := range said {
		kind, id, _ := strings.Cut(s.says, " ")
		out[i] = Noted{kind, id, s.at}
	}
	return out, trouble("read notes", err)
}

// ApplyNotes adds what another copy of an organisation's list knows and this one
// does not, each line with its own instant, and returns how many those were. A
// line that the organisation did not sign, or one missing between others,
// refuses the whole.
func (v *Vault) ApplyNotes(tenant string, from io.Reader) (int, error) {
	t, _, err := v.tenant(tenant)
	if err != nil {
		return 0, err
	}
	theirs, err := io.ReadAll(from)
	if err != nil {
		return 0, trouble("apply notes", err)
	}
	fresh, err := t.unknown(theirs)
	if err != nil || len(fresh) == 0 {
		return 0, trouble("apply notes", err)
	}
	return len(fresh), trouble("apply notes", t.note(fresh))
}

// unknown lists the lines of another copy that are not in ours.
func (t *tenant) unknown(theirs []byte) (out []saying, err error) {
	ours, err := t.taken.bytes()
	if err != nil {
		return nil, err
	}
	known, err := t.taken.read(ours)
	if err != nil {
		return nil, err
	}
	said, err := t.taken.read(theirs)
	seen := map[saying]bool{}
	for _, s := range known {
		seen[s] = true
	}
	for _, s := range said {
		if !seen[s] {
			out = append(out, s)
		}
	}
	return out, err
}

// checkTaken says what is wrong with the list. One that was never written need
// not be there.
func (t *tenant) checkTaken() (out []string) {
	had, err2 := readNumber(t.file, notedAt) // before the list, which grows
	b, err := t.taken.bytes()
	if err != nil {
		return []string{t.taken.path + " cannot be read: " + err.Error()}
	}
	if err2 != nil || uint64(len(b)) < had {
		out = append(out, t.taken.path+" is shorter than it was: a restore of an older copy could bring back what was taken back")
	}
	if _, err := t.taken.read(b); err != nil {
		out = append(out, t.taken.path+": "+err.Error())
	}
	return out
}

var errShorter = errors.New("taken.log is shorter than it was")

// CutNotes reports whether the list of what was taken back in an organisation's folder
// is shorter than the keys beside it say it was. Where those are not there nobody can
// tell.
func CutNotes(dir string) bool {
	f, err := os.Open(filepath.Join(dir, "persons.keys"))
	if err != nil {
		return false
	}
	defer f.Close()
	had, err := readNumber(f, notedAt) // before the list, which grows
	b, err2 := os.ReadFile(filepath.Join(dir, takenList))
	return err == nil && (err2 == nil || errors.Is(err2, os.ErrNotExist)) && uint64(len(b)) < had
}

// lostTaken reports whether a list of what was taken back was here and is lost.
func lostTaken(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, takenList))
	return errors.Is(err, os.ErrNotExist) && CutNotes(dir)
}
