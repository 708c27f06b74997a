package engagement

import (
	"context"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

// Meet makes an appointment. Its id is that of the form: twice is once, and other
// words under it are a Conflict. Someone comes along only if they can walk with
// people here.
func (s *Service) Meet(ctx context.Context, a Appointment) error {
	err := s.write(ctx, func(tx *db.Tx) error {
		if err := s.mayWith(tx, "engagement.meet", a.Person); err != nil {
			return err
		}
		already, err := s.meetings.Get(tx, a.ID)
		switch {
		case err == nil && already.Person != a.Person:
			tx.Settle(string(already.Person))
			return absent("appointment of another")
		case err == nil:
			if err := sameMeeting(already, a); err != nil {
				return err
			}
			return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.meet"}, string(a.Person))
		case !errs.Is(err, errs.NotFound):
			return err
		}
		return s.meet(tx, a)
	})
	return errs.Wrap("engagement: meet", err)
}

// sameMeeting refuses other words under the id of an appointment that is here.
func sameMeeting(have, sent Appointment) error {
	if have.With == sent.With && have.Place == sent.Place && have.WayThere == sent.WayThere && have.Along == sent.Along &&
		have.StartsAt.Equal(sent.StartsAt.Truncate(time.Microsecond)) {
		return nil
	}
	return errs.New(errs.Conflict, "engagement: another appointment under one id", "engagement.error.meet-again")
}

// meet stores a new appointment and hangs up its bell.
func (s *Service) meet(tx *db.Tx, a Appointment) error {
	if a.With == "" {
		return refuse("with_whom", "error.needed")
	}
	if a.StartsAt.Before(tx.Now().Add(-mostAhead)) || a.StartsAt.After(tx.Now().Add(mostAhead)) {
		return refuse("starts_at", "engagement.error.when")
	}
	if a.Along != "" {
		if err := s.isPeer(tx, a.Along); err != nil {
			return err
		}
	}
	a.State, a.MadeAt, a.MadeBy, a.MovedTo, a.Version = Planned, tx.Now(), tx.Scope().Actor, "", 0
	a.StartsAt = a.StartsAt.Truncate(time.Microsecond).UTC()
	changes, err := s.meetings.Insert(tx, &a)
	if err != nil {
		return err
	}
	if err := s.hang(tx, a); err != nil {
		return err
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "engagement.meet", Record: meetingRow(a), Changes: filled(changes)})
}

func meetingRow(a Appointment) string { return "engagement_appointment/" + string(a.ID) }

// Turn takes a step with an appointment: it took place, did not work out, is
// called off, or is moved, to a new one under the id of the form.
func (s *Service) Turn(ctx context.Context, d Door, which ref.Appointment, step string, to Appointment) error {
	err := s.write(ctx, func(tx *db.Tx) error {
		person, err := s.enter(tx, d, "engagement.meet")
		if err != nil {
			return err
		}
		before, err := s.meetingOf(tx, person, which)
		if err != nil {
			return err
		}
		if step == "move" && before.State == Moved && before.MovedTo == to.ID {
			return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.meet"}, string(person))
		}
		_, state, err := s.meetingFlow.Take(before.State, step, tx.Scope().Role, MeetingFacts{before, tx.Now()})
		if err != nil {
			tx.Settle(string(person))
			return err
		}
		after := before
		if after.State = state; step == "move" {
			after.MovedTo = to.ID
		}
		return s.turned(tx, before, after, to)
	})
	return errs.Wrap("engagement: appointment "+step, err)
}

// turned stores an appointment after a step, and the one it was moved to.
func (s *Service) turned(tx *db.Tx, before, after, to Appointment) error {
	if err := s.hush(tx, before); err != nil {
		return err
	}
	changes, err := s.meetings.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	if after.State == Moved {
		next := before
		next.ID, next.StartsAt = to.ID, to.StartsAt
		if err := s.meet(tx, next); err != nil {
			return err
		}
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "engagement.meet", Record: meetingRow(after), Changes: changes})
}

// meetingOf is an appointment of that person; one of someone else is NotFound.
func (s *Service) meetingOf(tx *db.Tx, person ref.Person, which ref.Appointment) (Appointment, error) {
	a, err := s.meetings.Get(tx, which)
	if err == nil && a.Person != person {
		tx.Settle(string(a.Person))
		err = absent("appointment of another")
	}
	return a, err
}

// ahead are a person's appointments that are planned, soonest first. One stays
// for a day after it began.
func (s *Service) ahead(tx *db.Tx, person ref.Person) ([]Appointment, error) {
	return s.meetings.List(tx, "WHERE tenant = $1 AND person = $2 AND state = 'planned' AND starts_at > $3 ORDER BY starts_at LIMIT 20", person, tx.Now().Add(-24*time.Hour))
}

// Diary is a person's appointments, and how they are reminded.
type Diary struct {
	Door   Door
	Name   string
	All    []Appointment // those ahead, then those before, newest first
	Remind Remind
	Peers  []Peer // who could come along
	Names  map[ref.Account]string
	Texts  bool        // the person chose texts
	Phone  bool        // there is a number
	Mail   bool        // there is an address
	Silent string      // the key of why no reminder goes out, though one was chosen
	Fate   notify.Fate // how the newest message to them fared

	Reminded map[ref.Appointment]bool // of those ahead, the ones a reminder was sent of
}

// Diary reads it.
func (s *Service) Diary(ctx context.Context, d Door) (Diary, error) {
	var out Diary
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		person, err := s.enter(tx, d, "engagement.meet")
		if err != nil {
			return err
		}
		if out, err = s.diary(tx, person); err != nil {
			return err
		}
		out.Door = Door{Person: person, Own: d.Own}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.meet"}, string(person))
	})
	return out, errs.Wrap("engagement: diary", err)
}

func (s *Service) diary(tx *db.Tx, person ref.Person) (Diary, error) {
	var d Diary
	p, err := s.People.Find(tx, person)
	if err != nil {
		return d, err
	}
	d.Name, d.Texts, d.Phone, d.Mail = p.Name, p.Texts, p.Phone != "", p.Email != ""
	if d.All, err = s.ahead(tx, person); err != nil {
		return d, err
	}
	past, err := s.meetings.List(tx, "WHERE tenant = $1 AND person = $2 AND (state <> 'planned' OR starts_at <= $3) ORDER BY starts_at DESC LIMIT 20", person, tx.Now().Add(-24*time.Hour))
	if err != nil {
		return d, err
	}
	d.All = append(d.All, past...)
	if d.Peers, err = s.peers(tx); err != nil {
		return d, err
	}
	d.Names = map[ref.Account]string{}
	for _, who := range d.Peers {
		d.Names[who.ID] = who.Name
	}
	if d.Remind, err = s.remindOf(tx, person); err != nil {
		return d, err
	}
	if d.Silent, err = s.unreminded(tx, d.Remind, p); err != nil {
		return d, err
	}
	fates, err := notify.FatesOf(tx, string(person))
	d.Fate = fates[d.Remind.Device]
	if err == nil {
		d.Reminded, err = s.reminded(tx, d.All)
	}
	return d, err
}

// accompanied is a source: the appointments that a peer comes along to.
type accompanied struct{ s *Service }

// Lines lists those of today and tomorrow, and those that nobody has said of
// yet how they went.
func (a accompanied) Lines(tx *db.Tx) ([]Item, error) {
	list, err := a.s.meetings.List(tx, `WHERE tenant = $1 AND along = $2 AND state = 'planned' AND starts_at > $3 AND starts_at < $4
		ORDER BY starts_at LIMIT 50`, me(tx), tx.Now().AddDate(0, 0, -14), tx.Now().Add(36*time.Hour))
	var out []Item
	for _, m := range list {
		died, err := a.s.Died(tx, m.Person)
		if err != nil {
			return nil, err
		}
		if died {
			continue
		}
		why := "along"
		if m.StartsAt.Before(tx.Now()) {
			why = "along-past"
		}
		out = append(out, Item{Key: why + " " + string(m.ID), Rank: Promise, Timed: true, Person: m.Person, At: m.StartsAt, Why: why, Path: walkPath(m.Person) + "/diary"})
	}
	return out, err
}
