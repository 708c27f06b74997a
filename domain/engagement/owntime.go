package engagement

import (
	"context"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// OwnTime is something in a peer's own day that is about no one person: their
// supervision, a group. The peer writes it down; nobody else reads it, and
// nothing is counted from it.
type OwnTime struct {
	ID       string // that of the form
	Peer     ref.Account
	Sort     string
	StartsAt time.Time
	GoneAt   time.Time // taken off the list
	Version  int64
}

// The sorts of own time.
const (
	Supervision = "supervision"
	Group       = "group"
)

// OwnSorts lists them.
func OwnSorts() []field.Option {
	return []field.Option{
		{Value: Supervision, Label: i18n.Text{EN: "My supervision", ES: "Mi supervisión", AR: "إشرافي"}},
		{Value: Group, Label: i18n.Text{EN: "A group", ES: "Un grupo", AR: "مجموعة"}},
	}
}

// OwnTimes says what that record holds.
func OwnTimes() *field.Record[OwnTime] {
	return field.Define("engagement_own", field.Keys[OwnTime]{ID: []string{"own"}},
		field.Field[OwnTime]{Column: "own", Kind: field.Ref, At: func(o *OwnTime) any { return &o.ID }},
		field.Field[OwnTime]{Column: "peer", Kind: field.Ref, At: func(o *OwnTime) any { return &o.Peer }},
		field.Field[OwnTime]{
			Column: "sort", Kind: field.Choice, Required: true, Asked: true, Options: OwnSorts(),
			Label: i18n.Text{EN: "What is it?", ES: "¿Qué es?", AR: "ما هو؟"},
			At:    func(o *OwnTime) any { return &o.Sort },
		},
		field.Field[OwnTime]{
			Column: "starts_at", Kind: field.Instant, Label: i18n.Text{EN: "When", ES: "Cuándo", AR: "متى"},
			At: func(o *OwnTime) any { return &o.StartsAt },
		},
		field.Field[OwnTime]{
			Column: "gone_at", Kind: field.Instant, Label: i18n.Text{EN: "Taken off", ES: "Quitado", AR: "أُزيل"},
			At: func(o *OwnTime) any { return &o.GoneAt },
		},
		field.Field[OwnTime]{Column: "version", Kind: field.Version, At: func(o *OwnTime) any { return &o.Version }},
	)
}

// SetTime puts a time of the peer's own on their list. Twice is once.
func (s *Service) SetTime(ctx context.Context, o OwnTime) error {
	err := s.write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "engagement.today", ownList(tx)); err != nil {
			return err
		}
		had, err := s.times.Get(tx, o.ID)
		if err == nil && had.Peer != me(tx) {
			return absent("time of another")
		}
		if !errs.Is(err, errs.NotFound) {
			return err
		}
		if o.StartsAt.Before(tx.Now().Add(-24*time.Hour)) || o.StartsAt.After(tx.Now().Add(mostAhead)) {
			return refuse("starts_at", "engagement.error.when")
		}
		row := o
		row.Peer, row.GoneAt, row.Version = me(tx), time.Time{}, 1
		changes, err := s.times.Insert(tx, &row)
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "engagement.time", Record: "engagement_own/" + row.ID, Changes: filled(changes)})
	})
	return errs.Wrap("engagement: own time", err)
}

// DropTime takes one off the peer's own list. Another's is NotFound.
func (s *Service) DropTime(ctx context.Context, id string) error {
	err := s.write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "engagement.today", ownList(tx)); err != nil {
			return err
		}
		before, err := s.times.Get(tx, id)
		if err == nil && before.Peer != me(tx) {
			err = absent("time of another")
		}
		if err != nil || !before.GoneAt.IsZero() {
			return err
		}
		after := before
		after.GoneAt = tx.Now()
		changes, err := s.times.Update(tx, &before, &after)
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "engagement.time", Record: "engagement_own/" + id, Changes: changes})
	})
	return errs.Wrap("engagement: own time", err)
}

// timesOf are the peer's own times from yesterday on, soonest first.
func (s *Service) timesOf(tx *db.Tx) ([]OwnTime, error) {
	return s.times.List(tx, "WHERE tenant = $1 AND peer = $2 AND gone_at = 0 AND starts_at > $3 ORDER BY starts_at LIMIT 50", me(tx), tx.Now().Add(-12*time.Hour))
}

// ownTimes is a source: what of the peer's own comes today and tomorrow.
type ownTimes struct{ s *Service }

// Lines lists them. In a group people wait, so it is a promise; supervision is
// the peer's own.
func (o ownTimes) Lines(tx *db.Tx) ([]Item, error) {
	list, err := o.s.timesOf(tx)
	var out []Item
	for _, t := range list {
		if t.StartsAt.After(tx.Now().Add(36 * time.Hour)) {
			continue
		}
		rank := Own
		if t.Sort == Group {
			rank = Promise
		}
		out = append(out, Item{Key: "own " + t.ID, Rank: rank, Timed: true, At: t.StartsAt, Why: "own-" + t.Sort, Path: "/today/own"})
	}
	return out, err
}
