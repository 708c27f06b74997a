package handoff

import (
	"context"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/flow"
)

// Board is what is on at an organisation, for whoever looks: who waits for a
// peer, whom they walk with, and how many a file brought that nobody has asked.
type Board struct {
	At      time.Time // the instant it was read
	Goes    bool      // whoever looks can go themselves
	Waiting []Card
	Mine    []Card
	Others  []Card // what other peers are on; for supervisors and coordinators
	Voiced  []Card // where the person said something that waits for an answer; for those who answer for peers
	Beside  []Card // where something happened beside the path and nobody walks with the person; for them too
	Moments Moments
	Cares   []Care // who works here and needs a call; for those who answer for peers
	ToTell  bool   // a peer is to hear of a death from a human; for those who tell them
	Held    int64  // kept until someone looks: one of a flood
	Agreed  int64  // agreed to a contact now, and nobody walked with them
	Unasked int64
	More    bool // there are more waiting than one page shows
}

// Card is one hand-off on the board. Of the hand-off and the person it holds what
// a card shows; the rest is empty.
type Card struct {
	*Handoff
	Name   string
	Site   string
	Peer   string // work name of who goes; empty when nobody does
	Person people.Person
}

// onCards are the columns that a card on a board shows. What else is sealed in a
// hand-off stays sealed there.
func onCards() *field.Excerpt[Handoff] {
	return Handoffs().Excerpt("person", "site", "source", "state", "peer", "answer", "whereabouts", "language",
		"event_at", "requested_at", "due_at", "met_at", "connected_at", "voiced_at", "beside_at")
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
		b := Board{At: tx.Now(), Goes: s.goes(tx.Scope().Role)}
		shown, err := s.load(tx, &b)
		if err != nil {
			return err
		}
		out = b
		return recordShown(tx, "handoff.board", shown, seen)
	})
	return out, errs.Wrap("handoff: board", err)
}

// goes reports whether a role can say yes to who waits.
func (s *Service) goes(role string) bool {
	return slices.ContainsFunc(s.flow.Next(Requested, role), func(step flow.Step[Facts]) bool { return step.Name == StepAck })
}

// load fills the board and returns whom it shows.
func (s *Service) load(tx *db.Tx, b *Board) (subjects []string, err error) {
	waiting, err := s.brief.ListMost(tx, PageSize, "WHERE tenant = $1 AND lane = $2 ORDER BY requested_at", LaneWaiting)
	if err != nil {
		return nil, err
	}
	under, err := s.underWay(tx)
	if err != nil {
		return nil, err
	}
	if b.Held, err = countLane(tx, LaneHeld); err != nil {
		return nil, err
	}
	if b.Unasked, err = countLane(tx, LaneFile); err != nil {
		return nil, err
	}
	if err := tx.Row(agreedFree, tx.Now(), MostCounted).Scan(&b.Agreed); err != nil {
		return nil, err
	}
	said, err := s.voiced(tx)
	if err != nil {
		return nil, err
	}
	beside, err := s.besideFree(tx)
	if err != nil {
		return nil, err
	}
	if b.ToTell, err = yetToTell(tx); err != nil {
		return nil, err
	}
	if b.Moments, err = s.Wards.Moments(tx); err != nil {
		return nil, err
	}
	b.More = len(waiting) == PageSize
	cards, err := s.cards(tx, waiting, said, beside, under)
	if err != nil {
		return nil, err
	}
	for _, c := range cards {
		subjects = append(subjects, string(c.Handoff.Person))
	}
	b.Waiting, cards = cards[:len(waiting)], cards[len(waiting):]
	b.Voiced, cards = cards[:len(said)], cards[len(said):]
	b.Beside, cards = cards[:len(beside)], cards[len(beside):]
	b.split(cards, ref.Account(tx.Scope().Actor))
	return subjects, nil
}

// voiced are the hand-offs on which the person said something that nobody has
// answered. It may be about a peer, so peers are not shown it.
func (s *Service) voiced(tx *db.Tx) ([]Handoff, error) {
	if !leads(tx.Scope().Role) {
		return nil, nil
	}
	return s.brief.List(tx, "WHERE tenant = $1 AND voiced_at > 0 ORDER BY voiced_at LIMIT 20")
}

// yetToTell reports to those who tell them that a peer has not heard of a death
// yet: the board lights a lamp until they have. It does not say whose.
func yetToTell(tx *db.Tx) (bool, error) {
	if !leads(tx.Scope().Role) {
		return false, nil
	}
	var n int64
	err := tx.Row("SELECT COUNT(*) FROM (SELECT 1 FROM handoff_farewell WHERE tenant = $1 AND told_at = 0 LIMIT 1) AS few").Scan(&n)
	return n > 0, err
}

// MostCounted is where counting on the board ends: more than this is said as
// "this or more", so that a flood costs a board no more than a quiet night.
const MostCounted = 200

func countLane(tx *db.Tx, lane string) (int64, error) {
	var n int64
	err := tx.Row(`SELECT COUNT(*) FROM (SELECT 1 FROM handoff_handoff WHERE tenant = $1 AND lane = $2 LIMIT $3) AS few`,
		lane, MostCounted).Scan(&n)
	return n, err
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
	if tx.Scope().Role == "peer" {
		return s.brief.ListMost(tx, PageSize, "WHERE tenant = $1 AND peer = $2 AND lane = $3 ORDER BY requested_at DESC", tx.Scope().Actor, LaneWalking)
	}
	return s.brief.ListMost(tx, PageSize, "WHERE tenant = $1 AND lane = $2 ORDER BY requested_at DESC", LaneWalking)
}

// cards are made of lists of hand-offs, one list after the other.
func (s *Service) cards(tx *db.Tx, lists ...[]Handoff) ([]Card, error) {
	out := blank(lists)
	ids := make([]ref.Person, len(out))
	var peers []ref.Account
	for i, c := range out {
		ids[i] = c.Handoff.Person
		if c.Handoff.Peer != "" {
			peers = append(peers, c.Handoff.Peer)
		}
	}
	persons, err := s.People.Called(tx, ids)
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
	for i := range out {
		c := &out[i]
		c.Person = persons[c.Handoff.Person]
		c.Name, c.Site, c.Peer = c.Person.Name, sites[c.Handoff.Site], names[c.Handoff.Peer]
	}
	return out, nil
}

func blank(lists [][]Handoff) []Card {
	n := 0
	for _, list := range lists {
		n += len(list)
	}
	out := make([]Card, 0, n)
	for _, list := range lists {
		for i := range list {
			out = append(out, Card{Handoff: &list[i]})
		}
	}
	return out
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
	return recordShown(tx, action, subjects, seen)
}

func recordShown(tx *db.Tx, action string, subjects []string, seen *audit.Seen) error {
	tx.Settle(subjects...)
	if seen != nil {
		subjects = seen.New(subjects...)
	}
	if len(subjects) == 0 && seen != nil {
		return nil
	}
	return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: action, Subjects: subjects})
}

// Lane lists a lane for a page of its own: what a file brought and nobody has
// confirmed, newest first, or what a flood brought and nobody has looked at,
// oldest first; or who waits, newest first, for the board shows the longest.
func (s *Service) Lane(ctx context.Context, which string) ([]Card, error) {
	order := map[string]string{
		LaneFile: "ORDER BY requested_at DESC, event_at DESC LIMIT 50", LaneHeld: "ORDER BY requested_at LIMIT 50", LaneWaiting: "ORDER BY requested_at DESC LIMIT 50",
	}[which]
	if order == "" {
		return nil, absent("lane")
	}
	var out []Card
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.board"); err != nil {
			return err
		}
		all, err := s.brief.List(tx, "WHERE tenant = $1 AND lane = $2 "+order, which)
		if err != nil {
			return err
		}
		if out, err = s.cards(tx, all); err != nil {
			return err
		}
		return s.recordList(tx, "handoff."+which, all, nil)
	})
	return out, errs.Wrap("handoff: lane "+which, err)
}
