package handoff

import (
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// What happens beside the path moves nothing, and yet whoever walks with the person must
// come to know when somebody else noted it: another overdose, a visit to an emergency
// room, a stay in hospital (0141).

// presses reports whether an event says so, newly or as what is right.
func (e Event) presses() bool {
	said := e.Step == StepBeside || e.Step == StepCorrect && e.About == "beside"
	return said && slices.Contains([]string{"overdose", "emergency_visit", "readmission"}, e.Value)
}

// besides lights the lamp for what the peer who walks with them did not note themselves.
func (h Handoff) besides(e Event, at time.Time) Handoff {
	switch {
	case e.Step == StepSeen:
		h.BesideAt = time.Time{}
	case e.presses() && accountOf(e) != h.Peer:
		h.BesideAt = at
	}
	return h
}

// companions are who walks with the person now: the peer of the hand-off while it goes on
// or is followed up, and whoever walks with any of their records.
func (s *Service) companions(tx *db.Tx, h Handoff) ([]ref.Account, error) {
	var out []ref.Account
	if h.Peer != "" && (h.Lane == LaneWalking || h.Lane == LaneAfter) {
		out = append(out, h.Peer)
	}
	records, err := s.People.Same(tx, h.Person)
	for _, r := range records {
		if err != nil {
			return nil, err
		}
		var walk []ref.Account
		walk, err = s.Walks(tx, r)
		out = append(out, walk...)
	}
	return slices.Compact(slices.Sorted(slices.Values(out))), err
}

// HearsBeside says who is told of what happened beside the path: whoever walks with the
// person but for who noted it. desk is true where nobody walks with them and the
// hand-off goes on: then those who answer for peers are. Where it is over and nobody
// walks any more, nobody is.
func (s *Service) HearsBeside(tx *db.Tx, h Handoff) (who []ref.Account, desk bool, err error) {
	all, err := s.companions(tx, h)
	if err != nil || len(all) == 0 {
		return nil, h.Lane != LaneOver, errs.Wrap("handoff: hears beside", err)
	}
	return slices.DeleteFunc(all, func(a ref.Account) bool { return string(a) == tx.Scope().Actor }), false, nil
}

// theirs reports whether whoever is in the scope is the one to say that they know of it.
func (s *Service) theirs(tx *db.Tx, h Handoff, role string) (bool, error) {
	all, err := s.companions(tx, h)
	if len(all) == 0 {
		return leads(role), err
	}
	return slices.Contains(all, ref.Account(tx.Scope().Actor)), err
}

// toSee is the guard of "I know of it".
func toSee(f Facts) error {
	if f.Now.BesideAt.IsZero() || !f.Theirs {
		return conflict("error.step-not-now")
	}
	return nil
}

// toSee leaves "I know of it" out where there is nothing to see, or not by them.
func (s *Service) toSee(tx *db.Tx, d *Detail) error {
	theirs := false
	if !d.BesideAt.IsZero() {
		var err error
		if theirs, err = s.theirs(tx, d.Handoff, tx.Scope().Role); err != nil {
			return err
		}
	}
	if !theirs {
		d.Next = without(d.Next, StepSeen)
	}
	return nil
}

const selectBeside = `SELECT handoff, person, peer, state, lane, closed_reason, beside_at,
	(SELECT e.actor FROM handoff_event e WHERE e.tenant = h.tenant AND e.handoff = h.handoff AND e.step = 'beside' ORDER BY e.seq DESC LIMIT 1)
	FROM handoff_handoff h WHERE h.tenant = $1 AND h.beside_at > 0 ORDER BY h.beside_at DESC LIMIT 500`

// besideOne is a hand-off on which something beside the path waits to be seen, and who noted
// it last. It holds ids, states and times only.
type besideOne struct {
	Handoff
	by string
}

func besideOnes(tx *db.Tx) ([]besideOne, error) {
	rows, err := tx.Query(selectBeside)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []besideOne
	for rows.Next() {
		var n besideOne
		var at int64
		if err := rows.Scan(&n.ID, &n.Person, &n.Peer, &n.State, &n.Lane, &n.ClosedReason, &at, &n.by); err != nil {
			return nil, err
		}
		n.BesideAt = db.Instant(at)
		out = append(out, n)
	}
	return out, rows.Err()
}

// Beside are the hand-offs of which whoever is in the scope, who walks with these people,
// is to see what somebody else noted beside the path. Of each it holds ids, its state and
// that time; a neighbour who lists a peer's day records the look.
func (s *Service) Beside(tx *db.Tx, walks []ref.Person) ([]Handoff, error) {
	all, err := besideOnes(tx)
	var out []Handoff
	for _, n := range all {
		if err != nil {
			break
		}
		var mine bool
		if mine, err = s.tells(tx, n, walks); mine {
			out = append(out, n.Handoff)
		}
	}
	return out, errs.Wrap("handoff: beside", err)
}

// tells reports whether one stands on the list of whoever is in the scope.
func (s *Service) tells(tx *db.Tx, n besideOne, walks []ref.Person) (bool, error) {
	records, err := s.People.Same(tx, n.Person)
	near := slices.ContainsFunc(records, func(p ref.Person) bool { return slices.Contains(walks, p) })
	if err != nil || !near || n.by == tx.Scope().Actor {
		return false, err
	}
	if err := s.mayOpen(tx, n.Handoff); err != nil {
		return false, orGone(err)
	}
	return true, nil
}

// orGone: what is not theirs to open is not on their list.
func orGone(err error) error {
	if errs.Is(err, errs.NotFound) {
		return nil
	}
	return err
}

// besideFree are those on which nobody walks with the person and the hand-off goes on,
// for the board of those who answer for peers.
func (s *Service) besideFree(tx *db.Tx) ([]Handoff, error) {
	if !leads(tx.Scope().Role) {
		return nil, nil
	}
	all, err := besideOnes(tx)
	var out []Handoff
	for _, n := range all {
		if err != nil || len(out) == mostBeside {
			break
		}
		var some []Handoff
		if some, err = s.ifFree(tx, n.Handoff); err == nil {
			out = append(out, some...)
		}
	}
	return out, err
}

// mostBeside is how many of them a board shows.
const mostBeside = 20

func (s *Service) ifFree(tx *db.Tx, h Handoff) ([]Handoff, error) {
	if h.Lane == LaneOver || h.Peer != "" && (h.Lane == LaneWalking || h.Lane == LaneAfter) {
		return nil, nil
	}
	all, err := s.companions(tx, h)
	if err != nil || len(all) > 0 {
		return nil, err
	}
	return s.brief.List(tx, "WHERE tenant = $1 AND handoff = $2", h.ID)
}
