package mine_test

import (
	"strconv"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/page"
)

// Whoever says a great deal hides nobody else: of each person the first is shown before
// the second of anybody, and what one may not read takes nobody's place.
func TestManyDisputesOfOneHideNobody(t *testing.T) {
	onBoth(t, tenant.Part2, func(h *house) {
		loud, quiet := h.person("own1"), h.person("own2")
		for i := range 205 {
			h.write("own1", func(tx *db.Tx) error {
				return h.s.Dispute(tx, page.NewAct(h.clk.Now()), "disclose_self/own1", "No "+strconv.Itoa(i))
			})
		}
		h.clk.Add(time.Hour)
		h.write("own2", func(tx *db.Tx) error {
			return h.s.Dispute(tx, page.NewAct(h.clk.Now()), "disclose_self/own2", "Not mine")
		})
		for name, may := range map[string]func(ref.Person) error{
			"of all": func(ref.Person) error { return nil },
			"of the quiet": func(p ref.Person) error {
				if p == loud {
					return errs.New(errs.Denied, "test", "")
				}
				return nil
			},
		} {
			h.write("own1", func(tx *db.Tx) error {
				all, err := h.s.Open(tx, may)
				found := false
				for i, d := range all {
					found = found || d.Person == quiet
					if i > 0 && d.At.Before(all[i-1].At) {
						h.Errorf("%s: not the oldest first", name)
					}
				}
				if !found || len(all) > 200 {
					h.Errorf("%s: the quiet one is there: %v, of %d", name, found, len(all))
				}
				tx.Settle(string(loud), string(quiet))
				return err
			})
		}
	})
}
