package mine_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/mine"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/job"
	"alongside/platform/module"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// house is one organisation with people in it, some of whom leave.
type house struct {
	*testing.T
	db    *db.DB
	v     *seal.Vault
	clk   *clock.Fake
	c     *consent.Service
	door  *disclose.Service
	s     *mine.Service
	known []ref.Person
	ended []ref.Account
	one   []ref.Person // records that are one person
}

func (h *house) same(_ *db.Tx, p ref.Person) ([]ref.Person, error) {
	if slices.Contains(h.one, p) {
		return h.one, nil
	}
	return []ref.Person{p}, nil
}

func onBoth(t *testing.T, regime string, fn func(h *house)) {
	tables := []db.Migrations{
		job.Migrations(),
		{Name: "audit", FS: audit.Migrations()},
		{Name: "tenant", FS: tenant.Migrations()},
		{Name: "consent", FS: consent.Migrations()},
		{Name: "disclose", FS: disclose.Migrations()},
		{Name: "mine", FS: mine.Migrations()},
	}
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) {
		h := &house{T: t, db: d, v: v, clk: clk, c: consent.New(consent.Deps{Held: disclose.Held})}
		h.door = disclose.New(h.c)
		h.s = mine.New(mine.Deps{
			DB: d, Vault: v, Consents: h.c, Allow: func(*db.Tx, string) error { return nil },
			Records: func() []module.Record {
				return []module.Record{consent.Consents(), disclose.Disclosures(), disclose.Demands(), disclose.Selves(), mine.Disputes(), mine.Leavings(), mine.Settings()}
			},
			Resources: func(*db.Tx, ref.Person) ([]json.RawMessage, error) { return nil, nil },
			End:       func(_ *db.Tx, a ref.Account) (bool, error) { h.ended = append(h.ended, a); return true, nil },
			People:    h.after,
			Same:      h.same,
		})
		h.write("acct1", func(tx *db.Tx) error {
			_, err := tenant.Tenants().Insert(tx, &tenant.Tenant{ID: "t1", Name: "Riverside", Country: "US", Zone: "UTC", Regime: regime})
			return err
		})
		fn(h)
	})
}

func (h *house) after(_ *db.Tx, last ref.Person, most int) (out []ref.Person, err error) {
	for _, p := range h.known {
		if p > last && len(out) < most {
			out = append(out, p)
		}
	}
	return out, nil
}

func as(who string) context.Context {
	return scope.With(context.Background(), scope.Scope{Tenant: "t1", Actor: who, Role: "participant", Purpose: scope.OwnRequest})
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) write(who string, fn func(tx *db.Tx) error) {
	h.Helper()
	h.must(h.db.Write(as(who), fn))
}

// person is someone with an account of their own, who was told about to a
// clinic under a consent.
func (h *house) person(account ref.Account) ref.Person {
	h.Helper()
	subject, err := h.v.NewSubject("t1")
	h.must(err)
	p := ref.Person(subject)
	h.known = append(h.known, p)
	slices.Sort(h.known)
	h.write("acct1", func(tx *db.Tx) error {
		r, err := h.c.AddRecipient(tx, consent.Recipient{Name: "Made-up Clinic", Kind: consent.Provider})
		h.must(err)
		_, err = h.c.Give(tx, consent.Consent{
			Person: p, Recipient: r.ID, What: []string{consent.Name}, Purpose: scope.Treatment, UntilAt: h.clk.Now().Add(time.Hour),
			How: consent.Signed, SignedAs: "Kittiwake Made-Up", Language: "en", Rights: consent.Read, Warned: true, Copied: "paper",
		})
		h.must(err)
		_, err = h.door.Tell(tx, disclose.Telling{Person: p, Recipient: r.ID, Purpose: scope.Treatment, Way: "page", Items: []disclose.Item{{Kind: consent.Name}}})
		h.must(err)
		return h.door.Belong(tx, account, p)
	})
	return p
}

func (h *house) leave(p ref.Person) {
	h.Helper()
	h.write("acct1", func(tx *db.Tx) error { return h.s.Leave(tx, p, mine.WhyAsked) })
	h.must(h.s.EraseNow(as("acct1")))
}

// rows is how many rows of each record are about a person.
func (h *house) rows(p ref.Person) map[string]int64 {
	h.Helper()
	out := map[string]int64{}
	h.must(h.db.Read(as("acct1"), func(tx *db.Tx) error {
		for _, r := range h.s.Records() {
			if _, about := r.About(); !about {
				continue
			}
			n, err := r.Count(tx, string(p))
			h.must(err)
			out[r.Name()] = n
		}
		return nil
	}))
	return out
}

func (h *house) retention(apply bool) map[string]mine.Due {
	h.Helper()
	list, err := h.s.Retention(as("acct1"), apply)
	h.must(err)
	out := map[string]mine.Due{}
	for _, d := range list {
		out[d.Code] = d
	}
	return out
}

func (h *house) gone(p ref.Person) bool {
	_, err := h.v.Seal("t1", string(p), "x", []byte("x"))
	return errs.Is(err, errs.NotFound)
}
