package handoff

import (
	"cmp"
	"context"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Overview is how the whole stands, for those who answer for it: who waits, by
// site, and what nobody has. It shows no name of a person.
type Overview struct {
	At      time.Time
	Sites   []SiteStands
	Press   []Waits // a peer should be there and is not, or nobody has said yes
	Orphans []Waits // nobody walks with them
	ToTell  []ToTell
	Late    int64 // follow-ups whose days went by
}

// SiteStands counts one site's waiting hand-offs.
type SiteStands struct {
	Name      string
	Waiting   int64 // nobody is beside them
	Unsaid    int64 // of those, nobody has said yes
	Overdue   int64 // of those, longer than was promised
	OldestMin int64
}

// Waits is one hand-off as the overview shows it.
type Waits struct {
	ID      ref.Handoff
	Site    string
	State   string
	Since   time.Time
	Overdue bool
	Peer    string // work name
}

// ToTell is a peer who has not yet heard of a death from a human.
type ToTell struct {
	Handoff ref.Handoff
	Peer    ref.Account
	Name    string
	Since   time.Time
}

// mostPressing is how many hand-offs each list of the overview shows.
const mostPressing = 50

// Overview reads it.
func (s *Service) Overview(ctx context.Context) (Overview, error) {
	var out Overview
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.overview"); err != nil {
			return err
		}
		out = Overview{At: tx.Now()}
		sites, err := s.siteNames(tx)
		if err != nil {
			return err
		}
		if err := s.readWaiting(tx, &out, sites); err != nil {
			return err
		}
		if out.Orphans, err = s.orphans(tx, sites); err != nil {
			return err
		}
		if out.ToTell, err = s.toHear(tx); err != nil {
			return err
		}
		return tx.Row("SELECT COUNT(*) FROM (SELECT DISTINCT handoff FROM handoff_followup WHERE tenant = $1 AND state = 'open' AND closes_at <= $2 LIMIT $3) AS few",
			tx.Now(), MostCounted).Scan(&out.Late)
	})
	return out, errs.Wrap("handoff: overview", err)
}

const selectWaiting = `SELECT handoff, site, state, requested_at, due_at, peer FROM handoff_handoff
	WHERE tenant = $1 AND lane IN ('held', 'waiting', 'walking') AND met_at = 0 AND state <> 'out_of_touch' ORDER BY requested_at LIMIT 1000`

// readWaiting counts, by site, for whom nobody is there yet.
func (s *Service) readWaiting(tx *db.Tx, o *Overview, sites map[ref.Site]string) error {
	all, err := waits(tx, sites, selectWaiting)
	if err != nil {
		return err
	}
	by := map[string]*SiteStands{}
	for _, w := range all {
		st := by[w.Site]
		if st == nil {
			st = &SiteStands{Name: w.Site, OldestMin: int64(max(0, tx.Now().Sub(w.Since)) / time.Minute)}
			by[w.Site] = st
		}
		st.count(w)
		if (w.Overdue || w.unsaid()) && len(o.Press) < mostPressing {
			o.Press = append(o.Press, w)
		}
	}
	for _, st := range by {
		o.Sites = append(o.Sites, *st)
	}
	slices.SortFunc(o.Sites, func(a, b SiteStands) int { return cmp.Compare(a.Name, b.Name) })
	return s.nameThem(tx, o.Press)
}

func (w Waits) unsaid() bool { return w.State == Requested || w.State == Held }

func (st *SiteStands) count(w Waits) {
	st.Waiting++
	if w.unsaid() {
		st.Unsaid++
	}
	if w.Overdue {
		st.Overdue++
	}
}

const selectOrphans = `SELECT handoff, site, state, requested_at, 0, peer FROM handoff_handoff
	WHERE tenant = $1 AND peer = '' AND lane IN ('walking', 'after') AND met_at > 0 ORDER BY requested_at LIMIT 50`

func (s *Service) orphans(tx *db.Tx, sites map[ref.Site]string) ([]Waits, error) {
	return waits(tx, sites, selectOrphans)
}

// waits reads ids, states and times, and nothing that is sealed.
func waits(tx *db.Tx, sites map[ref.Site]string, sql string) ([]Waits, error) {
	rows, err := tx.Query(sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Waits
	for rows.Next() {
		var w Waits
		var site ref.Site
		var since, due int64
		if err := rows.Scan(&w.ID, &site, &w.State, &since, &due, &w.Peer); err != nil {
			return nil, err
		}
		w.Site, w.Since = sites[site], db.Instant(since)
		w.Overdue = due > 0 && tx.Now().After(db.Instant(due))
		out = append(out, w)
	}
	return out, rows.Err()
}

// nameThem puts work names where accounts stand.
func (s *Service) nameThem(tx *db.Tx, list []Waits) error {
	var ids []ref.Account
	for _, w := range list {
		if w.Peer != "" {
			ids = append(ids, ref.Account(w.Peer))
		}
	}
	names, err := s.Names(tx, ids)
	for i := range list {
		list[i].Peer = names[ref.Account(list[i].Peer)]
	}
	return err
}

// toHear are the peers who have not heard yet, oldest first, each once for a person.
// That it is on the list is a look at the person.
func (s *Service) toHear(tx *db.Tx) ([]ToTell, error) {
	list, err := s.farewells.List(tx, "WHERE tenant = $1 AND told_at = 0 ORDER BY noted_at LIMIT 50")
	if err != nil || len(list) == 0 {
		return nil, err
	}
	var peers []ref.Account
	var persons []string
	for _, f := range list {
		peers, persons = append(peers, f.Peer), append(persons, string(f.Person))
	}
	names, err := s.Names(tx, peers)
	if err != nil {
		return nil, err
	}
	var out []ToTell
	once := map[string]bool{}
	for _, f := range list {
		root, err := s.People.Root(tx, f.Person)
		if err != nil {
			return nil, err
		}
		if who := string(root) + " " + string(f.Peer); !once[who] {
			once[who] = true
			out = append(out, ToTell{Handoff: f.Handoff, Peer: f.Peer, Name: names[f.Peer], Since: f.NotedAt})
		}
	}
	return out, audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "handoff.overview", Subjects: persons})
}
