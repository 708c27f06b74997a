package engagement

import (
	"context"
	"slices"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Door is how someone comes to what is a person's: a worker to a person, or the
// person to their own.
type Door struct {
	Person ref.Person
	Own    bool // Person is whoever's account it is
}

// enter decides, and returns whom it is about.
func (s *Service) enter(tx *db.Tx, d Door, action string) (ref.Person, error) {
	if !d.Own {
		return d.Person, s.mayWith(tx, action, d.Person)
	}
	if err := s.Allow(tx, "engagement.own", ownList(tx)); err != nil {
		return "", err
	}
	return s.Self(tx)
}

// Plan is a person's plan: what stands of each part, and their stones.
type Plan struct {
	Person people.Person
	Parts  map[string][]Edit // what stands; more than one when they were written apart
	Before map[string]int    // how many writings of the part came before
	Stones []Stone           // oldest first; those laid aside are not among them
	Carry  Carry
	Rests  bool   // it may be on the phone of whoever looks
	Reader string // the account that reads
	Theirs string // the person's own account; "" when they have none
	Names  map[ref.Account]string
}

// text is what stands of a part, in one piece.
func (p Plan) text(part string) string {
	var out []string
	for _, e := range p.Parts[part] {
		if e.Body != "" {
			out = append(out, e.Body)
		}
	}
	return strings.Join(out, "\n")
}

// Plan reads a person's plan.
func (s *Service) Plan(ctx context.Context, d Door) (Plan, error) {
	var out Plan
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		person, err := s.enter(tx, d, "engagement.plan")
		if err != nil {
			return err
		}
		if out, err = s.plan(tx, person); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.plan"}, string(person))
	})
	return out, errs.Wrap("engagement: plan", err)
}

func (s *Service) plan(tx *db.Tx, person ref.Person) (Plan, error) {
	p := Plan{Parts: map[string][]Edit{}, Before: map[string]int{}}
	var err error
	if p.Person, err = s.People.Find(tx, person); err != nil {
		return p, err
	}
	rows, err := s.edits.List(tx, "WHERE tenant = $1 AND person = $2 ORDER BY written_at, edit", person)
	if err != nil {
		return p, err
	}
	over, err := s.replaced(tx, person)
	if err != nil {
		return p, err
	}
	var writers []ref.Account
	for _, e := range rows {
		if len(over[string(e.ID)]) > 0 {
			p.Before[e.Part]++
			continue
		}
		p.Parts[e.Part] = append(p.Parts[e.Part], e)
		writers = append(writers, ref.Account(e.By))
	}
	p.Reader = tx.Scope().Actor
	own, err := s.Account(tx, person)
	if err != nil {
		return p, err
	}
	p.Theirs = string(own)
	if p.Carry, err = s.carryOf(tx, person); err != nil {
		return p, err
	}
	walks, err := s.with(tx, person)
	if err != nil {
		return p, err
	}
	p.Rests = p.Carry.Peers && along(tx, walks)
	if p.Names, err = s.Names(tx, writers); err != nil {
		return p, err
	}
	p.Stones, err = s.stones.List(tx, "WHERE tenant = $1 AND person = $2 AND gone_at = 0 ORDER BY made_at, stone LIMIT 200", person)
	return p, err
}

// Write keeps one writing of one part. SentAs and InsteadOf are as in Note. When
// someone else wrote the part in the meantime both stand, and Apart says so.
func (s *Service) Write(ctx context.Context, d Door, e Edit) (Receipt, error) {
	var out Receipt
	err := s.write(ctx, func(tx *db.Tx) error {
		person, err := s.enter(tx, d, "engagement.plan")
		if err != nil {
			return err
		}
		e := e
		e.Person, e.By, e.At = person, tx.Scope().Actor, tx.Now()
		e.Body = strings.TrimSpace(e.Body)
		e.InsteadOf = strings.Join(slices.Compact(slices.Sorted(slices.Values(e.replaces()))), " ")
		k, err := s.written().put(tx, e)
		if err != nil {
			return err
		}
		if k.New {
			if err := s.takePlace(tx, person, string(k.Row.ID), k.Row.replaces()); err != nil {
				return err
			}
		}
		stands, err := s.standing(tx, person, e.Part)
		out = Receipt{ID: string(k.Row.ID), Apart: k.Fate == apart || stands > 1}
		if err != nil {
			return err
		}
		if err := s.showApart(tx, person, &out); err != nil {
			return err
		}
		return audit.Record(tx, k.leaf("engagement.plan", "engagement_edit/"+string(k.Row.ID)), string(person))
	})
	return out, errs.Wrap("engagement: write", err)
}

// showApart reads the plan for whoever has to see two writings, in the
// transaction that keeps them: no page says then that nothing was kept.
func (s *Service) showApart(tx *db.Tx, person ref.Person, r *Receipt) error {
	if !r.Apart {
		return nil
	}
	both, err := s.plan(tx, person)
	if err != nil {
		return err
	}
	r.Plan = &both
	return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.plan"}, string(person))
}

const selectStanding = `SELECT COUNT(*) FROM engagement_edit e WHERE e.tenant = $1 AND e.person = $2 AND e.part = $3 AND NOT EXISTS (
	SELECT 1 FROM engagement_over o WHERE o.tenant = e.tenant AND o.old = e.edit AND o.person = e.person)`

// standing is how many writings of a part stand.
func (s *Service) standing(tx *db.Tx, person ref.Person, part string) (n int, err error) {
	err = tx.Row(selectStanding, person, part).Scan(&n)
	return n, err
}

func (s *Service) written() once[Edit] {
	return once[Edit]{
		rec:  s.edits,
		mark: func(e *Edit) (string, *int64) { return e.SentAs, &e.Take },
		name: func(e *Edit, id string) { e.ID = ref.Edit(id) },
		same: func(have, sent *Edit) bool {
			return have.Person == sent.Person && have.By == sent.By && have.Part == sent.Part && have.Body == sent.Body && have.InsteadOf == sent.InsteadOf
		},
		may: func(_ *db.Tx, e *Edit) error {
			if !isPart(e.Part) {
				return absent("part of a plan")
			}
			if len([]rune(e.Body)) > mostWords {
				return refuse("body-"+e.Part, "engagement.error.long")
			}
			return nil
		},
	}
}

const mostWords = 2000

// AddStone keeps a step or a milestone. Its id is that of the form.
func (s *Service) AddStone(ctx context.Context, d Door, st Stone) error {
	err := s.write(ctx, func(tx *db.Tx) error {
		person, err := s.enter(tx, d, "engagement.plan")
		if err != nil {
			return err
		}
		have, err := s.stones.Get(tx, st.ID)
		switch {
		case err == nil && have.Person != person:
			tx.Settle(string(have.Person))
			return absent("stone of another")
		case err == nil:
			return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.stone"}, string(person))
		case !errs.Is(err, errs.NotFound):
			return err
		}
		row := st
		row.Person, row.MadeAt, row.MadeBy = person, tx.Now(), tx.Scope().Actor
		changes, err := s.stones.Insert(tx, &row)
		if err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "engagement.stone", Record: "engagement_stone/" + string(row.ID), Changes: filled(changes)})
	})
	return errs.Wrap("engagement: add a stone", err)
}

// What can be done with a stone.
const (
	Done   = "done"
	Undone = "undone"
	Gone   = "gone"
)

// TurnStone marks a stone as done, takes that back, or lays it aside. Twice is
// once.
func (s *Service) TurnStone(ctx context.Context, d Door, which ref.Stone, how string) error {
	err := s.write(ctx, func(tx *db.Tx) error {
		person, err := s.enter(tx, d, "engagement.plan")
		if err != nil {
			return err
		}
		before, err := s.stones.Get(tx, which)
		if err == nil && before.Person != person {
			tx.Settle(string(before.Person))
			err = absent("stone of another")
		}
		if err != nil {
			return err
		}
		after := before
		switch {
		case how == Done && before.DoneAt.IsZero():
			after.DoneAt = tx.Now()
		case how == Undone:
			after.DoneAt = time.Time{}
		case how == Gone:
			after.GoneAt = tx.Now()
		case how != Done:
			return absent("turn of a stone")
		}
		changes, err := s.stones.Update(tx, &before, &after)
		if err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "engagement.stone", Record: "engagement_stone/" + string(which), Changes: changes})
	})
	return errs.Wrap("engagement: turn a stone", err)
}
