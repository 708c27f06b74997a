package consent_test

import (
	"testing"

	"alongside/domain/consent"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/i18n"
	"alongside/platform/page"
)

func (h *house) shown(all ...consent.Consent) (out []consent.Shown) {
	h.Helper()
	h.must(h.db.Write(h.ctx, func(tx *db.Tx) error {
		for _, c := range all {
			fresh, err := h.s.One(tx, c.ID)
			if err != nil {
				return err
			}
			one, err := h.s.Show(tx, fresh)
			if err != nil {
				return err
			}
			out = append(out, one)
		}
		tx.Settle(string(h.person))
		return nil
	}))
	consent.Beside(out)
	return out
}

// A yes that was only spoken under another law is shown for what it is now: in force for
// whoever gave it, and obeyed by nobody until it is signed.
func TestASpokenYesOfAnotherLawSaysThatItIsNotObeyed(t *testing.T) {
	onBothUnder(t, tenant.GDPR, func(h *house) {
		spoken, signed := h.whole(), h.whole()
		spoken.How = consent.Spoken
		spoken, signed = h.give(spoken), h.give(signed)
		for _, s := range h.shown(spoken, signed) {
			if s.Unheard {
				h.Error("the law takes both, and one is shown as not obeyed")
			}
		}
		h.rule("t1", tenant.Part2)
		got := h.shown(spoken, signed)
		if !got[0].Live || !got[0].Unheard || got[1].Unheard {
			h.Errorf("after the law changed: spoken %v %v, signed %v", got[0].Live, got[0].Unheard, got[1].Unheard)
		}
		if got[1].Twice {
			h.Error("what is not obeyed is said to hold beside what is")
		}
		if c, err := h.live(h.ask()); err != nil || c.ID != signed.ID {
			h.Errorf("told under %s, not under what was signed: %v", c.ID, err)
		}
	})
}

// A narrower yes ends no wider one. Each says that there is another, until one is taken
// back; one for somebody else is no other.
func TestTwoInForceForTheSameSaySo(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		wide, narrow, class, elsewhere := h.whole(), h.whole(), h.whole(), h.whole()
		narrow.What = narrow.What[:1]
		class.RecipientKind, class.Recipient, class.Class = consent.ByClass, "", consent.Provider
		elsewhere.Recipient = h.recipient(consent.Provider, "Clinic Elsewhere", "")
		all := []consent.Consent{h.give(wide), h.give(narrow), h.give(class), h.give(elsewhere)}
		for i, want := range []bool{true, true, false, false} {
			if got := h.shown(all...)[i].Twice; got != want {
				h.Errorf("%d: another one too %v, want %v", i, got, want)
			}
		}
		h.must(h.revoke(all[1].ID))
		for i, s := range h.shown(all...) {
			if s.Twice != (i == 1) { // what was taken back still has another beside it
				h.Errorf("%d, after one was taken back: another one too %v", i, s.Twice)
			}
		}
	})
}

// Recipients of one name are told apart by what is known of them; others need no more
// than their name.
func TestRecipientsOfOneNameAreToldApart(t *testing.T) {
	v := &page.View{Lang: i18n.English}
	got := consent.Options(v, []consent.Recipient{
		{ID: "1", Name: "Made-up Clinic", Kind: consent.Provider, Address: "Quay 1"},
		{ID: "2", Name: "made-up clinic", Kind: consent.Payer},
		{ID: "3", Name: "Made-up House", Kind: consent.Provider, Address: "Quay 2"},
	})
	if got[0].Hint == got[1].Hint || got[0].Hint == "" || got[1].Hint == "" || got[2].Hint != "" {
		t.Errorf("%q", got)
	}
}
