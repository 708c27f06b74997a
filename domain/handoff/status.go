package handoff

import (
	"context"
	"time"

	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// StatusLife is how long the page for whoever asked can be opened: long enough
// for the shifts that care for the person, no longer. After it the link is like
// any that never was.
const StatusLife = 72 * time.Hour

// Status is what whoever asked may know: that they asked, that a peer said yes,
// is coming, is there. What came of it belongs to the person; Later is set only
// while a live consent covers the site.
type Status struct {
	At       time.Time // the instant it was read
	Stage    string    // Held, Requested, Acknowledged, OnTheWay, NotFound, Met or NotNow
	Where    string
	Code     string
	Site     Site
	AskedAt  time.Time
	AckAt    time.Time
	Expected time.Time
	MetAt    time.Time
	DueAt    time.Time
	Overdue  bool
	Later    string // Introduced or Connected, with consent; else empty
	Notice   string // the law's words that go with Later
	Reopens  bool   // the asker may ask again
	Standing Standing

	RightedAt time.Time // when an answer was last put right by a link
	Bare      bool      // read without a record: nothing of it counts as shown
}

// seen is the stage that a stream has shown and recorded; empty for none.
func (st Status) seen() string {
	if st.Bare {
		return ""
	}
	return st.Stage
}

// Status reads the page for whoever asked. Every reason not to show it, a link
// that ended included, is NotFound. shown is the stage that the same stream
// showed last: to show it again is not another look. A page passes "".
func (s *Service) Status(ctx context.Context, token, shown string) (Status, error) {
	var out Status
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		h, err := s.byStatus(tx, token)
		if err != nil {
			return err
		}
		out, err = s.status(tx, h, "page")
		if err != nil {
			return err
		}
		if out.Stage == shown {
			tx.Settle(string(h.Person))
			return nil
		}
		return s.record(tx, audit.Look, "handoff.status", h, nil)
	})
	if errs.Is(err, errs.Unavailable) {
		return s.bareStatus(ctx, token)
	}
	return out, errs.Wrap("handoff: status", err)
}

func (s *Service) byStatus(tx *db.Tx, token string) (Handoff, error) {
	rows, err := s.handoffs.List(tx, "WHERE tenant = $1 AND status_key = $2",
		linkKey(tx.Vault(), tx.Scope().Tenant, token))
	if err != nil {
		return Handoff{}, err
	}
	if len(rows) == 0 {
		return Handoff{}, absent("status link")
	}
	over, err := askEnded(tx, rows[0].ID)
	if err != nil || over {
		tx.Settle(string(rows[0].Person))
	}
	if over {
		return Handoff{}, absent("status link ended")
	}
	return rows[0], err
}

func (s *Service) status(tx *db.Tx, h Handoff, way string) (Status, error) {
	site, err := s.sites.Get(tx, h.Site)
	if err != nil {
		return Status{}, err
	}
	own := h
	if h, err = s.leading(tx, h); err != nil {
		return Status{}, err
	}
	if h.ID != own.ID {
		tx.Settle(string(h.Person)) // of the one that goes on only times are shown
	}
	out, err := theirStatus(tx, own, h, site)
	if err != nil {
		return out, err
	}
	if out.Stage != Met {
		out.RightedAt, err = lastRighted(tx, own.ID)
	}
	if err != nil {
		return out, err
	}
	if out.Stage == Requested {
		out.Standing, err = s.Asking.Standing(tx, h.ID)
		return out, err
	}
	later := laterStage(h)
	if tx.Settle(string(h.Person)); later == "" || own.ID != h.ID {
		return out, nil
	}
	notice, told, err := s.Out.Tell(tx, h.Person, string(h.Site), way)
	if told {
		out.Later, out.Notice = later, notice
	}
	return out, err
}

// theirStatus is how their own ask stands; h is the hand-off that goes on for it.
func theirStatus(tx *db.Tx, own, h Handoff, site Site) (Status, error) {
	mine, theirs, err := asAsked(tx, own)
	seen := mine
	if err == nil && h.ID != own.ID {
		seen, _, err = asAsked(tx, h)
	}
	out := Status{
		At: tx.Now(), Stage: stage(seen), Code: Code(tx, own.ID), Site: site, AskedAt: mine.RequestedAt,
		AckAt: seen.AckAt, Expected: seen.ExpectedAt, MetAt: seen.MetAt, DueAt: seen.DueAt, Overdue: seen.Overdue(tx.Now()),
	}
	if out.Reopens = out.Stage == NotNow; theirs && out.Stage != Met {
		out.Where = own.Where
	}
	return out, err
}

// laterStage is what whoever asked may see beyond the meeting, with consent:
// that they were introduced, and that they arrived, and no more.
func laterStage(h Handoff) string {
	switch {
	case h.State == Introduced && h.Mode != modeCold:
		return Introduced
	case h.Lane == LaneAfter:
		return Connected
	}
	return ""
}

// stage is how far the asker may see. Once they met, everything after looks the
// same: agreed, not agreed, ended.
func stage(h Handoff) string {
	switch {
	case !h.MetAt.IsZero():
		return Met
	case h.State == Held, h.State == Requested, h.State == Acknowledged, h.State == OnTheWay, h.State == NotFound:
		return h.State
	case h.State == OutOfTouch, h.State == Resting:
		return NotFound // they can say where the person is, and a peer goes
	}
	return NotNow
}

// Change takes a step for whoever asked, by the status link: they changed their
// mind, or would like a peer after all.
func (s *Service) Change(ctx context.Context, token, step string, in Input) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		h, err := s.byStatus(tx, token)
		if err != nil {
			return err
		}
		return s.byLink(tx, h, step, in)
	})
	return errs.Wrap("handoff: change by link", err)
}

func (s *Service) byLink(tx *db.Tx, h Handoff, step string, in Input) error {
	known := step == StepNotNow || step == StepReopen || step == StepLookAgain || step == StepCorrect
	seen, _, err := asAsked(tx, h)
	if err != nil {
		return err
	}
	if known && !seen.MetAt.IsZero() {
		return errs.New(errs.Conflict, "by status link", "handoff.error.already-together")
	}
	in.Role = RoleAsker
	return s.take(tx, h.ID, step, in)
}

// AskAgain is "they would like a peer now", by the status link. What rests is
// opened again. What has ended before they met stays ended, and a new ask begins
// at the same place: whoever stands at a bed is not sent away, and does not
// learn how the first one ended, nor where the person said that they are. It returns
// the status link that shows it.
func (s *Service) AskAgain(ctx context.Context, token string, in Input) (string, error) {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		h, err := s.byStatus(tx, token)
		if err != nil {
			return err
		}
		seen, theirs, err := asAsked(tx, h)
		if err != nil {
			return err
		}
		if h.State != Closed || !seen.MetAt.IsZero() {
			return s.byLink(tx, h, StepReopen, in)
		}
		if !theirs {
			h.Where = ""
		}
		anew, err := s.ask(tx, Ask{Handoff: Handoff{Answer: "yes", Where: h.Where}, Site: h.Site, Act: in.Act})
		if err != nil {
			return err
		}
		token = anew.Token
		return s.record(tx, audit.Look, "handoff.status", h, nil)
	})
	return token, errs.Wrap("handoff: ask again by link", err)
}

// SiteByLink finds the site whose page for asking this is. A link that was
// changed is gone.
func (s *Service) SiteByLink(ctx context.Context, token string) (Site, error) {
	var out Site
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := s.sites.List(tx, "WHERE tenant = $1 AND link_key = $2",
			linkKey(tx.Vault(), tx.Scope().Tenant, token))
		if err == nil && len(rows) == 0 {
			err = absent("site link")
		}
		if err == nil {
			out = rows[0]
		}
		return err
	})
	return out, errs.Wrap("handoff: site by link", err)
}
