package outbox

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"sync"
	"testing"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/scope"
	"alongside/platform/seal"
	"alongside/platform/seal/sealtest"
)

// world is an organisation in which rosa and ines are peers, sol a supervisor
// and cosmo a coordinator, with a page that takes notes about blue.
type world struct {
	*testing.T
	d    *db.DB
	v    *seal.Vault
	clk  *clock.Fake
	s    *Service
	blue ref.Person

	mu     sync.Mutex
	notes  map[string][]string // act → what the page took, in turn
	order  []string            // what it took, in turn
	says   error               // what the page answers instead
	sayOf  map[string]error    // and to one act
	breaks string              // the act at which a statement of the page is refused
	writes map[ref.Account]bool
}

func each(t *testing.T, fn func(w *world)) {
	tables := []db.Migrations{
		{Name: "audit", FS: audit.Migrations()}, {Name: "people", FS: people.Migrations()}, {Name: "outbox", FS: Migrations()},
	}
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) {
		w := &world{T: t, d: d, v: v, clk: clk, notes: map[string][]string{}, sayOf: map[string]error{}, writes: map[ref.Account]bool{"rosa": true, "ines": true}}
		w.s = New(w.deps())
		w.must(d.Write(w.as("rosa", access.Peer), func(tx *db.Tx) error {
			p, err := people.New().Add(tx, people.Person{Name: "Blue"})
			w.blue = p.ID
			if err != nil {
				return err
			}
			return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "people.add", Subjects: []string{string(p.ID)}})
		}))
		fn(w)
	})
}

func (w *world) deps() Deps {
	policy, err := access.ReadPolicy(access.Policies())
	w.must(err)
	return Deps{
		DB: w.d, Clock: w.clk, People: people.New(),
		Allow: func(tx *db.Tx, action string, what access.Resource) error {
			return policy.Allow(tx.Scope(), action, what)
		},
		Names: func(_ *db.Tx, ids []ref.Account) (map[ref.Account]string, error) {
			out := map[ref.Account]string{}
			for _, a := range ids {
				out[a] = "work name of " + string(a)
			}
			return out, nil
		},
		Near: func(_ *db.Tx, some []ref.Person) (map[ref.Person]people.Around, error) {
			out := map[ref.Person]people.Around{}
			for _, p := range some {
				out[p] = people.Around{Site: "site of " + string(p)}
			}
			return out, nil
		},
		Writes: func(_ *db.Tx, who ref.Account) (bool, error) { return w.writes[who], nil },
		Open:   func(_ *db.Tx, who ref.Account) (bool, error) { return w.writes[who], nil },
		About:  func(*db.Tx, string) (ref.Person, error) { return w.blue, nil },
		Play:   w.play,
	}
}

// play is a page that takes a form once under its act, and writes what it took
// where it is kept or taken back with the rest.
func (w *world) play(ctx context.Context, _ string, form url.Values) (string, string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	act := form.Get("act")
	if w.says != nil || w.sayOf[act] != nil {
		return "", "It lacks a day.", cmp.Or(w.says, w.sayOf[act])
	}
	if act == w.breaks {
		return "", "", w.d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO outbox_setting (tenant, key, hours, version) VALUES ($1, NULL, 1, 1)")
			return errs.Wrap("the page's database", err)
		})
	}
	if len(w.notes[act]) == 0 {
		w.notes[act] = append(w.notes[act], form.Get("note"))
		w.order = append(w.order, form.Get("note"))
	}
	return Taken, "", nil
}

func (w *world) sayAt(act string, err error) { w.sayOf[act] = err }

func (w *world) as(who, role string) context.Context {
	return scope.With(w.Context(), scope.Scope{Tenant: "t1", Actor: who, Role: role, Purpose: scope.Treatment})
}

func (w *world) rosa() context.Context { return w.as("rosa", access.Peer) }

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// sent is what the phone of someone sends: a note under an id.
func (w *world) sent(who, act, note string) Sent {
	w.Helper()
	k, err := w.s.Key(w.as(who, access.Peer))
	w.must(err)
	form := url.Values{"act": {act}, "note": {note}}.Encode()
	plain := "/walk/" + string(w.blue) + "/note\n" + form
	return Sent{ID: act, Slip: k.Slip, Box: sealtest.Box(w, k.Point, act+" "+who, []byte(plain))}
}

func (w *world) id() string { return id.New(w.clk.Now()) }

func (w *world) take(ctx context.Context, in Sent) Answer {
	w.Helper()
	got, err := w.s.Take(ctx, in)
	w.must(err)
	return got
}

func (w *world) count(sql string) (n int) {
	w.Helper()
	w.must(w.d.Read(w.rosa(), func(tx *db.Tx) error { return tx.Row(sql).Scan(&n) }))
	return n
}

func (w *world) kept(ctx context.Context) List {
	w.Helper()
	l, err := w.s.Kept(ctx)
	w.must(err)
	return l
}

func (w *world) absent(err error, what string) {
	w.Helper()
	if !errs.Is(err, errs.NotFound) && !errs.Is(err, errs.Denied) || errors.Is(err, errSignIn) {
		w.Errorf("%s: %v", what, err)
	}
}
