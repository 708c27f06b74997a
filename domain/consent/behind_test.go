package consent_test

import (
	"strings"
	"testing"

	"alongside/domain/consent"
	"alongside/domain/tenant"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// Behind a go-between is nobody who is reached through another, no friend and no other
// go-between.
func TestNobodyElseIsBehindAGoBetween(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		hub, other := h.recipient(consent.Intermediary, "Made-up Exchange", ""), h.recipient(consent.Intermediary, "Another Exchange", "")
		elsewhere, sister := h.recipient(consent.Provider, "Clinic Elsewhere", other), h.recipient(consent.Kin, "Made-Up Sister", "")
		c := h.whole()
		c.RecipientKind, c.Recipient = consent.Through, hub
		for _, who := range []string{string(elsewhere), string(sister), string(other)} {
			c.Members = who
			_, err := h.try(c)
			if !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), "members: consent.needs-behind") {
				h.Errorf("%s: %v", who, err)
			}
		}
		h.reaches("a sister, by a forged form", sister, scope.Treatment, false)
		h.reaches("one behind another", elsewhere, scope.Treatment, false)
	})
}
