package bridge

import (
	"context"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
)

// LiveList is what is asked for now, and how the last month's ended: counts, in
// words of the list, never by peer.
type LiveList struct {
	At    time.Time
	Open  []LiveStatus // the longest first
	Held  []LiveStatus // kept until someone looks, the longest first
	Ended map[string]int
	Names map[ref.Account]string
}

// liveMonth is how far back the counts go.
const liveMonth = 30 * 24 * time.Hour

// LiveNow lists the requests that are on, for whoever works here.
func (s *Service) LiveNow(ctx context.Context) (LiveList, error) {
	var out LiveList
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "bridge.live", access.Resource{}); err != nil {
			return err
		}
		out = LiveList{At: tx.Now()}
		if err := s.liveOpen(tx, &out); err != nil {
			return err
		}
		var err error
		if out.Ended, err = liveEnded(tx); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "bridge.live"})
	})
	return out, errs.Wrap("bridge: live now", err)
}

func (s *Service) liveOpen(tx *db.Tx, out *LiveList) error {
	open, err := s.lives.List(tx, "WHERE tenant = $1 AND ended_at = 0 AND state <> 'held' ORDER BY asked_at, live LIMIT 50")
	if err != nil {
		return err
	}
	held, err := s.lives.List(tx, "WHERE tenant = $1 AND ended_at = 0 AND state = 'held' ORDER BY asked_at, live LIMIT 50")
	if err != nil {
		return err
	}
	if out.Open, err = s.liveCards(tx, open); err != nil {
		return err
	}
	if out.Held, err = s.liveCards(tx, held); err != nil {
		return err
	}
	var peers []ref.Account
	for _, l := range open {
		if l.Peer != "" {
			peers = append(peers, l.Peer)
		}
	}
	out.Names, err = s.Names(tx, peers)
	return err
}

func (s *Service) liveCards(tx *db.Tx, rows []Live) ([]LiveStatus, error) {
	var out []LiveStatus
	for _, l := range rows {
		st, err := s.liveStatus(tx, l)
		if err != nil {
			return nil, err
		}
		out = append(out, st)
	}
	return out, nil
}

// Moments are the requests that are on and how many are held, for a board:
// nothing that is sealed is read.
func (s *Service) Moments(tx *db.Tx) (open []Live, held int64, err error) {
	if err := s.Allow(tx, "bridge.live", access.Resource{}); err != nil {
		return nil, 0, err
	}
	if err := tx.Row("SELECT COUNT(*) FROM bridge_live WHERE tenant = $1 AND ended_at = 0 AND state = 'held'").Scan(&held); err != nil {
		return nil, 0, err
	}
	rows, err := tx.Query(`SELECT live, site, about, state, peer, asked_at, due_at FROM bridge_live
		WHERE tenant = $1 AND ended_at = 0 AND state <> 'held' ORDER BY asked_at, live LIMIT 50`)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var l Live
		var asked, due int64
		if err := rows.Scan(&l.ID, &l.Site, &l.About, &l.State, &l.Peer, &asked, &due); err != nil {
			return nil, 0, err
		}
		l.AskedAt, l.DueAt = time.UnixMicro(asked).UTC(), time.UnixMicro(due).UTC()
		open = append(open, l)
	}
	return open, held, rows.Err()
}

// AboutWords are the words of what a request is about.
func AboutWords(about string) i18n.Text {
	f, _ := Lives().Field("about")
	return f.Option(about)
}

// liveEnded counts how those of the last month ended.
func liveEnded(tx *db.Tx) (map[string]int, error) {
	rows, err := tx.Query("SELECT state, COUNT(*) FROM bridge_live WHERE tenant = $1 AND ended_at > $2 GROUP BY state", tx.Now().Add(-liveMonth))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, err
		}
		out[state] = n
	}
	return out, rows.Err()
}

// LiveOne reads one request for whoever works here.
func (s *Service) LiveOne(ctx context.Context, which ref.Live) (LiveStatus, error) {
	var out LiveStatus
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "bridge.live", access.Resource{}); err != nil {
			return err
		}
		l, err := s.lives.Get(tx, which)
		if err != nil {
			return err
		}
		if out, err = s.liveStatus(tx, l); err != nil {
			return err
		}
		if out.Asks, err = s.Ladder.Asks(tx, l.ID); err != nil {
			return err
		}
		out.Steps = l.stepsOf(tx.Scope().Role, tx.Scope().Actor)
		return s.looked(tx, l)
	})
	return out, errs.Wrap("bridge: live one", err)
}
