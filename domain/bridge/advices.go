package bridge

import (
	"context"
	"strings"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
)

// Log is the log of team meetings: counts over all, and those entries that
// whoever reads may read. Nothing in it is by who gave the advice.
type Log struct {
	Total   int
	Came    map[string]int
	Entries []LogEntry // newest first
	Person  ref.Person // whom the page is about; empty for all
	Name    string     // that they use
}

// mostOutcome is how many characters say what came of advice.
const mostOutcome = 500

// adviceShown is how many entries one page shows.
const adviceShown = 50

// Log reads it. Advice about a person is shown to whoever walks with them, and
// to supervisors; to everyone else it is a number.
func (s *Service) Log(ctx context.Context) (Log, error) {
	var out Log
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "bridge.advice", access.Resource{}); err != nil {
			return err
		}
		out = Log{Came: map[string]int{}}
		if err := s.count(tx, &out); err != nil {
			return err
		}
		rows, err := s.readable(tx)
		if err != nil {
			return err
		}
		if out.Entries, err = s.entries(tx, rows); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "bridge.advice"})
	})
	return out, errs.Wrap("bridge: log", err)
}

// LogOf reads what was advised about one person, for whoever walks with them.
func (s *Service) LogOf(ctx context.Context, person ref.Person) (Log, error) {
	var out Log
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.mayAdvise(tx, person); err != nil {
			return err
		}
		p, err := s.People.Find(tx, person)
		if err != nil {
			return err
		}
		out = Log{Person: person, Name: p.Name}
		rows, err := s.advices.List(tx, "WHERE tenant = $1 AND person = $2 ORDER BY gave_at DESC, advice DESC LIMIT 50", person)
		if err != nil {
			return err
		}
		if out.Entries, err = s.entries(tx, rows); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "bridge.advice"}, string(person))
	})
	return out, errs.Wrap("bridge: log of", err)
}

const countAdvice = `SELECT COALESCE((SELECT o.came FROM bridge_outcome o WHERE o.tenant = a.tenant AND o.advice = a.advice
	ORDER BY o.noted_at DESC, o.outcome DESC LIMIT 1), 'not_known') AS stands, COUNT(*)
	FROM bridge_advice a WHERE a.tenant = $1 GROUP BY stands`

// count is over all entries, also those that whoever reads may not read.
func (s *Service) count(tx *db.Tx, out *Log) error {
	rows, err := tx.Query(countAdvice)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var came string
		var n int
		if err := rows.Scan(&came, &n); err != nil {
			return err
		}
		out.Came[came] = n
		out.Total += n
	}
	return rows.Err()
}

// readable are the entries that whoever is in the scope may read: who may not is
// told apart before anything is opened.
func (s *Service) readable(tx *db.Tx) ([]Advice, error) {
	all, err := adviceIndex(tx)
	may := map[ref.Person]bool{"": true}
	var out []Advice
	for _, a := range all {
		if _, known := may[a.Person]; !known {
			if may[a.Person], err = s.mayRead(tx, a.Person); err != nil {
				return nil, err
			}
		}
		if !may[a.Person] || len(out) == adviceShown {
			continue
		}
		row, err := s.advices.Get(tx, a.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, err
}

// adviceIndex lists ids, and whom each is about, newest first.
func adviceIndex(tx *db.Tx) ([]Advice, error) {
	rows, err := tx.Query("SELECT advice, person FROM bridge_advice WHERE tenant = $1 ORDER BY gave_at DESC, advice DESC LIMIT 500")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Advice
	for rows.Next() {
		var a Advice
		if err := rows.Scan(&a.ID, &a.Person); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}

// mayRead asks policy about one person; a no is an answer.
func (s *Service) mayRead(tx *db.Tx, person ref.Person) (bool, error) {
	_, err := s.enter(tx, Door{Person: person})
	if errs.Is(err, errs.Denied) {
		return false, nil
	}
	return err == nil, err
}

// entries adds to advice whom it is about, and what came of it.
func (s *Service) entries(tx *db.Tx, rows []Advice) ([]LogEntry, error) {
	out := make([]LogEntry, len(rows))
	var persons []ref.Person
	for i, a := range rows {
		if out[i].Advice = a; a.Person != "" {
			persons = append(persons, a.Person)
		}
	}
	names, err := s.People.Called(tx, persons)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Name = names[out[i].Person].Name
		out[i].Outcomes, err = s.outcomes.List(tx, "WHERE tenant = $1 AND advice = $2 ORDER BY noted_at, outcome LIMIT 50", out[i].ID)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Advise writes down what was said in a meeting. Its id is that of the form: the
// same form twice is one entry, and with other words it is a Conflict. With a
// person it is a record about them, and only who may write about them writes it.
func (s *Service) Advise(ctx context.Context, a Advice) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.mayAdvise(tx, a.Person); err != nil {
			return err
		}
		have, err := s.advices.Get(tx, a.ID)
		switch {
		case err == nil && (have.By != tx.Scope().Actor || have.Person != a.Person):
			tx.Settle(under(have.Person, have.Lock))
			return absent("advice of another")
		case err == nil && !sameAdvice(a, have):
			tx.Settle(under(have.Person, have.Lock))
			return other("advice, with other words")
		case err == nil:
			return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "bridge.advise", Record: adviceRow(a.ID)}, under(have.Person, have.Lock))
		case !errs.Is(err, errs.NotFound):
			return err
		}
		return s.advise(tx, a)
	})
	return errs.Wrap("bridge: advise", err)
}

func sameAdvice(sent, have Advice) bool {
	day := sent.GaveAt.IsZero() || sent.GaveAt.Equal(have.GaveAt)
	return day && strings.TrimSpace(sent.Team) == have.Team && tidy(sent.Said) == have.Said
}

// AdviceAbout is whom advice is about; NotFound when it is about nobody. It reads
// ids only.
func (s *Service) AdviceAbout(tx *db.Tx, which ref.Advice) (ref.Person, error) {
	var person ref.Person
	err := tx.Row("SELECT person FROM bridge_advice WHERE tenant = $1 AND advice = $2", which).Scan(&person)
	if err == nil && person == "" {
		err = absent("advice about nobody")
	}
	return person, err
}

func adviceRow(a ref.Advice) string { return "bridge_advice/" + string(a) }

func (s *Service) mayAdvise(tx *db.Tx, person ref.Person) error {
	if person == "" {
		return s.Allow(tx, "bridge.advise", access.Resource{})
	}
	_, err := s.enter(tx, Door{Person: person})
	return err
}

func (s *Service) advise(tx *db.Tx, a Advice) error {
	row := Advice{ID: a.ID, Person: a.Person, Team: strings.TrimSpace(a.Team), Said: tidy(a.Said), GaveAt: a.GaveAt, At: tx.Now(), By: tx.Scope().Actor}
	switch {
	case !id.Valid(string(a.ID)):
		return errs.New(errs.Invalid, "bridge: id of a form", "error.old-form")
	case row.Team == "":
		return refuse("team", "error.needed")
	case row.Said == "":
		return refuse("said", "error.needed")
	case row.GaveAt.IsZero():
		row.GaveAt = tx.Now()
	case row.GaveAt.After(tx.Now().Add(24 * time.Hour)):
		return refuse("day", "bridge.error.ahead")
	}
	if row.Person != "" {
		if _, err := s.People.Find(tx, row.Person); err != nil {
			return err
		}
	} else {
		lock, err := tx.Vault().NewSubject(tx.Scope().Tenant)
		if err != nil {
			return err
		}
		row.Lock = ref.Person(lock)
	}
	changes, err := s.advices.Insert(tx, &row)
	if err != nil {
		return err
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "bridge.advise", Record: adviceRow(row.ID), Changes: changes}, under(row.Person, row.Lock))
}

// Became adds what came of advice. What was written before stays and is read
// beside it. Its id is that of the form: the same form twice is one outcome, and
// with other words it is a Conflict.
func (s *Service) Became(ctx context.Context, o Outcome) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "bridge.advise", access.Resource{}); err != nil {
			return err
		}
		a, err := s.adviceFor(tx, o.Advice)
		if err != nil {
			return err
		}
		switch {
		case !field.Offered(Cames(), o.Came):
			return refuse("came", "error.pick-one")
		case len([]rune(o.Words)) > mostOutcome:
			return refuse("words", "bridge.error.long-500")
		}
		return s.become(tx, a, o)
	})
	return errs.Wrap("bridge: what came of it", err)
}

func (s *Service) become(tx *db.Tx, a Advice, o Outcome) error {
	have, err := s.outcomes.Get(tx, o.ID)
	switch {
	case err == nil && (have.Advice != a.ID || have.By != tx.Scope().Actor):
		tx.Settle(under(have.Person, have.Lock), under(a.Person, a.Lock))
		return absent("outcome of another")
	case err == nil && (have.Came != o.Came || have.Words != tidy(o.Words)):
		tx.Settle(under(a.Person, a.Lock))
		return other("what came of it, with other words")
	case err == nil:
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "bridge.became", Record: adviceRow(a.ID)}, under(a.Person, a.Lock))
	case !errs.Is(err, errs.NotFound):
		return err
	}
	row := Outcome{ID: o.ID, Advice: a.ID, Person: a.Person, Lock: a.Lock, Came: o.Came, Words: tidy(o.Words), At: tx.Now(), By: tx.Scope().Actor}
	changes, err := s.outcomes.Insert(tx, &row)
	if err != nil {
		return err
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "bridge.became", Record: adviceRow(a.ID), Changes: changes}, under(a.Person, a.Lock))
}

// adviceFor is advice that whoever is in the scope may read; NotFound otherwise.
func (s *Service) adviceFor(tx *db.Tx, which ref.Advice) (Advice, error) {
	a, err := s.advices.Get(tx, which)
	if err != nil || a.Person == "" {
		return a, err
	}
	ok, err := s.mayRead(tx, a.Person)
	if err == nil && !ok {
		tx.Settle(string(a.Person))
		err = absent("advice about someone else")
	}
	return a, err
}
