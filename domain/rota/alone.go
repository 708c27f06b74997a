package rota

import (
	"context"
	"fmt"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/job"
	"alongside/platform/notify"
)

// The states of someone who goes out alone.
const (
	AloneOut    = "out"    // they said until when
	AloneSilent = "silent" // that time went by without a word
	AloneHelp   = "help"   // they asked, in quiet
	AloneCall   = "call"   // they asked, and their page says since that they are fine
	AloneBack   = "back"   // they are fine
)

// Alone is one account that is out without company. There is one row for each,
// and nothing is kept of how often or how long: it is there to help, not to
// watch.
type Alone struct {
	Peer    ref.Account
	Turn    int64 // counts up with each going out, so that an old bell finds nobody
	State   string
	Place   string // where they said they go; theirs to say
	DueAt   time.Time
	BegunAt time.Time
	Version int64
}

// Alones says what that record holds.
func Alones() *field.Record[Alone] {
	when := func(column string, label i18n.Text, at func(*Alone) any) field.Field[Alone] {
		return field.Field[Alone]{Column: column, Kind: field.Instant, Label: label, At: at}
	}
	return field.Define("rota_alone", field.Keys[Alone]{
		ID: []string{"peer"}, Subject: func(a *Alone) string { return string(a.Peer) },
	},
		field.Field[Alone]{Column: "peer", Kind: field.Ref, At: func(a *Alone) any { return &a.Peer }},
		field.Field[Alone]{
			Column: "turn", Kind: field.Number,
			Label: i18n.Text{EN: "Times so far", ES: "Veces hasta ahora", AR: "المرات حتى الآن"},
			At:    func(a *Alone) any { return &a.Turn },
		},
		field.Field[Alone]{Column: "state", Kind: field.Ref, At: func(a *Alone) any { return &a.State }},
		field.Field[Alone]{
			Column: "place", Kind: field.Text, Asked: true, Sealed: true, Limit: 80,
			Label: i18n.Text{EN: "Where to?", ES: "¿Adónde?", AR: "إلى أين؟"},
			Hint:  i18n.Text{EN: "A street or a building. No names.", ES: "Una calle o un edificio. Sin nombres.", AR: "شارع أو مبنى. بلا أسماء."},
			At:    func(a *Alone) any { return &a.Place },
		},
		when("due_at", i18n.Text{EN: "Back by", ES: "De vuelta a las", AR: "العودة عند"}, func(a *Alone) any { return &a.DueAt }),
		when("begun_at", i18n.Text{EN: "Went out", ES: "Salió", AR: "خرج"}, func(a *Alone) any { return &a.BegunAt }),
		field.Field[Alone]{Column: "version", Kind: field.Version, At: func(a *Alone) any { return &a.Version }},
	)
}

// bellAlone rings when someone should have said that they are fine.
const bellAlone = "rota.alone"

// longestOut is the longest time that can be said at once.
const longestOut = 12 * 60

func aloneKey(a Alone) string { return fmt.Sprintf("%s/%d", a.Peer, a.Turn) }

// GoOut notes that whoever is in the scope goes out alone, and in how many
// minutes they will say that they are fine. Saying it again moves the time, and
// keeps the place unless another is said.
func (s *Service) GoOut(ctx context.Context, minutes int64, place string) error {
	if minutes < 5 || minutes > longestOut {
		return refuse("minutes", "rota.error.minutes")
	}
	return s.aloneNow(ctx, func(tx *db.Tx, a *Alone) error {
		if place != "" {
			a.Place = place
		}
		a.BegunAt, a.DueAt = tx.Now(), tx.Now().Add(time.Duration(minutes)*time.Minute)
		if a.Asked() {
			a.State, a.Turn = AloneHelp, a.Turn-1
			return nil
		}
		a.State = AloneOut
		return job.Add(tx, bellAlone, aloneKey(*a), a.DueAt)
	})
}

// Fine notes that they are back, or well. Everything that was hung up for them
// is taken down, but for a call they asked for in quiet: somebody may have made
// them press it. It stands until a supervisor has spoken with them.
func (s *Service) Fine(ctx context.Context) error {
	return s.aloneNow(ctx, func(_ *db.Tx, a *Alone) error {
		if a.Asked() {
			a.State, a.Turn = AloneCall, a.Turn-1
			return nil
		}
		a.State, a.Place = AloneBack, ""
		return nil
	})
}

// Asked reports whether they asked for a call, and nobody has spoken with them yet.
func (a Alone) Asked() bool { return a.State == AloneHelp || a.State == AloneCall }

// goesOn reports whether they are out until later than now, by what they said last.
func (a Alone) goesOn(now time.Time) bool {
	return (a.State == AloneOut || a.State == AloneHelp) && a.DueAt.After(now)
}

// Help tells supervisors at once to call. The button and what it shows say
// nothing of it: someone may be looking over the shoulder.
func (s *Service) Help(ctx context.Context) error {
	return s.aloneNow(ctx, func(tx *db.Tx, a *Alone) error {
		if a.State = AloneHelp; a.DueAt.IsZero() {
			a.DueAt = tx.Now()
		}
		return s.callThem(tx, *a)
	})
}

// aloneNow changes the row of whoever is in the scope. Each change is a new
// turn, so that what was hung up for the one before finds nothing to do; while a
// call that was asked for stands, it stays the same one.
func (s *Service) aloneNow(ctx context.Context, fn func(*db.Tx, *Alone) error) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.answer"); err != nil {
			return err
		}
		return s.setAlone(tx, me(tx), fn)
	})
	return errs.Wrap("rota: alone", err)
}

func (s *Service) setAlone(tx *db.Tx, who ref.Account, fn func(*db.Tx, *Alone) error) error {
	before, err := s.alones.Get(tx, who)
	isNew := errs.Is(err, errs.NotFound)
	if err != nil && !isNew {
		return err
	}
	after := before
	after.Peer, after.Turn = who, before.Turn+1
	if err := fn(tx, &after); err != nil {
		return err
	}
	if after.Turn != before.Turn {
		if err := s.quiet(tx, before); err != nil {
			return err
		}
	}
	if isNew {
		_, err = s.alones.Insert(tx, &after)
	} else {
		_, err = s.alones.Update(tx, &before, &after)
	}
	if err != nil {
		return err
	}
	tenant := tx.Scope().Tenant
	tx.AfterCommit(func() { s.Changed(tenant) })
	return recordAlone(tx, audit.Change, who)
}

// recordAlone records a look at, or a change of, who is out and where.
func recordAlone(tx *db.Tx, kind audit.Kind, who ...ref.Account) error {
	e := audit.Entry{Kind: kind, Action: "rota.alone"}
	for _, a := range who {
		e.Subjects = append(e.Subjects, string(a))
	}
	if len(who) == 1 {
		e.Record = "rota_alone/" + string(who[0])
	}
	return audit.Write(tx, e)
}

// quiet takes down what a turn has out.
func (s *Service) quiet(tx *db.Tx, a Alone) error {
	if err := job.Cancel(tx, bellAlone, aloneKey(a)); err != nil {
		return err
	}
	return s.Gate.Stop(tx, "alone/"+aloneKey(a))
}

// callThem sends supervisors the neutral sentence, with the way to the overview.
func (s *Service) callThem(tx *db.Tx, a Alone) error {
	who, err := s.heads(tx, "", a.Peer)
	if err != nil {
		return err
	}
	return s.Gate.Send(tx, notify.Message{
		Key: "alone/" + aloneKey(a), Word: wordLate, Path: "/overview", To: texts(who), Useful: useful, Channels: DefaultLadder()[0].Channels,
	})
}

// silent is the bell: nobody has heard from them by the time they said.
func (s *Service) silent(ctx context.Context, j job.Job) error {
	peer, turn, _, err := splitKey(j.Key)
	if err != nil {
		return err
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		before, err := s.alones.Get(tx, peer)
		if err != nil && !errs.Is(err, errs.NotFound) {
			return err
		}
		tx.Settle(string(peer)) // the bell shows it to nobody
		if err == nil && before.Turn == int64(turn) && before.State == AloneOut {
			after := before
			after.State = AloneSilent
			if _, err := s.alones.Update(tx, &before, &after); err != nil {
				return err
			}
			if err := s.callThem(tx, after); err != nil {
				return err
			}
			if err := recordAlone(tx, audit.Change, ref.Account(peer)); err != nil {
				return err
			}
			tenant := tx.Scope().Tenant
			tx.AfterCommit(func() { s.Changed(tenant) })
		}
		return j.Done(tx)
	})
	return job.Within(rungWithin, errs.Wrap("rota: alone", err))
}

// Out is someone who is out alone, for whoever answers for them.
type Out struct {
	Alone
	Name  string
	Phone string // where they take texts, if they gave it and somebody has to call
}

// Calls reports whether somebody has to call them now.
func (o Out) Calls(now time.Time) bool {
	return o.Asked() || o.State == AloneSilent || o.DueAt.Before(now)
}

// Outs lists them, whoever needs a call first.
func (s *Service) Outs(ctx context.Context) ([]Out, error) {
	var out []Out
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.care"); err != nil {
			return err
		}
		var err error
		out, err = s.outs(tx)
		return err
	})
	return out, errs.Wrap("rota: who is out", err)
}

// Calls are those of them whom somebody has to call, for a neighbour who lists
// the day of a supervisor; nobody for anyone else.
func (s *Service) Calls(tx *db.Tx) (out []Out, err error) {
	if tx.Scope().Role != "supervisor" {
		return nil, nil
	}
	all, err := s.outs(tx)
	for _, o := range all {
		if o.Calls(tx.Now()) {
			out = append(out, o)
		}
	}
	return out, err
}

func (s *Service) outs(tx *db.Tx) ([]Out, error) {
	list, err := s.alones.List(tx, "WHERE tenant = $1 AND state <> 'back' ORDER BY CASE state WHEN 'out' THEN 1 ELSE 0 END, state, due_at")
	if err != nil || len(list) == 0 {
		return nil, err
	}
	ids := make([]ref.Account, len(list))
	for i, a := range list {
		ids[i] = a.Peer
	}
	names, err := s.Names(tx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Out, len(list))
	for i, a := range list {
		out[i] = Out{Alone: a, Name: names[a.Peer]}
		if out[i].Calls(tx.Now()) {
			if out[i].Phone, err = notify.Telephone(tx, string(a.Peer)); err != nil {
				return nil, err
			}
		}
	}
	return out, recordAlone(tx, audit.Look, ids...)
}

// ReachedThem notes that a supervisor has spoken with someone who was silent or
// asked for help. Who is out for longer than now, as they said, is watched until then.
func (s *Service) ReachedThem(ctx context.Context, peer ref.Account) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.care"); err != nil {
			return err
		}
		if _, err := s.alones.Get(tx, peer); err != nil {
			return err
		}
		return s.setAlone(tx, peer, func(tx *db.Tx, a *Alone) error {
			if a.goesOn(tx.Now()) {
				a.State = AloneOut
				return job.Add(tx, bellAlone, aloneKey(*a), a.DueAt)
			}
			a.State, a.Place = AloneBack, ""
			return nil
		})
	})
	return errs.Wrap("rota: reached", err)
}

// AloneNow reads how it stands with whoever is in the scope.
func (s *Service) AloneNow(ctx context.Context) (out Alone, err error) {
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.answer"); err != nil {
			return err
		}
		out, err = s.alones.Get(tx, me(tx))
		if errs.Is(err, errs.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return recordAlone(tx, audit.Look, me(tx))
	})
	return out, errs.Wrap("rota: alone", err)
}
