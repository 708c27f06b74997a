package app

import (
	"time"

	"alongside/domain/access"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/page"
)

// makeDay makes a peer's day. Its lines about hand-offs come from them.
func (a *App) makeDay() {
	a.Day = engagement.New(engagement.Deps{
		DB: a.DB, People: people.New(), Allow: a.Access.Allow, Names: a.Access.Names, Staff: a.Access.Holders, Zone: a.Tenants.Zone,
		Sources: []engagement.Source{handoffLines{a}, outboxLines{a}},
	})
}

// landing is where someone who signed in begins.
func landing(v *page.View) string {
	if v.Signed != nil && v.Signed.Role == access.Peer {
		return "/today"
	}
	return ""
}

// handoffLines are the hand-offs of a peer as lines of their day.
type handoffLines struct{ app *App }

// Lines lists them.
func (s handoffLines) Lines(tx *db.Tx) ([]engagement.Item, error) {
	list, err := s.app.Handoffs.Of(tx, ref.Account(tx.Scope().Actor))
	var out []engagement.Item
	for _, h := range list {
		if i, ok := handoffLine(h, tx.Now()); ok {
			out = append(out, i)
		}
	}
	return out, err
}

// followUp is how long a follow-up's window stays open: the first two weeks
// after the thirtieth and the ninetieth day. It is our own choice (0040).
const followUp = 14 * 24 * time.Hour

// handoffLine is why a hand-off stands on Today; ok is false when it does not.
func handoffLine(h handoff.Handoff, now time.Time) (engagement.Item, bool) {
	i := engagement.Item{Person: h.Person, Path: "/handoff/" + string(h.ID), What: h.Label(), Rank: engagement.Promise, At: h.RequestedAt, Why: "handoff-open"}
	switch h.State {
	case handoff.Acknowledged, handoff.OnTheWay:
		i.At, i.Why = h.DueAt, "handoff-coming"
	case handoff.Accepted, handoff.Introduced:
		if !h.SlotAt.IsZero() {
			i.At, i.Why = h.SlotAt, "handoff-slot"
		}
	case handoff.NotFound, handoff.Missed, handoff.OutOfTouch:
		i.Rank, i.Why = engagement.Window, "handoff-look"
	case handoff.Connected:
		return window(i, h, 30, now)
	case handoff.Retained30:
		return window(i, h, 90, now)
	case handoff.Retained90:
		return i, false
	}
	i.Key = i.Why + " " + string(h.ID)
	return i, true
}

// window is a follow-up so many days after the first visit, once it is open.
func window(i engagement.Item, h handoff.Handoff, days int, now time.Time) (engagement.Item, bool) {
	i.At = h.ConnectedAt.AddDate(0, 0, days)
	i.Rank, i.Until, i.Count = engagement.Window, i.At.Add(followUp), int64(days)
	i.Why = "handoff-follow"
	i.Key = i.Why + " " + string(h.ID) + " " + h.State
	return i, !now.Before(i.At)
}

// met lets those who met walk together, and those who parted go on apart.
func (a *App) met(tx *db.Tx, what string, h handoff.Handoff) error {
	switch {
	case h.Peer == "":
		return nil
	case what == handoff.AlertMet:
		return a.Day.Begin(tx, h.Person, h.Peer)
	case what == handoff.AlertEnded && h.ClosedReason != "walked" && (h.State != handoff.NotNow || h.Contact == handoff.ContactNone):
		return a.Day.End(tx, h.Person, h.Peer)
	}
	return nil
}
