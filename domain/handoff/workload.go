package handoff

import (
	"cmp"
	"context"
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Load is what one peer carries, shown to a supervisor so that they can protect
// the peer: people, never times, rates or outcomes.
type Load struct {
	ID      ref.Account
	Name    string
	Walking int64 // people they walk with now
	After   int64 // people who arrived, whom they follow up
	Due     int64 // of how many hand-offs a follow-up is open now, or its days went by
	OnCall  time.Duration
}

// Loads lists them by name. Nothing can be sorted by it.
func (s *Service) Loads(ctx context.Context) ([]Load, error) {
	var out []Load
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.workload"); err != nil {
			return err
		}
		all, err := s.canWalk(tx)
		if err != nil {
			return err
		}
		names, err := s.Names(tx, all)
		if err != nil {
			return err
		}
		hours, err := s.OnCall(tx, tx.Now().Add(-7*day*time.Hour), tx.Now())
		if err != nil {
			return err
		}
		out = nil
		for _, a := range all {
			l := Load{ID: a, Name: names[a], OnCall: hours[a]}
			if err := l.read(tx); err != nil {
				return err
			}
			out = append(out, l)
		}
		slices.SortFunc(out, func(a, b Load) int { return cmp.Compare(a.Name+string(a.ID), b.Name+string(b.ID)) })
		return nil
	})
	return out, errs.Wrap("handoff: workload", err)
}

func (l *Load) read(tx *db.Tx) error {
	return tx.Row(`SELECT
		(SELECT COUNT(*) FROM handoff_handoff WHERE tenant = $1 AND peer = $2 AND lane = 'walking'),
		(SELECT COUNT(*) FROM handoff_handoff WHERE tenant = $1 AND peer = $2 AND lane = 'after'),
		(SELECT COUNT(DISTINCT handoff) FROM handoff_followup WHERE tenant = $1 AND peer = $2 AND state = 'open' AND opens_at <= $3)`,
		l.ID, tx.Now()).Scan(&l.Walking, &l.After, &l.Due)
}

// Carried is what can be handed over of one peer's.
type Carried struct {
	Peer    Walker
	Cards   []Card
	Walkers []Walker
}

// CarriedPath is where a supervisor hands them over.
func CarriedPath(peer ref.Account) string { return "/overview/peers/" + string(peer) }

// mostCarried is how many of a peer's hand-offs one page shows.
const mostCarried = 100

// CarriedBy lists a peer's hand-offs, to hand over one or many.
func (s *Service) CarriedBy(ctx context.Context, peer ref.Account) (Carried, error) {
	var out Carried
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.workload"); err != nil {
			return err
		}
		all, err := s.handoffs.List(tx, "WHERE tenant = $1 AND peer = $2 AND lane IN ('walking', 'after') ORDER BY requested_at DESC LIMIT $3", peer, mostCarried)
		if err != nil {
			return err
		}
		names, err := s.Names(tx, []ref.Account{peer})
		if err != nil {
			return err
		}
		if names[peer] == "" {
			return absent("workload")
		}
		out = Carried{Peer: Walker{peer, names[peer]}}
		if out.Cards, err = s.cards(tx, all); err != nil {
			return err
		}
		if out.Walkers, err = s.walkers(tx, "", peer); err != nil {
			return err
		}
		return s.recordList(tx, "handoff.workload", all, nil)
	})
	return out, errs.Wrap("handoff: workload of one", err)
}
