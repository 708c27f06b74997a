package rota

import (
	"context"
	"slices"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/i18n"
	"alongside/platform/job"
	"alongside/platform/live"
	"alongside/platform/notify"
	"alongside/platform/notify/notifytest"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// world is an organisation with two peers and a supervisor, a site called ward,
// and fakes for everything outside.
type world struct {
	*testing.T
	d        *db.DB
	v        *seal.Vault
	clk      *clock.Fake
	s        *Service
	r        *job.Runner
	out      *job.Runner
	app, sms *notifytest.Fake
	staff    map[string][]ref.Account
	zone     *time.Location
	staffErr error
}

func tables() []db.Migrations {
	return []db.Migrations{job.Migrations(), notify.Migrations(), {Name: "audit", FS: audit.Migrations()}, {Name: "rota", FS: Migrations()}}
}

func each(t *testing.T, fn func(w *world)) {
	dbtest.Run(t, tables(), func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) { fn(newWorld(t, d, v, clk)) })
}

func newWorld(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) *world {
	w := &world{T: t, d: d, v: v, clk: clk, app: &notifytest.Fake{}, sms: &notifytest.Fake{}, zone: time.UTC}
	w.staff = map[string][]ref.Account{"peer": {"rosa", "ines", "omar"}, "supervisor": {"sol"}}
	gate := notify.New(notify.Deps{
		DB: d, Clock: clk, Words: Says(), Say: func(_ i18n.Lang, key string) string { return key },
		Origin: func() string { return "https://a.example" }, Channels: map[string]notify.Channel{notify.App: w.app, notify.SMS: w.sms},
	})
	w.s = New(Deps{
		DB: d, Gate: gate, Hub: &live.Hub{}, Changed: func(string) {},
		Allow: func(*db.Tx, string) error { return nil },
		Names: func(_ *db.Tx, ids []ref.Account) (map[ref.Account]string, error) {
			out := map[ref.Account]string{}
			for _, a := range ids {
				out[a] = "work name of " + string(a)
			}
			return out, nil
		},
		Staff:  func(_ *db.Tx, role string) ([]ref.Account, error) { return w.staff[role], w.staffErr },
		Places: func(*db.Tx) ([]Place, error) { return []Place{{"ward", "Mercy, emergency"}}, nil },
		Zone:   func(*db.Tx) (*time.Location, error) { return w.zone, nil },
		Same:   func(_ *db.Tx, p ref.Person) ([]ref.Person, error) { return []ref.Person{p}, nil },
	})
	w.r = job.NewRunner(d, clk, dbtest.Log(t), w.s.Jobs())
	w.out = job.NewRunner(d, clk, dbtest.Log(t), gate.Jobs()).In(job.Outside)
	return w
}

func as(who string) context.Context {
	return scope.With(context.Background(), scope.Scope{Tenant: "t1", Actor: who, Role: "peer", Purpose: scope.Treatment})
}

func asRole(who, role string) context.Context {
	return scope.With(context.Background(), scope.Scope{Tenant: "t1", Actor: who, Role: role, Purpose: scope.Treatment})
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// duty puts people on duty at the ward, at all hours.
func (w *world) duty(who ...ref.Account) {
	w.Helper()
	for _, a := range who {
		w.must(w.s.Add(as("cosmo"), Shift{
			ID: ref.Shift("shift-" + a), Site: "ward", Peer: a, From: "2026-01-01", Begins: 0, Ends: 0, Repeats: Daily,
		}))
	}
}

func (w *world) happened(e Event) {
	w.Helper()
	w.must(w.d.Write(as("link:ward"), func(tx *db.Tx) error { return w.s.Happened(tx, e) }))
}

func (w *world) asks(h ref.Handoff) {
	w.Helper()
	w.happened(Event{What: EventAsked, Handoff: h, Site: "ward", Person: "p1", MeetBy: w.clk.Now().Add(30 * time.Minute)})
	w.sweep()
}

func (w *world) sweep() {
	w.Helper()
	_, err := w.r.Sweep(w.Context())
	w.must(err)
	_, err = w.out.Sweep(w.Context())
	w.must(err)
}

// wait lets time go by, a few seconds at a time.
func (w *world) wait(d time.Duration) {
	w.Helper()
	for ; d > 0; d -= 5 * time.Second {
		w.clk.Add(min(d, 5*time.Second))
		w.sweep()
	}
}

// told are the accounts that were told, in order.
func (w *world) told() (out []string) {
	for _, l := range w.app.Letters() {
		out = append(out, l.Account)
	}
	return out
}

func (w *world) wantTold(want ...string) {
	w.Helper()
	if got := w.told(); !slices.Equal(got, want) {
		w.Fatalf("told %v, want %v", got, want)
	}
}

func (w *world) standing(h ref.Handoff) (out Standing) {
	w.Helper()
	w.must(w.d.Read(as("link:ward"), func(tx *db.Tx) (err error) { out, err = w.s.Standing(tx, h); return err }))
	return out
}

func (w *world) count(sql string) (n int) {
	w.Helper()
	w.must(w.d.Read(as("x"), func(tx *db.Tx) error { return tx.Row(sql).Scan(&n) }))
	return n
}

// leaves are how many records of looks and changes were written, with those
// that still wait for their number.
func (w *world) leaves() int {
	w.Helper()
	return w.count("SELECT (SELECT COUNT(*) FROM audit_leaf WHERE tenant = $1) + (SELECT COUNT(*) FROM audit_queue WHERE tenant = $1)")
}
