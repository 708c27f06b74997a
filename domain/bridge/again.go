package bridge

import (
	"fmt"
	"strconv"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// YesKind is under which kind a yes to a note's words that is over stands in the list of
// what was taken back (db.Tx.TakenBack): whoever takes the note back takes its yes back.
// A yes that is over never stands again, so that no instant is compared.
const YesKind = "approval"

// NoteLinkKind is under which kind a note's link that was replaced stands there: the
// note, and the turn that ended it. Turns only grow.
const NoteLinkKind = "notelink"

func replaced(tx *db.Tx, n *Note) {
	tx.TakenBack(NoteLinkKind, fmt.Sprintf("%s/%d", n.ID, n.Turn))
}

// EndAgain ends each yes that an older copy of the data brought back: what was sent with
// it is not there for whoever had its link, and what was not sent yet needs a new yes. It
// returns how many there were. Who may ask is for the caller to decide.
func (s *Service) EndAgain(tx *db.Tx, which []string) (n int, err error) {
	n, err = db.Again(which, func(id string) (bool, error) { return orAbsent(s.endAgain(tx, id)) })
	return n, errs.Wrap("bridge: end again", err)
}

// orAbsent: what is newer than the copy is not in it.
func orAbsent(stood bool, err error) (bool, error) {
	if errs.Is(err, errs.NotFound) {
		return false, nil
	}
	return stood, err
}

func (s *Service) endAgain(tx *db.Tx, which string) (bool, error) {
	a, err := s.approvals.Get(tx, which)
	if err != nil || !a.OverAt.IsZero() {
		tx.Settle(string(a.Person))
		return false, err
	}
	before, err := s.notes.Get(tx, a.Note)
	if err != nil {
		return false, err
	}
	after := before
	if after.State = Draft; before.State == Sent {
		after.State, after.BackAt, after.LinkKey, after.DeviceKey = Back, tx.Now(), nil, nil
	}
	if err := s.over(tx, &after); err != nil {
		return false, err
	}
	changes, err := s.notes.Update(tx, &before, &after)
	return true, s.changed(tx, "end-again", after, changes, err)
}

// TurnAgain ends the links of notes that an older copy of the data brought back: what
// opens then is what opened before the copy was put back, and it is bound to no device. It
// returns how many stood. Who may ask is for the caller to decide.
func (s *Service) TurnAgain(tx *db.Tx, notes []string) (n int, err error) {
	n, err = db.Again(notes, func(note string) (bool, error) { return orAbsent(s.turnAgain(tx, note)) })
	return n, errs.Wrap("bridge: turn again", err)
}

func (s *Service) turnAgain(tx *db.Tx, note string) (bool, error) {
	which, at, _ := strings.Cut(note, "/")
	turn, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return false, err
	}
	before, err := s.notes.Get(tx, ref.Note(which))
	if err != nil || before.State != Sent || before.Turn >= turn {
		tx.Settle(string(before.Person))
		return false, err
	}
	after := before
	after.Turn = turn - 1
	relink(tx, &after)
	changes, err := s.notes.Update(tx, &before, &after)
	return true, s.changed(tx, StepLink, after, changes, err)
}
