package consent_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// given is a consent as the model keeps it.
type given struct {
	id                    ref.Consent
	at, until, mark, ends time.Time // ends: when an early one lapses
	over                  bool
}

// model is what the rules say, without a database.
type model struct {
	list    []*given
	reached time.Time // the latest instant in the log
}

func latest(times ...time.Time) (out time.Time) {
	for _, t := range times {
		if t.After(out) {
			out = t
		}
	}
	return out
}

func (g *given) live(now, reached time.Time) bool {
	now = latest(now, g.at)
	if reached.After(g.mark) {
		now = latest(now, reached)
	}
	return !g.over && now.Before(g.until) && (g.ends.IsZero() || now.Before(g.ends))
}

// Whatever is given, taken back, read back or written in whatever order, with a
// clock that runs, stands or is set back: a consent is in force exactly when
// the rules say so, at the microsecond, and one that the log has outlived never
// comes back.
func TestNoOrderOfThingsRevivesAConsent(t *testing.T) {
	onBoth(t, func(h *house) {
		rapid.Check(h.T, func(rt *rapid.T) {
			h.person = h.newPerson()
			m := &model{reached: h.reached()}
			dead := map[ref.Consent]bool{}
			for range rapid.IntRange(3, 14).Draw(rt, "steps") {
				m.step(rt, h)
				c, err := h.live(h.ask())
				want := m.alive(h.clk.Now())
				if (err == nil) != (len(want) > 0) || err != nil && !errs.Is(err, errs.Denied) {
					rt.Fatalf("live: %v, want %v", err, want)
				}
				if dead[c.ID] {
					rt.Fatalf("revived %s", c.ID)
				}
				for _, g := range m.list {
					if g.over || !m.reached.Before(g.until) && m.reached.After(g.mark) {
						dead[g.id] = true
					}
				}
			}
		})
	})
}

// reached is how far the log has come, in runs before this one too.
func (h *house) reached() (out time.Time) {
	h.must(h.db.Read(h.ctx, func(tx *db.Tx) error {
		micros, err := audit.Latest(tx)
		out = db.Instant(micros)
		return err
	}))
	return out
}

func (m *model) alive(now time.Time) (out []ref.Consent) {
	for _, g := range m.list {
		if g.live(now, m.reached) {
			out = append(out, g.id)
		}
	}
	return out
}

func (m *model) step(rt *rapid.T, h *house) {
	switch rapid.SampledFrom([]string{"give", "give early", "take back", "run", "to an end", "set back", "write"}).Draw(rt, "step") {
	case "give":
		m.give(rt, h, false)
	case "give early":
		m.give(rt, h, true)
	case "take back":
		if len(m.list) > 0 {
			g := rapid.SampledFrom(m.list).Draw(rt, "which")
			h.must(h.revoke(g.id))
			g.over = true
			m.reached = latest(m.reached, h.clk.Now())
		}
	case "run":
		h.clk.Add(time.Duration(rapid.Int64Range(0, int64(3*time.Hour/time.Microsecond)).Draw(rt, "micros")) * time.Microsecond)
	case "to an end":
		if len(m.list) > 0 {
			off := time.Duration(rapid.IntRange(-1, 1).Draw(rt, "off")) * time.Microsecond
			h.clk.Set(rapid.SampledFrom(m.list).Draw(rt, "whose").until.Add(off))
		}
	case "set back":
		h.clk.Add(-time.Duration(rapid.IntRange(1, 400).Draw(rt, "minutes")) * time.Minute)
	case "write":
		h.happens()
		m.reached = latest(m.reached, h.clk.Now())
	}
}

func (m *model) give(rt *rapid.T, h *house, early bool) {
	c := h.draft()
	c.UntilAt = h.clk.Now().Add(time.Duration(rapid.IntRange(1, 300).Draw(rt, "for")) * time.Minute)
	c.Early = early
	out := h.give(c)
	m.list = append(m.list, &given{id: out.ID, at: h.clk.Now(), until: c.UntilAt, mark: m.reached, ends: out.ConfirmBy})
	m.reached = latest(m.reached, h.clk.Now())
}

// Asked about an instant gone by, a consent answers for then and for now: what
// ended is not brought back, and what was not yet given did not hold.
func TestAnInstantGoneByIsJudgedTwice(t *testing.T) {
	onBoth(t, func(h *house) {
		h.clk.Add(time.Hour)
		h.give(h.draft())
		h.clk.Add(30 * time.Minute)
		for when, want := range map[time.Duration]bool{
			-31 * time.Minute: false, -30 * time.Minute: true, -time.Minute: true, 0: true,
			29*time.Minute + 59*time.Second: true, 30 * time.Minute: false,
		} {
			a := h.ask()
			a.At = h.clk.Now().Add(when)
			if _, err := h.live(a); (err == nil) != want {
				h.Errorf("%s from now: %v", when, err)
			}
		}
		h.held = h.person
		if _, err := h.live(h.ask()); !errs.Is(err, errs.Denied) {
			h.Errorf("under a legal demand: %v", err)
		}
	})
}
