package app

import (
	"slices"

	"alongside/domain/bridge"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/scope"
)

// makeBridge puts together what goes between people and those who treat them.
func (a *App) makeBridge() error {
	a.Bridge = bridge.New(bridge.Deps{
		DB: a.DB, People: people.New(), Out: outlet{a.Door, a.Consents}, Allow: a.Access.Allow, Names: a.Access.Names,
		Self: disclose.Me, Walks: a.walkTogether, Wards: wards{a}, Ladder: rungs{a}, Changed: a.liveChanged,
	})
	var err error
	a.Cards, err = bridge.NewCards(a.Bridge, bridge.CardDeps{Way: a.Day.Reachable, Nudge: a.Day.Nudge})
	return err
}

// bridgeWeb are its pages.
func (a *App) bridgeWeb() *bridge.Web {
	return &bridge.Web{S: a.Bridge, C: a.Cards, Dress: a.dress, Origin: a.Origin, Watch: func(t string) (<-chan struct{}, func()) { return a.Hub.Watch(liveTopic(t)) }}
}

// walkTogether reports whether a peer walks with a person: since they met, or on
// the way to the first meeting.
func (a *App) walkTogether(tx *db.Tx, peer ref.Account, person ref.Person) (bool, error) {
	all, err := a.walkedWith(tx, peer)
	return slices.Contains(all, person), err
}

// outlet lets a note out by the one door, to whoever a consent lets read it.
type outlet struct {
	door     *disclose.Service
	consents *consent.Service
}

// Recipients lists everyone who can be told something.
func (o outlet) Recipients(tx *db.Tx) ([]bridge.Recipient, error) {
	all, err := o.consents.AllRecipients(tx)
	out := make([]bridge.Recipient, len(all))
	for i, r := range all {
		out[i] = bridge.Recipient{ID: r.ID, Name: r.Name}
	}
	return out, err
}

func telling(n bridge.Note) disclose.Telling {
	return disclose.Telling{
		Person: n.Person, Recipient: n.Recipient, Purpose: scope.Treatment, Way: "link", Row: n.Row(),
		Items: []disclose.Item{{Kind: consent.Context, Labels: n.Touches}},
	}
}

// Covers answers whether the note may be told now.
func (o outlet) Covers(tx *db.Tx, n bridge.Note) (bool, error) { return o.door.Covers(tx, telling(n)) }

// Tell lets the note out, and with it the name in use where that may be told
// too.
func (o outlet) Tell(tx *db.Tx, n bridge.Note) (bridge.Told, error) {
	t := telling(n)
	t.Items = append(t.Items, disclose.Item{Kind: consent.Name})
	told, err := o.door.Tell(tx, t)
	if err != nil {
		return bridge.Told{}, err
	}
	named := slices.ContainsFunc(told.Items, func(i disclose.Item) bool { return i.Kind == consent.Name })
	return bridge.Told{Notice: told.Notice, Named: named, Why: told.Scope.Purpose, Until: told.Scope.UntilAt, Event: told.Scope.UntilEvent}, nil
}

// Readings are the times that the note was let out.
func (o outlet) Readings(tx *db.Tx, n bridge.Note) ([]bridge.Reading, error) {
	lines, err := o.door.Readings(tx, n.Person, n.Row())
	out := make([]bridge.Reading, len(lines))
	for i, l := range lines {
		out[i] = bridge.Reading{At: l.At, To: l.Name}
	}
	return out, err
}
