package engagement

import (
	"context"
	"slices"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/id"
	"alongside/platform/job"
	"alongside/platform/notify"
	"alongside/platform/notify/notifytest"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// world is an organisation with two peers, rosa and ines, and a supervisor,
// sol. Rosa walks with blue and with reed; nobody walks with fern.
type world struct {
	*testing.T
	d                *db.DB
	v                *seal.Vault
	clk              *clock.Fake
	s                *Service
	out              *notifytest.Fake
	selves           map[string]ref.Person // whose own account it is
	blue, reed, fern ref.Person
	away             ref.Account // whose role was taken away
	lead             ref.Account // the coordinator who is told; nobody, unless a test says so
}

func tables() []db.Migrations {
	return []db.Migrations{
		job.Migrations(), notify.Migrations(), {Name: "audit", FS: audit.Migrations()}, {Name: "people", FS: people.Migrations()}, {Name: "engagement", FS: Migrations()},
	}
}

func each(t *testing.T, fn func(w *world)) {
	dbtest.Run(t, tables(), func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) { fn(newWorld(t, d, v, clk)) })
}

func newWorld(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) *world {
	w := &world{T: t, d: d, v: v, clk: clk, out: &notifytest.Fake{}, selves: map[string]ref.Person{}}
	w.s = New(w.deps())
	w.blue = w.person(people.Person{Name: "Blue", Phone: "555-0100", Safety: "Not after nine."})
	w.reed = w.person(people.Person{Name: "Reed", Texts: true, Voicemail: true})
	w.fern = w.person(people.Person{Name: "Fern"})
	w.walk("rosa", w.blue)
	clk.Add(time.Minute)
	w.walk("rosa", w.reed)
	return w
}

// deps are those of a program that was started anew: the same database, and
// nothing remembered.
func (w *world) deps() Deps {
	w.Helper()
	t, d := w.T, w.d
	policy, err := access.ReadPolicy(access.Policies())
	if err != nil {
		t.Fatal(err)
	}
	return Deps{
		DB: d, People: people.New(),
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
		Staff: func(_ *db.Tx, role string) ([]ref.Account, error) {
			all := map[string][]ref.Account{access.Peer: {"rosa", "ines"}, access.Supervisor: {"sol"}, access.Coordinator: {w.lead}}[role]
			return slices.DeleteFunc(all, func(a ref.Account) bool { return a == w.away || a == "" }), nil
		},
		Near: func(_ *db.Tx, some []ref.Person) (map[ref.Person]people.Around, error) {
			out := map[ref.Person]people.Around{}
			for _, p := range some {
				out[p] = people.Around{Site: "site of " + string(p)}
			}
			return out, nil
		},
		Account: func(_ *db.Tx, person ref.Person) (ref.Account, error) {
			for who, p := range w.selves {
				if p == person {
					return ref.Account(who), nil
				}
			}
			return "", nil
		},
		Self: func(tx *db.Tx) (ref.Person, error) {
			if p, ok := w.selves[tx.Scope().Actor]; ok {
				return p, nil
			}
			return "", errs.New(errs.NotFound, "nobody's own", "")
		},
		Gate: notify.New(notify.Deps{
			DB: d, Clock: w.clk, Words: Says(), Say: func(_ i18n.Lang, key string) string { return key },
			Origin: func() string { return "https://a.example" }, Channels: map[string]notify.Channel{notify.App: w.out, notify.SMS: w.out, notify.Mail: w.out},
			Typed: func(tx *db.Tx, key string) (notify.Typed, error) { return w.s.Typed(tx, key) },
		}),
		Reply: func(_ *db.Tx, lang string) (string, error) { return "fixed words " + lang, nil },
		Zone:  func(*db.Tx) (*time.Location, error) { return time.UTC, nil },
	}
}

func as(who, role string) context.Context {
	return scope.With(context.Background(), scope.Scope{Tenant: "t1", Actor: who, Role: role, Purpose: scope.Treatment})
}

func rosa() context.Context { return as("rosa", access.Peer) }
func ines() context.Context { return as("ines", access.Peer) }

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) wants(err error, kind errs.Kind, what string) {
	w.Helper()
	if !errs.Is(err, kind) {
		w.Errorf("%s: %v, want %v", what, err, kind)
	}
}

func (w *world) person(p people.Person) (out ref.Person) {
	w.Helper()
	w.must(w.d.Write(rosa(), func(tx *db.Tx) error {
		made, err := people.New().Add(tx, p)
		out = made.ID
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "people.add", Subjects: []string{string(out)}})
	}))
	return out
}

func (w *world) walk(peer string, person ref.Person) {
	w.Helper()
	w.must(w.d.Write(as(peer, access.Peer), func(tx *db.Tx) error { return w.s.Begin(tx, person, ref.Account(peer)) }))
}

func (w *world) id() string { return id.New(w.clk.Now()) }

// call is a call of a quarter of an hour with someone, that went well.
func (w *world) call(p ref.Person) Contact {
	return Contact{SentAs: w.id(), Person: p, Way: Call, Reached: true, Minutes: 15, Went: WentWell, About: []string{"listening"}}
}

func (w *world) note(c Contact) Receipt {
	w.Helper()
	r, err := w.s.Note(rosa(), c)
	w.must(err)
	return r
}

// contact finds one of those that were read.
func (c Companionship) contact(which ref.Contact) (Noted, bool) {
	for _, n := range c.Contacts {
		if n.ID == which {
			return n, true
		}
	}
	return Noted{}, false
}

func (w *world) with(p ref.Person) Companionship {
	w.Helper()
	c, err := w.s.With(rosa(), p)
	w.must(err)
	return c
}

func (w *world) count(sql string) (n int) {
	w.Helper()
	w.must(w.d.Read(rosa(), func(tx *db.Tx) error { return tx.Row(sql).Scan(&n) }))
	return n
}
