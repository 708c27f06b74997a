package rota

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/job"
	"alongside/platform/notify"
)

// What happens to a hand-off, as far as the ladder cares.
const (
	EventAsked  = "asked"  // a peer is asked for: newly, or because one gave it back, who is not asked again
	EventAnew   = "anew"   // a peer is asked for once more, and nobody gave it back
	EventTaken  = "taken"  // a peer said yes
	EventHanded = "handed" // another peer walks with the person now
	EventOver   = "over"   // they met, or nobody is to come any more
)

// Event is one of these.
type Event struct {
	What     string
	Handoff  ref.Handoff
	Kind     string // ForHandoff or ForLive
	Site     ref.Site
	Person   ref.Person
	Language string
	Gender   string      // asked for; empty: any
	Lived    string      // asked for; empty: any
	Peer     ref.Account // who said yes
	MeetBy   time.Time   // when a peer should be beside the person
}

// The bells.
const (
	bellRung  = "rota.rung"
	bellWatch = "rota.watch"
)

// rungWithin is the longest wait before a rung that could not be climbed is
// tried again.
const rungWithin = 15 * time.Second

// useful is how long a message about someone who waits may still be sent. It
// is stopped as soon as nobody waits.
const useful = 72 * time.Hour

// The words that go out. They say nothing of anyone.
const (
	wordNew  = "rota.say.new"
	wordLate = "rota.say.late"
)

// Says lists the words that may leave the program.
func Says() []string { return []string{wordNew, wordLate} }

func messageKey(r Run) string    { return fmt.Sprintf("%s/%d", r.Handoff, r.Round) }
func rungKey(r Run) string       { return fmt.Sprintf("%s/%d/%d", r.Handoff, r.Round, r.Step) }
func lateKey(r Run) string       { return messageKey(r) + "/late" }
func nobodyKey(r Run) string     { return messageKey(r) + "/nobody" }
func handedKey(r Run) string     { return messageKey(r) + "/handed" }
func (r Run) asks(step int) bool { return r.State == Asking && r.Step == int64(step) }

// Happened lets the ladder hear of a hand-off, in the transaction of what
// happened. It only writes down what to do: whom to ask is found by the bell,
// so that no fault in a rota ever refuses an ask.
func (s *Service) Happened(tx *db.Tx, e Event) error {
	before, err := s.runs.Get(tx, e.Handoff)
	isNew := errs.Is(err, errs.NotFound)
	if err != nil && !isNew {
		return err
	}
	if isNew && (e.What == EventOver || e.What == EventHanded) {
		before = Run{Handoff: e.Handoff, State: Over}
		return s.handed(tx, before.heard(e, tx.Now()), e)
	}
	if !isNew {
		if err := s.hush(tx, before); err != nil {
			return err
		}
	}
	after := before.heard(e, tx.Now())
	if isNew {
		_, err = s.runs.Insert(tx, &after)
	} else {
		_, err = s.runs.Update(tx, &before, &after)
	}
	if err != nil {
		return err
	}
	if err := s.hang(tx, after); err != nil {
		return err
	}
	return s.handed(tx, after, e)
}

// handed tells the peer to whom a hand-off was handed over.
func (s *Service) handed(tx *db.Tx, r Run, e Event) error {
	if e.What != EventHanded {
		return nil
	}
	return s.Gate.Send(tx, notify.Message{
		Key: handedKey(r), Word: wordNew, Path: "/handoff/" + string(e.Handoff), To: []string{string(e.Peer)}, Useful: useful,
		Channels: DefaultLadder()[0].Channels,
	})
}

// heard is the run after an event.
func (r Run) heard(e Event, now time.Time) Run {
	switch e.What {
	case EventAsked, EventAnew:
		if e.What == EventAnew {
			r.TakenBy = ""
		}
		return Run{
			Handoff: e.Handoff, Kind: e.Kind, Round: r.Round + 1, State: Asking, Site: e.Site, Person: e.Person, Language: e.Language, Gender: e.Gender, Lived: e.Lived,
			BeganAt: now, MovedAt: now, DueAt: now, MeetBy: e.MeetBy, TakenBy: r.TakenBy, Version: r.Version,
		}
	case EventTaken:
		r.Handoff, r.Kind, r.Round, r.Site, r.Person, r.Language = e.Handoff, e.Kind, max(1, r.Round), e.Site, e.Person, e.Language
		r.State, r.TakenBy, r.TakenAt, r.MeetBy, r.DueAt = Taken, e.Peer, now, e.MeetBy, e.MeetBy
	case EventHanded:
		r.Round, r.TakenBy, r.TakenAt = r.Round+1, e.Peer, now
		if r.State != Taken {
			r.State, r.DueAt = Over, time.Time{}
		}
	case EventOver:
		r.State, r.DueAt = Over, time.Time{}
	}
	return r
}

// hush stops everything that a run still has out.
func (s *Service) hush(tx *db.Tx, r Run) error {
	if err := s.Gate.Stop(tx, handedKey(r)); err != nil || r.State == Over {
		return err
	}
	if err := job.Cancel(tx, bellRung, rungKey(r)); err != nil {
		return err
	}
	if err := job.Cancel(tx, bellWatch, messageKey(r)); err != nil {
		return err
	}
	if err := s.unask(tx, r.Handoff); err != nil {
		return err
	}
	for _, key := range []string{lateKey(r), nobodyKey(r), messageKey(r)} {
		if err := s.Gate.Stop(tx, key); err != nil {
			return err
		}
	}
	return nil
}

// unask takes it off the pages of everyone who was being asked, those that are
// open as well.
func (s *Service) unask(tx *db.Tx, h ref.Handoff) error {
	list, err := s.asked.List(tx, "WHERE tenant = $1 AND handoff = $2", h)
	if err != nil {
		return err
	}
	tenant := tx.Scope().Tenant
	tx.AfterCommit(func() {
		for _, a := range list {
			s.Hub.Tell(notify.Topic(tenant, string(a.Peer)))
		}
	})
	_, err = tx.Exec("DELETE FROM rota_asked WHERE tenant = $1 AND handoff = $2", h)
	return err
}

// hang hangs up the bell that a run waits for.
func (s *Service) hang(tx *db.Tx, r Run) error {
	switch r.State {
	case Asking:
		return job.Add(tx, bellRung, rungKey(r), r.DueAt)
	case Taken:
		return job.Add(tx, bellWatch, messageKey(r), r.MeetBy)
	}
	return nil
}

// Jobs are the ladder's bells.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{bellRung: s.climb, bellWatch: s.watch, bellAlone: s.silent}
}

// climb is a rung's bell: it asks the next, in one transaction with the bell
// after it. A bell for a round, or a step, that is over does nothing.
func (s *Service) climb(ctx context.Context, j job.Job) error {
	handoff, round, step, err := splitKey(j.Key)
	if err != nil {
		return err
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		r, err := s.runs.Get(tx, handoff)
		if err != nil && !errs.Is(err, errs.NotFound) {
			return err
		}
		if err == nil && r.Round == int64(round) && r.asks(step) {
			if err := s.move(tx, r); err != nil {
				return err
			}
		}
		return j.Done(tx)
	})
	return job.Within(rungWithin, errs.Wrap("rota: rung", err))
}

// splitKey reads "handoff/round" or "handoff/round/step".
func splitKey(key string) (h ref.Handoff, round, step int, err error) {
	parts := strings.Split(key+"/0", "/")
	if len(parts) < 3 {
		return "", 0, 0, errs.New(errs.Internal, "rota: a bell's key", "")
	}
	round, err = strconv.Atoi(parts[1])
	if err != nil {
		return "", 0, 0, errs.Wrap("rota: a bell's key", err)
	}
	step, err = strconv.Atoi(parts[2])
	return ref.Handoff(parts[0]), round, step, errs.Wrap("rota: a bell's key", err)
}

// watch is the bell for a peer who said yes: when nobody is beside the person
// by the time that was promised, supervisors are told.
func (s *Service) watch(ctx context.Context, j job.Job) error {
	handoff, round, _, err := splitKey(j.Key)
	if err != nil {
		return err
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		r, err := s.runs.Get(tx, handoff)
		if err != nil && !errs.Is(err, errs.NotFound) {
			return err
		}
		if err == nil && r.Round == int64(round) && r.State == Taken {
			if err := s.late(tx, r, lateKey(r)); err != nil {
				return err
			}
		}
		return j.Done(tx)
	})
	return job.Within(rungWithin, errs.Wrap("rota: watch", err))
}

func (s *Service) late(tx *db.Tx, r Run, key string) error {
	who, err := s.heads(tx, r.Site, r.TakenBy)
	if err != nil {
		return err
	}
	return s.Gate.Send(tx, notify.Message{
		Key: key, Word: wordLate, Path: pathOf(r.Kind), To: texts(who), Useful: useful,
		Channels: DefaultLadder()[0].Channels,
	})
}

// pathOf is where what a run asks for is listed.
func pathOf(kind string) string {
	if kind == ForLive {
		return "/live"
	}
	return "/board"
}

func texts(accounts []ref.Account) []string {
	out := make([]string, len(accounts))
	for i, a := range accounts {
		out[i] = string(a)
	}
	return out
}
