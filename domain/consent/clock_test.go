package consent_test

import (
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// something happens in the organisation: the log reaches this instant.
func (h *house) happens() {
	h.Helper()
	h.must(h.db.Write(h.ctx, func(tx *db.Tx) error {
		return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "handoff.board"})
	}))
}

func TestAClockSetBackDoesNotReviveAnEndedConsent(t *testing.T) {
	for _, sequenced := range []bool{false, true} {
		onBoth(t, func(h *house) {
			h.give(h.draft())
			h.clk.Add(2 * time.Hour)
			h.happens()
			if sequenced {
				h.sequence()
			}
			h.clk.Add(-90 * time.Minute)
			if _, err := h.live(h.ask()); !errs.Is(err, errs.Denied) {
				t.Errorf("revived: %v", err)
			}
		})
	}
}

func TestAClockSetBackDoesNotReviveOneTakenBack(t *testing.T) {
	onBoth(t, func(h *house) {
		given := h.give(h.draft())
		h.clk.Add(time.Minute)
		h.must(h.revoke(given.ID))
		h.clk.Add(-24 * time.Hour)
		if _, err := h.live(h.ask()); !errs.Is(err, errs.Denied) {
			t.Errorf("revived: %v", err)
		}
		a := h.ask()
		a.At = h.clk.Now().Add(-time.Hour)
		if _, err := h.live(a); !errs.Is(err, errs.Denied) {
			t.Errorf("revived by asking for an earlier instant: %v", err)
		}
	})
}

func TestAskingForAnEarlierInstantDoesNotReviveAnEndedConsent(t *testing.T) {
	onBoth(t, func(h *house) {
		h.give(h.draft())
		half := h.clk.Now().Add(30 * time.Minute)
		h.clk.Add(2 * time.Hour)
		a := h.ask()
		a.At = half
		if _, err := h.live(a); !errs.Is(err, errs.Denied) {
			t.Errorf("revived: %v", err)
		}
	})
}

// A clock set back to before the consent was given does not end it.
func TestAClockSetBackDoesNotEndALiveConsent(t *testing.T) {
	onBoth(t, func(h *house) {
		h.give(h.draft())
		h.clk.Add(-24 * time.Hour)
		if _, err := h.live(h.ask()); err != nil {
			t.Error(err)
		}
	})
}

// A clock that ran ahead for a while, and was put right, does not keep people
// from agreeing to anything.
func TestAClockThatRanAheadDoesNotStopNewConsents(t *testing.T) {
	onBoth(t, func(h *house) {
		h.clk.Add(365 * 24 * time.Hour)
		h.happens()
		h.clk.Add(-365 * 24 * time.Hour)
		h.give(h.draft())
		if _, err := h.live(h.ask()); err != nil {
			t.Errorf("a new consent: %v", err)
		}
		h.clk.Add(-time.Hour)
		if _, err := h.live(h.ask()); err != nil {
			t.Errorf("a little too far back: %v", err)
		}
		h.clk.Add(2 * time.Hour)
		if _, err := h.live(h.ask()); !errs.Is(err, errs.Denied) {
			t.Errorf("at its end: %v", err)
		}
	})
}

// One written down late, from a paper signed yesterday, holds from the instant
// it was signed.
func TestAConsentFromYesterdaysPaper(t *testing.T) {
	onBoth(t, func(h *house) {
		c := h.draft()
		c.GivenAt = h.clk.Now().Add(-24 * time.Hour)
		given := h.give(c)
		live, err := h.live(h.ask())
		if err != nil || !live.GivenAt.Equal(c.GivenAt) || live.ID != given.ID {
			t.Errorf("%+v %v", live, err)
		}
	})
}
