package disclose_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// house is one organisation under Part 2 with one person in it, a clinic that
// may be told something, and its door.
type house struct {
	*testing.T
	db     *db.DB
	clk    *clock.Fake
	c      *consent.Service
	s      *disclose.Service
	person ref.Person
	clinic ref.Recipient
}

func onBoth(t *testing.T, fn func(h *house)) { onBothUnder(t, tenant.Part2, fn) }

func onBothUnder(t *testing.T, regime string, fn func(h *house)) {
	tables := []db.Migrations{
		{Name: "audit", FS: audit.Migrations()},
		{Name: "tenant", FS: tenant.Migrations()},
		{Name: "consent", FS: consent.Migrations()},
		{Name: "disclose", FS: disclose.Migrations()},
	}
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) {
		h := &house{T: t, db: d, clk: clk, c: consent.New(consent.Deps{Held: disclose.Held})}
		h.s = disclose.New(h.c)
		h.write("acct1", func(tx *db.Tx) error {
			_, err := tenant.Tenants().Insert(tx, &tenant.Tenant{ID: "t1", Name: "Riverside", Country: "US", Zone: "UTC", Regime: regime})
			return err
		})
		subject, err := v.NewSubject("t1")
		h.must(err)
		h.person = ref.Person(subject)
		h.clinic = h.recipient("Made-up Clinic", consent.Provider, "")
		fn(h)
	})
}

func as(who string) context.Context {
	return scope.With(context.Background(), scope.Scope{Tenant: "t1", Actor: who, Role: "peer", Purpose: scope.Treatment})
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

func (h *house) recipient(name, kind string, via ref.Recipient) (id ref.Recipient) {
	h.Helper()
	h.write("acct1", func(tx *db.Tx) error {
		r, err := h.c.AddRecipient(tx, consent.Recipient{Name: name, Kind: kind, Via: via, Address: "1 Made-up Street"})
		id = r.ID
		return err
	})
	return id
}

// give gives a consent for the clinic, an hour long, changed by change.
func (h *house) give(change func(c *consent.Consent)) (out consent.Consent) {
	h.Helper()
	c := consent.Consent{
		Person: h.person, Recipient: h.clinic, What: []string{consent.Name, consent.Status}, Labels: []string{"SUD"},
		Purpose: scope.Treatment, UntilAt: h.clk.Now().Add(time.Hour), How: consent.Signed, SignedAs: "Rene Made-Up",
		Language: "en", Rights: consent.Read, Warned: true, Copied: "paper",
	}
	if change != nil {
		change(&c)
	}
	h.write("acct1", func(tx *db.Tx) error {
		var err error
		out, err = h.c.Give(tx, c)
		return err
	})
	return out
}

func item(kind string, labels ...string) disclose.Item {
	return disclose.Item{Kind: kind, Labels: labels, Body: "body of " + kind}
}

func (h *house) telling(items ...disclose.Item) disclose.Telling {
	return disclose.Telling{Person: h.person, Recipient: h.clinic, Purpose: scope.Treatment, Way: "page", Items: items}
}

func (h *house) tell(t disclose.Telling) (out disclose.Told, err error) {
	err = h.db.Write(as("acct1"), func(tx *db.Tx) error {
		out, err = h.s.Tell(tx, t)
		return err
	})
	return out, err
}

func (h *house) accounting(law string) (out []disclose.Line) {
	h.Helper()
	h.write("acct1", func(tx *db.Tx) error {
		var err error
		out, err = h.s.Accounting(tx, h.person, law)
		return err
	})
	return out
}

func (h *house) denied(when string, err error) {
	h.Helper()
	if !errs.Is(err, errs.Denied) || err.Error() != "disclose: tell: denied" {
		h.Errorf("%s: %v", when, err)
	}
}

func (h *house) sequence() {
	h.Helper()
	_, err := audit.NewSequencer(h.db, slog.New(slog.DiscardHandler)).Sequence(as("acct1"))
	h.must(err)
}

func (h *house) history() (out []audit.Leaf) {
	h.Helper()
	h.sequence()
	h.must(h.db.Read(as("acct1"), func(tx *db.Tx) error {
		var err error
		out, err = audit.History(tx, string(h.person), 99, 0)
		return err
	}))
	return out
}
