package engagement

import (
	"slices"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Over says that one writing took the place of another. Both stay.
type Over struct {
	Old, New string
	Person   ref.Person
}

// Overs says what that record holds.
func Overs() *field.Record[Over] {
	return field.Define("engagement_over",
		field.Keys[Over]{
			ID: []string{"old", "new"}, Title: i18n.Text{EN: "What was written anew", ES: "Lo que se volvió a escribir", AR: "ما كُتب من جديد"},
			Subject: func(o *Over) string { return string(o.Person) },
		},
		field.Field[Over]{Column: "old", Kind: field.Ref, At: func(o *Over) any { return &o.Old }},
		field.Field[Over]{Column: "new", Kind: field.Ref, At: func(o *Over) any { return &o.New }},
		field.Field[Over]{Column: "person", Kind: field.Ref, At: func(o *Over) any { return &o.Person }},
	)
}

// replacements are the writings about a person that others took the place of,
// each with what did.
type replacements map[string][]string

func (s *Service) replaced(tx *db.Tx, person ref.Person) (replacements, error) {
	rows, err := s.overs.List(tx, "WHERE tenant = $1 AND person = $2 ORDER BY new", person)
	out := make(replacements, len(rows))
	for _, o := range rows {
		out[o.Old] = append(out[o.Old], o.New)
	}
	return out, err
}

// reaches reports whether to took the place of from, or of what did, and so on.
func (r replacements) reaches(from, to string) bool {
	return from == to || slices.ContainsFunc(r[from], func(next string) bool { return r.reaches(next, to) })
}

// takePlace notes that the new writing takes the place of the old ones. An old
// one that has not arrived yet is replaced as soon as it does. Two that would
// take each other's place both stay.
func (s *Service) takePlace(tx *db.Tx, person ref.Person, writing string, old []string) error {
	if len(old) == 0 {
		return nil
	}
	have, err := s.replaced(tx, person)
	if err != nil {
		return err
	}
	for _, o := range slices.Compact(slices.Sorted(slices.Values(old))) {
		if have.reaches(writing, o) {
			continue
		}
		if _, err := s.overs.Insert(tx, &Over{Old: o, New: writing, Person: person}); err != nil {
			return err
		}
	}
	return nil
}
