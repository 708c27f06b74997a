package workforce

import (
	"context"
	"errors"
	"slices"
	"testing"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/job"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// world is an organisation in which rosa, ines and kai are peers and sol is a peer
// and a supervisor.
type world struct {
	*testing.T
	d   *db.DB
	v   *seal.Vault
	clk *clock.Fake
	s   *Service

	way   access.Standing
	peers []Colleague
}

func each(t *testing.T, fn func(w *world)) {
	tables := []db.Migrations{{Name: "audit", FS: audit.Migrations()}, job.Migrations(), {Name: "workforce", FS: Migrations()}}
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) {
		w := &world{T: t, d: d, v: v, clk: clk, way: access.Standing{Open: true}}
		w.peers = []Colleague{{"ines", "Ines", false}, {"kai", "Kai", false}, {"rosa", "Rosa", false}, {"sol", "Sol", true}}
		policy, err := access.ReadPolicy(access.Policies())
		w.must(err)
		w.s = New(Deps{
			DB: d, Vault: v,
			Allow: func(tx *db.Tx, action string, what access.Resource) error {
				return policy.Allow(tx.Scope(), action, what)
			},
			Way:   func(*db.Tx) (access.Standing, error) { return w.way, nil },
			Peers: func(*db.Tx) ([]Colleague, error) { return slices.Clone(w.peers), nil },
			Names: func(_ *db.Tx, ids []ref.Account) (map[ref.Account]string, error) {
				out := map[ref.Account]string{}
				for _, a := range ids {
					out[a] = "work name of " + string(a)
				}
				return out, nil
			},
		})
		fn(w)
	})
}

func (w *world) as(who, role string) context.Context {
	return scope.With(w.Context(), scope.Scope{Tenant: "t1", Actor: who, Role: role, Purpose: scope.Treatment})
}

func (w *world) peer(who string) context.Context { return w.as(who, access.Peer) }

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// wrote is the id of something that a peer wrote a moment later.
func (w *world) wrote(who, kind, words string) string {
	w.Helper()
	w.clk.Add(1e9)
	e := Entry{ID: id.New(w.clk.Now()), Kind: kind, Words: words}
	w.must(w.s.Write(w.peer(who), e))
	return e.ID
}

func (w *world) said(who, thread, words string) string {
	w.Helper()
	w.clk.Add(1e9)
	e := Entry{ID: id.New(w.clk.Now()), Words: words}
	w.must(w.s.Say(w.peer(who), thread, e))
	return e.ID
}

func (w *world) pages(ctx context.Context) Pages {
	w.Helper()
	p, err := w.s.Pages(ctx, "")
	w.must(err)
	return p
}

// reads is what a page says to someone, in order.
func (w *world) reads(ctx context.Context, id string) (out []string) {
	w.Helper()
	o, err := w.s.One(ctx, id)
	w.must(err)
	if !o.Together() {
		return []string{o.Entry.Words}
	}
	for _, e := range o.Thread {
		out = append(out, e.Words)
	}
	return out
}

func (w *world) readsJust(ctx context.Context, id string, want ...string) {
	w.Helper()
	if got := w.reads(ctx, id); !slices.Equal(got, want) {
		w.Errorf("reads %q, want %q", got, want)
	}
}

// closed: nothing that can be done with a page can be done by them, but what is
// named, and each refusal is that of a page that there is not.
func (w *world) closed(ctx context.Context, id, what string, but ...string) {
	w.Helper()
	for name, do := range map[string]func(id string) error{
		"read":   func(id string) error { _, err := w.s.One(ctx, id); return err },
		"change": func(id string) error { return w.s.Change(ctx, id, 0, "other words") },
		"erase":  func(id string) error { return w.s.Erase(ctx, id) },
		"say":    func(p string) error { return w.s.Say(ctx, p, Entry{ID: w.id(), Words: "words"}) },
		"invite": func(id string) error { return w.s.Invite(ctx, id, []ref.Account{"kai"}) },
		"leave":  func(id string) error { return w.s.Leave(ctx, id) },
	} {
		w.absent(do(idOfNobody), what+" may "+name+" what is not there")
		if !slices.Contains(but, name) {
			w.absent(do(id), what+" may "+name+" it")
		}
	}
}

const idOfNobody = "06ekxdz75a07ae0gphtzmmmkv4"

func (w *world) id() string { return id.New(w.clk.Now()) }

func (w *world) absent(err error, what string) {
	w.Helper()
	var shut *ShutError
	if !errs.Is(err, errs.NotFound) && !errs.Is(err, errs.Denied) || errors.As(err, &shut) {
		w.Errorf("%s: %v", what, err)
	}
}

func (w *world) count(sql string, args ...any) (n int) {
	w.Helper()
	w.must(w.d.Read(w.peer("rosa"), func(tx *db.Tx) error { return tx.Row(sql, args...).Scan(&n) }))
	return n
}

// rings rings what waits.
func (w *world) rings() {
	w.Helper()
	r := job.NewRunner(w.d, w.clk, nil, w.s.Jobs())
	for did := true; did; {
		var err error
		did, err = r.Step(w.Context())
		w.must(err)
	}
}

// away is someone of that name in another organisation.
func (w *world) away(who string) context.Context {
	return scope.With(w.Context(), scope.Scope{Tenant: "t2", Actor: who, Role: access.Peer, Purpose: scope.Treatment})
}
