package app

import (
	"context"
	"slices"

	"alongside/domain/bridge"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/domain/rota"
	"alongside/platform/db"
	"alongside/platform/errs"
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
	return bridge.Standing{Lines: st.Lines, Phone: st.Phone}, err
}
