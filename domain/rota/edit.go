package rota

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Add puts a new shift on the rota. Its id is that of the form, so that the
// same form sent twice adds it once. Short rest is no reason to refuse it.
func (s *Service) Add(ctx context.Context, n Shift) error {
	return errs.Wrap("rota: add", s.add(ctx, n, func(*db.Tx) error { return nil }))
}

// add puts a shift on the rota that is not there yet, unless first has a reason
// against it.
func (s *Service) add(ctx context.Context, n Shift, first func(*db.Tx) error) error {
	if err := n.check(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.edit"); err != nil {
			return err
		}
		if _, err := s.shifts.Get(tx, n.ID); !errs.Is(err, errs.NotFound) {
			return err
		}
		if err := first(tx); err != nil {
			return err
		}
		if err := s.serves(tx, n.Peer); err != nil {
			return err
		}
		if _, err := s.shifts.Insert(tx, &n); err != nil {
			return err
		}
		return recordShift(tx, "rota.add", n.ID, n.Peer)
	})
}

// Enter is Add for what somebody types: it is at a place of theirs and begins today at
// the earliest, and whole days are meant when sure.
func (s *Service) Enter(ctx context.Context, n Shift, sure bool) error {
	if err := n.check(); err != nil {
		return err
	}
	if n.WholeDay() && !sure {
		return refuse("ends", "rota.error.whole")
	}
	return errs.Wrap("rota: enter", s.add(ctx, n, func(tx *db.Tx) error {
		if err := s.isPlace(tx, n.Site); err != nil {
			return err
		}
		if err := s.ahead(tx, n.From); err != nil || n.Repeats != Once {
			return err
		}
		zone, err := s.Zone(tx)
		if err != nil {
			return err
		}
		return s.there(tx, n.Peer, n.turn(n.From, zone), refuse("peer", takenOff))
	}))
}

// isPlace refuses a site that is not the organisation's. None is every site.
func (s *Service) isPlace(tx *db.Tx, site ref.Site) error {
	places, err := s.Places(tx)
	if err == nil && site != "" && !slices.ContainsFunc(places, func(p Place) bool { return p.ID == site }) {
		err = refuse("site", "error.pick-one")
	}
	return err
}

// ahead refuses a first day that is over.
func (s *Service) ahead(tx *db.Tx, first Day) error {
	zone, err := s.Zone(tx)
	if err == nil && first < DayOf(tx.Now(), zone) {
		err = refuse("from_day", "rota.error.past")
	}
	return err
}

func (n Shift) check() error {
	switch {
	case !n.From.Valid():
		return refuse("from_day", "rota.error.day")
	case n.Until != "" && (!n.Until.Valid() || n.Until < n.From):
		return refuse("until_day", "rota.error.until")
	case n.Begins < 0 || n.Begins >= dayMinutes:
		return refuse("begins", "rota.error.clock")
	case n.Ends < 0 || n.Ends >= dayMinutes:
		return refuse("ends", "rota.error.clock")
	case n.Repeats != Once && n.Repeats != Daily && n.Repeats != Weekly && n.Repeats != Fortnightly:
		return refuse("repeats", "error.pick-one")
	}
	return nil
}

// Cover gives one day of a shift to someone else, or with "" to nobody: then it
// needs cover.
func (s *Service) Cover(ctx context.Context, shift ref.Shift, day Day, peer ref.Account) error {
	return s.alter(ctx, "rota.cover", shift, day, func(tx *db.Tx, t Turn) error {
		if err := s.serves(tx, peer); err != nil {
			return err
		}
		if err := s.there(tx, peer, t, refuse("peer", takenOff)); err != nil {
			return err
		}
		return s.put(tx, Change{Shift: shift, Day: day, Peer: peer})
	})
}

// Cancel lets one day of a shift not take place.
func (s *Service) Cancel(ctx context.Context, shift ref.Shift, day Day) error {
	return s.alter(ctx, "rota.cancel", shift, day, func(tx *db.Tx, t Turn) error {
		return s.put(tx, Change{Shift: shift, Day: day, Peer: t.Peer, Removed: true})
	})
}

// End lets a shift take place for the last time before the day.
func (s *Service) End(ctx context.Context, shift ref.Shift, day Day) error {
	return s.alter(ctx, "rota.end", shift, day, func(tx *db.Tx, _ Turn) error {
		before, err := s.shifts.Get(tx, shift)
		if err != nil {
			return err
		}
		after := before
		after.Until = day.Add(-1)
		_, err = s.shifts.Update(tx, &before, &after)
		return err
	})
}

// serves refuses to put on the rota whoever cannot have a turn here.
func (s *Service) serves(tx *db.Tx, peer ref.Account) error {
	all, err := s.staff(tx, "peer", "supervisor")
	if err == nil && peer != "" && !slices.Contains(all, peer) {
		err = refuse("peer", "error.pick-one")
	}
	return err
}

// takenOff are the words for who has taken the day off.
const takenOff = "rota.error.off"

// there refuses to give a turn to who has taken its day off: it would need cover all the
// same, and the page would say that the rota is changed. no is how it is refused.
func (s *Service) there(tx *db.Tx, peer ref.Account, t Turn, no error) error {
	off, err := s.aways.List(tx, "WHERE tenant = $1 AND peer = $2 AND until_day >= $3", peer, t.Day)
	t.Peer = peer
	if err == nil && (Plan{Aways: off}).away(t) {
		return no
	}
	return err
}

// Held is a turn and who had it when somebody looked.
type Held struct {
	Shift ref.Shift
	Day   Day
	Peer  ref.Account
}

// Swap lets two turns change hands. When they have changed hands already, which
// is the same form once more, it does nothing; when somebody else has one of them
// by now it is a Conflict.
func (s *Service) Swap(ctx context.Context, one, other Held) error {
	return s.alter(ctx, "rota.swap", one.Shift, one.Day, func(tx *db.Tx, a Turn) error {
		b, err := s.turn(tx, other.Shift, other.Day)
		if err != nil {
			return err
		}
		if one.Peer == "" || other.Peer == "" || one.Peer == other.Peer {
			return refuse("with", "rota.error.swap")
		}
		if a.Peer == other.Peer && b.Peer == one.Peer {
			return errAlready
		}
		if a.Peer != one.Peer || b.Peer != other.Peer {
			return errs.New(errs.Conflict, "rota: swap", "error.changed-meanwhile")
		}
		if !a.To.After(tx.Now()) || !b.To.After(tx.Now()) {
			return refuse("with", "rota.error.over")
		}
		if err := cmp.Or(s.there(tx, b.Peer, a, refuse("with", takenOff)), s.there(tx, a.Peer, b, refuse("with", "rota.error.off-other"))); err != nil {
			return err
		}
		if err := s.put(tx, Change{Shift: one.Shift, Day: one.Day, Peer: b.Peer}); err != nil {
			return err
		}
		if err := s.put(tx, Change{Shift: other.Shift, Day: other.Day, Peer: a.Peer}); err != nil {
			return err
		}
		return recordShift(tx, "rota.swap", other.Shift, b.Peer, a.Peer)
	})
}

// errAlready: what was asked for is so already, and nothing is to be done.
var errAlready = errs.New(errs.Conflict, "rota: already", "")

// already reports whether a turn that is not there is not there because of the
// same action, sent once more.
func (s *Service) already(tx *db.Tx, action string, shift ref.Shift, day Day) bool {
	switch action {
	case "rota.cancel":
		c, err := s.changes.Get(tx, shift, day)
		return err == nil && c.Removed
	case "rota.end":
		sh, err := s.shifts.Get(tx, shift)
		return err == nil && sh.Until == day.Add(-1)
	}
	return false
}

// alter changes one turn, for a coordinator, and records for whom.
func (s *Service) alter(ctx context.Context, action string, shift ref.Shift, day Day, fn func(*db.Tx, Turn) error) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.edit"); err != nil {
			return err
		}
		before, err := s.turn(tx, shift, day)
		if errs.Is(err, errs.NotFound) && s.already(tx, action, shift, day) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := fn(tx, before); err != nil {
			return err
		}
		return recordShift(tx, action, shift, before.Peer)
	})
	if errors.Is(err, errAlready) {
		return nil
	}
	return errs.Wrap(action, err)
}

// turn is one turn as it stands now; NotFound when there is none on that day.
func (s *Service) turn(tx *db.Tx, shift ref.Shift, day Day) (Turn, error) {
	if !day.Valid() {
		return Turn{}, errs.New(errs.NotFound, "turn", "")
	}
	at := day.At(0, time.UTC)
	p, err := s.plan(tx, at, at.Add(48*time.Hour))
	if err != nil {
		return Turn{}, err
	}
	for _, t := range p.Turns(at.Add(-24*time.Hour), at.Add(72*time.Hour)) {
		if t.Shift == shift && t.Day == day {
			return t, nil
		}
	}
	return Turn{}, errs.New(errs.NotFound, "turn", "")
}

// put writes a change over whatever was changed about that day before.
func (s *Service) put(tx *db.Tx, c Change) error {
	if err := s.changes.Remove(tx, &c, c.Shift, c.Day); err != nil {
		return err
	}
	_, err := s.changes.Insert(tx, &c)
	return err
}

// MostOff is how many days off may be taken down at once.
const MostOff = 366

// TakeOff notes time off for whoever is in the scope. Their turns on those days that
// have not begun then need cover. The id is that of the form.
func (s *Service) TakeOff(ctx context.Context, a Away) error {
	if !a.From.Valid() {
		return refuse("from_day", "rota.error.day")
	}
	if !a.Until.Valid() || a.Until < a.From || a.Until.Since(a.From) >= MostOff {
		return refuse("until_day", "rota.error.until")
	}
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.own"); err != nil {
			return err
		}
		if _, err := s.aways.Get(tx, a.ID); !errs.Is(err, errs.NotFound) {
			return err
		}
		if err := s.ahead(tx, a.From); err != nil {
			return err
		}
		a.Peer, a.Since = me(tx), tx.Now()
		if _, err := s.aways.Insert(tx, &a); err != nil {
			return err
		}
		return recordShift(tx, "rota.away", a.ID, a.Peer)
	})
	return errs.Wrap("rota: time off", err)
}

// BackOn takes one's own time off away again. Another's is NotFound.
func (s *Service) BackOn(ctx context.Context, away ref.Shift) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.own"); err != nil {
			return err
		}
		a, err := s.aways.Get(tx, away)
		if err == nil && a.Peer != me(tx) {
			err = errs.New(errs.NotFound, "time off", "")
		}
		if err != nil {
			return err
		}
		if err := s.aways.Remove(tx, &a, away); err != nil {
			return err
		}
		return recordShift(tx, "rota.back", away, a.Peer)
	})
	return errs.Wrap("rota: back on", err)
}
