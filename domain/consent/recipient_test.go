package consent_test

import (
	"testing"
	"time"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

func (h *house) recipient(kind, name string, via ref.Recipient) ref.Recipient {
	h.Helper()
	var out consent.Recipient
	h.must(h.db.Write(h.ctx, func(tx *db.Tx) error {
		var err error
		out, err = h.s.AddRecipient(tx, consent.Recipient{Kind: kind, Name: name, Via: via})
		return err
	}))
	return out.ID
}

func (h *house) mine(r ref.Recipient, is bool) {
	h.Helper()
	h.must(h.db.Write(h.ctx, func(tx *db.Tx) error { return h.s.NoteMine(tx, h.person, r, is) }))
}

func (h *house) reaches(when string, r ref.Recipient, purpose string, want bool) {
	h.Helper()
	_, err := h.live(consent.Ask{Person: h.person, Recipient: r, Purpose: purpose, What: []string{consent.Status}})
	if (err == nil) != want || err != nil && !errs.Is(err, errs.Denied) {
		h.Errorf("%s: %v", when, err)
	}
}

// "My treating providers" are those who treat this person, and nobody else of
// that kind.
func TestAClassIsOnlyOnesOwn(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		clinic, plan := h.recipient(consent.Provider, "Made-up Clinic", ""), h.recipient(consent.HealthPlan, "Made-up Plan", "")
		c := h.whole()
		c.RecipientKind, c.Class = consent.ByClass, consent.Provider
		h.give(c)
		h.reaches("a clinic that does not treat them", clinic, scope.Treatment, false)
		h.mine(clinic, true)
		h.mine(plan, true)
		h.reaches("theirs", clinic, scope.Treatment, true)
		h.reaches("their plan", plan, scope.Treatment, false)
		h.reaches("for payment", clinic, scope.Payment, false)
		h.reaches("nobody we know", "nobody", scope.Treatment, false)
		h.mine(clinic, false)
		h.reaches("no longer theirs", clinic, scope.Treatment, false)
		h.mine(clinic, true)
		h.reaches("theirs again", clinic, scope.Treatment, true)
	})
}

func TestOneConsentForCarePaymentAndOperations(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		clinic, plan := h.recipient(consent.Provider, "Made-up Clinic", ""), h.recipient(consent.HealthPlan, "Made-up Plan", "")
		helper, sister := h.recipient(consent.Helper, "Made-up Printers", ""), h.recipient(consent.Kin, "Made-Up Sister", "")
		c := h.whole()
		c.RecipientKind, c.Purpose, c.UntilAt = consent.ByTPO, consent.TPO, time.Time{}
		h.give(c)
		for _, r := range []ref.Recipient{clinic, plan, sister} {
			h.mine(r, true)
		}
		h.reaches("care", clinic, scope.Treatment, true)
		h.reaches("payment", plan, scope.Payment, true)
		h.reaches("who helps to run it", helper, scope.Operations, true)
		h.reaches("a sister", sister, scope.Treatment, false)
		h.reaches("research", clinic, scope.Research, false)
		h.reaches("TPO is no question", clinic, consent.TPO, false)
	})
}

func TestAnIntermediaryAndThoseBehindIt(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		hub := h.recipient(consent.Intermediary, "Made-up Exchange", "")
		other := h.recipient(consent.Intermediary, "Another Exchange", "")
		named, behind := h.recipient(consent.Provider, "Named Clinic", hub), h.recipient(consent.Provider, "Clinic Behind", hub)
		elsewhere := h.recipient(consent.Provider, "Clinic Elsewhere", other)
		c := h.whole()
		c.RecipientKind, c.Recipient, c.Members = consent.Through, hub, string(named)
		first := h.give(c)
		h.reaches("the go-between", hub, scope.Treatment, true)
		h.reaches("a named member", named, scope.Treatment, true)
		h.reaches("a member not named", behind, scope.Treatment, false)
		h.must(h.revoke(first.ID))
		c.Members, c.Class = "", consent.Provider
		h.give(c)
		h.mine(behind, true)
		h.mine(elsewhere, true)
		h.reaches("one that treats them", behind, scope.Treatment, true)
		h.reaches("one that does not", named, scope.Treatment, false)
		h.reaches("one behind another", elsewhere, scope.Treatment, false)
		c.Recipient = named
		if _, err := h.try(c); !errs.Is(err, errs.Invalid) {
			h.Errorf("a clinic is no go-between: %v", err)
		}
		c.Recipient, c.Members = hub, "nobody"
		if _, err := h.try(c); !errs.Is(err, errs.Invalid) {
			h.Errorf("a member who is not here: %v", err)
		}
	})
}

func TestRecipientsAreListedWithThoseKeptElsewhere(t *testing.T) {
	onBoth(t, func(h *house) {
		h.recipient(consent.HealthPlan, "Made-up Plan", "")
		h.must(h.db.Read(h.ctx, func(tx *db.Tx) error {
			all, err := h.s.AllRecipients(tx)
			if err != nil || len(all) != 3 || all[0].Name != "Made-up Plan" || all[1].ID != "er" {
				h.Errorf("%+v %v", all, err)
			}
			return nil
		}))
		h.must(h.db.Read(as("t2"), func(tx *db.Tx) error {
			if all, err := h.s.AllRecipients(tx); err != nil || len(all) != 2 {
				h.Errorf("another organisation: %+v %v", all, err)
			}
			return nil
		}))
		for _, bad := range []consent.Recipient{{Kind: consent.Payer}, {Name: "x", Kind: "friend"}, {Name: "x", Kind: consent.Provider, Via: "nobody"}, {Name: "x", Kind: consent.Provider, Via: "er"}} {
			err := h.db.Write(h.ctx, func(tx *db.Tx) error { _, err := h.s.AddRecipient(tx, bad); return err })
			if !errs.Is(err, errs.Invalid) {
				h.Errorf("%+v: %v", bad, err)
			}
		}
		c := h.draft()
		c.Recipient = "nobody"
		if _, err := h.try(c); !errs.Is(err, errs.Invalid) {
			h.Errorf("a consent for nobody: %v", err)
		}
	})
}
