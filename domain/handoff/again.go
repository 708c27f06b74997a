package handoff

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// LinkKind is under which kind a link that was replaced stands in the list of what
// was taken back (db.Tx.TakenBack): what it opened, whose that is, and the turn that
// ended it. Turns only grow, so that no instant is compared.
const LinkKind = "link"

// What a link opens, in that list.
const (
	askLink  = "ask"  // a site's page for asking
	deskLink = "desk" // a service's page
	ownLinks = "own"  // the person's page of a hand-off
)

func replaced[T ~string](tx *db.Tx, what string, whose T, turn int64) {
	tx.TakenBack(LinkKind, fmt.Sprintf("%s/%s/%d", what, whose, turn))
}

// TurnAgain ends the links that an older copy of the data brought back and that the
// list knows to be replaced: what opens then is what opened before the copy was put
// back. A service's page is bound to no device. It returns how many stood. Who may
// ask is for the caller to decide.
func (s *Service) TurnAgain(tx *db.Tx, notes []string) (n int, err error) {
	n, err = db.Again(notes, func(note string) (bool, error) { return s.turnAgain(tx, note) })
	return n, errs.Wrap("handoff: turn again", err)
}

func (s *Service) turnAgain(tx *db.Tx, note string) (bool, error) {
	parts := strings.Split(note, "/")
	if len(parts) != 3 {
		return false, errors.New("not a link: " + note)
	}
	turn, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return false, err
	}
	switch parts[0] {
	case askLink:
		return orAbsent(s.askAgain(tx, ref.Site(parts[1]), turn))
	case deskLink:
		return orAbsent(s.deskAgain(tx, ref.Destination(parts[1]), turn))
	}
	return orAbsent(s.ownAgain(tx, ref.Handoff(parts[1]), turn))
}

// orAbsent: what is newer than the copy is not in it.
func orAbsent(stood bool, err error) (bool, error) {
	if errs.Is(err, errs.NotFound) {
		return false, nil
	}
	return stood, err
}

func (s *Service) askAgain(tx *db.Tx, which ref.Site, turn int64) (bool, error) {
	before, err := s.sites.Get(tx, which)
	if err != nil || before.Turn >= turn {
		return false, err
	}
	after := before
	after.Turn = turn
	after.LinkKey = linkKey(tx.Vault(), tx.Scope().Tenant, AskToken(tx, after))
	_, err = s.sites.Update(tx, &before, &after)
	return err == nil, err
}

func (s *Service) deskAgain(tx *db.Tx, which ref.Destination, turn int64) (bool, error) {
	before, err := s.destinations.Get(tx, which)
	if err != nil || before.Turn >= turn {
		return false, err
	}
	after := before
	after.newDesk(tx, turn)
	_, err = s.destinations.Update(tx, &before, &after)
	return err == nil, err
}

// ownAgain reads nothing that is sealed: the person may have left.
func (s *Service) ownAgain(tx *db.Tx, which ref.Handoff, turn int64) (bool, error) {
	var person string
	err := tx.Row("SELECT person FROM handoff_handoff WHERE tenant = $1 AND handoff = $2 AND own_turn < $3", which, turn).Scan(&person)
	if err != nil {
		return false, err
	}
	key := linkKey(tx.Vault(), tx.Scope().Tenant, ownLink(tx, which, turn))
	if _, err := tx.Exec("UPDATE handoff_handoff SET own_turn = $3, own_key = $4 WHERE tenant = $1 AND handoff = $2", which, turn, key); err != nil {
		return false, err
	}
	return true, audit.Write(tx, audit.Entry{
		Kind: audit.Change, Action: "handoff.card", Subjects: []string{person}, Record: "handoff_handoff/" + string(which),
	})
}
