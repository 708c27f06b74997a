package handoff

import (
	"context"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Due is a follow-up on a list: with whom, from when to when, and why.
type Due struct {
	FollowUp
	Stage   string // the state of the hand-off
	Name    string // that the person uses; may be empty
	Site    string
	PeerIs  string // work name of who walks with them
	Contact string // what they agreed to after "not now"
	Person  people.Person
}

// followAhead is how far a list of follow-ups looks into the days to come. Of
// those whose days went by it shows mostLate, so that a long absence does not
// push out what can be done today.
const (
	followAhead = 7 * day * time.Hour
	mostDue     = 100
	mostLate    = 20
)

// Follows is a list of follow-ups. Older says that more went by, longer ago.
type Follows struct {
	List  []Due
	Older bool
}

// FollowUps lists the follow-ups that are open now or will be within a week,
// soonest to close first, and those whose days went by, the last to close first:
// a peer's own, and for supervisors and coordinators those of all. Nobody
// without one sees that there are none.
func (s *Service) FollowUps(ctx context.Context) (Follows, error) {
	var out Follows
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.board"); err != nil {
			return err
		}
		list, older, err := s.openFollowUps(tx)
		if err != nil {
			return err
		}
		var all []Handoff
		if out.List, all, err = s.dues(tx, list); err != nil {
			return err
		}
		out.Older = older
		return s.recordList(tx, "handoff.follow-ups", all, nil)
	})
	return out, errs.Wrap("handoff: follow-ups", err)
}

func (s *Service) openFollowUps(tx *db.Tx) (list []FollowUp, older bool, err error) {
	whose, args := "WHERE tenant = $1 AND state = 'open' AND ($2 = '' OR peer = $2)", []any{"", tx.Now()}
	if tx.Scope().Role == "peer" {
		whose, args[0] = "WHERE tenant = $1 AND peer = $2 AND state = 'open'", tx.Scope().Actor
	}
	list, err = s.followUps.List(tx, whose+" AND closes_at > $3 AND opens_at < $4 ORDER BY closes_at LIMIT $5", append(args, tx.Now().Add(followAhead), mostDue)...)
	if err != nil {
		return nil, false, err
	}
	late, err := s.followUps.List(tx, whose+" AND closes_at <= $3 ORDER BY closes_at DESC LIMIT $4", append(args, mostLate+1)...)
	older = len(late) > mostLate
	return append(list, late[:min(mostLate, len(late))]...), older, err
}

// dues adds to each follow-up with whom it is.
func (s *Service) dues(tx *db.Tx, list []FollowUp) ([]Due, []Handoff, error) {
	found := map[ref.Handoff]int{}
	var all []Handoff
	for _, f := range list {
		if _, seen := found[f.Handoff]; seen {
			continue
		}
		h, err := s.find(tx, f.Handoff)
		if err != nil {
			return nil, nil, err
		}
		found[f.Handoff] = len(all)
		all = append(all, h)
	}
	cards, err := s.cards(tx, all)
	if err != nil {
		return nil, nil, err
	}
	out := make([]Due, len(list))
	for i, f := range list {
		c := cards[found[f.Handoff]]
		out[i] = Due{FollowUp: f, Stage: c.State, Name: c.Name, Site: c.Site, PeerIs: c.Peer, Contact: c.Contact, Person: c.Person}
	}
	return out, all, nil
}

// followUpsOf are a hand-off's own, as its page shows them: those open.
func (s *Service) followUpsOf(tx *db.Tx, h ref.Handoff) ([]FollowUp, error) {
	return s.followUps.List(tx, "WHERE tenant = $1 AND handoff = $2 AND state = 'open' ORDER BY closes_at", h)
}
