package rota

import (
	"context"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/notify"
)

// Mine is what someone who has shifts sees of their own.
type Mine struct {
	Goes    bool   // can be asked to go, and so goes out alone
	On      []Turn // whose turn it is now: theirs
	Turns   []Turn // theirs in the next two weeks
	Short   []Short
	Aways   []Away
	Asked   []Waiting
	Wishes  []Wish // who would like to talk with them
	Peer    Peer
	Places  map[ref.Site]string
	Feed    string // token of the calendar link; empty while there is none
	Devices []notify.Device
	Unused  []string               // channels that cannot be used now
	Fates   map[string]notify.Fate // how the newest message to each fared
	PushKey string                 // by which this browser can be told; empty where it cannot
}

// Waiting is someone who waits and for whom they are being asked.
type Waiting struct {
	Handoff ref.Handoff
	Kind    string // ForHandoff or ForLive
	Site    ref.Site
	At      time.Time
}

// Path is where it is opened.
func (w Waiting) Path() string {
	if w.Kind == ForLive {
		return "/live/" + string(w.Handoff)
	}
	return "/handoff/" + string(w.Handoff)
}

// ownAhead is how far one's own page looks ahead.
const ownAhead = 14 * 24 * time.Hour

// Mine reads it for whoever is in the scope.
func (s *Service) Mine(ctx context.Context) (Mine, error) {
	var out Mine
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.own"); err != nil {
			return err
		}
		m := Mine{Goes: s.Allow(tx, "rota.answer") == nil}
		if err := s.readMine(tx, &m); err != nil {
			return err
		}
		out = m
		return nil
	})
	return out, errs.Wrap("rota: mine", err)
}

func (s *Service) readMine(tx *db.Tx, m *Mine) error {
	p, err := s.plan(tx, tx.Now(), tx.Now().Add(ownAhead))
	if err != nil {
		return err
	}
	for _, t := range p.Turns(tx.Now(), tx.Now().Add(ownAhead)) {
		if t.Peer != me(tx) {
			continue
		}
		m.Turns = append(m.Turns, t)
		if !t.From.After(tx.Now()) {
			m.On = append(m.On, t)
		}
	}
	m.Short = TooShort(m.Turns)
	if m.Aways, err = s.aways.List(tx, "WHERE tenant = $1 AND peer = $2 AND until_day >= $3 ORDER BY from_day", me(tx), DayOf(tx.Now(), p.Zone)); err != nil {
		return err
	}
	if m.Asked, err = s.Waits(tx); err != nil {
		return err
	}
	if m.Wishes, err = s.Wishes(tx); err != nil {
		return err
	}
	if m.Places, err = s.placeNames(tx); err != nil {
		return err
	}
	if m.Devices, err = notify.OwnDevices(tx); err != nil {
		return err
	}
	if m.Unused, err = s.unused(tx); err != nil {
		return err
	}
	if m.Fates, err = notify.FatesOf(tx, string(me(tx))); err != nil {
		return err
	}
	if s.Push != nil {
		if m.PushKey, _, err = notify.PushKey(tx.Vault(), tx.Scope().Tenant); err != nil {
			return err
		}
	}
	m.Peer, err = s.peers.Get(tx, me(tx))
	if errs.Is(err, errs.NotFound) {
		return nil
	}
	m.Feed = feedToken(tx, m.Peer)
	return err
}

// OnCall is how long each had shifts between two times. Shifts at once count once.
func (s *Service) OnCall(tx *db.Tx, from, to time.Time) (map[ref.Account]time.Duration, error) {
	p, err := s.plan(tx, from, to)
	out, until := map[ref.Account]time.Duration{}, map[ref.Account]time.Time{}
	for _, t := range p.Turns(from, to) {
		begins, ends := maxTime(maxTime(t.From, from), until[t.Peer]), minTime(t.To, to)
		if t.Peer != "" && ends.After(begins) {
			out[t.Peer] += ends.Sub(begins)
			until[t.Peer] = ends
		}
	}
	return out, err
}

// Off reports whether someone has days off now.
func (s *Service) Off(tx *db.Tx, peer ref.Account) (bool, error) {
	zone, err := s.Zone(tx)
	if err != nil {
		return false, err
	}
	var n int
	err = tx.Row("SELECT COUNT(*) FROM rota_away WHERE tenant = $1 AND peer = $2 AND from_day <= $3 AND until_day >= $3", peer, DayOf(tx.Now(), zone)).Scan(&n)
	return n > 0, err
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Waits are those for whom whoever is in the scope is being asked now.
func (s *Service) Waits(tx *db.Tx) ([]Waiting, error) { return s.waitsFor(tx, me(tx)) }

func (s *Service) waitsFor(tx *db.Tx, who ref.Account) ([]Waiting, error) {
	rows, err := tx.Query(`SELECT a.handoff, r.kind, r.site, r.began_at FROM rota_asked a
		JOIN rota_run r ON r.tenant = a.tenant AND r.handoff = a.handoff AND r.round = a.round
		WHERE a.tenant = $1 AND a.peer = $2 AND r.state = 'asking' ORDER BY r.began_at`, who)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Waiting
	for rows.Next() {
		var w Waiting
		if err := rows.Scan(&w.Handoff, &w.Kind, &w.Site, &w.At); err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, rows.Err()
}

func (s *Service) placeNames(tx *db.Tx) (map[ref.Site]string, error) {
	places, err := s.Places(tx)
	out := make(map[ref.Site]string, len(places))
	for _, p := range places {
		out[p.ID] = p.Name
	}
	return out, err
}

// Speak notes which languages whoever is in the scope speaks.
func (s *Service) Speak(ctx context.Context, languages []string) error {
	for _, l := range languages {
		if !field.Offered(people.Languages(), l) {
			return refuse("languages", "error.pick-one")
		}
	}
	err := s.changePeer(ctx, "rota.speak", func(_ *db.Tx, p *Peer) { p.Languages = languages })
	return errs.Wrap("rota: languages", err)
}

// SayOfSelf notes what whoever is in the scope says of themselves, so that
// someone who asks for it is met by them first. Empty takes it back.
func (s *Service) SayOfSelf(ctx context.Context, gender string, lived []string) error {
	for place, said := range map[string][]string{"gender": {gender}, "lived": lived} {
		def, _ := s.peers.Field(place)
		for _, v := range said {
			if v != "" && !field.Offered(def.Options, v) {
				return refuse(place, "error.pick-one")
			}
		}
	}
	err := s.changePeer(ctx, "rota.self", func(_ *db.Tx, p *Peer) { p.Gender, p.Lived = gender, lived })
	return errs.Wrap("rota: of oneself", err)
}

// NewFeed makes a new calendar link for whoever is in the scope and ends the
// old one.
func (s *Service) NewFeed(ctx context.Context) error {
	err := s.changePeer(ctx, "rota.feed", func(tx *db.Tx, p *Peer) {
		p.Turn++
		feedReplaced(tx, *p)
	})
	return errs.Wrap("rota: calendar link", err)
}

func (s *Service) changePeer(ctx context.Context, action string, fn func(*db.Tx, *Peer)) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.own"); err != nil {
			return err
		}
		before, err := s.peers.Get(tx, me(tx))
		isNew := errs.Is(err, errs.NotFound)
		if err != nil && !isNew {
			return err
		}
		if isNew {
			before = Peer{Account: me(tx), Turn: 1}
		}
		after := before
		fn(tx, &after)
		after.FeedKey = feedKey(tx, feedToken(tx, after))
		if isNew {
			_, err = s.peers.Insert(tx, &after)
		} else {
			_, err = s.peers.Update(tx, &before, &after)
		}
		if err != nil {
			return err
		}
		return recordShift(tx, action, "", after.Account)
	})
}
