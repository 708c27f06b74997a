package mine

import (
	"maps"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/module"
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
	all, err := s.Same(tx, person)
	if err != nil {
		return nil, err
	}
	said := map[string][]Dispute{}
	for _, p := range all {
		more, err := s.said(tx, p)
		if err != nil {
			return nil, err
		}
		maps.Copy(said, more)
	}
	var out []Part
	for _, r := range s.about() {
		rows, err := heldOf(tx, r, all, to)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 || r.Name() == disputeTable {
			continue // what they said stands beside what they said it of
		}
		if r.Name() == consent.Consents().Table {
			if err := s.Consents.Naming(tx, rows, to); err != nil {
				return nil, err
			}
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

// heldOf reads what one record holds about a person, by each of their records.
func heldOf(tx *db.Tx, r module.Record, all []ref.Person, to field.Reader) (out []field.Held, err error) {
	for _, p := range all {
		rows, err := r.Held(tx, string(p), to)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}
