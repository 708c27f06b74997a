package app

import (
	"slices"
	"strconv"

	"alongside/domain/access"
	"alongside/domain/disclose"
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
		DB: a.DB, People: people.New(), Allow: a.Access.Allow, Names: a.Access.Names, Staff: a.Access.Holders, Zone: a.Tenants.Zone, Off: a.Rota.Off,
		Sources: []engagement.Source{nowLines{a}, handoffLines{a}, outboxLines{a}, silentLines{a}}, Gate: a.Gate, Near: a.around, Self: disclose.Me, Account: accountOf, Reply: a.textReply,
		Died: func(tx *db.Tx, p ref.Person) (bool, error) { return a.Handoffs.Died(tx, p) },
	})
}

// accountOf is a person's own account, that of the record they are shown by where they
// have several; empty when they have none.
func accountOf(tx *db.Tx, person ref.Person) (ref.Account, error) {
	all, err := ownersOf(tx, person)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0].Account, nil
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
		if i, ok := handoffLine(h); ok {
			out = append(out, i)
		}
	}
	if err != nil {
		return nil, err
	}
	beside, err := s.app.besideLines(tx)
	if err != nil {
		return nil, err
	}
	out = append(out, beside...)
	due, err := s.app.Handoffs.OpenFollowUps(tx)
	for _, f := range due {
		out = append(out, followLine(f))
	}
	return out, err
}

// handoffLine is why a hand-off stands on Today; ok is false when it does not.
func handoffLine(h handoff.Handoff) (engagement.Item, bool) {
	i := engagement.Item{Person: h.Person, Path: "/handoff/" + string(h.ID), What: h.Label(), Rank: engagement.Running, At: h.RequestedAt, Why: "handoff-open"}
	switch h.State {
	case handoff.Acknowledged, handoff.OnTheWay:
		i.Rank, i.Timed, i.At, i.Why = engagement.Promise, true, h.DueAt, "handoff-coming"
	case handoff.Accepted, handoff.Introduced:
		if !h.SlotAt.IsZero() {
			i.Rank, i.Timed, i.At, i.Why = engagement.Promise, true, h.SlotAt, "handoff-slot"
		}
	case handoff.NotFound, handoff.Missed:
		i.Rank, i.Why = engagement.Window, "handoff-look"
	case handoff.SupportNotNow, handoff.Undisclosed, handoff.OutOfTouch, handoff.Connected, handoff.Retained30, handoff.Retained90:
		return i, false // nothing is due but follow-ups, in windows of their own
	}
	i.Key = i.Why + " " + string(h.ID)
	return i, true
}

// followLine is a follow-up whose window is open.
func followLine(f handoff.FollowUp) engagement.Item {
	i := engagement.Item{
		Key: "follow " + string(f.Handoff) + " " + strconv.FormatInt(f.Hours, 10), Rank: engagement.Window, Person: f.Person,
		At: f.OpensAt, Until: f.ClosesAt, Why: "handoff-follow", Count: max(1, f.Hours/24), Path: "/handoff/" + string(f.Handoff),
	}
	if f.Agreed() {
		i.Why, i.Count = "handoff-agreed", 0
	}
	return i
}

// met lets those who met walk together, and those who parted go on apart.
func (a *App) met(tx *db.Tx, what string, h handoff.Handoff) error {
	switch what {
	case handoff.AlertHandedOver, handoff.AlertGivenBack, handoff.AlertLeft:
		if err := a.parted(tx, h); err != nil || h.Peer == "" || h.MetAt.IsZero() {
			return err
		}
		return a.Day.Begin(tx, h.Person, h.Peer)
	}
	switch {
	case what == handoff.AlertEnded && h.ClosedReason == "died":
		return a.died(tx, h.Person)
	case h.Peer == "":
		return nil
	case what == handoff.AlertMet:
		return a.Day.Begin(tx, h.Person, h.Peer)
	case what == handoff.AlertEnded && parts(h):
		return a.Day.End(tx, h.Person, h.Peer)
	}
	return nil
}

// died lets nobody walk any more with somebody who has died, by any of their records,
// and shuts what is their own.
func (a *App) died(tx *db.Tx, person ref.Person) error {
	records, err := people.New().Same(tx, person)
	for _, r := range records {
		if err == nil {
			err = a.Day.EndAll(tx, r)
		}
	}
	if err != nil {
		return err
	}
	return a.shutOwn(tx, person)
}

// parts reports whether peer and person part with the hand-off: not when it was
// walked to its end or joined to another, nor after "not now" to someone who
// agreed to be contacted.
func parts(h handoff.Handoff) bool {
	if h.State == handoff.NotNow {
		return h.Contact == handoff.ContactNone
	}
	return h.ClosedReason != "walked" && h.ClosedReason != "joined"
}

// walkedWith are the people a peer walks with: since they met, or on the way to
// the first meeting.
func (a *App) walkedWith(tx *db.Tx, peer ref.Account) ([]ref.Person, error) {
	on, err := a.Handoffs.WalkedWith(tx, peer)
	if err != nil {
		return nil, err
	}
	out, err := a.Day.WalkedWith(tx, peer)
	for _, p := range on {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out, err
}

// around is what tells people of one name apart, as far as whoever is in the scope
// may see it.
func (a *App) around(tx *db.Tx, some []ref.Person) (map[ref.Person]people.Around, error) {
	walks, err := a.Day.Around(tx, some)
	if err != nil {
		return nil, err
	}
	var who []ref.Account
	for _, w := range walks {
		who = append(who, w.Peers...)
	}
	names, err := a.Access.Names(tx, who)
	if err != nil {
		return nil, err
	}
	sites, err := a.Handoffs.LastSites(tx, some)
	out := make(map[ref.Person]people.Around, len(some))
	for _, p := range some {
		one := people.Around{Last: walks[p].Last, Site: sites[p]}
		for _, peer := range walks[p].Peers {
			one.With = append(one.With, names[peer])
		}
		out[p] = one
	}
	return out, err
}

// parted ends the walks of those who were on a hand-off and are no more.
func (a *App) parted(tx *db.Tx, h handoff.Handoff) error {
	walked, err := a.Handoffs.Walked(tx, h)
	for _, peer := range walked {
		if err == nil && peer != h.Peer {
			err = a.Day.End(tx, h.Person, peer)
		}
	}
	return err
}
