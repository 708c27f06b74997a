package engagement

import (
	"context"
	"slices"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Gap is someone who needs a person to walk with.
type Gap struct {
	Person people.Person
	Walk   Walk   // the walk that has the gap; empty when there is none
	Why    string // "change": they asked for someone else; "left": their peer is not here any more; "nobody": it ended
}

// Coverage is who has nobody to walk with. It counts people, and never peers.
type Coverage struct {
	Gaps    []Gap
	Walking int // people who walk with someone
	Quiet   int // of them, not in touch within the limits
	Peers   []Peer
	Limits  Limits
	MaySet  bool
	Texts   Unanswered // that came in
	Places  bool       // whoever looks finds the place of texts
}

// Peer is someone who can walk with people.
type Peer struct {
	ID   ref.Account
	Name string
}

// mostGaps is how many one page shows.
const mostGaps = 50

const (
	selectQuiet = `SELECT COUNT(DISTINCT w.person), COUNT(DISTINCT CASE WHEN COALESCE(s.reached_at, w.began_at) < $2 THEN w.person END)
		FROM engagement_walk w LEFT JOIN engagement_standing s ON s.tenant = w.tenant AND s.person = w.person
		WHERE w.tenant = $1 AND w.ended_at = 0`
	whereAlone = `WHERE tenant = $1 AND ended_at > $2 AND NOT EXISTS (SELECT 1 FROM engagement_walk o
		WHERE o.tenant = $1 AND o.person = engagement_walk.person AND (o.ended_at = 0 OR o.ended_at > engagement_walk.ended_at))
		ORDER BY ended_at DESC LIMIT 50`
)

// alonefor is how long ago a walk may have ended for the person to be shown.
const aloneFor = 90 * 24 * time.Hour

// Coverage reads it for a supervisor or a coordinator.
func (s *Service) Coverage(ctx context.Context) (Coverage, error) {
	var out Coverage
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "engagement.coverage", access.Resource{}); err != nil {
			return err
		}
		c, err := s.coverage(tx)
		if err != nil {
			return err
		}
		out = c
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.coverage"})
	})
	return out, errs.Wrap("engagement: coverage", err)
}

func (s *Service) coverage(tx *db.Tx) (Coverage, error) {
	var c Coverage
	var err error
	if c.Limits, err = s.limits(tx); err != nil {
		return c, err
	}
	if err = tx.Row(selectQuiet, tx.Now().Add(-c.Limits.silence())).Scan(&c.Walking, &c.Quiet); err != nil {
		return c, err
	}
	if c.Peers, err = s.peers(tx); err != nil {
		return c, err
	}
	c.MaySet = s.Allow(tx, "engagement.limits", access.Resource{}) == nil
	c.Places = s.Allow(tx, "text.place", access.Resource{}) == nil
	if c.Texts, err = s.Unanswered(tx); err != nil {
		return c, err
	}
	if c.Gaps, err = s.gaps(tx, c.Peers); err != nil {
		return c, err
	}
	return c, s.nameGaps(tx, c.Gaps)
}

// peers are those who can walk with people, by name.
func (s *Service) peers(tx *db.Tx) ([]Peer, error) {
	var ids []ref.Account
	for _, role := range []string{access.Peer, access.Supervisor} {
		who, err := s.Staff(tx, role)
		if err != nil {
			return nil, err
		}
		ids = append(ids, who...)
	}
	names, err := s.Names(tx, ids)
	var out []Peer
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		out = append(out, Peer{id, names[id]})
	}
	slices.SortStableFunc(out, func(a, b Peer) int { return compareFold(a.Name, b.Name) })
	return out, err
}

func (s *Service) gaps(tx *db.Tx, here []Peer) ([]Gap, error) {
	var out []Gap
	asked, err := s.walks.List(tx, "WHERE tenant = $1 AND ended_at = 0 AND change_at > 0 ORDER BY change_at LIMIT 50")
	if err != nil {
		return nil, err
	}
	for _, w := range asked {
		out = append(out, Gap{Walk: w, Why: "change"})
	}
	left, err := s.left(tx, here)
	if err != nil {
		return nil, err
	}
	out = append(out, left...)
	alone, err := s.walks.List(tx, whereAlone, tx.Now().Add(-aloneFor))
	for _, w := range alone {
		out = append(out, Gap{Walk: w, Why: "nobody"})
	}
	return out[:min(len(out), mostGaps)], err
}

// left are walks whose peer cannot sign in any more.
func (s *Service) left(tx *db.Tx, here []Peer) ([]Gap, error) {
	gone, err := db.Column[ref.Account](tx, "SELECT DISTINCT peer FROM engagement_walk WHERE tenant = $1 AND ended_at = 0")
	if err != nil {
		return nil, err
	}
	gone = slices.DeleteFunc(gone, func(a ref.Account) bool {
		return slices.ContainsFunc(here, func(p Peer) bool { return p.ID == a })
	})
	var out []Gap
	for _, a := range gone {
		walks, err := s.walks.List(tx, "WHERE tenant = $1 AND peer = $2 AND ended_at = 0 ORDER BY began_at LIMIT 50", a)
		if err != nil {
			return nil, err
		}
		for _, w := range walks {
			out = append(out, Gap{Walk: w, Why: "left"})
		}
	}
	return out, nil
}

func (s *Service) nameGaps(tx *db.Tx, gaps []Gap) error {
	var ids []ref.Person
	for _, g := range gaps {
		ids = append(ids, g.Walk.Person)
	}
	who, err := s.People.Called(tx, ids)
	for i := range gaps {
		gaps[i].Person = who[gaps[i].Walk.Person]
	}
	return err
}
