package handoff

import (
	"cmp"
	"context"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// died is the ending after which every message and task stops at once.
const died = "died"

// Farewell is a peer who walked with someone who has died, and hears of it from
// a human first: until somebody has told them, the program shows them nothing
// of it, and no task of it.
type Farewell struct {
	Handoff ref.Handoff
	Peer    ref.Account
	Person  ref.Person
	NotedAt time.Time
	ToldAt  time.Time
	ToldBy  ref.Account
	Version int64
}

// Farewells says what that record holds.
func Farewells() *field.Record[Farewell] {
	id := func(column string, at func(*Farewell) any) field.Field[Farewell] {
		return field.Field[Farewell]{Column: column, Kind: field.Ref, At: at}
	}
	return field.Define("handoff_farewell",
		field.Keys[Farewell]{
			ID: []string{"handoff", "peer"}, Subject: func(f *Farewell) string { return string(f.Person) },
			Title: i18n.Text{EN: "A peer is to hear of a death", ES: "Un par debe saber de una muerte", AR: "ينبغي أن يعلم مرافق بوفاة"},
		},
		id("handoff", func(f *Farewell) any { return &f.Handoff }),
		id("peer", func(f *Farewell) any { return &f.Peer }),
		id("person", func(f *Farewell) any { return &f.Person }),
		field.Field[Farewell]{
			Column: "noted_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Noted", ES: "Anotado", AR: "سُجل"},
			At:    func(f *Farewell) any { return &f.NotedAt },
		},
		field.Field[Farewell]{
			Column: "told_at", Kind: field.Instant,
			Label: i18n.Text{EN: "The peer was told", ES: "Se le dijo al par", AR: "أُخبر المرافق"},
			At:    func(f *Farewell) any { return &f.ToldAt },
		},
		id("told_by", func(f *Farewell) any { return &f.ToldBy }),
		field.Field[Farewell]{Column: "version", Kind: field.Version, At: func(f *Farewell) any { return &f.Version }},
	)
}

// ended stops what a hand-off still has out. After a death it stops everything
// of that person, wherever it stands.
func (s *Service) ended(tx *db.Tx, h Handoff, e Event, in Input) error {
	if err := s.stopFollowUps(tx, h.ID); err != nil || e.Value != died {
		return err
	}
	records, err := s.People.Same(tx, h.Person)
	if err != nil {
		return err
	}
	for _, r := range records {
		if _, err := tx.Exec(stopPerson, tx.Now(), r); err != nil {
			return err
		}
	}
	if err := s.toTell(tx, h, e, records); err != nil {
		return err
	}
	return s.endNext(tx, h, e, in, records)
}

// endNext ends the next hand-off of somebody who has died, by whichever of their
// records it goes; its ending ends the one after it.
func (s *Service) endNext(tx *db.Tx, h Handoff, e Event, in Input, records []ref.Person) error {
	others, err := s.ofRecords(tx, records, "state <> 'closed'")
	if err != nil || len(others) == 0 {
		return err
	}
	o := others[0]
	return s.append(tx, o, Event{
		Handoff: o.ID, Person: o.Person, Seq: o.Events + 1, Step: StepClose, From: o.State, To: Closed, At: e.At,
		RecordedAt: tx.Now(), Actor: e.Actor, Role: e.Role, Value: died, ActKey: act(tx, "died", string(h.ID)),
	}, in)
}

// ofRecords are the hand-offs of some records of which that holds.
func (s *Service) ofRecords(tx *db.Tx, records []ref.Person, which string) ([]Handoff, error) {
	var out []Handoff
	for _, r := range records {
		some, err := s.handoffs.List(tx, "WHERE tenant = $1 AND person = $2 AND "+which, r)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// toTell writes down who must hear of a death from a human: all who walked with
// the person on this hand-off, and all who walk with them whatever brought them
// together, by any of their records, but for whoever brings the news.
func (s *Service) toTell(tx *db.Tx, h Handoff, e Event, records []ref.Person) error {
	hear, err := s.walkedWith(tx, h)
	for _, r := range records {
		if err != nil {
			return err
		}
		var walk []ref.Account
		walk, err = s.Walks(tx, r)
		hear = append(hear, walk...)
	}
	if err != nil {
		return err
	}
	for _, peer := range slices.Compact(slices.Sorted(slices.Values(hear))) {
		if string(peer) == e.Actor {
			continue
		}
		f := Farewell{Handoff: h.ID, Peer: peer, Person: h.Person, NotedAt: tx.Now()}
		if _, err := s.farewells.Insert(tx, &f); err != nil {
			return err
		}
	}
	return nil
}

// Walked is walkedWith for neighbours.
func (s *Service) Walked(tx *db.Tx, h Handoff) ([]ref.Account, error) { return s.walkedWith(tx, h) }

// walkedWith are the accounts that have walked with the person on this hand-off,
// each once.
func (s *Service) walkedWith(tx *db.Tx, h Handoff) ([]ref.Account, error) {
	return db.Column[ref.Account](tx, "SELECT DISTINCT peer FROM handoff_event WHERE tenant = $1 AND handoff = $2 AND peer <> '' ORDER BY peer", h.ID)
}

// mayOpen keeps from a peer what is not theirs to see on a screen: a hand-off
// that someone else walks since, one of which a human tells them first, and one
// that has arrived or ended, of someone whom they are not near. While it goes on any
// peer may have to step in. Each looks like one that is not here.
func (s *Service) mayOpen(tx *db.Tx, h Handoff) error {
	me := ref.Account(tx.Scope().Actor)
	if tx.Scope().Role != "peer" {
		return nil
	}
	if h.ClosedReason == joined {
		return s.mayOpenJoined(tx, h)
	}
	f, err := s.farewells.Get(tx, h.ID, me)
	if err == nil && f.ToldAt.IsZero() {
		return absent("view")
	}
	if err != nil && !errs.Is(err, errs.NotFound) {
		return err
	}
	if h.Peer == me {
		return nil
	}
	walked, err := s.walkedWith(tx, h)
	if err != nil {
		return err
	}
	before := slices.Contains(walked, me)
	if before && h.Peer != "" || !before && settled(h.State) && !s.Sees(tx, h.Person) {
		anybody, err := agreedAnybody(tx, h)
		if err != nil || !anybody {
			return cmp.Or(err, absent("view"))
		}
	}
	return nil
}

// settled reports that nobody has to step in any more: they arrived, or it ended.
func settled(state string) bool {
	l := lane(state)
	return l == LaneAfter || l == LaneOver
}

// Died reports whether it is noted that a person has died, on a hand-off of any of
// their records.
func (s *Service) Died(tx *db.Tx, person ref.Person) (bool, error) {
	records, err := s.People.Same(tx, person)
	for _, r := range records {
		if err != nil {
			break
		}
		var n int64
		err = tx.Row(`SELECT COUNT(*) FROM (SELECT 1 FROM handoff_handoff
			WHERE tenant = $1 AND person = $2 AND state = 'closed' AND closed_reason = 'died' LIMIT 1) AS few`, r).Scan(&n)
		if err == nil && n > 0 {
			return true, nil
		}
	}
	return false, errs.Wrap("handoff: died", err)
}

// Told notes that a peer has heard of a death from a human: of the person, so on
// whichever of their hand-offs it was written down.
func (s *Service) Told(ctx context.Context, h ref.Handoff, peer ref.Account) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.tell"); err != nil {
			return err
		}
		one, err := s.farewells.Get(tx, h, peer)
		if err != nil {
			return err
		}
		records, err := s.People.Same(tx, one.Person)
		for _, r := range records {
			if err == nil {
				err = s.toldOf(tx, r, peer)
			}
		}
		s.changed(tx)
		return err
	})
	return errs.Wrap("handoff: told", err)
}

func (s *Service) toldOf(tx *db.Tx, record ref.Person, peer ref.Account) error {
	rows, err := s.farewells.List(tx, "WHERE tenant = $1 AND person = $2 AND peer = $3 AND told_at = 0 ORDER BY handoff", record, peer)
	for _, f := range rows {
		if err == nil {
			err = s.told(tx, f)
		}
	}
	return err
}

func (s *Service) told(tx *db.Tx, before Farewell) error {
	after := before
	after.ToldAt, after.ToldBy = tx.Now(), ref.Account(tx.Scope().Actor)
	changes, err := s.farewells.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	return audit.Write(tx, audit.Entry{
		Kind: audit.Change, Action: "handoff.tell", Subjects: []string{string(before.Person)},
		Record: "handoff_farewell/" + string(before.Handoff), Changes: changes,
	})
}
