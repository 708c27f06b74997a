package engagement

import (
	"time"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Around is who walks with someone, and when they were last in touch.
type Around struct {
	Peers []ref.Account
	Last  time.Time
}

// Around reads it of some people, as far as whoever is in the scope may see it: who
// sees somebody's page, both; who sees who walks with whom, that. The caller
// records the look.
func (s *Service) Around(tx *db.Tx, some []ref.Person) (map[ref.Person]Around, error) {
	matches := s.Allow(tx, "engagement.coverage", access.Resource{}) == nil
	out := make(map[ref.Person]Around, len(some))
	for _, p := range some {
		sees := s.mayWith(tx, "engagement.see", p) == nil
		if !sees && !matches {
			continue
		}
		one, err := s.aroundOne(tx, p, sees)
		if err != nil {
			return nil, errs.Wrap("engagement: around", err)
		}
		out[p] = one
	}
	return out, nil
}

// WalkPath is the page of what is done together with someone, for whoever may see it; ""
// for others.
func (s *Service) WalkPath(tx *db.Tx, person ref.Person) (string, error) {
	err := s.mayWith(tx, "engagement.see", person)
	if errs.Is(err, errs.Denied) {
		return "", nil
	}
	return walkPath(person), errs.Wrap("engagement: walk path", err)
}

func (s *Service) aroundOne(tx *db.Tx, p ref.Person, sees bool) (out Around, err error) {
	walks, err := s.with(tx, p)
	for _, w := range walks {
		out.Peers = append(out.Peers, w.Peer)
	}
	if err != nil || !sees {
		return out, err
	}
	st, err := s.standings.Get(tx, p)
	if errs.Is(err, errs.NotFound) {
		return out, nil
	}
	out.Last = st.ReachedAt
	return out, err
}
