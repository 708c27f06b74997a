package bridge

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
	"alongside/platform/id"
	"alongside/platform/job"
	"alongside/platform/notify"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// world is an organisation with two peers, rosa and ines, and a supervisor,
// sol. Rosa walks with blue, who has an account; nobody walks with fern.
type world struct {
	*testing.T
	d          *db.DB
	clk        *clock.Fake
	s          *Service
	out        *outlet
	rungs      *rungs
	told       int // how often pages were told to look again
	blue, fern ref.Person
}

// outlet stands for the one door: the clinic may read a note that touches on
// what the consent names, and nobody else may.
type outlet struct {
	covers []string // labels of the consent for the clinic; nil while there is none
	name   bool     // it names the name too
	told   []Note
}

func (o *outlet) Recipients(*db.Tx) ([]Recipient, error) {
	return []Recipient{{"clinic", "Made-up Clinic"}, {"ward", "Made-up Ward"}}, nil
}

func (o *outlet) Covers(_ *db.Tx, n Note) (bool, error) {
	strange := func(l string) bool { return !slices.Contains(o.covers, l) }
	return o.covers != nil && n.Recipient == "clinic" && !slices.ContainsFunc(n.Touches, strange), nil
}

func (o *outlet) Tell(tx *db.Tx, n Note) (Told, error) {
	if ok, _ := o.Covers(tx, n); !ok {
		return Told{}, errs.New(errs.Denied, "tell", "")
	}
	o.told = append(o.told, n)
	return Told{Notice: "the law says", Named: o.name}, audit.Write(tx, audit.Entry{
		Kind: audit.Disclosure, Action: "disclose.consent", Subjects: []string{string(n.Person)}, To: string(n.Recipient), Under: "consent1",
	})
}

func (o *outlet) Readings(tx *db.Tx, n Note) ([]Reading, error) {
	var out []Reading
	for _, t := range o.told {
		if t.ID == n.ID {
			out = append(out, Reading{tx.Now(), "Made-up Clinic"})
		}
	}
	return out, nil
}

// rungs stand for the rota's ladder, and for the wards that ask.
type rungs struct{ heard []string }

func (r *rungs) ByLink(context.Context, string) (Ward, error) { return mercy(), nil }
func (r *rungs) One(*db.Tx, ref.Site) (Ward, error)           { return mercy(), nil }

func (r *rungs) Happened(_ *db.Tx, what string, l Live) error {
	r.heard = append(r.heard, what)
	return nil
}

func (r *rungs) Asks(*db.Tx, ref.Live) (string, error)       { return "", nil }
func (r *rungs) Standing(*db.Tx, ref.Live) (Standing, error) { return Standing{Phone: true}, nil }

func mercy() Ward {
	return Ward{ID: "mercy", Name: "Mercy", Duty: "555-0100", Promise: 30 * time.Minute}
}

func tables() []db.Migrations {
	return []db.Migrations{
		job.Migrations(), notify.Migrations(), {Name: "audit", FS: audit.Migrations()}, {Name: "people", FS: people.Migrations()}, {Name: "bridge", FS: Migrations()},
	}
}

func each(t *testing.T, fn func(w *world)) {
	dbtest.Run(t, tables(), func(t *testing.T, d *db.DB, _ *seal.Vault, clk *clock.Fake) {
		w := &world{T: t, d: d, clk: clk, out: &outlet{covers: []string{"MH"}}, rungs: &rungs{}}
		w.s = New(w.deps())
		w.blue, w.fern = w.person("Blue"), w.person("Fern")
		fn(w)
	})
}

func (w *world) deps() Deps {
	w.Helper()
	policy, err := access.ReadPolicy(access.Policies())
	w.must(err)
	return Deps{
		DB: w.d, People: people.New(), Out: w.out,
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
		Self: func(tx *db.Tx) (ref.Person, error) {
			if tx.Scope().Actor == "blue-account" {
				return w.blue, nil
			}
			return "", errs.New(errs.NotFound, "nobody's own", "")
		},
		Walks: func(_ *db.Tx, peer ref.Account, person ref.Person) (bool, error) {
			return peer == "rosa" && person == w.blue, nil
		},
		Wards: w.rungs, Ladder: w.rungs, Changed: func(string) { w.told++ },
	}
}

func as(who, role string) context.Context {
	return scope.With(context.Background(), scope.Scope{Tenant: "t1", Actor: who, Role: role, Purpose: scope.Treatment})
}

func rosa() context.Context  { return as("rosa", access.Peer) }
func ines() context.Context  { return as("ines", access.Peer) }
func sol() context.Context   { return as("sol", access.Supervisor) }
func blues() context.Context { return as("blue-account", access.Participant) }

// visitor is whoever holds a link.
func visitor() context.Context {
	return scope.With(context.Background(), scope.Scope{Tenant: "t1", Actor: "link:abcd1234", Purpose: scope.Treatment})
}

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

func (w *world) id() string { return id.New(w.clk.Now()) }

func (w *world) person(name string) (out ref.Person) {
	w.Helper()
	w.must(w.d.Write(rosa(), func(tx *db.Tx) error {
		made, err := people.New().Add(tx, people.Person{Name: name})
		out = made.ID
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "people.add", Subjects: []string{string(out)}})
	}))
	return out
}

func (w *world) count(sql string) (n int) {
	w.Helper()
	w.must(w.d.Read(rosa(), func(tx *db.Tx) error { return tx.Row(sql).Scan(&n) }))
	return n
}
