package rota

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

// Listener is someone to talk to.
type Listener struct {
	ID   ref.Account
	Name string
}

// Listeners are the supervisors, by name: peers by background, and not oneself. Where
// nobody else supervises they are the coordinators.
func (s *Service) listeners(tx *db.Tx) ([]Listener, error) {
	all, err := s.Staff(tx, "supervisor")
	if all = others(all, me(tx)); err == nil && len(all) == 0 {
		all, err = s.Staff(tx, "coordinator")
		all = others(all, me(tx))
	}
	if err != nil {
		return nil, err
	}
	names, err := s.Names(tx, all)
	var out []Listener
	for _, a := range all {
		out = append(out, Listener{a, names[a]})
	}
	slices.SortFunc(out, func(a, b Listener) int { return cmp.Compare(a.Name+string(a.ID), b.Name+string(b.ID)) })
	return out, err
}

// restDays is how many days one is offered off the rota after a hard call.
const restDays = 3

// Hard is what someone asks for after a hard call: somebody of their choice to
// talk to, and days off the rota. Neither needs a reason, and nothing is kept of
// it but the days off: who wants to talk is told to one person and written
// nowhere else. act is the id of the form: the same form once more asks nobody again.
func (s *Service) Hard(ctx context.Context, act string, listener ref.Account, days int) error {
	if days < 0 || days > restDays || listener == "" && days == 0 {
		return refuse("listener", "rota.error.hard")
	}
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.own"); err != nil {
			return err
		}
		if err := s.listen(tx, act, listener); err != nil {
			return err
		}
		if err := s.Gate.Reroute(tx, string(me(tx)), otherPath, "/rota/mine"); err != nil {
			return err
		}
		return s.rest(tx, act, days)
	})
	return errs.Wrap("rota: after a hard call", err)
}

func (s *Service) listen(tx *db.Tx, act string, listener ref.Account) error {
	if listener == "" {
		return nil
	}
	all, err := s.listeners(tx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(l Listener) bool { return l.ID == listener }) {
		return refuse("listener", "error.pick-one")
	}
	return s.Gate.Send(tx, notify.Message{
		Key: "talk/" + string(me(tx)) + "/" + act, Word: wordNew, Path: talkPath + string(me(tx)), To: []string{string(listener)},
		Channels: DefaultLadder()[0].Channels, Useful: useful,
	})
}

// rest takes today and the days after off the rota, and the turn that runs now:
// after a hard call nobody is asked again before they have rested.
func (s *Service) rest(tx *db.Tx, act string, days int) error {
	if days == 0 {
		return nil
	}
	zone, err := s.Zone(tx)
	if err != nil {
		return err
	}
	if _, err := s.aways.Get(tx, act); !errs.Is(err, errs.NotFound) {
		return err
	}
	today := DayOf(tx.Now(), zone)
	off := Away{ID: ref.Shift(act), Peer: me(tx), From: today, Until: today.Add(days - 1), Since: tx.Now()}
	p, err := s.plan(tx, tx.Now(), tx.Now())
	if err != nil {
		return err
	}
	for _, t := range p.Turns(tx.Now(), tx.Now().Add(time.Microsecond)) {
		if t.Peer == me(tx) && !t.From.After(off.Since) {
			off.From, off.Since = min(off.From, t.Day), t.From.Add(-time.Microsecond)
		}
	}
	if _, err := s.aways.Insert(tx, &off); err != nil {
		return err
	}
	if err := s.Left(tx, me(tx)); err != nil {
		return err
	}
	return recordShift(tx, "rota.away", off.ID, off.Peer)
}

// Left lets somebody be asked for nothing more, who rests or can answer no longer:
// others are asked at once. As of any "not this one", nothing is written down of it.
func (s *Service) Left(tx *db.Tx, who ref.Account) error {
	all, err := s.waitsFor(tx, who)
	for _, w := range all {
		if err == nil {
			err = s.passFor(tx, w.Handoff, who)
		}
	}
	return errs.Wrap("rota: left", err)
}

// Gone is Left for somebody who works here no more: who wanted to talk with them is
// told to ask someone else. Nobody else hears of that wish.
func (s *Service) Gone(tx *db.Tx, who ref.Account) error {
	if err := s.Left(tx, who); err != nil {
		return err
	}
	wishes, err := s.Gate.Paths(tx, talkPath, string(who))
	for _, t := range wishes {
		if err == nil {
			err = s.unheard(tx, who, t)
		}
	}
	return errs.Wrap("rota: gone", err)
}

func (s *Service) unheard(tx *db.Tx, who ref.Account, wish notify.Told) error {
	peer := strings.TrimPrefix(wish.Path, talkPath)
	if err := s.Gate.Reroute(tx, string(who), wish.Path, "/rota/mine"); err != nil {
		return err
	}
	return s.Gate.Send(tx, notify.Message{
		Key: "unheard/" + peer + "/" + tx.Now().Format(stampForm), Word: wordNew, Path: otherPath, To: []string{peer},
		Channels: DefaultLadder()[0].Channels, Useful: useful,
	})
}

const (
	hardPath  = "/rota/hard"
	otherPath = hardPath + "?other=1" // to ask someone else
)

// Unheard is when whoever is in the scope was told that the one they wanted to talk with
// is not here; zero when they were not, have asked since, or a week is over.
func (s *Service) Unheard(tx *db.Tx) (at time.Time, err error) {
	told, err := s.Gate.Paths(tx, otherPath, string(me(tx)))
	if len(told) > 0 {
		at = told[0].At
	}
	return at, errs.Wrap("rota: unheard", err)
}

// Talk is the page that the one who was asked to listen comes to: whose wish it
// is, and nothing else.
func (s *Service) Talk(ctx context.Context, peer ref.Account) (string, error) {
	var name string
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.care"); err != nil {
			return err
		}
		led, err := s.Gate.Led(tx, talkPath+string(peer), string(me(tx)))
		if err == nil && !led {
			err = errs.New(errs.NotFound, "rota: talk", "")
		}
		if err != nil {
			return err
		}
		names, err := s.Names(tx, []ref.Account{peer})
		name = names[peer]
		return err
	})
	return name, errs.Wrap("rota: talk", err)
}

const talkPath = "/rota/talk/"

// Wish is that someone would like to talk with whoever is in the scope.
type Wish struct {
	Listener
	At time.Time
}

// Path is where it is opened.
func (w Wish) Path() string { return talkPath + string(w.ID) }

// Wishes are those that were not answered yet, the oldest first. They are what the
// messages say, kept nowhere else, and gone with them after a week.
func (s *Service) Wishes(tx *db.Tx) ([]Wish, error) {
	if role := tx.Scope().Role; role != "supervisor" && role != "coordinator" {
		return nil, nil
	}
	told, err := s.Gate.Paths(tx, talkPath, string(me(tx)))
	if err != nil || len(told) == 0 {
		return nil, err
	}
	ids := make([]ref.Account, len(told))
	for i, t := range told {
		ids[i] = ref.Account(strings.TrimPrefix(t.Path, talkPath))
	}
	names, err := s.Names(tx, ids)
	out := make([]Wish, len(told))
	for i, t := range told {
		out[i] = Wish{Listener{ids[i], names[ids[i]]}, t.At}
	}
	return out, err
}

// Talked ends the wish of one who would like to talk with whoever is in the
// scope. Of who talked, and when, nothing is kept.
func (s *Service) Talked(ctx context.Context, peer ref.Account) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.care"); err != nil {
			return err
		}
		return s.Gate.Reroute(tx, string(me(tx)), talkPath+string(peer), "/rota/mine")
	})
	return errs.Wrap("rota: talked", err)
}

// Listeners are those one can ask to talk to; other is true when whoever was asked is not
// here any more.
func (s *Service) Listeners(ctx context.Context) (out []Listener, other bool, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.own"); err != nil {
			return err
		}
		at, err := s.Unheard(tx)
		if err != nil {
			return err
		}
		other = !at.IsZero()
		out, err = s.listeners(tx)
		return err
	})
	return out, other, errs.Wrap("rota: listeners", err)
}
