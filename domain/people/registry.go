package people

import (
	"context"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Deps are what a registry is made of. All are required.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock // how long the writing door was held, and nothing else
	People   *Service
	Allow    func(tx *db.Tx, action string) error                              // policy; errs.Denied
	AllowOf  func(tx *db.Tx, action string, person ref.Person) error           // the same about one person
	Caseload func(tx *db.Tx, account ref.Account) ([]ref.Person, error)        // whom someone walks with
	Around   func(tx *db.Tx, some []ref.Person) (map[ref.Person]Around, error) // as far as the asker may see it; owes looks
	Walk     func(tx *db.Tx, person ref.Person) (string, error)                // the page of what is done together, for who may see it; "" for others
	Parted   func(tx *db.Tx, m Merge) error                                    // two records are two people again; may be told of the same more than once
}

// Registry is what those who work here can do with people: find, take in from a
// file, see, join and part. Each method asks policy and records what was seen or
// changed in the transaction in which it happened.
type Registry struct{ Deps }

// NewRegistry returns the registry.
func NewRegistry(d Deps) *Registry { return &Registry{d} }

func (r *Registry) write(ctx context.Context, op, action string, do func(tx *db.Tx) error) error {
	err := r.DB.Write(ctx, func(tx *db.Tx) error {
		if err := r.Allow(tx, action); err != nil {
			return err
		}
		return do(tx)
	})
	return errs.Wrap("people: "+op, err)
}

// about is write where what is decided is about one person.
func (r *Registry) about(ctx context.Context, op, action string, person ref.Person, do func(tx *db.Tx) error) error {
	err := r.DB.Write(ctx, func(tx *db.Tx) error {
		if err := r.AllowOf(tx, action, person); err != nil {
			return err
		}
		return do(tx)
	})
	return errs.Wrap("people: "+op, err)
}

// look records that these people were shown.
func look(tx *db.Tx, action string, shown ...ref.Person) error {
	if len(shown) == 0 {
		return nil
	}
	return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: action, Subjects: plain(shown)})
}

func changed(tx *db.Tx, action, record string, about ...ref.Person) error {
	return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: action, Subjects: plain(about), Record: record})
}

func plain(list []ref.Person) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = string(p)
	}
	return out
}

// Shown is a person on a page: what all their records say together.
type Shown struct {
	Person
	Records []Person // the one they are shown by first
	Merges  []Merge  // what joined the others
	Walk    string   // the page of what is done together; "" where it is not for whoever looks

	Alike  bool // a search shows another of the same name
	Around      // read where that is so
}

// One is a person with all their records.
func (r *Registry) One(ctx context.Context, id ref.Person) (Shown, error) {
	var out Shown
	err := r.about(ctx, "one", "people.view", id, func(tx *db.Tx) error {
		same, err := r.People.Same(tx, id)
		if err != nil {
			return err
		}
		if out, err = r.shown(tx, same); err != nil {
			return err
		}
		for _, record := range same {
			live, err := r.People.joinedTo(tx, record)
			if err != nil {
				return err
			}
			out.Merges = append(out.Merges, live...)
		}
		if out.Walk, err = r.Walk(tx, out.ID); err != nil {
			return err
		}
		return look(tx, "people.view", same...)
	})
	return out, err
}

func (r *Registry) shown(tx *db.Tx, same []ref.Person) (Shown, error) {
	found, err := r.People.Several(tx, same)
	if err != nil {
		return Shown{}, err
	}
	var out Shown
	for _, id := range same {
		if p, here := found[id]; here {
			out.Records = append(out.Records, p)
		}
	}
	if len(out.Records) == 0 {
		return out, errs.New(errs.NotFound, "people: nobody", "")
	}
	out.Person = Together(out.Records)
	return out, nil
}

// Join says that two records are one person, shown by the first from now on.
func (r *Registry) Join(ctx context.Context, kept, joined ref.Person) error {
	return r.write(ctx, "join", "people.join", func(tx *db.Tx) error {
		if err := r.here(tx, kept, joined); err != nil {
			return err
		}
		m, err := r.People.Merge(tx, kept, joined)
		if err != nil {
			return err
		}
		return changed(tx, "people.join", "people_merge/"+m.ID, m.Kept, m.Joined)
	})
}

// Undo parts two records that were joined; both are what they were.
func (r *Registry) Undo(ctx context.Context, merge string) (ref.Person, error) {
	var kept ref.Person
	err := r.write(ctx, "undo", "people.join", func(tx *db.Tx) error {
		m, err := r.People.Unmerge(tx, merge)
		if err != nil {
			return err
		}
		kept = m.Kept
		if err := r.Parted(tx, m); err != nil {
			return err
		}
		return changed(tx, "people.part", "people_merge/"+m.ID, m.Kept, m.Joined)
	})
	return kept, err
}

// Part says that two records are two people.
func (r *Registry) Part(ctx context.Context, a, b ref.Person) error {
	return r.write(ctx, "part", "people.join", func(tx *db.Tx) error {
		if err := r.here(tx, a, b); err != nil {
			return err
		}
		if err := r.People.Part(tx, a, b); err != nil {
			return err
		}
		return changed(tx, "people.part", "", a, b)
	})
}

// here is NotFound unless every one of them is here. It reads only ids.
func (r *Registry) here(tx *db.Tx, list ...ref.Person) error {
	for _, p := range list {
		var id ref.Person
		if err := tx.Row("SELECT person FROM people_person WHERE tenant = $1 AND person = $2", p).Scan(&id); err != nil {
			return err
		}
	}
	return nil
}

// Pair is two records that may be one person, as a page shows them.
type Pair struct {
	Proposal
	A, B Person
}

// pairsMost is how many proposals stand on one page.
const pairsMost = 20

// Pairs lists what is to be decided, oldest first, and how many there are
// besides.
func (r *Registry) Pairs(ctx context.Context) (list []Pair, more int, err error) {
	err = r.write(ctx, "pairs", "people.join", func(tx *db.Tx) error {
		list = nil
		open, err := r.People.Open(tx, pairsMost)
		if err != nil || len(open) == 0 {
			return err
		}
		var all int
		if err := tx.Row("SELECT COUNT(*) FROM people_proposal WHERE tenant = $1 AND decided_at = 0").Scan(&all); err != nil {
			return err
		}
		more = all - len(open)
		var ids []ref.Person
		for _, p := range open {
			ids = append(ids, p.One, p.Two)
		}
		found, err := r.People.Several(tx, ids)
		if err != nil {
			return err
		}
		for _, p := range open {
			list = append(list, Pair{p, found[p.One], found[p.Two]})
		}
		return look(tx, "people.compare", ids...)
	})
	return list, more, err
}

// Edit changes what a person's own record says; change gets the present one.
func (r *Registry) Edit(ctx context.Context, id ref.Person, change func(*Person)) error {
	return r.about(ctx, "edit", "people.edit", id, func(tx *db.Tx) error {
		before, err := r.People.Find(tx, id)
		if err != nil {
			return err
		}
		after := before
		change(&after)
		after.Provisional = false
		changes, err := r.People.Update(tx, before, after)
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{
			Kind: audit.Change, Action: "people.edit", Subjects: []string{string(id)}, Record: "people_person/" + string(id), Changes: changes,
		})
	})
}
