package rota

import (
	"context"
	"fmt"
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/ical"
	"alongside/platform/link"
)

// A calendar link carries its organisation and a keyed mark of the account and
// of how often it was changed; the database keeps a mark of the mark. What it
// shows are hours, and one neutral word.

func feedToken(tx *db.Tx, p Peer) string {
	return link.Token(tx.Vault(), tx.Scope().Tenant, "rota.feed", fmt.Sprintf("%s/%d", p.Account, p.Turn))
}

func feedKey(tx *db.Tx, token string) []byte {
	return tx.Vault().Token(tx.Scope().Tenant, "rota.feed-key", []byte(token))
}

// How much of the rota a calendar shows.
const (
	feedBack  = 14 * 24 * time.Hour
	feedAhead = 60 * 24 * time.Hour
)

// Feed is the calendar behind a link: a peer's turns, each called by the given
// word. A link that was changed, or whose owner works here no more, is NotFound,
// like one that never was.
func (s *Service) Feed(ctx context.Context, token, word string) ([]byte, error) {
	var events []ical.Event
	var now time.Time
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		events, now = nil, tx.Now()
		who, err := s.feedOf(tx, token)
		if err != nil {
			return err
		}
		from, to := tx.Now().Add(-feedBack), tx.Now().Add(feedAhead)
		p, err := s.plan(tx, from, to)
		if err != nil {
			return err
		}
		for _, t := range p.Turns(from, to) {
			if t.Peer == who {
				events = append(events, event(tx, t, word))
			}
		}
		return nil
	})
	if err != nil {
		return nil, errs.Wrap("rota: calendar", err)
	}
	return ical.Encode(now, events)
}

func (s *Service) feedOf(tx *db.Tx, token string) (ref.Account, error) {
	var who ref.Account
	if err := tx.Row("SELECT peer FROM rota_peer WHERE tenant = $1 AND feed_key = $2", feedKey(tx, token)).Scan(&who); err != nil {
		return "", err
	}
	all, err := s.staff(tx, "peer", "supervisor", "coordinator")
	if err == nil && !slices.Contains(all, who) {
		err = errs.New(errs.NotFound, "rota: calendar of someone who left", "")
	}
	return who, err
}

// event is one turn. Its id says nothing.
func event(tx *db.Tx, t Turn, word string) ical.Event {
	uid := tx.Vault().Token(tx.Scope().Tenant, "rota.feed-event", []byte(string(t.Shift)+" "+string(t.Day)))
	return ical.Event{ID: link.Mark(uid), From: t.From, To: t.To, Word: word}
}
