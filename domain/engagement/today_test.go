package engagement

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

type contextOf func() context.Context

func personNamed(name string) people.Person { return people.Person{Name: name} }
func joined(ids []string) string            { return strings.Join(ids, " ") }

func (w *world) today() Day {
	w.Helper()
	d, err := w.s.Today(rosa())
	w.must(err)
	return d
}

func (w *world) whys() (out []string) {
	w.Helper()
	for _, l := range w.today().Lines {
		out = append(out, l.Person.Name+" "+l.Why)
	}
	return out
}

func (w *world) wantToday(want ...string) {
	w.Helper()
	if got := w.whys(); !slices.Equal(got, want) {
		w.Errorf("today is %q, want %q", got, want)
	}
}

// The order: safety, promises, windows, silence. Each line says why.
func TestTodaySaysWhy(t *testing.T) {
	each(t, func(w *world) {
		w.wantToday()
		w.clk.Add(15 * 24 * time.Hour)
		w.wantToday("Blue silence", "Reed silence")
		promise := w.call(w.blue)
		promise.Next, promise.NextAt = "i_call", w.clk.Now().Add(48*time.Hour)
		w.note(promise)
		w.wantToday("Reed silence")
		w.clk.Add(40 * time.Hour)
		w.wantToday("Blue next-i_call", "Reed silence")
		worry := w.call(w.reed)
		worry.Went = WentWorry
		w.note(worry)
		w.wantToday("Reed worry", "Blue next-i_call")
		w.clk.Add(time.Hour)
		w.note(w.call(w.reed))
		w.note(w.call(w.blue))
		w.wantToday("Reed worry") // being in touch is no answer
		safe := w.call(w.reed)
		safe.Safe = true
		w.clk.Add(time.Minute)
		w.note(safe)
		w.wantToday()
	})
}

// What was said last counts, whenever what it speaks of began.
func TestWhatIsWrittenLastCounts(t *testing.T) {
	each(t, func(w *world) {
		began := w.clk.Now()
		w.clk.Add(time.Hour)
		short := w.call(w.blue)
		short.StartedAt, short.Minutes = began.Add(50*time.Minute), 5
		w.note(short)
		w.clk.Add(time.Minute)
		long := w.call(w.blue)
		long.StartedAt, long.Minutes, long.Went = began.Add(10*time.Minute), 45, WentWorry
		long.Next, long.NextAt = "i_call", w.clk.Now()
		w.note(long)
		w.wantToday("Blue worry")
		if st := w.with(w.blue).Standing; st.Next != "i_call" || st.NextBy != "rosa" || !st.ReachedAt.Equal(short.StartedAt) {
			t.Fatalf("a promise that was written last is gone: %+v", st)
		}
		// An attempt after it, and a note of someone else that says nothing of
		// safety, leave both.
		w.clk.Add(time.Minute)
		w.note(Contact{SentAs: w.id(), Person: w.blue, Way: Call})
		w.wantToday("Blue worry")
		safe := w.call(w.blue)
		safe.Safe, safe.StartedAt = true, began.Add(time.Minute)
		w.clk.Add(time.Minute)
		w.note(safe)
		w.wantToday()
		both := w.call(w.blue)
		both.Safe, both.Went = true, WentWorry
		_, err := w.s.Note(rosa(), both)
		w.wants(err, errs.Invalid, "worried and safe")
	})
}

// A day that is still to come stays when a note says nothing of it; it is done by being
// in touch when it has come. What has no day is done by being in touch.
func TestWhatIsToBeOnSundayStaysUntilSunday(t *testing.T) {
	each(t, func(w *world) {
		next := func(want string) {
			w.Helper()
			if got := w.with(w.blue).Standing.Next; got != want {
				t.Errorf("next is %q, want %q", got, want)
			}
		}
		meet := w.call(w.blue)
		meet.Next, meet.NextAt = "we_meet", w.clk.Now().Add(72*time.Hour)
		w.note(meet)
		w.clk.Add(24 * time.Hour)
		w.note(w.call(w.blue))
		next("we_meet")
		w.clk.Add(time.Minute)
		other := w.call(w.blue)
		other.Next = "they_call"
		w.note(other)
		next("they_call") // another takes its place
		w.clk.Add(time.Minute)
		w.note(w.call(w.blue))
		next("")
		w.clk.Add(time.Minute)
		meet.SentAs, meet.NextAt = w.id(), w.clk.Now().Add(24*time.Hour)
		w.note(meet)
		w.clk.Add(20 * time.Hour)
		w.note(w.call(w.blue))
		next("") // its day had come, and what was before it does not return
	})
}

// Who needs someone is counted whole, the longest first, and the next page goes on
// where the first ended.
func TestTheCoverageHasNoEnd(t *testing.T) {
	each(t, func(w *world) {
		const many = mostGaps + 5
		var first ref.Person
		for n := range many {
			p := w.person(people.Person{Name: "Ash"})
			w.walk("rosa", p)
			w.must(w.d.Write(cosmo(), func(tx *db.Tx) error { return w.s.End(tx, p, "rosa") }))
			w.clk.Add(time.Hour)
			if n == 0 {
				first = p
			}
		}
		seen := map[ref.Person]bool{}
		for from := 0; from < many; {
			c, err := w.s.Coverage(cosmo(), from)
			w.must(err)
			if c.All != many || len(c.Gaps) == 0 || from == 0 && (c.Gaps[0].Walk.Person != first || len(c.Gaps) != mostGaps) {
				t.Fatalf("from %d: %d of %d, the first is %s", from, len(c.Gaps), c.All, c.Gaps[0].Walk.Person)
			}
			for _, g := range c.Gaps {
				seen[g.Walk.Person] = true
			}
			from += len(c.Gaps)
		}
		if len(seen) != many {
			t.Errorf("%d of %d were seen", len(seen), many)
		}
		if c, err := w.s.Coverage(cosmo(), 1000); err != nil || len(c.Gaps) != 0 || c.All != many {
			t.Errorf("after the end: %+v, %v", c.Gaps, err)
		}
	})
}

// Of promises, a minute that is near or past and someone who asked go before a
// day; what is merely under way is no promise.
func TestWhatPressesStandsAbove(t *testing.T) {
	now := time.Date(2026, 11, 20, 20, 40, 0, 0, time.UTC)
	want := []string{"worry", "asked", "coming", "passes soon", "day", "next week", "follow", "open", "silence"}
	items := map[string]Item{
		"worry":       {Rank: Safety, At: now},
		"asked":       {Rank: Promise, Asked: true, At: now.Add(-3 * time.Hour)},
		"coming":      {Rank: Promise, Timed: true, At: now.Add(-time.Minute)},
		"passes soon": {Rank: Promise, Timed: true, At: now.Add(time.Minute)},
		"day":         {Rank: Promise, At: now.Add(-9 * time.Hour)},
		"next week":   {Rank: Promise, Timed: true, At: now.AddDate(0, 0, 7)},
		"follow":      {Rank: Window, At: now, Until: now.AddDate(0, 0, 3)},
		"open":        {Rank: Running, At: now.AddDate(0, 0, -30)},
		"silence":     {Rank: Silence, At: now.AddDate(0, 0, -40)},
	}
	for range 20 {
		var list []Item
		for why, i := range items {
			i.Why = why
			list = append(list, i)
		}
		slices.SortStableFunc(list, before(now))
		for n, i := range list {
			if i.Why != want[n] {
				t.Fatalf("place %d is %q, want %q", n, i.Why, want[n])
			}
		}
	}
}

// What is next lies ahead of the contact; one of some days ago may come late, and
// its next step with it.
func TestANextStepLiesAhead(t *testing.T) {
	each(t, func(w *world) {
		c := w.call(w.blue)
		c.Next, c.NextAt = "i_call", w.clk.Now().AddDate(0, 0, -2)
		_, err := w.s.Note(rosa(), c)
		w.wants(err, errs.Invalid, "the day before yesterday")
		c.StartedAt = w.clk.Now().AddDate(0, 0, -3)
		w.note(c)
	})
}

// A correction of something older does not take the last word, but for what it
// says anew.
func TestACorrectionKeepsItsPlace(t *testing.T) {
	each(t, func(w *world) {
		worry := w.call(w.blue)
		worry.Went = WentWorry
		w.note(worry)
		w.clk.Add(time.Hour)
		safe := w.call(w.blue)
		safe.Safe, safe.Next, safe.NextAt = true, "i_call", w.clk.Now()
		w.note(safe)
		w.clk.Add(time.Hour)
		mend := worry
		mend.SentAs, mend.InsteadOf, mend.Minutes = w.id(), worry.SentAs, 50
		w.note(mend)
		w.wantToday("Blue next-i_call") // the same worry, and it is over
		w.clk.Add(time.Hour)
		anew := safe
		anew.SentAs, anew.InsteadOf, anew.Safe, anew.Went = w.id(), safe.SentAs, false, WentWorry
		w.note(anew)
		w.wantToday("Blue worry")
	})
}

// An attempt counts as one: it is shown again only when the limits let it, and
// rests after the last.
func TestTriesAreGentle(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.s.SetLimits(as("cosmo", "coordinator"), Limits{Quiet: 10, Most: 2, Apart: 3, Rest: 30}))
		w.note(w.call(w.reed))
		try := func() {
			w.note(Contact{SentAs: w.id(), Person: w.blue, Way: Call})
		}
		day := 24 * time.Hour
		try()
		w.wantToday()
		w.clk.Add(3 * day)
		w.wantToday("Blue tried")
		try()
		w.clk.Add(4 * day)
		w.wantToday() // twice without an answer: it rests
		list, err := w.s.Silents(rosa())
		w.must(err)
		if len(list) != 1 || list[0].Rest.IsZero() || len(list[0].Ways) != 0 {
			t.Errorf("resting, and yet: %+v", list)
		}
		w.clk.Add(26 * day)
		w.note(w.call(w.reed))
		w.wantToday("Blue tried")
		list, err = w.s.Silents(rosa())
		w.must(err)
		for _, g := range list[0].Ways {
			if strings.Contains(g.EN, "A text") || strings.Contains(g.EN, "on the voicemail") {
				t.Errorf("a way that Blue did not choose: %s", g.EN)
			}
		}
		w.wants(w.s.SetLimits(as("cosmo", "coordinator"), Limits{Quiet: 0, Most: 2, Apart: 3, Rest: 30}), errs.Invalid, "no days at all")
		w.wants(w.s.SetLimits(rosa(), Limits{Quiet: 1, Most: 2, Apart: 3, Rest: 30}), errs.Denied, "a peer sets the limits")
	})
}

func TestALineCanWait(t *testing.T) {
	each(t, func(w *world) {
		w.clk.Add(15 * 24 * time.Hour)
		worry := w.call(w.blue)
		worry.Went = WentWorry
		w.note(worry)
		lines := w.today().Lines
		w.wants(w.s.PutOff(rosa(), lines[0].Key, 72*time.Hour, "waiting"), errs.Invalid, "three days with a worry")
		w.wants(w.s.PutOff(rosa(), lines[0].Key, time.Hour, "lazy"), errs.Invalid, "a reason that there is not")
		w.wants(w.s.PutOff(ines(), lines[0].Key, time.Hour, "waiting"), errs.NotFound, "another's line")
		w.must(w.s.PutOff(rosa(), lines[0].Key, 18*time.Hour, "waiting"))
		w.must(w.s.PutOff(rosa(), lines[1].Key, 72*time.Hour, "they_asked"))
		if d := w.today(); len(d.Lines) != 0 || d.Later != 2 {
			t.Fatalf("%d lines, %d later", len(d.Lines), d.Later)
		}
		w.clk.Add(19 * time.Hour)
		w.wantToday("Blue worry")
	})
}

// A peer sees their own week and nobody else's.
func TestTheWeekIsOnesOwn(t *testing.T) {
	each(t, func(w *world) {
		at := w.clk.Now().Add(-time.Hour)
		for _, p := range []ref.Person{w.blue, w.reed} {
			c := w.call(p)
			c.StartedAt, c.Minutes = at, 30
			w.note(c)
		}
		got := w.today().Week
		if got.Spent != 30*time.Minute || got.People != 2 || got.Times != 2 || got.By[w.blue] != 15*time.Minute {
			t.Errorf("%+v", got)
		}
		d, err := w.s.Today(ines())
		w.must(err)
		if d.Week.Spent != 0 || d.People != 0 {
			t.Errorf("another's: %+v", d)
		}
	})
}

// A person asks for someone else; a coordinator sees the gap, finds someone,
// and the old walk ends. Nobody sees a peer's figures.
func TestSomeoneElseWithNoReason(t *testing.T) {
	each(t, func(w *world) {
		w.selves["blue-account"] = w.blue
		own, cosmo := as("blue-account", "participant"), as("cosmo", "coordinator")
		m, err := w.s.Mine(own)
		w.must(err)
		if len(m.Walks) != 1 || m.Names["rosa"] != "work name of rosa" {
			t.Fatalf("%+v", m)
		}
		w.must(w.s.Hello(own, m.Walks[0].ID))
		w.wantToday("Blue hello")
		w.must(w.s.Unhello(own, m.Walks[0].ID))
		w.wantToday()
		w.must(w.s.Someone(own, m.Walks[0].ID))
		w.must(w.s.SameOne(own, m.Walks[0].ID))
		if c, err := w.s.Coverage(cosmo, 0); err != nil || len(c.Gaps) != 0 {
			t.Fatalf("taken back, and still a gap: %+v, %v", c.Gaps, err)
		}
		w.must(w.s.Someone(own, m.Walks[0].ID))
		c, err := w.s.Coverage(cosmo, 0)
		w.must(err)
		if len(c.Gaps) != 1 || c.Gaps[0].Why != "change" || c.Gaps[0].Person.Name != "Blue" || c.Walking != 2 {
			t.Fatalf("%+v", c)
		}
		w.wants(w.s.Match(cosmo, w.blue, "nobody", m.Walks[0].ID), errs.Invalid, "someone who is no peer")
		w.must(w.s.Match(cosmo, w.blue, "ines", m.Walks[0].ID))
		if _, err := w.s.With(ines(), w.blue); err != nil {
			t.Error("the new peer does not see the person:", err)
		}
		_, err = w.s.With(rosa(), w.blue)
		w.wants(err, errs.Denied, "the one before")
		c, err = w.s.Coverage(cosmo, 0)
		w.must(err)
		if len(c.Gaps) != 0 {
			t.Errorf("still a gap: %+v", c.Gaps)
		}
		w.wants(w.s.Someone(as("fern-account", "participant"), m.Walks[0].ID), errs.NotFound, "another's walk")
		_, err = w.s.Coverage(rosa(), 0)
		w.wants(err, errs.Denied, "a peer sees the coverage")
		w.s.Off = func(_ *db.Tx, a ref.Account) (bool, error) { return a == "ines", nil }
		c, err = w.s.Coverage(cosmo, 0)
		w.must(err)
		last := c.Peers[len(c.Peers)-1]
		if last.ID != "ines" || !last.Off || c.Peers[0].Off {
			t.Errorf("who has days off is not said, or stands first: %+v", c.Peers)
		}
	})
}
