package bridge

import (
	"context"
	"fmt"
	"strings"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/flow"
	"alongside/platform/job"
	"alongside/platform/link"
	"alongside/platform/page"
)

// Ward is a place that asks.
type Ward struct {
	ID      ref.Site
	Name    string
	Duty    string        // telephone, for when no peer has come
	Promise time.Duration // within which someone should be there
}

// Wards are the places that ask, by the link by which they ask for warm
// hand-offs too. One that is not here is errs.NotFound.
type Wards interface {
	ByLink(ctx context.Context, token string) (Ward, error)
	One(tx *db.Tx, site ref.Site) (Ward, error)
}

// What the ladder hears of a live request.
const (
	LadderAsked = "asked"
	LadderTaken = "taken"
	LadderOver  = "over"
)

// Standing is how the asking goes, in words for whoever waits; Phone says that
// everyone was asked and the telephone is the way now, Alone that no peer was there
// to be asked, Unheard that nobody's telephone is known to have heard of it.
type Standing struct {
	Lines   func(v *page.View) []string
	Phone   bool
	Alone   bool
	Unheard bool
}

// hopes reports whether a peer can still be expected to say yes.
func (st Standing) hopes() bool { return !st.Phone && !st.Alone && !st.Unheard }

// Ladder asks one after another, as it does for a warm hand-off.
type Ladder interface {
	Happened(tx *db.Tx, what string, l Live) error
	Standing(tx *db.Tx, l ref.Live) (Standing, error)
	// Asks is the path under which whoever is in the scope says that they do not go,
	// while it asks them; "" when it does not.
	Asks(tx *db.Tx, l ref.Live) (string, error)
}

// Limits of a live request.
const (
	liveLasts  = 2 * time.Hour  // after which "no one could" is the truth
	livePage   = 24 * time.Hour // how long the ward's page opens
	mostAsking = 12             // of one site at a time, before the rest are held
)

const (
	useLive  = "bridge.live-link"
	bellLive = "bridge.live"
)

// LiveStatus is what the ward sees.
type LiveStatus struct {
	Live
	At       time.Time
	Ward     Ward
	Standing Standing // while someone is being asked
	Token    string
	Steps    []flow.Step[Live] // what whoever works here can do with it
	Asks     string            // where whoever looks says that they do not go; "" when they are not asked
}

// Overdue reports whether someone should be there by now.
func (s LiveStatus) Overdue() bool { return !s.Over() && s.At.After(s.DueAt) }

func liveToken(tx *db.Tx, l ref.Live) string {
	return link.Token(tx.Vault(), tx.Scope().Tenant, useLive, string(l))
}

// AskLive asks for a peer for a moment. The scope is that of the ward's link;
// the same form twice is one request, with something else in it a Conflict. More
// at a time than one ward can mean are held: nothing is dropped. It returns the
// token of the ward's page.
func (s *Service) AskLive(ctx context.Context, w Ward, l Live) (string, error) {
	token := ""
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		token = liveToken(tx, l.ID)
		have, err := s.lives.Get(tx, l.ID)
		if err == nil && have.Site != w.ID {
			tx.Settle(string(have.Lock))
			return absent("live request of another")
		}
		if err == nil && !sameLive(l, have) {
			tx.Settle(string(have.Lock))
			return other("a live request, with something else in it")
		}
		if err == nil {
			return s.looked(tx, have)
		}
		if !errs.Is(err, errs.NotFound) {
			return err
		}
		return s.askLive(tx, w, l)
	})
	return token, errs.Wrap("bridge: ask live", err)
}

// sameLive reports whether a form says what it said before. Where it was is
// forgotten when a request ends.
func sameLive(sent, have Live) bool {
	return sent.About == have.About && sent.Language == have.Language && (have.Over() || sent.Where == have.Where)
}

// liveBegin is how a request begins: one more than a ward can mean at a time
// waits until someone has looked at it.
func liveBegin(tx *db.Tx, site ref.Site) (step string, err error) {
	var n int
	err = tx.Row("SELECT COUNT(*) FROM bridge_live WHERE tenant = $1 AND site = $2 AND ended_at = 0", site).Scan(&n)
	if err != nil || n < mostAsking {
		return LiveAsk, err
	}
	return LiveHold, nil
}

func (s *Service) askLive(tx *db.Tx, w Ward, l Live) error {
	step, err := liveBegin(tx, w.ID)
	if err != nil {
		return err
	}
	_, to, err := s.liveFlow.Take("", step, liveAsker, l)
	if err != nil {
		return err
	}
	lock, err := tx.Vault().NewSubject(tx.Scope().Tenant)
	if err != nil {
		return err
	}
	row := Live{
		ID: l.ID, Lock: ref.Person(lock), Site: w.ID, About: l.About, Where: l.Where, Language: l.Language, State: to,
		AskedAt: tx.Now(), DueAt: tx.Now().Add(w.Promise), UntilAt: tx.Now().Add(liveLasts), LinkKey: linkKey(tx, liveToken(tx, l.ID)),
	}
	changes, err := s.lives.Insert(tx, &row)
	if err != nil {
		return err
	}
	return s.liveChanged(tx, step, row, changes)
}

// liveChanged records a step and lets the ladder, the bell and the open pages
// know. Of what is held the ladder does not hear.
func (s *Service) liveChanged(tx *db.Tx, step string, l Live, changes []field.Change) error {
	what := map[string]string{Asked: LadderAsked, Coming: LadderTaken}[l.State]
	if what == "" {
		what = LadderOver
	}
	if l.State != LiveHeld {
		if err := s.Ladder.Happened(tx, what, l); err != nil {
			return err
		}
	}
	if l.State == LiveHeld || l.State == Asked {
		if err := job.Add(tx, bellLive, fmt.Sprintf("%s/%d", l.ID, l.Version), l.UntilAt); err != nil {
			return err
		}
	}
	tenant := tx.Scope().Tenant
	tx.AfterCommit(func() { s.Changed(tenant) })
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "bridge.live-" + step, Record: l.row(), Changes: changes}, string(l.Lock))
}

func (s *Service) looked(tx *db.Tx, l Live) error {
	return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "bridge.live", Record: l.row()}, string(l.Lock))
}

// LiveFor reads the ward's page. Every reason not to show it is NotFound.
func (s *Service) LiveFor(ctx context.Context, token string) (LiveStatus, error) {
	var out LiveStatus
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		l, err := s.byToken(tx, token)
		if err != nil {
			return err
		}
		if out, err = s.liveStatus(tx, l); err != nil {
			return err
		}
		out.Token = token
		return s.looked(tx, l)
	})
	return out, errs.Wrap("bridge: live for", err)
}

func (s *Service) byToken(tx *db.Tx, token string) (Live, error) {
	rows, err := s.lives.List(tx, "WHERE tenant = $1 AND link_key = $2", linkKey(tx, token))
	if err != nil {
		return Live{}, err
	}
	if len(rows) == 0 {
		return Live{}, absent("live link")
	}
	if tx.Now().After(rows[0].AskedAt.Add(livePage)) {
		tx.Settle(string(rows[0].Lock))
		return Live{}, absent("live link ended")
	}
	return rows[0], nil
}

func (s *Service) liveStatus(tx *db.Tx, l Live) (LiveStatus, error) {
	out := LiveStatus{Live: l, At: tx.Now()}
	var err error
	if out.Ward, err = s.Wards.One(tx, l.Site); err != nil || l.State != Asked {
		return out, err
	}
	out.Standing, err = s.Ladder.Standing(tx, l.ID)
	return out, err
}

// TurnLiveFor takes a step for the ward.
func (s *Service) TurnLiveFor(ctx context.Context, token, step string) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		l, err := s.byToken(tx, token)
		if err != nil {
			return err
		}
		return s.turnLive(tx, l, step, liveAsker)
	})
	return errs.Wrap("bridge: live by link", err)
}

// TurnLive takes a step for whoever works here. What somebody else did first is
// a Conflict; one's own step twice is once.
func (s *Service) TurnLive(ctx context.Context, which ref.Live, step string) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "bridge.live", access.Resource{}); err != nil {
			return err
		}
		l, err := s.lives.Get(tx, which)
		if err != nil {
			return err
		}
		if l.Peer == me(tx) && l.State == Coming && step == LiveCome {
			return s.looked(tx, l)
		}
		return s.turnLive(tx, l, step, tx.Scope().Role)
	})
	return errs.Wrap("bridge: live", err)
}

func (s *Service) turnLive(tx *db.Tx, before Live, step, role string) error {
	_, to, err := s.liveFlow.Take(before.State, step, role, before)
	if err != nil {
		return err
	}
	if before.theirsOnly(step, role, tx.Scope().Actor) {
		tx.Settle(string(before.Lock))
		return errs.New(errs.Conflict, "bridge: a live request that another goes to", "bridge.error.live-other")
	}
	after := before
	after.State = to
	switch {
	case to == Coming:
		after.Peer, after.TakenAt = me(tx), tx.Now()
	case to == Asked:
		after.Peer, after.TakenAt, after.UntilAt = "", time.Time{}, tx.Now().Add(liveLasts)
	default:
		after.EndedAt, after.EndedBy, after.Where = tx.Now(), tx.Scope().Actor, ""
	}
	changes, err := s.lives.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	return s.liveChanged(tx, step, after, changes)
}

// PeerLeft gives back what somebody was on the way to who is paused, or is no peer any
// more: the ladder asks for another.
func (s *Service) PeerLeft(tx *db.Tx, peer ref.Account) error {
	list, err := s.lives.List(tx, "WHERE tenant = $1 AND peer = $2 AND ended_at = 0 ORDER BY live", peer)
	for _, l := range list {
		if err == nil {
			err = s.turnLive(tx, l, LiveBack, liveBell)
		}
	}
	return errs.Wrap("bridge: peer left", err)
}

// Jobs are the bells of this domain.
func (s *Service) Jobs() map[string]job.Handler { return map[string]job.Handler{bellLive: s.liveOver} }

// liveOver is the bell after which nobody is asked any more.
func (s *Service) liveOver(ctx context.Context, j job.Job) error {
	which, _, _ := strings.Cut(j.Key, "/")
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		l, err := s.lives.Get(tx, which)
		switch {
		case errs.Is(err, errs.NotFound):
			return j.Done(tx)
		case err != nil:
			return err
		case l.State != Asked && l.State != LiveHeld || tx.Now().Before(l.UntilAt):
			tx.Settle(string(l.Lock))
			return j.Done(tx)
		}
		if err := s.turnLive(tx, l, LiveNone, liveBell); err != nil {
			return err
		}
		return j.Done(tx)
	})
	return errs.Wrap("bridge: live over", err)
}
