package engagement

import (
	"context"
	"slices"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Unmet is one page of those who came in by a file and with whom nobody has
// walked yet, who came first on top.
type Unmet struct {
	People []people.Shown
	From   ref.Person // the page begins after them
	More   bool
	Peers  []Peer
}

// mostUnmet is how far they are counted: a number that is read is a small one.
const mostUnmet = 1000

// Of records that are one person, the one that they are shown by stands for all.
const fromUnmet = ` FROM people_unmet u WHERE u.tenant = $1 AND u.person > $2
	AND NOT EXISTS (SELECT 1 FROM people_merge m WHERE m.tenant = $1 AND m.joined = u.person AND m.undone_at = 0)
	AND NOT EXISTS (SELECT 1 FROM engagement_walk w WHERE w.tenant = $1 AND w.person = u.person)
	AND NOT EXISTS (SELECT 1 FROM people_merge m JOIN engagement_walk w ON w.tenant = m.tenant AND w.person = m.joined
		WHERE m.tenant = $1 AND m.kept = u.person AND m.undone_at = 0)`

func countUnmet(tx *db.Tx) (n int, err error) {
	err = tx.Row("SELECT COUNT(*) FROM (SELECT u.person"+fromUnmet+" LIMIT $3) AS waiting", "", mostUnmet).Scan(&n)
	return n, err
}

// Unmet reads a page of them for whoever sees who walks with whom, after one of
// them.
func (s *Service) Unmet(ctx context.Context, after ref.Person) (Unmet, error) {
	var out Unmet
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		out = Unmet{From: after}
		if err := s.Allow(tx, "engagement.coverage", access.Resource{}); err != nil {
			return err
		}
		if err := s.unmet(tx, &out); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.coverage"})
	})
	return out, errs.Wrap("engagement: unmet", err)
}

func (s *Service) unmet(tx *db.Tx, out *Unmet) error {
	ids, err := db.Column[ref.Person](tx, "SELECT u.person"+fromUnmet+" ORDER BY u.person LIMIT $3", out.From, mostGaps+1)
	if err != nil {
		return err
	}
	if out.More = len(ids) > mostGaps; out.More {
		ids = ids[:mostGaps]
	}
	if out.Peers, err = s.takers(tx); err != nil {
		return err
	}
	out.People, err = s.shown(tx, ids)
	return err
}

// shown are people as a list shows them: those of one name with what tells them
// apart.
func (s *Service) shown(tx *db.Tx, ids []ref.Person) ([]people.Shown, error) {
	who, err := s.People.Called(tx, ids)
	if err != nil {
		return nil, err
	}
	alike, err := s.alike(tx, who)
	out := make([]people.Shown, 0, len(ids))
	for _, id := range ids {
		if one := alike[id]; one != nil {
			out = append(out, *one)
			continue
		}
		out = append(out, people.Shown{Person: who[id]})
	}
	return out, err
}

// alike is what tells apart those of a list who have one name.
func (s *Service) alike(tx *db.Tx, who map[ref.Person]people.Person) (map[ref.Person]*people.Shown, error) {
	return s.People.Namesakes(tx, who, s.Near)
}

// mostMatched is how many are matched at once.
const mostMatched = mostGaps

// MatchAll lets a peer walk with each of some people from now on: with all, or
// with none when one cannot be.
func (s *Service) MatchAll(ctx context.Context, some []ref.Person, peer ref.Account) error {
	some = slices.Compact(slices.Sorted(slices.Values(some)))
	if len(some) == 0 {
		return refuse("person", "engagement.error.pick-some")
	}
	if len(some) > mostMatched {
		return errs.New(errs.Invalid, "engagement: match more than a page", "error.old-form")
	}
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		for _, p := range some {
			if err := s.match(tx, p, peer, ""); err != nil {
				return err
			}
		}
		return nil
	})
	return errs.Wrap("engagement: match all", err)
}
