package mine

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Part is one kind of thing that is held about a person.
type Part struct {
	Title i18n.Text
	Rows  []Row
}

// Row is one thing, with what the person said of it.
type Row struct {
	field.Held
	Said []Dispute
}

// Held reads all that is held about the person whose own account acts, in the
// order of the domains, and records the look. An account that is nobody's own
// has nothing.
func (s *Service) Held(tx *db.Tx, to field.Reader) ([]Part, error) {
	person, err := me(tx)
	if errs.Is(err, errs.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out, err := s.parts(tx, person, to)
	if err != nil {
		return nil, errs.Wrap("mine: held", err)
	}
	return out, looked(tx, "mine.held", person)
}

// parts reads it without recording the look.
func (s *Service) parts(tx *db.Tx, person ref.Person, to field.Reader) ([]Part, error) {
	to.Role = participant
	said, err := s.said(tx, person)
	if err != nil {
		return nil, err
	}
	var out []Part
	for _, r := range s.about() {
		rows, err := r.Held(tx, string(person), to)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 || r.Name() == disputeTable {
			continue // what they said stands beside what they said it of
		}
		title, _ := r.About()
		p := Part{Title: title}
		for _, h := range rows {
			p.Rows = append(p.Rows, Row{h, said[h.Row]})
		}
		out = append(out, p)
	}
	return out, nil
}
