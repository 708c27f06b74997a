package engagement

import (
	"slices"
	"sync"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Standing is how things are with a person, folded from the contacts that
// stand. It is what Today and the caseload read, one row for each person.
type Standing struct {
	Person    ref.Person
	ReachedAt time.Time // last in touch
	TriedAt   time.Time // last attempt after that
	Tries     int64     // attempts since then
	WorryAt   time.Time // when it was that someone was worried about their safety; zero once they are safe
	Next      string
	NextAt    time.Time
	NextBy    ref.Account // whose part it is
	Apart     int64       // contacts that were written apart and wait for someone to decide
	Version   int64
}

// Standings says what that record holds.
func Standings() *field.Record[Standing] { return standingRecord() }

// standingRecord is made once: pages ask for it for each line they draw.
var standingRecord = sync.OnceValue(func() *field.Record[Standing] {
	return field.Define("engagement_standing",
		field.Keys[Standing]{
			ID: []string{"person"}, Title: i18n.Text{EN: "How things stand", ES: "Cómo están las cosas", AR: "كيف تسير الأمور"},
			Subject: func(s *Standing) string { return string(s.Person) },
		},
		field.Field[Standing]{Column: "person", Kind: field.Ref, At: func(s *Standing) any { return &s.Person }},
		field.Field[Standing]{
			Column: "reached_at", Kind: field.Instant, Label: i18n.Text{EN: "Last in touch", ES: "Último contacto", AR: "آخر تواصل"},
			At: func(s *Standing) any { return &s.ReachedAt },
		},
		field.Field[Standing]{
			Column: "tried_at", Kind: field.Instant, Label: i18n.Text{EN: "Last tried", ES: "Último intento", AR: "آخر محاولة"},
			At: func(s *Standing) any { return &s.TriedAt },
		},
		field.Field[Standing]{
			Column: "tries", Kind: field.Number, Label: i18n.Text{EN: "Tries since", ES: "Intentos desde entonces", AR: "المحاولات منذ ذلك"},
			At: func(s *Standing) any { return &s.Tries },
		},
		field.Field[Standing]{
			Column: "worry_at", Kind: field.Instant, Label: i18n.Text{EN: "Worried about their safety", ES: "Preocupa su seguridad", AR: "قلق على سلامته"}, Yours: i18n.Text{EN: "Worried about your safety", ES: "Preocupa su seguridad", AR: "قلق على سلامتك"},
			At: func(s *Standing) any { return &s.WorryAt },
		},
		field.Field[Standing]{
			Column: "next", Kind: field.Choice, Options: Nexts(), Label: i18n.Text{EN: "Next", ES: "Lo que sigue", AR: "التالي"},
			At: func(s *Standing) any { return &s.Next },
		},
		field.Field[Standing]{
			Column: "next_at", Kind: field.Instant, Label: i18n.Text{EN: "On", ES: "El día", AR: "في يوم"},
			At: func(s *Standing) any { return &s.NextAt },
		},
		field.Field[Standing]{Column: "next_by", Kind: field.Ref, At: func(s *Standing) any { return &s.NextBy }},
		field.Field[Standing]{
			Column: "apart", Kind: field.Number, Label: i18n.Text{EN: "Written apart", ES: "Escritos por separado", AR: "كُتبت على حدة"},
			At: func(s *Standing) any { return &s.Apart },
		},
		field.Field[Standing]{Column: "version", Kind: field.Version, At: func(s *Standing) any { return &s.Version }},
	)
})

// A standing is made of the newest contacts, back to the last time in touch:
// nearly always the first few. What was written apart may lie further back, so
// where there is any, more than a year of a contact a day is read.
const (
	foldFew = selectFold + "LIMIT 20"
	foldAll = selectFold + "LIMIT 400"
)

const selectFold = `SELECT c.contact, c.sent_as, c.instead_of, c.reached, c.started_at
	FROM engagement_contact c WHERE c.tenant = $1 AND c.person = $2 AND c.peer <> ''` + notOver + `
	ORDER BY c.started_at DESC, c.contact DESC `

// line is what the fold reads of a contact: nothing that is sealed.
type line struct {
	Contact
	started, reached int64
}

// fold makes the standing anew from the contacts that stand, after one more was
// kept.
func (s *Service) fold(tx *db.Tx, c Contact) error {
	person := c.Person
	before, err := s.standings.Get(tx, person)
	isNew := errs.Is(err, errs.NotFound)
	if err != nil && !isNew {
		return err
	}
	lines, err := linesFor(tx, c, before)
	if err != nil {
		return err
	}
	after := standingOf(person, lines)
	after.Version = before.Version
	if err := lastSaid(tx, c, before, &after); err != nil {
		return err
	}
	if isNew {
		_, err = s.standings.Insert(tx, &after)
		return err
	}
	_, err = s.standings.Update(tx, &before, &after)
	return err
}

// linesFor reads the few newest lines where they are enough.
func linesFor(tx *db.Tx, c Contact, before Standing) ([]line, error) {
	if c.Take == 0 && c.InsteadOf == "" && before.Apart == 0 {
		few, err := readLines(tx, foldFew, c.Person)
		if err != nil || slices.ContainsFunc(few, func(l line) bool { return l.reached == 1 }) {
			return few, err
		}
	}
	return readLines(tx, foldAll, c.Person)
}

func readLines(tx *db.Tx, sql string, person ref.Person) ([]line, error) {
	rows, err := tx.Query(sql, person)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []line
	for rows.Next() {
		var l line
		err := rows.Scan(&l.ID, &l.SentAs, &l.InsteadOf, &l.reached, &l.started)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// standingOf folds lines, newest first, into when they were in touch.
func standingOf(person ref.Person, lines []line) Standing {
	out := Standing{Person: person, Apart: int64(apartIn(lines))}
	for _, l := range lines {
		at := time.UnixMicro(l.started).UTC()
		if l.reached == 1 {
			out.ReachedAt = at
			break
		}
		if out.Tries++; out.TriedAt.IsZero() {
			out.TriedAt = at
		}
	}
	return out
}

// apartIn counts the contacts that stand beside another that was sent under the
// same id, or that corrects the same one.
func apartIn(lines []line) int {
	claims := map[string]int{}
	for _, l := range lines {
		for place := range l.claims {
			claims[place]++
		}
	}
	n := 0
	for _, c := range claims {
		if c > 1 {
			n += c - 1
		}
	}
	return n
}

// claims are the places that a contact takes: that of its id, and of those that
// it corrects.
func (l line) claims(yield func(string) bool) {
	if !yield("as " + l.SentAs) {
		return
	}
	for _, old := range l.corrects() {
		if !yield("of " + old) {
			return
		}
	}
}

// apartOf are the contacts that stand beside another, wherever in the story that
// is.
func apartOf(tx *db.Tx, st Standing) (map[ref.Contact]bool, error) {
	if st.Apart == 0 {
		return nil, nil
	}
	lines, err := readLines(tx, foldAll, st.Person)
	who := map[string][]ref.Contact{}
	for _, l := range lines {
		for place := range l.claims {
			who[place] = append(who[place], l.ID)
		}
	}
	out := map[ref.Contact]bool{}
	for _, ids := range who {
		for _, id := range ids {
			out[id] = out[id] || len(ids) > 1
		}
	}
	return out, err
}
