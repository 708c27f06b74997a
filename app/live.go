package app

import (
	"context"
	"slices"
	"strconv"

	"alongside/domain/bridge"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/domain/rota"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
)

// liveTopic is what pages about an organisation's live requests watch.
func liveTopic(tenant string) string { return "live/" + tenant }

// wards are the places that ask for a peer for a moment: those where staff ask
// for warm hand-offs, by the same link.
type wards struct{ app *App }

// ByLink finds the place of a link.
func (w wards) ByLink(ctx context.Context, token string) (bridge.Ward, error) {
	s, err := w.app.Handoffs.SiteByLink(ctx, token)
	if err == nil && !staffed(s) {
		err = errs.New(errs.NotFound, "a door without a ward", "")
	}
	if err != nil {
		return bridge.Ward{}, err
	}
	return wardOf(s), nil
}

// One reads a place.
func (w wards) One(tx *db.Tx, site ref.Site) (bridge.Ward, error) {
	s, err := handoff.Sites().Get(tx, site)
	return wardOf(s), err
}

// staffed reports whether staff ask at a site's door, and not people for
// themselves or for a friend.
func staffed(s handoff.Site) bool {
	return slices.Contains([]string{"", handoff.DoorWard, handoff.DoorTablet, handoff.DoorManager}, s.Door)
}

func wardOf(s handoff.Site) bridge.Ward {
	return bridge.Ward{ID: s.ID, Name: s.Name, Duty: s.Duty, Promise: s.Promised()}
}

// rungs let a live request climb the ladder of the rota, by the rungs of a
// hand-off. It is about nobody, so nobody is known to know them.
type rungs struct{ app *App }

// Happened passes on what the ladder cares about.
func (r rungs) Happened(tx *db.Tx, what string, l bridge.Live) error {
	kinds := map[string]string{bridge.LadderAsked: rota.EventAsked, bridge.LadderTaken: rota.EventTaken, bridge.LadderOver: rota.EventOver}
	return r.app.Rota.Happened(tx, rota.Event{
		What: kinds[what], Kind: rota.ForLive, Handoff: ref.Handoff(l.ID), Site: l.Site, Language: l.Language, Peer: l.Peer, MeetBy: l.DueAt,
	})
}

// Standing is how the asking goes, in the words of a hand-off's.
func (r rungs) Standing(tx *db.Tx, l ref.Live) (bridge.Standing, error) {
	st, err := alerts{rota: r.app.Rota}.Standing(tx, ref.Handoff(l))
	if st.Next == rota.Telephone {
		st.Next = "" // the number stands on a ward's page from the first
	}
	return bridge.Standing{Lines: st.Lines, Phone: st.Phone, Alone: st.Alone(), Unheard: st.Unheard}, err
}

// Asks is where whoever is in the scope answers while the ladder asks them.
func (r rungs) Asks(tx *db.Tx, l ref.Live) (string, error) {
	return r.app.Rota.Asks(tx, ref.Handoff(l))
}

// liveChanged lets the pages look again that show what wards ask for.
func (a *App) liveChanged(tenant string) {
	a.Hub.Tell(liveTopic(tenant))
	a.Hub.Tell(handoff.Topic(tenant))
}

// moments are what wards ask for, as the board shows it.
type moments struct{ app *App }

// Moments lists them.
func (m moments) Moments(tx *db.Tx) (handoff.Moments, error) {
	open, held, err := m.app.Bridge.Moments(tx)
	if err != nil {
		return handoff.Moments{}, err
	}
	out := handoff.Moments{Held: held, Path: "/live"}
	if m.app.allow(tx, "text.place") == nil {
		texts, err := m.app.Day.Unanswered(tx)
		if err != nil {
			return out, err
		}
		out.Texts = texts.All
	}
	for _, l := range open {
		site, err := handoff.Sites().Get(tx, l.Site)
		if err != nil {
			return out, err
		}
		one := handoff.Moment{About: bridge.AboutWords(l.About), Site: site.Name, Path: "/live/" + string(l.ID), Asked: l.AskedAt, Due: l.DueAt, Goes: l.State == bridge.Coming}
		if l.Takes(tx.Scope().Role) {
			one.Come = one.Path + "/" + bridge.LiveCome
		}
		out.Open = append(out.Open, one)
	}
	return out, nil
}

// nowLines are who waits for whoever is asked, and the ward to which they are on
// the way.
type nowLines struct{ app *App }

// Lines lists them.
func (s nowLines) Lines(tx *db.Tx) ([]engagement.Item, error) {
	asked, err := s.app.Rota.Waits(tx)
	if err != nil {
		return nil, err
	}
	var out []engagement.Item
	for _, w := range asked {
		i := engagement.Item{Rank: engagement.Now, At: w.At, Why: "asked-handoff", Path: w.Path(), Key: "asked " + string(w.Handoff), Pass: rota.AnswerPath(w.Handoff) + "/pass"}
		if w.Kind == rota.ForLive {
			i.Why = "asked-live"
		}
		if i.What, err = siteWords(tx, w.Site); err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	coming, err := s.coming(tx)
	if err != nil {
		return nil, err
	}
	cares, err := s.cares(tx)
	return slices.Concat(cares, out, coming), err
}

// cares are the peers whom a supervisor has to call, and who would like to talk.
func (s nowLines) cares(tx *db.Tx) (out []engagement.Item, err error) {
	outs, err := s.app.Rota.Calls(tx)
	if err != nil {
		return nil, err
	}
	for _, o := range outs {
		at := o.DueAt
		if o.Asked() {
			at = o.BegunAt // help that was asked for does not wait until they are due
		}
		out = append(out, engagement.Item{
			Rank: engagement.Now, At: at, Why: engagement.WhyCall, What: named(o.Name), Path: "/overview",
			Key: "care " + string(o.Peer) + " " + strconv.FormatInt(o.Turn, 10),
		})
	}
	if at, err := s.app.Rota.Unheard(tx); err != nil {
		return nil, err
	} else if !at.IsZero() {
		out = append(out, engagement.Item{Rank: engagement.Promise, At: at, Why: "care-gone", Path: "/rota/hard", Key: "gone " + strconv.FormatInt(at.Unix(), 10)})
	}
	wishes, err := s.app.Rota.Wishes(tx)
	for _, w := range wishes {
		out = append(out, engagement.Item{Rank: engagement.Promise, Asked: true, At: w.At, Why: "care-talk", What: named(w.Name), Path: w.Path(), Key: "talk " + string(w.ID) + " " + strconv.FormatInt(w.At.Unix(), 10)})
	}
	return out, err
}

// silentLines says to whoever chose ways to be told that none of them is in use.
type silentLines struct{ app *App }

// Lines lists it.
func (s silentLines) Lines(tx *db.Tx) ([]engagement.Item, error) {
	only, err := s.app.Rota.OpenPagesOnly(tx)
	if err != nil || !only {
		return nil, err
	}
	return []engagement.Item{{Key: "silent", Rank: engagement.Own, At: tx.Now(), Why: "silent", Path: "/rota/mine"}}, nil
}

// named is a name, the same in every language.
func named(name string) i18n.Text { return i18n.Text{EN: name, ES: name, AR: name} }

func (s nowLines) coming(tx *db.Tx) (out []engagement.Item, err error) {
	open, _, err := s.app.Bridge.Moments(tx)
	for _, l := range open {
		if l.State != bridge.Coming || string(l.Peer) != tx.Scope().Actor {
			continue
		}
		why := "live-coming"
		if tx.Now().After(l.DueAt) {
			why = "live-late"
		}
		i := engagement.Item{Rank: engagement.Now, Timed: true, At: l.DueAt, Why: why, Path: "/live/" + string(l.ID), Key: "live " + string(l.ID)}
		if i.What, err = siteWords(tx, l.Site); err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, err
}

// siteWords is a place's name, in whatever language it was written.
func siteWords(tx *db.Tx, site ref.Site) (i18n.Text, error) {
	s, err := handoff.Sites().Get(tx, site)
	return i18n.Text{EN: s.Name, ES: s.Name, AR: s.Name}, err
}
