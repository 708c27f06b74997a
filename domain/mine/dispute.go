package mine

import (
	"errors"
	"slices"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

type words = i18n.Text

const disputeTable = "mine_dispute"

// answering is the action of who reads and answers what one person says.
const answering = "mine.said"

// mostOpen is how many open disputes one page shows.
const mostOpen = 200

// Dispute is what a person says is not right in one row that is held about
// them. It never changes the row: both stand, and whoever reads the one reads
// the other.
type Dispute struct {
	ID         ref.Dispute
	Person     ref.Person
	Row        string // of which row: its table and key
	Says       string
	At         time.Time
	Answer     string
	AnsweredAt time.Time
	AnsweredBy string
	Version    int64
}

// Disputes says what the record of it holds.
func Disputes() *field.Record[Dispute] {
	type f = field.Field[Dispute]
	return field.Define(disputeTable,
		field.Keys[Dispute]{
			ID: []string{"dispute"}, Subject: func(d *Dispute) string { return string(d.Person) },
			Title: words{EN: "What you said is not right", ES: "Lo que usted dijo que no es correcto", AR: "ما قلت إنه غير صحيح"},
		},
		f{Column: "dispute", Kind: field.Ref, At: func(d *Dispute) any { return &d.ID }},
		f{Column: "person", Kind: field.Ref, At: func(d *Dispute) any { return &d.Person }},
		f{Column: "of_row", Kind: field.Ref, At: func(d *Dispute) any { return &d.Row }},
		f{
			Column: "says", Kind: field.Long, Asked: true, Required: true, Sealed: true, Limit: 1000,
			Label: words{EN: "What is right, in your words", ES: "Qué es lo correcto, en sus palabras", AR: "ما الصحيح بكلماتك"},
			At:    func(d *Dispute) any { return &d.Says },
		},
		f{
			Column: "said_at", Kind: field.Instant, Label: words{EN: "You said so on", ES: "Lo dijo el", AR: "قلت ذلك في"},
			At: func(d *Dispute) any { return &d.At },
		},
		f{
			Column: "answer", Kind: field.Long, Sealed: true, Limit: 1000, Label: words{EN: "The answer", ES: "La respuesta", AR: "الرد"},
			At: func(d *Dispute) any { return &d.Answer },
		},
		f{
			Column: "answered_at", Kind: field.Instant, Label: words{EN: "Answered on", ES: "Respondido el", AR: "تاريخ الرد"},
			At: func(d *Dispute) any { return &d.AnsweredAt },
		},
		f{Column: "answered_by", Kind: field.Ref, At: func(d *Dispute) any { return &d.AnsweredBy }},
		f{Column: "version", Kind: field.Version, At: func(d *Dispute) any { return &d.Version }},
	)
}

// Dispute records what the person whose own account acts says of a row that is
// held about them. act is the form's: sent twice it is once. A row that is not
// theirs is NotFound.
func (s *Service) Dispute(tx *db.Tx, act, row, says string) error {
	person, err := me(tx)
	if err != nil {
		return err
	}
	if err := s.theirs(tx, person, row); err != nil {
		return err
	}
	if says = strings.TrimSpace(says); says == "" {
		return errs.At("mine: dispute", "says", "mine.needs-says")
	}
	d := Dispute{ID: ref.Dispute(act), Person: person, Row: row, Says: says, At: tx.Now()}
	changes, err := s.disputes.Insert(tx, &d)
	if err != nil {
		return errs.Wrap("mine: dispute", err)
	}
	return changed(tx, "mine.dispute", person, disputeTable+"/"+act, changes)
}

// theirs answers NotFound for a row that is not held about the person.
func (s *Service) theirs(tx *db.Tx, person ref.Person, row string) error {
	all, err := s.Same(tx, person)
	if err != nil {
		return err
	}
	table, _, _ := strings.Cut(row, "/")
	for _, r := range s.about() {
		if r.Name() != table || table == disputeTable {
			continue
		}
		rows, err := heldOf(tx, r, all, field.Reader{Words: &i18n.Words{}, Zone: time.UTC, Role: participant})
		if err != nil {
			return err
		}
		for _, h := range rows {
			if h.Row == row {
				return nil
			}
		}
	}
	looks, _ := tx.Owed()
	tx.Settle(looks...)
	return errs.New(errs.NotFound, "mine: row of nobody", "")
}

// said is what a person said, by row, oldest first.
func (s *Service) said(tx *db.Tx, person ref.Person) (map[string][]Dispute, error) {
	list, err := s.disputes.List(tx, "WHERE tenant = $1 AND person = $2 ORDER BY said_at, dispute", person)
	out := map[string][]Dispute{}
	for _, d := range list {
		out[d.Row] = append(out[d.Row], d)
	}
	return out, err
}

// Said is what a person said of their rows, for whoever shows one of them. The
// caller records the look.
func (s *Service) Said(tx *db.Tx, person ref.Person) (map[string][]Dispute, error) {
	out, err := s.said(tx, person)
	return out, errs.Wrap("mine: said", err)
}

// Open lists what was said and not answered yet, oldest first, by everyone for whom may
// is not Denied: of the others no word is read. Where there is more than a page shows,
// everybody's first comes before anybody's second. The caller records the look at each
// person.
func (s *Service) Open(tx *db.Tx, may func(ref.Person) error) ([]Dispute, error) {
	rows, err := s.openOnes(tx)
	if err != nil {
		return nil, errs.Wrap("mine: open", err)
	}
	var out []Dispute
	asked := map[ref.Person]error{}
	for _, o := range rows {
		if len(out) == mostOpen {
			break
		}
		no, known := asked[o.Person]
		if !known {
			no = may(o.Person)
			asked[o.Person] = no
		}
		if errs.Is(no, errs.Denied) {
			continue
		}
		d, err := s.disputes.Get(tx, o.ID)
		if err := errors.Join(no, err); err != nil {
			return nil, errs.Wrap("mine: open", err)
		}
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b Dispute) int { return a.At.Compare(b.At) })
	return out, nil
}

// mostOfOne is how many open disputes of one person a page shows.
const mostOfOne = 20

// openOnes are which disputes are open and whose they are, and nothing of what they
// say: of each person the oldest, then of each the next.
func (s *Service) openOnes(tx *db.Tx) ([]Dispute, error) {
	rows, err := tx.Query(`SELECT dispute, person FROM (
			SELECT dispute, person, said_at, ROW_NUMBER() OVER (PARTITION BY person ORDER BY said_at, dispute) AS nth
			FROM mine_dispute WHERE tenant = $1 AND answered_at = 0
		) ranked WHERE nth <= $2 ORDER BY nth, said_at, dispute`, mostOfOne)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Dispute
	for rows.Next() {
		var d Dispute
		if err := rows.Scan(&d.ID, &d.Person); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

// Answer records what the organisation says to it. What was answered is not
// answered again: Conflict.
func (s *Service) Answer(tx *db.Tx, which ref.Dispute, answer string) error {
	before, err := s.disputes.Get(tx, which)
	switch {
	case err != nil:
		return errs.Wrap("mine: answer", err)
	case !before.AnsweredAt.IsZero():
		return errs.New(errs.Conflict, "mine: answer", "mine.answered")
	case strings.TrimSpace(answer) == "":
		return errs.At("mine: answer", "answer", "mine.needs-answer")
	}
	after := before
	after.Answer, after.AnsweredAt, after.AnsweredBy = strings.TrimSpace(answer), tx.Now(), tx.Scope().Actor
	changes, err := s.disputes.Update(tx, &before, &after)
	if err != nil {
		return errs.Wrap("mine: answer", err)
	}
	return changed(tx, "mine.answer", after.Person, disputeTable+"/"+string(which), changes)
}
