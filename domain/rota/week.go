package rota

import (
	"context"
	"slices"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Week is a site's week, for whoever makes the rota or answers for who is on it.
type Week struct {
	Edits  bool // whoever looks makes the rota
	Orders bool // and says who is asked after whom
	Site   ref.Site
	Places []Place
	Monday Day
	Today  Day
	Turns  []Turn // those that begin in the week, and touch the site
	Short  []Short
	Gap    bool     // it holds today, and no peer is on duty here at this minute
	People []Person // who can be put on the rota, by name
	Names  map[ref.Account]string
}

// Person is someone who can be put on the rota.
type Person struct {
	ID   ref.Account
	Name string
}

// Week reads the week in which the day lies, of a site: the first of the
// organisation's when none is named. A day that is none is today.
func (s *Service) Week(ctx context.Context, site ref.Site, day Day) (Week, error) {
	var out Week
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.week"); err != nil {
			return err
		}
		w := Week{Site: site}
		if err := s.readWeek(tx, &w, day); err != nil {
			return err
		}
		out = w
		return nil
	})
	return out, errs.Wrap("rota: week", err)
}

func (s *Service) readWeek(tx *db.Tx, w *Week, day Day) (err error) {
	w.Edits, w.Orders = s.Allow(tx, "rota.edit") == nil, s.Allow(tx, "rota.ladder") == nil
	if w.Places, err = s.Places(tx); err != nil {
		return err
	}
	if w.Site == "" && len(w.Places) > 0 {
		w.Site = w.Places[0].ID
	}
	zone, err := s.Zone(tx)
	if err != nil {
		return err
	}
	if w.Today = DayOf(tx.Now(), zone); !day.Valid() {
		day = w.Today
	}
	w.Monday = day.Monday()
	from, to := w.Monday.At(0, zone), w.Monday.Add(7).At(0, zone)
	// A day more on either side, for the rests at the edges.
	p, err := s.plan(tx, from.Add(-24*time.Hour), to.Add(24*time.Hour))
	if err != nil {
		return err
	}
	all := p.Turns(from.Add(-24*time.Hour), to.Add(24*time.Hour))
	for _, t := range all {
		here := t.Site == "" || t.Site == w.Site
		if here && t.Day >= w.Monday && t.Day < w.Monday.Add(7) {
			w.Turns = append(w.Turns, t)
		}
	}
	w.Short = shortOf(TooShort(all), w.Turns)
	if w.Monday == w.Today.Monday() {
		on, err := s.onDuty(tx, w.Site, "peer")
		if w.Gap = len(on) == 0; err != nil {
			return err
		}
	}
	return s.readPeople(tx, w)
}

// shortOf keeps the short rests of people who have a turn here.
func shortOf(all []Short, turns []Turn) []Short {
	return slices.DeleteFunc(all, func(s Short) bool {
		return !slices.ContainsFunc(turns, func(t Turn) bool { return t.Peer == s.Peer })
	})
}

func (s *Service) readPeople(tx *db.Tx, w *Week) error {
	var ids []ref.Account
	for _, role := range []string{"peer", "supervisor"} {
		some, err := s.Staff(tx, role)
		if err != nil {
			return err
		}
		ids = append(ids, some...)
	}
	open := len(ids)
	for _, t := range w.Turns {
		ids = append(ids, t.Peer, t.Usual)
	}
	var err error
	if w.Names, err = s.Names(tx, ids); err != nil {
		return err
	}
	for _, a := range ids[:open] {
		if !slices.ContainsFunc(w.People, func(p Person) bool { return p.ID == a }) {
			w.People = append(w.People, Person{a, w.Names[a]})
		}
	}
	slices.SortFunc(w.People, func(a, b Person) int { return strings.Compare(a.Name+string(a.ID), b.Name+string(b.ID)) })
	return nil
}

// OneTurn is one turn with the week around it, for changing it.
type OneTurn struct {
	Turn
	Week
}

// Turn reads one turn. One that does not take place is NotFound.
func (s *Service) Turn(ctx context.Context, shift ref.Shift, day Day) (OneTurn, error) {
	var out OneTurn
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.edit"); err != nil {
			return err
		}
		t, err := s.turn(tx, shift, day)
		if err != nil {
			return err
		}
		w := Week{Site: t.Site}
		if err := s.readWeek(tx, &w, day); err != nil {
			return err
		}
		out = OneTurn{t, w}
		return nil
	})
	return out, errs.Wrap("rota: turn", err)
}
