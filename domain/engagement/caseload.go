package engagement

import (
	"context"
	"slices"
	"strings"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// MostPeople is how many people one peer's list shows.
const MostPeople = 500

// Companion is someone a peer walks with, and how things stand. In a list of
// them, Person says only how they are called and whether words may be left.
type Companion struct {
	Walk     Walk
	Person   people.Person
	Namesake *people.Shown // as in Line
	Standing Standing
}

// Caseload lists whom the peer in the scope walks with, by name.
func (s *Service) Caseload(ctx context.Context) ([]Companion, error) {
	var out []Companion
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "engagement.today", ownList(tx)); err != nil {
			return err
		}
		mine, err := s.caseload(tx)
		if err != nil {
			return err
		}
		if err := s.name(tx, mine); err != nil {
			return err
		}
		out = mine
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.caseload"})
	})
	return out, errs.Wrap("engagement: caseload", err)
}

// ownList is the resource "a list of one's own".
func ownList(tx *db.Tx) access.Resource { return access.Own(tx.Scope().Actor) }

const (
	whereMine      = "WHERE tenant = $1 AND peer = $2 AND ended_at = 0 ORDER BY began_at, walk"
	whereStandings = `WHERE tenant = $1 AND person IN
		(SELECT w.person FROM engagement_walk w WHERE w.tenant = $1 AND w.peer = $2 AND w.ended_at = 0)`
)

// caseload reads walks and standings, without names.
func (s *Service) caseload(tx *db.Tx) ([]Companion, error) {
	walks, err := s.walks.ListMost(tx, MostPeople, whereMine, me(tx))
	if err != nil {
		return nil, err
	}
	rows, err := s.standings.List(tx, whereStandings, me(tx))
	if err != nil {
		return nil, err
	}
	at := make(map[ref.Person]int, len(rows))
	for i := range rows {
		at[rows[i].Person] = i
	}
	out := make([]Companion, len(walks))
	for i := range walks {
		out[i].Walk = walks[i]
		if n, ok := at[walks[i].Person]; ok {
			out[i].Standing = rows[n]
		}
	}
	return out, nil
}

func (s *Service) name(tx *db.Tx, list []Companion) error {
	ids := make([]ref.Person, len(list))
	for i, c := range list {
		ids[i] = c.Walk.Person
	}
	who, err := s.People.Called(tx, ids)
	if err != nil {
		return err
	}
	alike, err := s.alike(tx, who)
	for i := range list {
		list[i].Person, list[i].Namesake = who[ids[i]], alike[ids[i]]
	}
	arrange(list)
	return err
}

// arrange puts a list in the order of names. Each is made small once and not at
// each comparing, and each line moves once: lines are large.
func arrange(list []Companion) {
	names, from := make([]string, len(list)), make([]int, len(list))
	for i := range list {
		names[i], from[i] = strings.ToLower(list[i].Person.Name), i
	}
	slices.SortStableFunc(from, func(a, b int) int { return strings.Compare(names[a], names[b]) })
	for i := range list {
		at := from[i]
		for at < i { // it has moved on
			at = from[at]
		}
		list[i], list[at] = list[at], list[i]
	}
}

// compareFold orders names as people look for them, whether large or small.
func compareFold(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }

func (s *Service) countMine(tx *db.Tx) (int, error) {
	var n int
	err := tx.Row("SELECT COUNT(*) FROM engagement_walk WHERE tenant = $1 AND peer = $2 AND ended_at = 0", me(tx)).Scan(&n)
	return n, err
}
