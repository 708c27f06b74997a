package consent_test

import (
	"errors"
	"testing"
	"time"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// noted are the consents that the key folder knows to be over.
func (h *house) noted() (out []ref.Consent) {
	h.Helper()
	list, err := h.v.Noted("t1")
	h.must(err)
	for _, n := range list {
		if n.Kind != consent.OverKind {
			h.Errorf("noted as a %s", n.Kind)
		}
		out = append(out, ref.Consent(n.ID))
	}
	return out
}

func (h *house) endAgain(which ...ref.Consent) (n int) {
	h.Helper()
	h.must(h.db.Write(h.ctx, func(tx *db.Tx) (err error) {
		n, err = h.s.EndAgain(tx, which)
		return err
	}))
	return n
}

// All that ends a consent and does not follow from its own row is noted, once,
// and nothing else is.
func TestWhatEndsAConsentIsNoted(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		taken, event := h.give(h.whole()), h.whole()
		event.UntilAt, event.UntilEvent = time.Time{}, consent.Events()[0].Value
		ended := h.give(event)
		early, err := h.after(time.Hour, h.bedside())
		h.must(err)
		kept, err := h.after(time.Hour, h.bedside())
		h.must(err)
		h.must(h.readBack(kept, true, h.whole()))
		if got := h.noted(); len(got) > 0 {
			h.Fatalf("before: %v", got)
		}
		for range 2 {
			h.must(h.revoke(taken.ID))
			h.must(h.db.Write(h.ctx, func(tx *db.Tx) error { return h.s.End(tx, ended.ID) }))
		}
		h.must(h.readBack(early, false, consent.Consent{}))
		got := h.noted()
		if len(got) != 3 || got[0] != taken.ID || got[1] != ended.ID || got[2] != early.ID {
			h.Errorf("%v, want %s %s %s", got, taken.ID, ended.ID, early.ID)
		}
	})
}

// What stands again is taken back by the same way as ever: at once, whatever the
// clock says, with those told who must act on it, and with words of its own that
// nobody can pick.
func TestWhatWasOverIsEndedAgain(t *testing.T) {
	onBoth(t, func(h *house) {
		over, other := h.give(h.draft()), h.draft()
		other.Recipient = "detox"
		kept := h.give(other)
		h.clk.Add(-24 * time.Hour)
		if n := h.endAgain("nothing", over.ID, over.ID); n != 1 {
			h.Errorf("%d were ended", n)
		}
		h.liveOrNot("at once", false)
		if n := h.endAgain(over.ID); n != 0 || len(h.told) != 1 || h.told[0].ID != over.ID {
			h.Errorf("again: %d, told %+v", n, h.told)
		}
		h.must(h.db.Write(h.ctx, func(tx *db.Tx) error {
			c, err := h.s.One(tx, over.ID)
			if c.RevokedHow != consent.Again || c.RevokedAt.Before(over.RecordedAt) {
				h.Errorf("%+v", c)
			}
			tx.Settle(string(c.Person))
			return err
		}))
		if err := h.db.Write(h.ctx, func(tx *db.Tx) error { return h.s.Revoke(tx, kept.ID, consent.Again) }); !errs.Is(err, errs.Invalid) {
			h.Errorf("picked: %v", err)
		}
		if got := h.noted(); len(got) > 0 {
			h.Errorf("a restore notes what it read: %v", got)
		}
	})
}

// A taking back that is undone leaves its note: the careful side.
func TestAnUndoneTakingBackStaysNoted(t *testing.T) {
	onBoth(t, func(h *house) {
		given := h.give(h.draft())
		h.refuse = errors.New("cannot")
		if h.revoke(given.ID) == nil {
			h.Fatal("it was taken back all the same")
		}
		if got := h.noted(); len(got) != 1 || got[0] != given.ID {
			h.Errorf("%v", got)
		}
	})
}
