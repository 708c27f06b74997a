package handoff

import (
	"context"
	"fmt"
	"testing"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/job"
	"alongside/platform/live"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// world is one organisation with a site and two destinations, ready for tests.
type world struct {
	s             *Service
	d             *db.DB
	clk           *clock.Fake
	site          Site
	token         string
	clinic, house Destination
	live          *consents
}

// consents stands in for the consent domain: what was given, and what was taken
// back.
type consents struct {
	given map[string]bool
	of    map[ref.Consent]string
}

func (c *consents) Give(tx *db.Tx, g Grant) (ref.Consent, error) {
	key := string(g.Person) + "/" + string(g.Destination)
	c.given[key] = true
	which := ref.Consent("consent-" + key)
	c.of[which] = key
	return which, nil
}

func (c *consents) Revoke(_ *db.Tx, which ref.Consent, _ string) error {
	c.given[c.of[which]] = false
	return nil
}

// Tell stands in for the one door; it writes the disclosure into the log, as the
// real one does.
func (c *consents) Tell(tx *db.Tx, person ref.Person, to, _ string) (string, bool, error) {
	if !c.given[string(person)+"/"+to] {
		return "", false, nil
	}
	return "the notice", true, audit.Write(tx, audit.Entry{
		Kind: audit.Disclosure, Action: "disclose.consent", Subjects: []string{string(person)}, To: to, Under: "a-consent",
	})
}

func (c *consents) Covers(_ *db.Tx, person ref.Person, recipient string) (bool, error) {
	return c.given[string(person)+"/"+recipient], nil
}

func tables() []db.Migrations {
	return []db.Migrations{
		{Name: "audit", FS: audit.Migrations()}, {Name: "access", FS: access.Migrations()}, {Name: "people", FS: people.Migrations()}, job.Migrations(), {Name: "handoff", FS: Migrations()},
	}
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	dbtest.Run(t, tables(), func(t *testing.T, d *db.DB, _ *seal.Vault, clk *clock.Fake) {
		fn(t, newWorld(t, d, clk))
	})
}

func newWorld(t testing.TB, d *db.DB, clk *clock.Fake) *world {
	w := &world{d: d, clk: clk, live: &consents{given: map[string]bool{}, of: map[ref.Consent]string{}}}
	w.s = New(Deps{
		DB: d, People: people.New(), Consents: w.live, Hub: &live.Hub{},
		Allow: func(*db.Tx, string) error { return nil },
		Names: func(_ *db.Tx, ids []ref.Account) (map[ref.Account]string, error) {
			out := map[ref.Account]string{}
			for _, id := range ids {
				out[id] = "work name of " + string(id)
			}
			return out, nil
		},
		Out: w.live,
	})
	ctx := as("coordinator", "cosmo")
	var err error
	if w.site, w.token, err = w.s.AddSite(ctx, Site{Name: "Mercy", Duty: "555-0100"}); err != nil {
		t.Fatal(err)
	}
	w.clinic, err = w.s.AddDestination(ctx, Destination{Name: "Quay Clinic"})
	if err != nil {
		t.Fatal(err)
	}
	if w.house, err = w.s.AddDestination(ctx, Destination{Name: "Tallow House"}); err != nil {
		t.Fatal(err)
	}
	return w
}

func as(role, who string) context.Context {
	return scope.With(context.Background(), scope.Scope{Tenant: "t1", Actor: who, Role: role, Purpose: scope.Treatment})
}

func nurse() context.Context {
	return scope.With(context.Background(), scope.Scope{Tenant: "t1", Actor: "link:mercy", Purpose: scope.Treatment})
}

// ask asks for a peer as a nurse would; n makes the form another one.
func (w *world) ask(t testing.TB, n int) Receipt {
	t.Helper()
	r, err := w.s.Ask(nurse(), Ask{
		Handoff: Handoff{Answer: "yes", Where: "Bay 7", Know: "their sister is here"},
		Person:  people.Person{Name: "Blue"}, Act: fmt.Sprintf("form-%d", n), Site: w.site.ID,
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (w *world) take(t *testing.T, h ref.Handoff, who, step string, in Input) error {
	t.Helper()
	if in.Act == "" {
		in.Act = fmt.Sprintf("%s-%s-%d", who, step, w.clk.Now().UnixMicro())
	}
	return w.s.Take(as("peer", who), h, step, in)
}

// walk takes the path up to and with the step.
func (w *world) walk(t *testing.T, h ref.Handoff, until string) {
	t.Helper()
	path := []struct {
		step string
		in   Input
	}{
		{StepAck, Input{}},
		{StepSetOut, Input{Minutes: 12}},
		{StepMeet, Input{}},
		{StepAgree, Input{Destination: w.clinic.ID, How: "spoken", Days: 30}},
		{StepAccept, Input{}},
		{StepIntro, Input{Mode: "room", Present: 3, There: []string{"service", "nobody we know", "service"}}},
		{StepConnect, Input{ConnSource: "person"}},
	}
	for _, p := range path {
		w.clk.Add(3 * 60 * 1e9)
		if err := w.take(t, h, "rosa", p.step, p.in); err != nil {
			t.Fatalf("%s: %v", p.step, err)
		}
		if p.step == until {
			return
		}
	}
}

type dbTx = db.Tx

// look reads or bends what lies in the database.
func (w *world) look(fn func(tx *db.Tx) error) error { return w.d.Write(as("supervisor", "test"), fn) }
