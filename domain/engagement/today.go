package engagement

import (
	"cmp"
	"context"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
)

// Rank is what kind of reason puts a line on Today. It decides the order.
type Rank int

// The ranks, the most pressing first.
const (
	Now     Rank = iota + 1 // someone waits at this minute
	Safety                  // someone may not be safe
	Promise                 // someone was promised something, or asked for it
	Window                  // a time in which it can be done is open, and will close
	Running                 // something is under way, and nothing of it is due
	Silence                 // it has been a while
	Own                     // the peer's own
)

// Item is one line of Today.
type Item struct {
	Key    string // the same as long as it is the same reason; what is put off is put off by it
	Rank   Rank
	Person ref.Person // empty for what is about nobody
	At     time.Time  // when it happened, is due, or closes
	Until  time.Time  // a window's end; zero when there is none
	Timed  bool       // At is the minute that was said, and not only the day
	Asked  bool       // At is when someone asked for the peer
	Why    string     // the words that say why it is here: engagement.why-…
	Count  int64      // a number in those words
	What   i18n.Text  // a name in those words: a state, a service
	Path   string     // where it is dealt with
	Noted  bool       // a note about the person ends it
	Pass   string     // where "not this one" is posted; such a line is not put off, for whoever waits would wait longer
}

// Source is where lines of Today come from. It answers for whoever is in the
// scope; what it looks at is recorded by who asks.
type Source interface {
	Lines(tx *db.Tx) ([]Item, error)
}

// Line is an item as it is shown.
type Line struct {
	Item
	Person   people.Person
	Namesake *people.Shown // what tells them from another of the list; nil where nobody has that name
}

// Day is a peer's Today.
type Day struct {
	Lines  []Line
	Later  int          // how many are put off
	People int          // with how many they walk
	Plans  []ref.Person // of whom the plan may rest on the phone
	Week   Together     // the peer's own time of the last seven days, for their eyes
}

// Today reads the list of whoever is in the scope.
func (s *Service) Today(ctx context.Context) (Day, error) {
	var out Day
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "engagement.today", ownList(tx)); err != nil {
			return err
		}
		d, err := s.day(tx)
		if err != nil {
			return err
		}
		out = d
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.today"})
	})
	return out, errs.Wrap("engagement: today", err)
}

func (s *Service) day(tx *db.Tx) (Day, error) {
	var d Day
	all, err := s.items(tx)
	if err != nil {
		return d, err
	}
	put, err := s.putOff(tx)
	if err != nil {
		return d, err
	}
	kept := slices.DeleteFunc(all, func(i Item) bool { return put[i.Key].After(tx.Now()) })
	d.Later = len(all) - len(kept)
	slices.SortStableFunc(kept, before(tx.Now()))
	if d.Lines, err = s.named(tx, kept); err != nil {
		return d, err
	}
	if d.Plans, err = s.carried(tx); err != nil {
		return d, err
	}
	if d.People, err = s.countMine(tx); err != nil {
		return d, err
	}
	d.Week, err = s.timeOf(tx, tx.Now().AddDate(0, 0, -7), tx.Now())
	return d, err
}

// before is the order of Today: who waits now, first of them whoever works here and
// needs a call, safety, promises, windows by what
// closes first, what is under way, then who has waited longest, and the peer's
// own last. Of promises, a minute that is near or past goes before a day.
func before(now time.Time) func(a, b Item) int {
	return func(a, b Item) int {
		switch {
		case a.Rank != b.Rank:
			return cmp.Compare(a.Rank, b.Rank)
		case a.Why == WhyCall && b.Why != WhyCall:
			return -1
		case a.Why != WhyCall && b.Why == WhyCall:
			return 1
		case a.Rank == Window:
			return a.closes().Compare(b.closes())
		case a.Rank == Promise && a.presses(now) != b.presses(now):
			return map[bool]int{true: -1, false: 1}[a.presses(now)]
		}
		return a.At.Compare(b.At)
	}
}

// presses reports whether a minute counts, or someone asked.
func (i Item) presses(now time.Time) bool { return (i.Timed || i.Asked) && due(i.At, now) }

func (i Item) closes() time.Time {
	if i.Until.IsZero() {
		return i.At
	}
	return i.Until
}

func (s *Service) items(tx *db.Tx) ([]Item, error) {
	var out []Item
	for _, src := range append([]Source{walking{s}, accompanied{s}, ownTimes{s}, wrote{s}, lonely{s}}, s.Sources...) {
		more, err := src.Lines(tx)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return slices.DeleteFunc(out, func(i Item) bool { return i.Rank == Silence && spoken(out, i.Person) }), nil
}

// spoken reports whether another line is about the person: then it is not
// silence.
func spoken(all []Item, p ref.Person) bool {
	return slices.ContainsFunc(all, func(i Item) bool { return i.Person == p && i.Rank != Silence })
}

func (s *Service) named(tx *db.Tx, items []Item) ([]Line, error) {
	var ids []ref.Person
	for _, i := range items {
		if i.Person != "" {
			ids = append(ids, i.Person)
		}
	}
	who, err := s.People.Called(tx, ids)
	if err != nil {
		return nil, err
	}
	alike, err := s.alike(tx, who)
	out := make([]Line, len(items))
	for n, i := range items {
		out[n] = Line{i, who[i.Person], alike[i.Person]}
	}
	return out, err
}
