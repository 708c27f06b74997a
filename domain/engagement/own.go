package engagement

import (
	"context"
	"strconv"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

// Mine is what a person sees of those who walk with them.
type Mine struct {
	Person    people.Person
	Here      bool // the account is someone's own
	Walks     []Walk
	Names     map[ref.Account]string
	ReachedAt time.Time   // when someone was last in touch
	Next      Appointment // the next one; empty when there is none
	Phone     string      // the programme's number
	HasHard   bool        // there is something for a hard moment
}

// Mine reads it for the account that acts. An account that is nobody's own has
// nothing.
func (s *Service) Mine(ctx context.Context) (Mine, error) {
	var out Mine
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		person, err := s.enter(tx, Door{Own: true}, "")
		if errs.Is(err, errs.NotFound) {
			out = Mine{}
			return nil
		}
		if err != nil {
			return err
		}
		if out, err = s.mine(tx, person); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.own"}, string(person))
	})
	return out, errs.Wrap("engagement: mine", err)
}

func (s *Service) mine(tx *db.Tx, person ref.Person) (Mine, error) {
	m := Mine{Here: true}
	p, err := s.plan(tx, person)
	if err != nil {
		return m, err
	}
	m.Person = p.Person
	m.HasHard = p.hasHard()
	if m.Walks, err = s.with(tx, person); err != nil {
		return m, err
	}
	var ids []ref.Account
	for _, w := range m.Walks {
		ids = append(ids, w.Peer)
	}
	if m.Names, err = s.Names(tx, ids); err != nil {
		return m, err
	}
	l, err := s.limits(tx)
	if err != nil {
		return m, err
	}
	m.Phone = l.Phone
	if m.ReachedAt, err = s.reached(tx, person); err != nil {
		return m, err
	}
	ahead, err := s.ahead(tx, person)
	if len(ahead) > 0 {
		m.Next = ahead[0]
	}
	return m, err
}

// waits reports whether the person said hello and nobody was in touch since.
func (m Mine) waits(w Walk) bool { return w.HelloAt.After(m.ReachedAt) }

// reached is when someone was last in touch with the person.
func (s *Service) reached(tx *db.Tx, person ref.Person) (time.Time, error) {
	st, err := s.standings.Get(tx, person)
	if errs.Is(err, errs.NotFound) {
		err = nil
	}
	return st.ReachedAt, err
}

// Unhello takes a hello back. What went out to the peer has gone.
func (s *Service) Unhello(ctx context.Context, walk ref.Walk) error {
	return s.turnWalk(ctx, walk, "engagement.hello", func(_ *db.Tx, w *Walk) error {
		w.HelloAt = time.Time{}
		return nil
	})
}

// Hello lets a peer know that the person would like to hear from them: once in a day for
// as long as nobody was in touch.
func (s *Service) Hello(ctx context.Context, walk ref.Walk) error {
	return s.turnWalk(ctx, walk, "engagement.hello", func(tx *db.Tx, w *Walk) error {
		last, err := s.reached(tx, w.Person)
		if err != nil {
			return err
		}
		w.HelloAt = tx.Now()
		return s.Gate.Send(tx, notify.Message{
			Key: "hello/" + string(w.ID) + "/" + tx.Now().Format("20060102") + "/" + strconv.FormatInt(last.Unix(), 10), Word: wordNew, Path: "/today", To: []string{string(w.Peer)},
			Channels: []string{notify.App, notify.Push, notify.Mail, notify.SMS}, Useful: usefulHello,
		})
	})
}

// Someone asks for someone else to walk with. No reason is asked and none is
// kept. Twice is once.
func (s *Service) Someone(ctx context.Context, walk ref.Walk) error {
	return s.turnWalk(ctx, walk, "engagement.change", func(tx *db.Tx, w *Walk) error {
		if w.ChangeAt.IsZero() {
			w.ChangeAt = tx.Now()
		}
		return nil
	})
}

// SameOne takes back that the person asked for someone else.
func (s *Service) SameOne(ctx context.Context, walk ref.Walk) error {
	return s.turnWalk(ctx, walk, "engagement.change", func(_ *db.Tx, w *Walk) error {
		w.ChangeAt = time.Time{}
		return nil
	})
}

func (s *Service) turnWalk(ctx context.Context, walk ref.Walk, action string, turn func(*db.Tx, *Walk) error) error {
	err := s.write(ctx, func(tx *db.Tx) error {
		person, err := s.enter(tx, Door{Own: true}, "")
		if err != nil {
			return err
		}
		before, err := s.walkOf(tx, person, walk)
		if err == nil && !before.EndedAt.IsZero() {
			tx.Settle(string(person))
			err = absent("walk that ended")
		}
		if err != nil {
			return err
		}
		after := before
		if err := turn(tx, &after); err != nil {
			return err
		}
		return s.changeWalk(tx, action, before, after)
	})
	return errs.Wrap(action, err)
}
