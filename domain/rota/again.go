package rota

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// FeedKind is under which kind a calendar link that was replaced stands in the list of
// what was taken back (db.Tx.TakenBack): whose it is, and the turn that ended it. Turns
// only grow, so that no instant is compared.
const FeedKind = "feed"

func feedReplaced(tx *db.Tx, p Peer) {
	tx.TakenBack(FeedKind, fmt.Sprintf("%s/%d", p.Account, p.Turn))
}

// TurnAgain ends the calendar links that an older copy of the data brought back and the
// list knows to be replaced: what opens then is what opened before the copy was put
// back. It returns how many stood. Who may ask is for the caller to decide.
func (s *Service) TurnAgain(tx *db.Tx, notes []string) (n int, err error) {
	n, err = db.Again(notes, func(note string) (bool, error) { return s.turnAgain(tx, note) })
	return n, errs.Wrap("rota: turn again", err)
}

func (s *Service) turnAgain(tx *db.Tx, note string) (bool, error) {
	account, number, found := strings.Cut(note, "/")
	turn, err := strconv.ParseInt(number, 10, 64)
	if !found || err != nil {
		return false, errors.New("not a calendar link: " + note)
	}
	before, err := s.peers.Get(tx, ref.Account(account))
	if errs.Is(err, errs.NotFound) {
		return false, nil // newer than the copy
	}
	if err != nil || before.Turn >= turn {
		return false, err
	}
	after := before
	after.Turn = turn
	after.FeedKey = feedKey(tx, feedToken(tx, after))
	if _, err := s.peers.Update(tx, &before, &after); err != nil {
		return false, err
	}
	return true, recordShift(tx, "rota.feed", "", after.Account)
}
