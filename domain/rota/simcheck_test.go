package rota

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"alongside/platform/notify"
	"alongside/platform/soak"
)

// late is the most that a rung may be late once the program can work again.
const late = time.Minute

// check says what went wrong; empty when nothing did.
func (m *sim) check() (bad []string) {
	say := func(format string, a ...any) { bad = append(bad, fmt.Sprintf(format, a...)) }
	m.checkMoves(say)
	m.checkLetters(say)
	if m.over.IsZero() {
		m.checkEnd(say)
	}
	return bad
}

// checkMoves: each rung on time once it could be, none early without a cause,
// none after a yes.
func (m *sim) checkMoves(say func(string, ...any)) {
	for i, v := range m.moves {
		if v.step == 0 {
			continue
		}
		was := m.moves[i-1]
		due := was.at.Add(was.wait)
		could := due
		for _, d := range m.downs {
			if d[0].Before(v.at.Add(time.Microsecond)) && d[1].After(could) && !d[0].After(v.at) {
				could = earliest(d[1], v.at)
			}
		}
		for _, f := range m.hurt {
			if f.After(could) && !f.After(v.at) {
				could = f
			}
		}
		if v.at.Sub(could) > late {
			say("rung %d of round %d came %s late", v.step, v.round, v.at.Sub(could))
		}
		if v.at.Before(due) && !between(m.jumps, was.at, v.at) && !between(m.passes, was.at, v.at) && !m.jumpedAway(was.at, v.at) {
			say("rung %d of round %d came %s early", v.step, v.round, due.Sub(v.at))
		}
	}
}

// jumpedAway reports whether the clock was set before, and the program started
// since: then it cannot know how long it was away, and rings at once.
func (m *sim) jumpedAway(from, to time.Time) bool {
	return len(m.jumps) > 0 && between(m.starts(), from, to)
}

func (m *sim) starts() (out []time.Time) {
	for _, d := range m.downs {
		out = append(out, d[1])
	}
	return out
}

func between(times []time.Time, from, to time.Time) bool {
	for _, t := range times {
		if !t.Before(from) && !t.After(to) {
			return true
		}
	}
	return false
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// checkLetters: a device shows a message once. A telephone shows every text it
// gets; a page and a notification show one for each id.
func (m *sim) checkLetters(say func(string, ...any)) {
	texts, ids := map[string]int{}, map[string]map[string]bool{}
	for _, l := range m.sent {
		if l.text != wordNew {
			continue
		}
		if l.channel == notify.SMS {
			texts[l.account+l.id]++
		}
		key := l.channel + " " + l.account
		if ids[key] == nil {
			ids[key] = map[string]bool{}
		}
		ids[key][l.id] = true
		if !m.over.IsZero() && l.at.After(m.over) {
			say("a letter went out after a yes")
		}
	}
	for _, n := range texts {
		if n > 1 {
			say("a telephone got the same text %d times", n)
		}
	}
	for key, all := range ids {
		if len(all) > int(m.round) {
			say("%s shows %d messages in %d rounds", key, len(all), m.round)
		}
	}
}

// checkEnd: nobody said yes. Then everyone was told on an open page, the
// telephone is shown, and it goes on.
func (m *sim) checkEnd(say func(string, ...any)) {
	m.round = max(m.round, 1)
	told := map[string]bool{}
	for _, l := range m.sent {
		if l.channel == notify.App && l.text == wordNew {
			told[l.account] = true
		}
	}
	want := 4
	if m.round > 1 {
		want = 3 // rosa said yes in the first round
	}
	if len(told) < want {
		say("only %d were told", len(told))
	}
	last := m.moves[len(m.moves)-1]
	if m.true_.Sub(last.at) > last.wait+late {
		say("the ladder stopped %s ago", m.true_.Sub(last.at))
	}
}

func TestNoAlertIsLostOrDoubledWhateverGoesWrong(t *testing.T) {
	d, clk := simDB(t)
	rng := soak.Rand(t, 4)
	for _, seed := range append([]uint64{764397566494133112, 783021224297944869, 14981761029771256275}, seeds(rng, soak.Count(10_000))...) {
		m := newSim(t, d, clk, seed)
		m.play()
		if bad := m.check(); len(bad) > 0 {
			t.Fatalf("seed %d: %v\n%s", seed, bad, m.trace.String())
		}
	}
}

func seeds(rng *rand.Rand, n int) (all []uint64) {
	for range n {
		all = append(all, rng.Uint64())
	}
	return all
}

func TestASeedPlaysTheSameNightAgain(t *testing.T) {
	d, clk := simDB(t)
	for seed := range uint64(20) {
		var trace string
		for range 2 {
			m := newSim(t, d, clk, seed)
			m.play()
			if trace != "" && trace != m.trace.String() {
				t.Fatalf("seed %d\n%s\n--- and then\n%s", seed, trace, m.trace.String())
			}
			trace = m.trace.String()
		}
	}
}
