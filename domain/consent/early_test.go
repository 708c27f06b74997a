package consent_test

import (
	"testing"
	"time"

	"alongside/domain/consent"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// bedside is a consent as it is given beside a bed: signed, and nothing more.
func (h *house) bedside() consent.Consent {
	c := h.draft()
	c.How, c.UntilAt = consent.Paper, h.clk.Now().AddDate(0, 0, 90)
	return c
}

func (h *house) after(overdose time.Duration, c consent.Consent) (out consent.Consent, err error) {
	err = h.db.Write(h.ctx, func(tx *db.Tx) error {
		out, err = h.s.GiveAfter(tx, c, h.clk.Now().Add(-overdose))
		return err
	})
	return out, err
}

func (h *house) readBack(c consent.Consent, yes bool, form consent.Consent) error {
	return h.db.Write(h.ctx, func(tx *db.Tx) error { return h.s.ReadBack(tx, c.ID, yes, form) })
}

func (h *house) liveOrNot(when string, want bool) {
	h.Helper()
	_, err := h.live(h.ask())
	if (err == nil) != want || err != nil && !errs.Is(err, errs.Denied) {
		h.Errorf("%s: %v", when, err)
	}
}

// The hours are counted from the overdose; at 24 hours sharp it is early no more.
func TestWhatIsEarly(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		c, err := h.after(consent.EarlyHours-time.Microsecond, h.bedside())
		if err != nil || !c.Early || !c.ConfirmBy.Equal(c.GivenAt.Add(consent.ReadBackBy)) {
			h.Errorf("just before: %+v %v", c.Early, err)
		}
		if _, err = h.after(consent.EarlyHours, h.bedside()); !errs.Is(err, errs.Invalid) {
			h.Errorf("at 24 hours it needs every element: %v", err)
		}
		c, err = h.after(consent.EarlyHours, h.whole())
		if err != nil || c.Early || !c.ConfirmBy.IsZero() {
			h.Errorf("at 24 hours: %+v %v", c, err)
		}
		wide := h.bedside()
		wide.RecipientKind, wide.Class = consent.ByClass, consent.Provider
		if _, err := h.after(time.Hour, wide); !errs.Is(err, errs.Invalid) {
			h.Errorf("for all who treat me: %v", err)
		}
		spoken := h.bedside()
		spoken.How = consent.Spoken
		if _, err := h.after(time.Hour, spoken); !errs.Is(err, errs.Invalid) {
			h.Errorf("a spoken one: %v", err)
		}
	})
}

func TestAnEarlyConsentLapsesUnlessReadBack(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		c, err := h.after(time.Hour, h.bedside())
		h.must(err)
		h.liveOrNot("at once", true)
		h.clk.Add(consent.ReadBackBy - time.Microsecond)
		h.liveOrNot("just before it lapses", true)
		h.clk.Add(time.Microsecond)
		h.liveOrNot("when it lapses", false)
		if err := h.readBack(c, true, h.whole()); !errs.Is(err, errs.Conflict) {
			h.Errorf("read back too late: %v", err)
		}
		h.liveOrNot("after that", false)
	})
}

func TestReadBackAndConfirmed(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		c, err := h.after(time.Hour, h.bedside())
		h.must(err)
		h.clk.Add(48 * time.Hour)
		part := h.whole()
		part.Copied = ""
		if err := h.readBack(c, true, part); !errs.Is(err, errs.Invalid) {
			h.Errorf("without a copy: %v", err)
		}
		wider := h.whole()
		wider.What, wider.Recipient = []string{consent.Status, consent.Name, consent.Contact}, "detox"
		h.must(h.readBack(c, true, wider))
		h.clk.Add(consent.ReadBackBy)
		h.liveOrNot("a week on", true)
		a := h.ask()
		a.What = []string{consent.Contact}
		if _, err := h.live(a); !errs.Is(err, errs.Denied) {
			h.Errorf("reading back made it wider: %v", err)
		}
		if err := h.readBack(c, false, consent.Consent{}); !errs.Is(err, errs.Conflict) {
			h.Errorf("read back twice: %v", err)
		}
		h.liveOrNot("still", true)
	})
}

func TestReadBackAndNo(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		c, err := h.after(time.Hour, h.bedside())
		h.must(err)
		h.must(h.readBack(c, false, consent.Consent{}))
		h.liveOrNot("at once", false)
		h.clk.Add(-time.Hour)
		h.liveOrNot("with the clock set back", false)
		if len(h.told) != 1 {
			h.Errorf("who must act on it was told %d times", len(h.told))
		}
	})
}
