package consent_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// house is one organisation with one person in it.
type house struct {
	*testing.T
	db     *db.DB
	v      *seal.Vault
	clk    *clock.Fake
	s      *consent.Service
	ctx    context.Context
	person ref.Person
	told   []consent.Consent // what OnRevoked was told
	refuse error             // what OnRevoked answers
	held   ref.Person        // about whom a legal demand is open
}

// Recipients are the services that another part of the program keeps.
func (h *house) Recipients(*db.Tx) ([]consent.Recipient, error) {
	return []consent.Recipient{{ID: "er", Kind: consent.Provider, Name: "Mercy"}, {ID: "detox", Kind: consent.Provider, Name: "Quay"}}, nil
}

func (h *house) isHeld(_ *db.Tx, p ref.Person) (bool, error) { return p == h.held, nil }

// under makes the organisations, both under one law.
func (h *house) under(regime string) {
	h.Helper()
	for _, t := range []string{"t1", "t2"} {
		h.must(h.db.Write(as(t), func(tx *db.Tx) error {
			_, err := tenant.Tenants().Insert(tx, &tenant.Tenant{ID: ref.Tenant(t), Name: "Riverside " + t, Country: "US", Zone: "UTC", Regime: regime})
			return err
		}))
	}
}

func onBoth(t *testing.T, fn func(h *house)) {
	onBothUnder(t, tenant.NoRegime, fn)
}

func onBothUnder(t *testing.T, regime string, fn func(h *house)) {
	tables := []db.Migrations{{Name: "audit", FS: audit.Migrations()}, {Name: "tenant", FS: tenant.Migrations()}, {Name: "consent", FS: consent.Migrations()}}
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) {
		h := &house{T: t, db: d, v: v, clk: clk, ctx: as("t1")}
		h.under(regime)
		h.s = consent.New(consent.Deps{Places: h, Held: h.isHeld, OnRevoked: func(_ *db.Tx, c consent.Consent) error {
			h.told = append(h.told, c)
			return h.refuse
		}})
		h.person = h.newPerson()
		fn(h)
	})
}

func as(tenant string) context.Context {
	return scope.With(context.Background(), scope.Scope{Tenant: tenant, Actor: "acct1", Role: "peer", Purpose: scope.Treatment})
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) newPerson() ref.Person {
	subject, err := h.v.NewSubject("t1")
	h.must(err)
	return ref.Person(subject)
}

// draft is a consent for the hospital's emergency room, an hour long.
func (h *house) draft() consent.Consent {
	return consent.Consent{
		Person: h.person, Recipient: "er", What: []string{consent.Status, consent.Name}, Purpose: scope.Treatment,
		How: consent.Spoken, UntilAt: h.clk.Now().Add(time.Hour),
	}
}

func (h *house) ask() consent.Ask {
	return consent.Ask{Person: h.person, Recipient: "er", Purpose: scope.Treatment, What: []string{consent.Status}}
}

func (h *house) try(c consent.Consent) (out consent.Consent, err error) {
	err = h.db.Write(h.ctx, func(tx *db.Tx) error {
		var err error
		out, err = h.s.Give(tx, c)
		return err
	})
	return out, err
}

func (h *house) give(c consent.Consent) consent.Consent {
	h.Helper()
	out, err := h.try(c)
	h.must(err)
	return out
}

func (h *house) revoke(c ref.Consent) error {
	return h.db.Write(h.ctx, func(tx *db.Tx) error { return h.s.Revoke(tx, c, consent.Spoken) })
}

// live asks in a read, which would be refused if asking owed a look.
func (h *house) live(a consent.Ask) (c consent.Consent, err error) {
	err = h.db.Read(h.ctx, func(tx *db.Tx) error {
		var err error
		c, err = h.s.Live(tx, a)
		return err
	})
	return c, err
}

func (h *house) sequence() {
	h.Helper()
	_, err := audit.NewSequencer(h.db, slog.New(slog.DiscardHandler)).Sequence(h.ctx)
	h.must(err)
}

func TestTheRecordIsComplete(t *testing.T) {
	onBoth(t, func(h *house) {
		h.must(h.db.Read(h.ctx, func(tx *db.Tx) error {
			for _, r := range consent.Module(&consent.Web{}).Records {
				bad, err := r.CheckTable(tx)
				h.must(err)
				for _, b := range append(bad, r.Check()...) {
					t.Error(b)
				}
			}
			return nil
		}))
	})
	m := consent.Module(&consent.Web{})
	if bad := m.Forgotten(); len(bad) > 0 {
		t.Error(bad)
	}
	words, err := i18n.Load(i18n.Source{Prefix: "consent", FS: m.Words})
	if err != nil || len(words.Keys()) == 0 {
		t.Error(err)
	}
}

func TestAGivenConsentIsLive(t *testing.T) {
	onBoth(t, func(h *house) {
		given := h.give(h.draft())
		c, err := h.live(h.ask())
		h.must(err)
		if c.ID != given.ID || c.ID == "" || c.Person != h.person || c.Recipient != "er" || !c.UntilAt.Equal(given.UntilAt) {
			t.Errorf("got %+v", c)
		}
	})
}

// Every other question is denied, in one and the same way.
func TestWhatIsNotCoveredIsDenied(t *testing.T) {
	cases := map[string]func(h *house, a *consent.Ask){
		"another person":    func(h *house, a *consent.Ask) { a.Person = h.newPerson() },
		"another recipient": func(_ *house, a *consent.Ask) { a.Recipient = "detox" },
		"no recipient":      func(_ *house, a *consent.Ask) { a.Recipient = "" },
		"another purpose":   func(_ *house, a *consent.Ask) { a.Purpose = scope.Research },
		"no purpose":        func(_ *house, a *consent.Ask) { a.Purpose = "" },
		"something else":    func(_ *house, a *consent.Ask) { a.What = []string{consent.Needs} },
		"something more":    func(_ *house, a *consent.Ask) { a.What = []string{consent.Status, consent.Contact} },
		"nothing named":     func(_ *house, a *consent.Ask) { a.What = nil },
		"after its end":     func(h *house, a *consent.Ask) { a.At = h.clk.Now().Add(2 * time.Hour) },
		"a part of a word":  func(_ *house, a *consent.Ask) { a.What = []string{"stat"} },
	}
	onBoth(t, func(h *house) {
		absent := h.ask()
		_, none := h.live(absent)
		h.give(h.draft())
		for name, change := range cases {
			a := h.ask()
			change(h, &a)
			_, err := h.live(a)
			if !errs.Is(err, errs.Denied) || err.Error() != none.Error() {
				t.Errorf("%s: %v; without any consent: %v", name, err, none)
			}
		}
		if _, err := h.live(h.ask()); err != nil {
			t.Errorf("what is covered: %v", err)
		}
	})
}

func TestAnotherOrganisationHasNoConsent(t *testing.T) {
	onBoth(t, func(h *house) {
		given := h.give(h.draft())
		h.ctx = as("t2")
		if _, err := h.live(h.ask()); !errs.Is(err, errs.Denied) {
			t.Errorf("live: %v", err)
		}
		if err := h.revoke(given.ID); !errs.Is(err, errs.NotFound) {
			t.Errorf("revoke: %v", err)
		}
		h.ctx = as("t1")
		if _, err := h.live(h.ask()); err != nil {
			t.Error(err)
		}
	})
}

// One consent has to cover all that is told; two halves are not a whole.
func TestTwoHalvesAreNotAWhole(t *testing.T) {
	onBoth(t, func(h *house) {
		for _, what := range []string{consent.Status, consent.Contact} {
			c := h.draft()
			c.What = []string{what}
			h.give(c)
		}
		a := h.ask()
		a.What = []string{consent.Status, consent.Contact}
		if _, err := h.live(a); !errs.Is(err, errs.Denied) {
			t.Error(err)
		}
	})
}

func TestItEndsAtTheSecond(t *testing.T) {
	onBoth(t, func(h *house) {
		h.give(h.draft())
		h.clk.Add(time.Hour - time.Microsecond)
		if _, err := h.live(h.ask()); err != nil {
			t.Errorf("just before the end: %v", err)
		}
		h.clk.Add(time.Microsecond)
		if _, err := h.live(h.ask()); !errs.Is(err, errs.Denied) {
			t.Errorf("at the end: %v", err)
		}
	})
}

func TestAnEndlessConsentStaysLive(t *testing.T) {
	onBoth(t, func(h *house) {
		c := h.draft()
		c.UntilAt = time.Time{}
		h.give(c)
		h.clk.Add(50 * 365 * 24 * time.Hour)
		if _, err := h.live(h.ask()); err != nil {
			t.Error(err)
		}
	})
}

func TestTakingBackWorksAtOnceAndOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		given := h.give(h.draft())
		h.must(h.db.Write(h.ctx, func(tx *db.Tx) error {
			if err := h.s.Revoke(tx, given.ID, consent.Spoken); err != nil {
				return err
			}
			if _, err := h.s.Live(tx, h.ask()); !errs.Is(err, errs.Denied) {
				t.Errorf("in the same transaction: %v", err)
			}
			return nil
		}))
		h.clk.Add(time.Minute)
		h.must(h.revoke(given.ID))
		if len(h.told) != 1 || h.told[0].ID != given.ID || h.told[0].RevokedAt.IsZero() || h.told[0].RevokedBy != "acct1" {
			t.Errorf("told %+v", h.told)
		}
		if err := h.revoke("nothing"); !errs.Is(err, errs.NotFound) {
			t.Errorf("one that is not here: %v", err)
		}
		if err := h.db.Write(h.ctx, func(tx *db.Tx) error { return h.s.Revoke(tx, given.ID, "") }); !errs.Is(err, errs.Invalid) {
			t.Errorf("without saying how: %v", err)
		}
	})
}

// If those who must act on it cannot, it is not half taken back.
func TestACallbackThatCannotUndoesTheWhole(t *testing.T) {
	onBoth(t, func(h *house) {
		given := h.give(h.draft())
		h.refuse = errors.New("cannot")
		if h.revoke(given.ID) == nil {
			t.Error("it was taken back all the same")
		}
		if _, err := h.live(h.ask()); err != nil {
			t.Error(err)
		}
	})
}

func TestAnotherConsentOutlivesOneTakenBack(t *testing.T) {
	onBoth(t, func(h *house) {
		first := h.give(h.draft())
		h.clk.Add(time.Minute)
		second := h.give(h.draft())
		h.must(h.revoke(second.ID))
		c, err := h.live(h.ask())
		if err != nil || c.ID != first.ID {
			t.Errorf("%v %v", c.ID, err)
		}
	})
}

func TestWhatCannotBeGiven(t *testing.T) {
	cases := map[string]func(h *house, c *consent.Consent){
		"recipient":         func(_ *house, c *consent.Consent) { c.Recipient = "" },
		"recipient ":        func(_ *house, c *consent.Consent) { c.Person = "" },
		"what":              func(_ *house, c *consent.Consent) { c.What = nil },
		"what everything":   func(_ *house, c *consent.Consent) { c.What = []string{"everything"} },
		"purpose":           func(_ *house, c *consent.Consent) { c.Purpose = "MARKETING" },
		"how":               func(_ *house, c *consent.Consent) { c.How = "nodded" },
		"until_at now":      func(h *house, c *consent.Consent) { c.UntilAt = h.clk.Now() },
		"until_at past":     func(h *house, c *consent.Consent) { c.UntilAt = h.clk.Now().Add(-time.Hour) },
		"given_at later":    func(h *house, c *consent.Consent) { c.GivenAt = h.clk.Now().Add(time.Second) },
		"until_at research": func(_ *house, c *consent.Consent) { c.Purpose, c.UntilAt = scope.Research, time.Time{} },
		"until_at asked":    func(_ *house, c *consent.Consent) { c.Purpose, c.UntilAt = scope.OwnRequest, time.Time{} },
	}
	onBoth(t, func(h *house) {
		words, err := i18n.Load(i18n.Source{Prefix: "consent", FS: consent.Words()})
		h.must(err)
		for name, change := range cases {
			c := h.draft()
			change(h, &c)
			_, err := h.try(c)
			var e *errs.Error
			if !errors.As(err, &e) || e.Kind != errs.Invalid || e.Place != strings.Fields(name)[0] {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if !words.In(i18n.English).Has(e.Say) {
				t.Errorf("%s: no words for %s", name, e.Say)
			}
		}
		if _, err := h.live(h.ask()); !errs.Is(err, errs.Denied) {
			t.Errorf("something was given: %v", err)
		}
	})
}

// Giving, taking back and reading stand in the person's history; the paper's
// place is sealed.
func TestItStandsInTheHistoryAndThePaperIsSealed(t *testing.T) {
	onBoth(t, func(h *house) {
		c := h.whole()
		c.Paper = "blue folder in room 4"
		given := h.give(c)
		h.must(h.revoke(given.ID))
		h.sequence()
		h.must(h.db.Read(h.ctx, func(tx *db.Tx) error {
			history, err := audit.History(tx, string(h.person), 9, 0)
			if err != nil || len(history) != 2 || history[0].Action != "consent.revoke" || history[1].Action != "consent.give" {
				t.Errorf("%+v %v", history, err)
			}
			var paper []byte
			err = tx.Row(`SELECT paper FROM consent_consent WHERE tenant = $1`).Scan(&paper)
			if len(paper) == 0 || bytes.Contains(paper, []byte("folder")) {
				t.Errorf("stored as %q", paper)
			}
			return err
		}))
		h.must(h.db.Write(h.ctx, func(tx *db.Tx) error {
			list, err := h.s.Of(tx, h.person)
			if err != nil || len(list) != 1 || list[0].Paper != c.Paper || list[0].RevokedHow != consent.Spoken {
				t.Errorf("%+v %v", list, err)
			}
			return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "consent.list", Subjects: []string{string(h.person)}})
		}))
		if err := h.db.Write(h.ctx, func(tx *db.Tx) error { _, err := h.s.Of(tx, h.person); return err }); err == nil {
			t.Error("consents were read without a record")
		}
	})
}
