package people

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
)

// Merge says that two records are one person. Nothing is moved and nothing is
// sealed anew: each record keeps its own key and what was written under it, and
// the person is shown by the record that was kept. So undoing it restores
// exactly what was there. Who may be told something is not widened by it: a
// consent holds for the record on which it was given.
type Merge struct {
	ID       string
	Kept     ref.Person // by which the person is shown
	Joined   ref.Person // the other one
	At       time.Time
	Actor    string
	UndoneAt time.Time
	UndoneBy string
	Version  int64
}

// Merges says what a merge's record holds.
func Merges() *field.Record[Merge] {
	return field.Define("people_merge", field.Keys[Merge]{ID: []string{"merge"}},
		field.Field[Merge]{Column: "merge", Kind: field.Ref, At: func(m *Merge) any { return &m.ID }},
		field.Field[Merge]{Column: "kept", Kind: field.Ref, FHIR: "Patient.link.where(type='replaces').other", At: func(m *Merge) any { return &m.Kept }},
		field.Field[Merge]{Column: "joined", Kind: field.Ref, FHIR: "Patient.link.where(type='replaced-by').other", At: func(m *Merge) any { return &m.Joined }},
		field.Field[Merge]{Column: "at", Kind: field.Instant, Label: saysMerged(), At: func(m *Merge) any { return &m.At }},
		field.Field[Merge]{Column: "actor", Kind: field.Ref, At: func(m *Merge) any { return &m.Actor }},
		field.Field[Merge]{Column: "undone_at", Kind: field.Instant, Label: saysParted(), At: func(m *Merge) any { return &m.UndoneAt }},
		field.Field[Merge]{Column: "undone_by", Kind: field.Ref, At: func(m *Merge) any { return &m.UndoneBy }},
		field.Field[Merge]{Column: "version", Kind: field.Version, At: func(m *Merge) any { return &m.Version }},
	)
}

// Root is the record by which a person is shown: id itself, unless it was
// joined to another.
func (s *Service) Root(tx *db.Tx, id ref.Person) (ref.Person, error) {
	for {
		var kept ref.Person
		err := tx.Row("SELECT kept FROM people_merge WHERE tenant = $1 AND joined = $2 AND undone_at = 0", id).Scan(&kept)
		if errs.Is(err, errs.NotFound) {
			return id, nil
		}
		if err != nil {
			return id, errs.Wrap("people: root", err)
		}
		id = kept
	}
}

// Same lists every record of the person that id is a record of, the one by
// which they are shown first.
func (s *Service) Same(tx *db.Tx, id ref.Person) ([]ref.Person, error) {
	root, err := s.Root(tx, id)
	out := []ref.Person{root}
	for i := 0; err == nil && i < len(out); i++ {
		var live []Merge
		live, err = s.joinedTo(tx, out[i])
		for _, m := range live {
			out = append(out, m.Joined)
		}
	}
	return out, errs.Wrap("people: same", err)
}

func (s *Service) joinedTo(tx *db.Tx, kept ref.Person) ([]Merge, error) {
	return s.merges.List(tx, "WHERE tenant = $1 AND kept = $2 AND undone_at = 0 ORDER BY at, merge", kept)
}

// Merge joins one record to another. A record that is joined already is a
// Conflict, and so are two of one person.
func (s *Service) Merge(tx *db.Tx, kept, joined ref.Person) (Merge, error) {
	a, err := s.Root(tx, kept)
	if err != nil {
		return Merge{}, err
	}
	b, err := s.Root(tx, joined)
	if err != nil {
		return Merge{}, err
	}
	if a == b {
		return Merge{}, errs.New(errs.Conflict, "people: merge", "people.error.one-already")
	}
	m := Merge{ID: id.New(tx.Now()), Kept: a, Joined: b, At: tx.Now(), Actor: tx.Scope().Actor}
	if _, err := s.merges.Insert(tx, &m); err != nil {
		return m, errs.Wrap("people: merge", err)
	}
	return m, errs.Wrap("people: merge", s.settle(tx, kept, joined, answerSame))
}

// Unmerge parts two records again. One that was parted already stays so.
func (s *Service) Unmerge(tx *db.Tx, which string) (Merge, error) {
	before, err := s.merges.Get(tx, which)
	if err != nil {
		return before, errs.Wrap("people: unmerge", err)
	}
	if !before.UndoneAt.IsZero() {
		return before, nil
	}
	tx.TakenBack(MergeKind, which)
	return s.undo(tx, before)
}

func (s *Service) undo(tx *db.Tx, before Merge) (Merge, error) {
	after := before
	after.UndoneAt, after.UndoneBy = tx.Now(), tx.Scope().Actor
	if _, err := s.merges.Update(tx, &before, &after); err != nil {
		return after, errs.Wrap("people: unmerge", err)
	}
	return after, errs.Wrap("people: unmerge", s.settle(tx, after.Kept, after.Joined, answerTwo))
}

// Together is a person as all their records say: named and reached as the first
// says, which is the one kept; a voicemail or a text only where every record
// that can be reached says yes, no calls where one says so; every word on safety.
func Together(records []Person) Person {
	out := records[0]
	for _, p := range records[1:] {
		out.Voicemail, out.Texts, out.NoCalls = out.Voicemail && p.Voicemail, out.Texts && p.Texts, out.NoCalls || p.NoCalls
		out.Phone, out.Email = first(out.Phone, p.Phone), first(out.Email, p.Email)
		out.LegalName, out.Pronouns = first(out.LegalName, p.LegalName), first(out.Pronouns, p.Pronouns)
		out.Languages = once(append(out.Languages, p.Languages...))
		if p.Safety != "" && p.Safety != out.Safety {
			out.Safety = first(out.Safety+"\n", "") + p.Safety
		}
	}
	return out
}

func first(a, b string) string {
	if a == "" {
		return b
	}
	return a
}
