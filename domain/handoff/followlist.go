package handoff

import (
	"context"
	"slices"
	"strconv"
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
	Earlier []FollowUp // of the same hand-off, whose days went by before its own did
}

// followAhead is how far a list of follow-ups looks into the days to come,
// mostDue how many of those it shows, and mostGone of how many hand-offs it
// shows one whose days went by.
const (
	followAhead = 7 * day * time.Hour
	mostDue     = 100
	mostGone    = 40
)

// FollowUps lists the follow-ups that are open now or will be within a week,
// soonest to close first, and after them of each hand-off the newest whose days
// went by: a peer's own, and for supervisors and coordinators those of all.
// Nobody without one sees that there are none.
func (s *Service) FollowUps(ctx context.Context) ([]Due, error) {
	var out []Due
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.board"); err != nil {
			return err
		}
		list, err := s.openFollowUps(tx)
		if err != nil {
			return err
		}
		var all []Handoff
		if out, all, err = s.dues(tx, list); err != nil {
			return err
		}
		return s.recordList(tx, "handoff.follow-ups", all, nil)
	})
	return out, errs.Wrap("handoff: follow-ups", err)
}

// openFollowUps never lets what went by push out what is open: each has its own
// share of the list.
func (s *Service) openFollowUps(tx *db.Tx) ([]FollowUp, error) {
	open, err := s.listFollowUps(tx, "closes_at > $2 AND opens_at < $3", "closes_at", mostDue, tx.Now().Add(followAhead))
	if err != nil {
		return nil, err
	}
	gone, err := s.listFollowUps(tx, newestGone, "closes_at DESC", mostGone)
	if err != nil || tx.Scope().Role != "peer" {
		return append(open, gone...), err
	}
	free, err := s.followUps.ListMost(tx, mostGone, agreedList)
	return slices.Concat(free, open, gone), err
}

// newestGone finds those whose days went by that none of the same hand-off went
// by after. Two that closed in one instant are told apart by their hours.
const newestGone = `closes_at <= $2 AND NOT EXISTS (SELECT 1 FROM handoff_followup l
	WHERE l.tenant = handoff_followup.tenant AND l.handoff = handoff_followup.handoff AND l.state || '' = 'open' AND l.closes_at <= $2
	AND (l.closes_at > handoff_followup.closes_at OR l.closes_at = handoff_followup.closes_at AND l.hours > handoff_followup.hours))`

func (s *Service) listFollowUps(tx *db.Tx, which, order string, most int, more ...any) ([]FollowUp, error) {
	where, args := "WHERE tenant = $1 AND state = 'open' AND "+which, append([]any{tx.Now()}, more...)
	if tx.Scope().Role == "peer" {
		args = append(args, tx.Scope().Actor)
		where += " AND peer = $" + strconv.Itoa(len(args)+1)
	}
	return s.followUps.List(tx, where+" ORDER BY "+order+" LIMIT "+strconv.Itoa(most), args...)
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
		if out[i].Earlier, err = s.goneBefore(tx, f); err != nil {
			return nil, nil, err
		}
	}
	return out, all, nil
}

// goneBefore are those of the same hand-off that an answer to f settles too.
func (s *Service) goneBefore(tx *db.Tx, f FollowUp) ([]FollowUp, error) {
	if !f.Late(tx.Now()) {
		return nil, nil
	}
	return s.followUps.List(tx, followUpsBefore, f.Handoff, f.ClosesAt)
}

// followUpsOf are a hand-off's own, as its page shows them: those open.
func (s *Service) followUpsOf(tx *db.Tx, h ref.Handoff) ([]FollowUp, error) {
	return s.followUps.List(tx, followUpsOf, h)
}
