package people

import (
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
)

// Around is what neighbours know of someone that tells them from another of the
// same name, as far as whoever looks may see it. It is read only where two are
// shown under one name.
type Around struct {
	With []string  // work names of those who walk with them
	Last time.Time // last in touch
	Site string    // where they were last asked for
}

// tellApart reads what is around those who are shown under one name.
func (r *Registry) tellApart(tx *db.Tx, shown []Shown) error {
	names := map[string]int{}
	for i := range shown {
		names[Fold(shown[i].Name)]++
	}
	var some []ref.Person
	for i := range shown {
		if shown[i].Alike = names[Fold(shown[i].Name)] > 1; shown[i].Alike {
			some = append(some, shown[i].ids()...)
		}
	}
	if len(some) == 0 {
		return nil
	}
	around, err := r.Around(tx, some)
	for i := range shown {
		if shown[i].Alike {
			shown[i].Around = shown[i].together(around)
		}
	}
	return err
}

func (s *Shown) ids() []ref.Person {
	out := make([]ref.Person, len(s.Records))
	for i, r := range s.Records {
		out[i] = r.ID
	}
	return out
}

// together is what is around all records of someone.
func (s *Shown) together(around map[ref.Person]Around) (out Around) {
	for _, id := range s.ids() {
		a := around[id]
		for _, name := range a.With {
			if name != "" && !slices.Contains(out.With, name) {
				out.With = append(out.With, name)
			}
		}
		if a.Last.After(out.Last) {
			out.Last = a.Last
		}
		if out.Site == "" {
			out.Site = a.Site
		}
	}
	return out
}
