package rota

import (
	"fmt"
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/job"
	"alongside/platform/notify"
)

const (
	simLook = 5 * time.Second // how often a runner looks by itself
	simLong = 50 * time.Minute
	simTail = 25 * time.Minute // at the end nothing goes wrong any more
)

// plot draws what will happen.
func (m *sim) plot() {
	within := func(d time.Duration) time.Duration { return time.Duration(m.rng.Int64N(int64(d))) }
	at := func(d time.Duration, do func()) { m.events = append(m.events, simEvent{m.begun.Add(d), do}) }
	at(within(time.Minute), func() { m.ask() })
	for range m.rng.IntN(3) {
		at(within(simLong), func() { m.jump() })
	}
	for range m.rng.IntN(3) {
		long := within(12 * time.Minute)
		at(within(simLong), func() { m.fill(long) })
	}
	for _, c := range []string{notify.App, notify.SMS} {
		long := within(20 * time.Minute)
		if m.rng.IntN(2) == 0 {
			at(within(simLong), func() { m.quiet[c] = m.true_.Add(long); m.say("down", c) })
		}
	}
	for range m.rng.IntN(3) {
		at(within(simLong), func() { m.passOne() })
	}
	switch m.rng.IntN(4) {
	case 0:
		at(within(simLong), func() { m.yes() })
	case 1:
		first := within(simLong / 2)
		at(first, func() { m.yes() })
		at(first+within(simLong/2), func() { m.ask() })
	}
	at(simLong, func() { m.calm = true })
	slices.SortStableFunc(m.events, func(a, b simEvent) int { return a.at.Compare(b.at) })
}

// happened is a page on which somebody asks or says yes. It reports whether that
// is written down: with a full disk it is not, and whoever asks sees so; when
// the program dies, it may be, and nobody was told.
func (m *sim) happened(e Event) (kept bool) {
	e.Handoff, e.Site, e.Person, e.MeetBy = "h1", "ward", "p1", m.clk.Now().Add(30*time.Minute)
	m.mortal(func() error {
		err := m.d.Write(as("link:ward"), func(tx *db.Tx) error {
			err := m.s.Happened(tx, e)
			m.perhapsDie(20)
			return err
		})
		if kept = err == nil; kept == m.true_.Before(m.full) {
			m.Errorf("with a full disk, %v: %v", m.true_.Before(m.full), err)
		}
		m.perhapsDie(20)
		return nil
	})
	return kept
}

// mortal runs do on a goroutine that may end in the middle.
func (m *sim) mortal(do func() error) {
	over := make(chan error, 1)
	go func() {
		var err error
		defer func() { over <- err }()
		err = do()
	}()
	m.must(<-over)
}

func (m *sim) ask() {
	for !m.happened(Event{What: EventAsked}) {
		m.full = m.true_ // whoever was not told tries again, until there is room
		m.refuse("")
	}
	m.round++
	m.over = time.Time{}
	m.say("asked")
	m.moves = append(m.moves, simMove{m.true_, m.round, 0, 0})
}

// yes is a peer's acknowledgement on some page.
func (m *sim) yes() {
	if m.round > 0 && m.over.IsZero() && m.happened(Event{What: EventTaken, Peer: "rosa"}) {
		m.over = m.true_
		m.say("yes")
	}
}

// passOne lets someone who is being asked say "not this one".
func (m *sim) passOne() {
	if m.true_.Before(m.down) || m.true_.Before(m.full) {
		return
	}
	var who []ref.Account
	m.must(m.d.Read(as("sim"), func(tx *db.Tx) error {
		rows, err := m.s.asked.List(tx, "WHERE tenant = $1 ORDER BY step, peer")
		for _, r := range rows {
			who = append(who, r.Peer)
		}
		return err
	}))
	if len(who) == 0 {
		return
	}
	calm := m.calm
	m.calm = true // the page that passes does not die; the program elsewhere may
	m.must(m.s.Pass(as(string(who[0])), "h1"))
	m.calm = calm
	m.passes = append(m.passes, m.true_)
	m.say("passed")
	m.noteMove()
}

// jump sets the clock.
func (m *sim) jump() {
	m.off += []time.Duration{-time.Hour, 24 * time.Hour, -24 * time.Hour, time.Hour, -20 * time.Minute, -40 * time.Second}[m.rng.IntN(6)]
	m.jumps = append(m.jumps, m.true_)
	m.say("clock", m.off.String())
	m.tell()
}

func (m *sim) fill(long time.Duration) {
	m.full = m.true_.Add(long)
	m.downs = append(m.downs, [2]time.Time{m.true_, m.full})
	m.say("full")
	m.refuse(everyWrite)
}

// play runs the whole night.
func (m *sim) play() {
	m.plot()
	end := m.begun.Add(simLong + simTail)
	for m.true_.Before(end) {
		m.drain()
		m.advance(end)
		for len(m.events) > 0 && !m.events[0].at.After(m.true_) {
			m.drain() // the look that came just before
			do := m.events[0].do
			m.events = m.events[1:]
			do()
		}
	}
	m.drain()
}

// drain rings what is due, while the program runs.
func (m *sim) drain() {
	if m.true_.Before(m.down) {
		return
	}
	if m.crash {
		m.say("starts")
		m.start()
	}
	m.blind = false
	for did := true; did && !m.crash; {
		did = m.one(m.rung)
		if !m.crash {
			did = m.one(m.out) || did
		}
	}
	if m.crash {
		long := time.Duration(m.rng.Int64N(int64(8 * time.Minute)))
		if m.rng.IntN(3) > 0 {
			long = 0 // started again at once
		}
		m.down = m.true_.Add(long)
		m.downs = append(m.downs, [2]time.Time{m.true_, m.down})
	}
}

// one rings one bell.
func (m *sim) one(r *job.Runner) (did bool) {
	m.perhapsRefuse()
	m.mortal(func() (err error) {
		m.perhapsDie(200) // before anything is claimed
		did, err = r.Step(m.Context())
		if err != nil && m.fault != "" {
			m.blind, err = true, nil // the runner looks again by itself
		}
		return err
	})
	m.forgive()
	if did || m.crash {
		m.noteMove()
	}
	return did
}

// noteMove keeps when a rung was climbed.
func (m *sim) noteMove() {
	if m.round == 0 {
		return
	}
	var r Run
	m.must(m.d.Read(as("sim"), func(tx *db.Tx) (err error) { r, err = m.s.runs.Get(tx, "h1"); return err }))
	last := m.moves[len(m.moves)-1]
	if r.State != Asking || r.Step == last.step && r.Round == last.round {
		return
	}
	m.moves = append(m.moves, simMove{m.true_, r.Round, r.Step, r.DueAt.Sub(r.MovedAt)})
	m.say(fmt.Sprintf("rung %d", r.Step))
}

// advance goes to the next look at which something may happen.
func (m *sim) advance(end time.Time) {
	next := end
	if len(m.events) > 0 && m.events[0].at.Before(next) {
		next = m.events[0].at
	}
	var due int64
	m.must(m.d.Read(as("sim"), func(tx *db.Tx) error {
		return tx.Row(`SELECT MIN(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) FROM job_job WHERE tenant = $1`).Scan(&due)
	}))
	look := m.true_.Add(simLook)
	if t := db.Instant(due).Add(-m.off); due != 0 && t.After(look) && !m.blind && !m.crash {
		look = look.Add(t.Sub(look).Truncate(simLook) + simLook)
	}
	if m.true_.Before(m.down) {
		look = m.down
	}
	if due != 0 && look.Before(next) {
		next = look
	}
	m.true_ = next
	m.tell()
	if m.fault == everyWrite && !m.true_.Before(m.full) {
		m.refuse("")
	}
}
