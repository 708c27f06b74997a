package consent_test

import (
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/platform/db"
	"alongside/platform/scope"
)

// A consent from before written consents had their columns is read as what it
// was: a general one, for one named recipient, given by the person.
func TestAnOlderRowIsStillInForce(t *testing.T) {
	onBoth(t, func(h *house) {
		h.must(h.db.Write(h.ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO consent_consent (tenant, consent, person, recipient, what, purpose, given_at, until_at, how, paper,
				given_by, revoked_at, revoked_how, revoked_by, recorded_at, mark_at, version)
				VALUES ($1, 'old', $2, 'er', 'status name', $3, $4, $5, 'spoken', $6, 'acct1', 0, '', '', $4, 0, 0)`,
				h.person, scope.Treatment, h.clk.Now(), h.clk.Now().Add(time.Hour), []byte{})
			return err
		}))
		if c, err := h.live(h.ask()); err != nil || c.ID != "old" {
			h.Errorf("%+v %v", c, err)
		}
		h.must(h.db.Write(h.ctx, func(tx *db.Tx) error {
			list, err := h.s.Of(tx, h.person)
			if err != nil || len(list) != 1 || list[0].Sort != consent.General || list[0].RecipientKind != consent.Named || list[0].Signer != consent.Own {
				h.Errorf("%+v %v", list, err)
			}
			return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "consent.list", Subjects: []string{string(h.person)}})
		}))
		h.must(h.revoke("old"))
		h.liveOrNot("taken back", false)
	})
}
