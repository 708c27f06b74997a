package people

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Namesakes reads what tells apart those of a list who are shown under one name,
// or under none; nobody else is in what it returns. The caller records the look.
func (s *Service) Namesakes(tx *db.Tx, list map[ref.Person]Person, around func(*db.Tx, []ref.Person) (map[ref.Person]Around, error)) (map[ref.Person]*Shown, error) {
	names := map[string]int{}
	for _, p := range list {
		names[Fold(p.Name)]++
	}
	var some []ref.Person
	for id, p := range list {
		if names[Fold(p.Name)] > 1 {
			some = append(some, id)
		}
	}
	if len(some) == 0 {
		return nil, nil
	}
	whole, err := s.Several(tx, some)
	if err != nil {
		return nil, errs.Wrap("people: namesakes", err)
	}
	near, err := around(tx, some)
	out := make(map[ref.Person]*Shown, len(some))
	for _, id := range some {
		p := list[id]
		p.Pronouns, p.CreatedAt = whole[id].Pronouns, whole[id].CreatedAt
		out[id] = &Shown{Person: p, Alike: true, Around: near[id]}
	}
	return out, errs.Wrap("people: namesakes", err)
}
