package handoff

import (
	"bytes"
	"context"
	"syscall"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// obeyed asks the real consents.
type obeyed struct {
	*consents
	real *consent.Service
}

func (o obeyed) Covers(tx *db.Tx, person ref.Person, recipient string) (bool, error) {
	return o.real.Covers(tx, consent.Ask{Person: person, Recipient: ref.Recipient(recipient), Purpose: "TREAT", What: []string{consent.Name}})
}

// costly is a hand-off whose page asks policy and consent and is recorded, with
// the view that draws it.
type costly struct {
	*world
	id  ref.Handoff
	ctx context.Context
	v   *page.View
}

func newCostly(b *testing.B) *costly {
	b.Helper()
	dir, clk := b.TempDir(), clock.NewFake(clock.System{}.Now())
	d, err := db.Open(b.Context(), db.Options{Dir: dir, Vault: dbtest.Vault(b, dir), Clock: clk})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() })
	all := append(tables(), db.Migrations{Name: "tenant", FS: tenant.Migrations()}, db.Migrations{Name: "consent", FS: consent.Migrations()})
	if err := d.Migrate(b.Context(), all); err != nil {
		b.Fatal(err)
	}
	c := &costly{world: newWorld(b, d, clk)}
	policy, err := access.ReadPolicy(access.Policies())
	if err != nil {
		b.Fatal(err)
	}
	c.s.Allow = func(tx *db.Tx, action string) error { return policy.Allow(tx.Scope(), action, access.Resource{}) }
	c.id = c.ask(b, 1).ID
	c.path(b)
	real := consent.New(consent.Deps{})
	c.s.Consents = obeyed{c.live, real}
	c.agree(b, real)
	words, err := i18n.Load(i18n.Source{Prefix: "handoff", FS: Words()}, ui.Words())
	if err != nil {
		b.Fatal(err)
	}
	c.v = &page.View{Words: words.In(i18n.English), Lang: i18n.English, Now: clk.Now(), Signed: &page.Signed{Role: "peer"}}
	c.ctx = page.With(b.Context(), page.Setting{View: c.v})
	return c
}

func (c *costly) path(b *testing.B) {
	b.Helper()
	for _, p := range []struct {
		step string
		in   Input
	}{{StepAck, Input{Act: "a"}}, {StepMeet, Input{Act: "b"}}, {StepAgree, Input{Act: "c", Destination: c.clinic.ID, How: "spoken", Days: 30}}, {StepAccept, Input{Act: "d"}}} {
		c.clk.Add(time.Minute)
		if err := c.s.Take(as("peer", "rosa"), c.id, p.step, p.in); err != nil {
			b.Fatal(p.step, err)
		}
	}
}

func (c *costly) agree(b *testing.B, real *consent.Service) {
	b.Helper()
	err := c.d.Write(as("peer", "rosa"), func(tx *db.Tx) error {
		if _, err := tenant.Tenants().Insert(tx, &tenant.Tenant{ID: "t1", Name: "Riverside", Country: "GB", Zone: "UTC", Regime: tenant.GDPR}); err != nil {
			return err
		}
		r, err := real.AddRecipient(tx, consent.Recipient{Kind: consent.Provider, Name: "Quay"})
		if err != nil {
			return err
		}
		h, err := c.s.find(tx, c.id)
		if err != nil {
			return err
		}
		_, err = real.Give(tx, consent.Consent{
			Person: h.Person, Recipient: r.ID, What: []string{consent.Name}, Purpose: "TREAT", How: consent.Spoken, UntilAt: tx.Now().AddDate(0, 1, 0),
		})
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

func (c *costly) draw(b *testing.B, d Detail) {
	var out bytes.Buffer
	if err := viewDoc(c.v, viewForm{Detail: d, Act: "act"}).Body.Render(c.ctx, &out); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkPermittedRead is a hand-off's page in CPU microseconds: with policy,
// consent and the record of the look, and with all three switched off, which
// only a test can. What is drawn costs the same in both, so it is left out of
// the second pair, which shows the difference.
func BenchmarkPermittedRead(b *testing.B) {
	for _, drawn := range []bool{true, false} {
		b.Run(map[bool]string{true: "page", false: "read"}[drawn]+"/with", func(b *testing.B) {
			c := newCostly(b)
			cpu(b, func() error { return c.with(b, drawn) })
		})
		b.Run(map[bool]string{true: "page", false: "read"}[drawn]+"/without", func(b *testing.B) {
			c := newCostly(b)
			c.s.Consents = c.live
			cpu(b, func() error { return c.without(b, drawn) })
		})
	}
}

func (c *costly) with(b *testing.B, drawn bool) error {
	d, err := c.s.View(as("peer", "rosa"), c.id)
	if err == nil && drawn {
		c.draw(b, d)
	}
	return err
}

func (c *costly) without(b *testing.B, drawn bool) error {
	return c.d.Read(as("peer", "rosa"), func(tx *db.Tx) error {
		h, err := c.s.find(tx, c.id)
		if err != nil {
			return err
		}
		d, err := c.s.detail(tx, h)
		if err == nil && drawn {
			c.draw(b, d)
		}
		looks, _ := tx.Owed()
		tx.Settle(looks...)
		return err
	})
}

// cpu measures what the whole process spends on the processor, the commits of
// the writer among it.
func cpu(b *testing.B, do func() error) {
	b.Helper()
	before, n := spent(), 0
	for b.Loop() {
		if err := do(); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64((spent()-before).Microseconds())/float64(n), "cpu-us/op")
}

func spent() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
