package handoff

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
)

// Of are the hand-offs that a peer is on or follows up, for a neighbour who
// lists a peer's day and records the look.
func (s *Service) Of(tx *db.Tx, peer ref.Account) ([]Handoff, error) {
	list, err := s.handoffs.List(tx, "WHERE tenant = $1 AND peer = $2 AND lane IN ($3, $4) ORDER BY requested_at LIMIT 200", peer, LaneWalking, LaneAfter)
	return list, errs.Wrap("handoff: of a peer", err)
}

// stillToday is how long a follow-up whose window closed is still part of a
// day. What is older stays on the list of follow-ups.
const stillToday = 7 * 24 * time.Hour

// OpenFollowUps are the follow-ups on the list of whoever is in the scope whose
// window has opened, for the same neighbour.
func (s *Service) OpenFollowUps(tx *db.Tx) ([]FollowUp, error) {
	list, err := s.followUps.List(tx, `WHERE tenant = $1 AND peer = $2 AND state = 'open' AND opens_at <= $3
		AND closes_at > $4 ORDER BY closes_at LIMIT 100`, tx.Scope().Actor, tx.Now(), tx.Now().Add(-stillToday))
	return list, errs.Wrap("handoff: open follow-ups", err)
}

// Label is the state it is in, in words.
func (h Handoff) Label() i18n.Text {
	for _, s := range States() {
		if s.Name == h.State {
			return s.Label
		}
	}
	return i18n.Text{}
}
