package mine

import (
	"context"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// pageful is how many people one transaction looks at.
const pageful = 100

// Due is what one rule would do now, or did.
type Due struct {
	Rule
	People int64 `json:"people"` // whom it is about
	Rows   int64 `json:"rows"`   // that go
}

// Retention says what each rule would do now. With apply it does it: rows of
// those who left go when their years are over, and people about whom nothing was
// recorded for as long as the organisation decided leave. Each is recorded.
func (s *Service) Retention(ctx context.Context, apply bool) ([]Due, error) {
	var out []Due
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "mine.retention"); err != nil {
			return err
		}
		rules, err := s.rules(tx)
		out = nil
		for _, r := range rules {
			out = append(out, Due{Rule: r})
		}
		return err
	})
	if err != nil {
		return nil, errs.Wrap("mine: retention", err)
	}
	for i := range out {
		if err := s.due(ctx, &out[i], apply); err != nil {
			return nil, errs.Wrap("mine: retention of "+out[i].Code, err)
		}
	}
	return out, nil
}

func (s *Service) due(ctx context.Context, d *Due, apply bool) error {
	switch {
	case d.Years == 0:
		return nil
	case d.Keep == KeepQuiet:
		return s.each(ctx, d, s.People, func(tx *db.Tx, p ref.Person, d *Due) error { return s.quiet(tx, p, d, apply) })
	case d.Keep == KeepYears:
		return s.each(ctx, d, s.leftBefore, func(tx *db.Tx, p ref.Person, d *Due) error { return s.old(tx, p, d, apply) })
	}
	return nil
}

type lister func(tx *db.Tx, after ref.Person, most int) ([]ref.Person, error)

// each goes through people a page at a time, a transaction each. What do counts
// on the way is added to d when it is on disk.
func (s *Service) each(ctx context.Context, d *Due, list lister, do func(*db.Tx, ref.Person, *Due) error) error {
	last := ref.Person("")
	for {
		var people []ref.Person
		var page Due
		err := s.DB.Write(ctx, func(tx *db.Tx) (err error) {
			page = Due{Rule: d.Rule}
			if people, err = list(tx, last, pageful); err != nil {
				return err
			}
			for _, p := range people {
				if err := do(tx, p, &page); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if d.People, d.Rows = d.People+page.People, d.Rows+page.Rows; len(people) < pageful {
			return nil
		}
		last = people[len(people)-1]
	}
}

// leftBefore lists those who left, by id, after one of them.
func (s *Service) leftBefore(tx *db.Tx, after ref.Person, most int) ([]ref.Person, error) {
	return db.Column[ref.Person](tx, "SELECT person FROM mine_leaving WHERE tenant = $1 AND person > $2 AND erased_at > 0 ORDER BY person LIMIT $3", after, most)
}

// old lets the rows of someone who left go, when the rule's years are over.
func (s *Service) old(tx *db.Tx, person ref.Person, d *Due, apply bool) error {
	var left time.Time
	if err := tx.Row("SELECT asked_at FROM mine_leaving WHERE tenant = $1 AND person = $2", person).Scan(&left); err != nil {
		return err
	}
	if tx.Now().Before(d.until(left)) {
		return nil
	}
	for _, r := range s.about() {
		if r.Name() != d.Record {
			continue
		}
		n, err := r.Count(tx, string(person))
		if err != nil || n == 0 {
			return err
		}
		d.People, d.Rows = d.People+1, d.Rows+n
		if !apply {
			return nil
		}
		if _, err := r.Forget(tx, string(person)); err != nil {
			return err
		}
		return changed(tx, "mine.retention", person, d.Record, nil)
	}
	return nil
}

// quiet lets someone leave about whom nothing was recorded for the rule's years, by
// any of their records.
func (s *Service) quiet(tx *db.Tx, person ref.Person, d *Due, apply bool) error {
	var n int64
	err := tx.Row("SELECT COUNT(*) FROM mine_leaving WHERE tenant = $1 AND person = $2", person).Scan(&n)
	if err != nil || n > 0 {
		return err
	}
	all, err := s.Same(tx, person)
	if err != nil {
		return err
	}
	last, err := audit.HistoryOf(tx, all, 1)
	if err != nil || len(last) == 0 || last[0].When().AddDate(d.Years, 0, 0).After(tx.Now()) {
		return err
	}
	d.People++
	if !apply {
		return nil
	}
	return s.Leave(tx, person, WhyQuiet)
}
