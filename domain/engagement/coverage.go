package engagement

import (
	"context"
	"fmt"
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
	Person people.Shown
	Walk   Walk   // the walk that has the gap; empty when there is none
	Why    string // "change": they asked for someone else; "left": their peer is not here any more; "nobody": it ended
}

// Coverage is who has nobody to walk with. It counts people, and never peers.
type Coverage struct {
	Gaps    []Gap // one page of them, who has waited longest first
	From    int   // how many are before these
	All     int   // how many there are
	Unmet   int   // who came in by a file and has had nobody yet, counted up to mostUnmet
	Walking int   // people who walk with someone
	Quiet   int   // of them, not in touch within the limits
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
	Off  bool // they have days off now
}

// mostGaps is how many one page shows.
const mostGaps = 50

const (
	selectQuiet = `SELECT COUNT(DISTINCT w.person), COUNT(DISTINCT CASE WHEN COALESCE(s.reached_at, w.began_at) < $2 THEN w.person END)
		FROM engagement_walk w LEFT JOIN engagement_standing s ON s.tenant = w.tenant AND s.person = w.person
		WHERE w.tenant = $1 AND w.ended_at = 0`
	whereAlone = `WHERE tenant = $1 AND ended_at > $2 AND left_at = 0 AND NOT EXISTS (SELECT 1 FROM engagement_walk o
		WHERE o.tenant = $1 AND o.person = engagement_walk.person AND (o.ended_at = 0 OR o.ended_at > engagement_walk.ended_at))`
)

// alonefor is how long ago a walk may have ended for the person to be shown.
const aloneFor = 90 * 24 * time.Hour

// Coverage reads it for a supervisor or a coordinator, with the gaps from a place
// on.
func (s *Service) Coverage(ctx context.Context, from int) (Coverage, error) {
	var out Coverage
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "engagement.coverage", access.Resource{}); err != nil {
			return err
		}
		c, err := s.coverage(tx, max(from, 0))
		if err != nil {
			return err
		}
		out = c
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.coverage"})
	})
	return out, errs.Wrap("engagement: coverage", err)
}

func (s *Service) coverage(tx *db.Tx, from int) (Coverage, error) {
	c := Coverage{From: from}
	var err error
	if c.Limits, err = s.limits(tx); err != nil {
		return c, err
	}
	if err = tx.Row(selectQuiet, tx.Now().Add(-c.Limits.silence())).Scan(&c.Walking, &c.Quiet); err != nil {
		return c, err
	}
	if c.Peers, err = s.takers(tx); err != nil {
		return c, err
	}
	if c.Unmet, err = countUnmet(tx); err != nil {
		return c, err
	}
	c.MaySet = s.Allow(tx, "engagement.limits", access.Resource{}) == nil
	c.Places = s.Allow(tx, "text.place", access.Resource{}) == nil
	if c.Texts, err = s.Unanswered(tx); err != nil {
		return c, err
	}
	if c.Gaps, c.All, err = s.gaps(tx, c.Peers, from); err != nil {
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
		out = append(out, Peer{ID: id, Name: names[id]})
	}
	slices.SortStableFunc(out, func(a, b Peer) int { return compareFold(a.Name, b.Name) })
	return out, err
}

// takers are the peers who can be chosen to walk with someone; who has days off
// now stands last.
func (s *Service) takers(tx *db.Tx) ([]Peer, error) {
	list, err := s.peers(tx)
	if err == nil {
		err = s.offLast(tx, list)
	}
	return list, err
}

// offLast marks who has days off now, and puts them last.
func (s *Service) offLast(tx *db.Tx, list []Peer) error {
	for i := range list {
		off, err := s.Off(tx, list[i].ID)
		if err != nil {
			return err
		}
		list[i].Off = off
	}
	slices.SortStableFunc(list, func(a, b Peer) int {
		switch {
		case a.Off == b.Off:
			return 0
		case a.Off:
			return 1
		}
		return -1
	})
	return nil
}

// gapSort is one reason why someone has a gap: which walks, the longest first.
type gapSort struct {
	why, where, order string
	args              []any
}

// gapSorts are the reasons, the most pressing first. Walks whose peer cannot sign
// in any more are one for each such peer.
func (s *Service) gapSorts(tx *db.Tx, here []Peer) ([]gapSort, error) {
	out := []gapSort{{why: "change", where: "WHERE tenant = $1 AND ended_at = 0 AND change_at > 0", order: "change_at"}}
	all, err := db.Column[ref.Account](tx, "SELECT DISTINCT peer FROM engagement_walk WHERE tenant = $1 AND ended_at = 0 ORDER BY peer")
	for _, a := range all {
		if !slices.ContainsFunc(here, func(p Peer) bool { return p.ID == a }) {
			out = append(out, gapSort{"left", "WHERE tenant = $1 AND peer = $2 AND ended_at = 0 AND change_at = 0", "began_at", []any{a}})
		}
	}
	return append(out, gapSort{"nobody", whereAlone, "ended_at", []any{tx.Now().Add(-aloneFor)}}), err
}

// gaps reads one page of them from a place on, and counts all.
func (s *Service) gaps(tx *db.Tx, here []Peer, from int) (out []Gap, total int, err error) {
	sorts, err := s.gapSorts(tx, here)
	for _, sort := range sorts {
		if err != nil {
			return nil, 0, err
		}
		var n int
		if err = tx.Row("SELECT COUNT(*) FROM engagement_walk "+sort.where, sort.args...).Scan(&n); err != nil {
			return nil, 0, err
		}
		skip := min(max(from-total, 0), n)
		take := min(n-skip, mostGaps-len(out))
		total += n
		if take > 0 {
			out, err = s.addGaps(tx, out, sort, fmt.Sprintf(" LIMIT %d OFFSET %d", take, skip))
		}
	}
	return out, total, err
}

func (s *Service) addGaps(tx *db.Tx, out []Gap, sort gapSort, page string) ([]Gap, error) {
	walks, err := s.walks.List(tx, sort.where+" ORDER BY "+sort.order+", walk"+page, sort.args...)
	for _, w := range walks {
		out = append(out, Gap{Walk: w, Why: sort.why})
	}
	return out, err
}

func (s *Service) nameGaps(tx *db.Tx, gaps []Gap) error {
	var ids []ref.Person
	for _, g := range gaps {
		ids = append(ids, g.Walk.Person)
	}
	who, err := s.shown(tx, ids)
	for i := range who {
		gaps[i].Person = who[i]
	}
	return err
}
