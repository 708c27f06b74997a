package handoff

import (
	"context"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Board is what is on at an organisation, for whoever looks: who waits for a
// peer, whom they walk with, and how many a file brought that nobody has asked.
type Board struct {
	Waiting []Card
	Mine    []Card
	Others  []Card // what other peers are on; for supervisors and coordinators
	Unasked int64
	More    bool // there are more waiting than one page shows
}

// Card is one hand-off on the board.
type Card struct {
	Handoff
	Name   string
	Site   string
	Peer   string // work name of who goes; empty when nobody does
	Person people.Person
}

// PageSize is how many waiting hand-offs one board shows.
const PageSize = 50

// Board reads the board for whoever is in the scope. seen are the people the
// same stream already showed, so that a stream records only what is new; nil
// for a page.
func (s *Service) Board(ctx context.Context, seen *audit.Seen) (Board, error) {
	var out Board
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.board"); err != nil {
			return err
		}
		var b Board
		all, err := s.load(tx, &b)
		if err != nil {
			return err
		}
		out = b
		return s.recordList(tx, "handoff.board", all, seen)
	})
	return out, errs.Wrap("handoff: board", err)
}

func (s *Service) load(tx *db.Tx, b *Board) ([]Handoff, error) {
	waiting, err := s.handoffs.List(tx, "WHERE tenant = $1 AND state = $2 ORDER BY requested_at LIMIT 50", Requested)
	if err != nil {
		return nil, err
	}
	under, err := s.underWay(tx)
	if err != nil {
		return nil, err
	}
	if err := tx.Row("SELECT COUNT(*) FROM handoff_handoff WHERE tenant = $1 AND state = $2", Unconfirmed).Scan(&b.Unasked); err != nil {
		return nil, err
	}
	b.More = len(waiting) == PageSize
	all := append(waiting, under...)
	cards, err := s.cards(tx, all)
	if err != nil {
		return nil, err
	}
	b.Waiting = cards[:len(waiting)]
	b.split(cards[len(waiting):], ref.Account(tx.Scope().Actor))
	return all, nil
}

func (b *Board) split(cards []Card, me ref.Account) {
	for _, c := range cards {
		if c.Handoff.Peer == me {
			b.Mine = append(b.Mine, c)
			continue
		}
		b.Others = append(b.Others, c)
	}
}

// underWay are the hand-offs that someone is on: a peer sees their own, who
// answers for peers sees all.
func (s *Service) underWay(tx *db.Tx) ([]Handoff, error) {
	const states = `state IN ('acknowledged', 'on_the_way', 'met', 'consent_recorded', 'destination_accepted', 'introduced')`
	if tx.Scope().Role == "peer" {
		return s.handoffs.List(tx, "WHERE tenant = $1 AND peer = $2 AND "+states+" ORDER BY requested_at DESC LIMIT 50", tx.Scope().Actor)
	}
	return s.handoffs.List(tx, "WHERE tenant = $1 AND "+states+" ORDER BY requested_at DESC LIMIT 50")
}

func (s *Service) cards(tx *db.Tx, all []Handoff) ([]Card, error) {
	var ids []ref.Person
	var peers []ref.Account
	for _, h := range all {
		ids = append(ids, h.Person)
		if h.Peer != "" {
			peers = append(peers, h.Peer)
		}
	}
	persons, err := s.People.Several(tx, ids)
	if err != nil {
		return nil, err
	}
	names, err := s.Names(tx, peers)
	if err != nil {
		return nil, err
	}
	sites, err := s.siteNames(tx)
	if err != nil {
		return nil, err
	}
	out := make([]Card, len(all))
	for i, h := range all {
		p := persons[h.Person]
		out[i] = Card{Handoff: h, Name: p.Name, Site: sites[h.Site], Peer: names[h.Peer], Person: p}
	}
	return out, nil
}

func (s *Service) siteNames(tx *db.Tx) (map[ref.Site]string, error) {
	rows, err := s.sites.List(tx, "WHERE tenant = $1")
	out := make(map[ref.Site]string, len(rows))
	for _, r := range rows {
		out[r.ID] = r.Name
	}
	return out, err
}

// recordList writes one leaf that names whom a list showed.
func (s *Service) recordList(tx *db.Tx, action string, all []Handoff, seen *audit.Seen) error {
	subjects := make([]string, len(all))
	for i, h := range all {
		subjects[i] = string(h.Person)
	}
	tx.Settle(subjects...)
	if seen != nil {
		subjects = seen.New(subjects...)
	}
	if len(subjects) == 0 && seen != nil {
		return nil
	}
	return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: action, Subjects: subjects})
}

// Unasked lists what a file brought and nobody has confirmed yet, newest first.
func (s *Service) Unasked(ctx context.Context) ([]Card, error) {
	var out []Card
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.board"); err != nil {
			return err
		}
		all, err := s.handoffs.List(tx, "WHERE tenant = $1 AND state = $2 ORDER BY event_at DESC LIMIT 50", Unconfirmed)
		if err != nil {
			return err
		}
		if out, err = s.cards(tx, all); err != nil {
			return err
		}
		return s.recordList(tx, "handoff.unasked", all, nil)
	})
	return out, errs.Wrap("handoff: unasked", err)
}
