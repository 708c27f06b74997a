package disclose

import (
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// AgreementKind is under which kind an agreement that was ended stands in the list of
// what was taken back (db.Tx.TakenBack). What is over stays over, so that no instant is
// compared.
const AgreementKind = "agreement"

// EndAgain ends those of some agreements that an older copy of the data brought back. It
// returns how many there were. Who may ask is for the caller to decide.
func (s *Service) EndAgain(tx *db.Tx, which []ref.Agreement) (n int, err error) {
	n, err = db.Again(which, func(id ref.Agreement) (bool, error) {
		err := s.EndAgreement(tx, id)
		if errs.Is(err, errs.NotFound) || errs.Is(err, errs.Conflict) {
			return false, nil // newer than the copy, or over in it too
		}
		return err == nil, err
	})
	return n, errs.Wrap("disclose: end again", err)
}

// DemandKind is under which kind a demand stands in that list: that it was written down,
// about whom and who decides, and that it was decided. Nothing else of it is there.
const DemandKind = "demand"

// Lost is the kind of a demand of which a restore knows no more than that it was there.
const Lost = "lost"

const (
	wasHeld    = "held"
	wasDecided = "decided"
)

func (d Demand) noted(tx *db.Tx) {
	line := []string{wasDecided, string(d.ID)}
	if d.DecidedAt.IsZero() {
		line = []string{wasHeld, string(d.ID), string(d.Person), string(d.Decider)}
	}
	if d.Quiet {
		line = append(line, "quiet")
	}
	tx.TakenBack(DemandKind, strings.Join(line, "/"))
}

// HoldAgain holds again what demands held that were written down since an older copy of
// the data was made, and not decided since. What they said is lost: whoever decides
// writes them down anew from their paper. It returns how many there were. Who may ask is
// for the caller to decide.
func (s *Service) HoldAgain(tx *db.Tx, lines []string) (int, error) {
	open := map[ref.Demand]Demand{}
	var order []ref.Demand
	for _, line := range lines {
		part := strings.Split(line, "/")
		if part[0] != wasHeld || len(part) < 4 {
			delete(open, ref.Demand(part[min(1, len(part)-1)]))
			continue
		}
		d := Demand{ID: ref.Demand(part[1]), Person: ref.Person(part[2]), Decider: ref.Account(part[3]), Quiet: len(part) > 4, Kind: Lost}
		open[d.ID], order = d, append(order, d.ID)
	}
	n, err := db.Again(order, func(id ref.Demand) (bool, error) { return s.heldAgain(tx, open[id]) })
	return n, errs.Wrap("disclose: hold again", err)
}

func (s *Service) heldAgain(tx *db.Tx, d Demand) (bool, error) {
	if d.ID == "" {
		return false, nil
	}
	if _, err := s.demands.Get(tx, d.ID); !errs.Is(err, errs.NotFound) {
		return false, err
	}
	lock, err := tx.Vault().NewSubject(tx.Scope().Tenant)
	if err != nil {
		return false, err
	}
	d.Lock, d.ReceivedAt, d.ReceivedBy = ref.Person(lock), tx.Now(), tx.Scope().Actor
	changes, err := s.demands.Insert(tx, &d)
	if err != nil {
		return false, err
	}
	return true, record(tx, "disclose.hold", d, changes)
}
