package disclose_test

import (
	"context"
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
	"alongside/platform/scope"
)

// bench is the door on SQLite, with a person who has allowed ten things.
func bench(b *testing.B) (*db.DB, *consent.Service, consent.Ask) {
	b.Helper()
	dir := b.TempDir()
	v, clk := dbtest.Vault(b, dir), clock.NewFake(dbtest.Noon())
	d, err := db.Open(b.Context(), db.Options{Dir: dir, Vault: v, Clock: clk})
	must(b, err)
	b.Cleanup(func() { d.Close() })
	must(b, d.Migrate(b.Context(), []db.Migrations{
		{Name: "audit", FS: audit.Migrations()},
		{Name: "tenant", FS: tenant.Migrations()},
		{Name: "consent", FS: consent.Migrations()},
		{Name: "disclose", FS: disclose.Migrations()},
	}))
	subject, err := v.NewSubject("t1")
	must(b, err)
	c := consent.New(consent.Deps{Held: disclose.Held})
	ask := consent.Ask{Person: ref.Person(subject), Purpose: scope.Treatment, What: []string{consent.Name}}
	must(b, d.Write(as("acct1"), func(tx *db.Tx) error {
		_, err := tenant.Tenants().Insert(tx, &tenant.Tenant{ID: "t1", Name: "Riverside", Country: "GB", Zone: "UTC", Regime: tenant.GDPR})
		must(b, err)
		for range 10 {
			r, err := c.AddRecipient(tx, consent.Recipient{Kind: consent.Provider, Name: "Made-up Clinic"})
			must(b, err)
			ask.Recipient = r.ID
			_, err = c.Give(tx, consent.Consent{
				Person: ask.Person, Recipient: r.ID, What: ask.What, Purpose: ask.Purpose, How: consent.Spoken, UntilAt: clk.Now().Add(time.Hour),
			})
			must(b, err)
		}
		return nil
	}))
	return d, c, ask
}

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkDecide is what a decision adds to a page that reads anyway.
func BenchmarkDecide(b *testing.B) {
	d, c, ask := bench(b)
	must(b, d.Read(as("acct1"), func(tx *db.Tx) error {
		for b.Loop() {
			if _, err := c.Decide(tx, ask); err != nil {
				return err
			}
		}
		return nil
	}))
}

// BenchmarkTell is what one disclosure costs whole: decision, account, leaf and
// a commit of its own on disk.
func BenchmarkTell(b *testing.B) {
	d, c, ask := bench(b)
	s := disclose.New(c)
	tell := func(ctx context.Context) error {
		return d.Write(ctx, func(tx *db.Tx) error {
			_, err := s.Tell(tx, disclose.Telling{
				Person: ask.Person, Recipient: ask.Recipient, Purpose: ask.Purpose, Way: "page", Items: []disclose.Item{{Kind: consent.Name}},
			})
			return err
		})
	}
	for b.Loop() {
		must(b, tell(as("acct1")))
	}
}
