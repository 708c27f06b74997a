package people

import (
	"strings"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// ReachKind is under which kind a way by which somebody may be reached no longer stands
// in the list of what was taken back (db.Tx.TakenBack): the person, and the way. It may
// be opened again another day.
const ReachKind = "reach"

// way is one of the ways that a person opens or shuts: the word for it in that list, and
// whether it is open.
type way struct {
	word string
	open func(Person) bool
	shut func(*Person)
}

func ways() []way {
	return []way{
		{"voicemail", func(p Person) bool { return p.Voicemail }, func(p *Person) { p.Voicemail = false }},
		{"texts", func(p Person) bool { return p.Texts }, func(p *Person) { p.Texts = false }},
		{"calls", Person.MayRing, func(p *Person) { p.NoCalls = true }},
	}
}

// noteShut notes the ways that a change shuts. Where the number is another one, all that
// were open are shut for the one of before: somebody else may pick up there now.
func noteShut(tx *db.Tx, before, after Person) {
	moved := before.Phone != "" && before.Phone != after.Phone
	for _, w := range ways() {
		if w.open(before) && (moved || !w.open(after)) {
			tx.TakenBack(ReachKind, string(before.ID)+"/"+w.word)
		}
	}
}

// ShutAgain shuts the ways that an older copy of the data brought back and the list
// knows to be shut since. It returns how many there were. Who may ask is for the caller
// to decide; what is changed is recorded here.
func (s *Service) ShutAgain(tx *db.Tx, notes []string) (n int, err error) {
	n, err = db.Again(notes, func(note string) (bool, error) { return s.shutAgain(tx, note) })
	return n, errs.Wrap("people: shut again", err)
}

func (s *Service) shutAgain(tx *db.Tx, note string) (bool, error) {
	person, word, _ := strings.Cut(note, "/")
	before, err := s.persons.Get(tx, ref.Person(person))
	if errs.Is(err, errs.NotFound) {
		return false, nil // left since, or newer than the copy
	}
	if err != nil {
		return false, err
	}
	after := before
	for _, w := range ways() {
		if w.word == word && w.open(before) {
			w.shut(&after)
		}
	}
	changes, err := s.persons.Update(tx, &before, &after)
	if err != nil {
		return false, err
	}
	if len(changes) == 0 {
		tx.Settle(person)
		return false, nil
	}
	return true, audit.Write(tx, audit.Entry{
		Kind: audit.Change, Action: "people.shut-again", Subjects: []string{person}, Record: "people_person/" + person, Changes: changes,
	})
}

// MergeKind is under which kind two records that were parted again stand in that list: the
// joining that was undone. Who is one person once more is so by another, so that no instant
// is compared.
const MergeKind = "merge"

// PartAgain parts those records that an older copy of the data joined again: one person's
// own page would show what is held of another. It returns how many there were. Who may ask
// is for the caller to decide; what is changed is recorded here.
func (s *Service) PartAgain(tx *db.Tx, which []string) (n int, err error) {
	n, err = db.Again(which, func(id string) (bool, error) { return s.partAgain(tx, id) })
	return n, errs.Wrap("people: part again", err)
}

func (s *Service) partAgain(tx *db.Tx, which string) (bool, error) {
	before, err := s.merges.Get(tx, which)
	if errs.Is(err, errs.NotFound) {
		return false, nil // newer than the copy
	}
	if err != nil || !before.UndoneAt.IsZero() {
		return false, err
	}
	if _, err := s.undo(tx, before); err != nil {
		return false, err
	}
	return true, changed(tx, "people.part", "people_merge/"+which, before.Kept, before.Joined)
}
