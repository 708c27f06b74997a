package consent_test

import (
	"errors"
	"testing"

	"alongside/platform/db"
	"alongside/platform/seal"
)

// Whoever can write to the database and holds no keys does not make one person's words
// stand as another's.
func TestAnothersWordsAreNobodysOwn(t *testing.T) {
	onBoth(t, func(h *house) {
		one := h.draft()
		one.Detail = "Only the plan."
		mine := h.give(one)
		two := h.draft()
		two.Person, two.Detail = h.newPerson(), "All that I said."
		theirs := h.give(two)
		h.must(h.db.Write(h.ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE consent_consent SET detail = (SELECT o.detail FROM consent_consent o WHERE o.tenant = $1 AND o.consent = $3)
				WHERE tenant = $1 AND consent = $2`, mine.ID, theirs.ID)
			return err
		}))
		err := h.db.Write(h.ctx, func(tx *db.Tx) error {
			c, err := h.s.One(tx, mine.ID)
			if err == nil {
				t.Errorf("read as theirs: %q", c.Detail)
			}
			return err
		})
		if !errors.Is(err, seal.ErrDamaged) {
			t.Error(err)
		}
	})
}
