package app

import (
	"context"
	"time"

	"alongside/app/demo"
	"alongside/domain/access"
	"alongside/domain/bridge"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/link"
	"alongside/platform/scope"
)

// demoBridge lets the made-up wards ask for a moment, the peers write down what
// they advised, and the participant have notes to a care team.
func (a *App) demoBridge(ctx context.Context, clk *demo.Clock, c demo.Cast, ward string) error {
	if err := a.demoLives(ctx, clk, c.Peers, ward); err != nil {
		return err
	}
	return a.demoAdvice(ctx, clk, c.Peers)
}

func asPeer(ctx context.Context, peer ref.Account) context.Context {
	sc, _ := scope.From(ctx)
	return scope.With(ctx, scope.Scope{Tenant: sc.Tenant, Actor: string(peer), Role: access.Peer, Purpose: scope.Treatment})
}

// demoLives are requests of the last days, and one that a ward waits for.
func (a *App) demoLives(ctx context.Context, clk *demo.Clock, peers []ref.Account, token string) error {
	sc, _ := link.Scope(token, scope.Treatment)
	byLink, now := scope.With(ctx, sc), clk.Now()
	defer clk.Set(now)
	w, err := a.Bridge.Wards.ByLink(byLink, token)
	if err != nil {
		return err
	}
	ends := []string{bridge.LiveCame, bridge.LiveCame, bridge.LiveStop, bridge.LiveCame, ""}
	for n, end := range ends {
		clk.Set(now.Add(-time.Duration(len(ends)-1-n)*31*time.Hour - 4*time.Minute))
		l := bridge.Live{ID: ref.Live(id.New(clk.Now())), About: bridge.Abouts()[n%3].Value, Where: "Bay 7"}
		if _, err := a.Bridge.AskLive(byLink, w, l); err != nil {
			return err
		}
		if end == "" {
			continue
		}
		peer := asPeer(ctx, peers[n%len(peers)])
		if err := a.Bridge.TurnLive(peer, l.ID, bridge.LiveCome); err != nil {
			return err
		}
		clk.Set(clk.Now().Add(12 * time.Minute))
		if err := a.Bridge.TurnLive(peer, l.ID, end); err != nil {
			return err
		}
	}
	return nil
}

// demoAdvice is what the peers said in team meetings, and what came of it.
func (a *App) demoAdvice(ctx context.Context, clk *demo.Clock, peers []ref.Account) error {
	now := clk.Now()
	defer clk.Set(now)
	for n, one := range []struct{ team, said, came, words string }{
		{"Emergency, Monday meeting", "Ask what someone wants to be called before you read the file.", bridge.ActedOn, "It is the first line of their form now."},
		{"Emergency, Monday meeting", "A closed curtain at night feels like being put away. Ask first.", bridge.ActedOn, "They ask now."},
		{"Quay Clinic team", "Say how long the wait is, even when it is long.", bridge.ActedOn, "There is a board in the hall."},
		{"Ward 4", "Whoever leaves without a word is not angry. Call once, kindly.", bridge.NotKnown, ""},
		{"Case managers", "A letter with the word ‘last’ in it sends people away.", bridge.NotActedOn, "The letter comes from the county."},
		{"Ward 4", "Let people keep their shoes. Without them nobody feels free to stay.", "", ""},
	} {
		clk.Set(now.AddDate(0, 0, n-20))
		peer := asPeer(ctx, peers[n%len(peers)])
		advice := bridge.Advice{ID: ref.Advice(id.New(clk.Now())), Team: one.team, Said: one.said}
		if err := a.Bridge.Advise(peer, advice); err != nil {
			return err
		}
		if one.came == "" {
			continue
		}
		clk.Set(clk.Now().AddDate(0, 0, 9))
		err := a.Bridge.Became(peer, bridge.Outcome{ID: id.New(clk.Now()), Advice: advice.ID, Came: one.came, Words: one.words})
		if err != nil {
			return err
		}
	}
	return nil
}

// demoNotes gives the participant one note that was sent and one that waits for
// their yes.
func (a *App) demoNotes(ctx context.Context, peers []ref.Account, account ref.Account, person ref.Person) error {
	sc, _ := scope.From(ctx)
	own := scope.With(ctx, scope.Scope{Tenant: sc.Tenant, Actor: string(account), Role: access.Participant, Purpose: scope.OwnRequest})
	walker, err := a.demoWalker(ctx, peers, person)
	if err != nil || walker == "" {
		return err
	}
	peer, door := asPeer(ctx, walker), bridge.Door{Person: person}
	to, err := a.demoConsent(peer, person)
	if err != nil {
		return err
	}
	for n, words := range []string{
		"Mornings are good for me. Nights are hard.\n\nTell me before you touch me.",
		"My medicine helps me. I would like to keep it.\nMy sister may sit with me.",
	} {
		note := bridge.Note{ID: ref.Note(id.New(a.Clock.Now())), Recipient: to, Body: words}
		if err := a.Bridge.Begin(peer, door, note); err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		one, err := a.Bridge.Note(own, bridge.Door{Own: true}, note.ID)
		if err != nil {
			return err
		}
		if err := a.Bridge.Approve(own, bridge.Door{Own: true}, note.ID, one.Mark, ""); err != nil {
			return err
		}
		if err := a.Bridge.Send(peer, door, note.ID); err != nil {
			return err
		}
	}
	return nil
}

// demoWalker is a peer who walks with someone; empty when none does.
func (a *App) demoWalker(ctx context.Context, peers []ref.Account, person ref.Person) (out ref.Account, err error) {
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		for _, p := range peers {
			ok, err := a.walkTogether(tx, p, person)
			if err != nil {
				return err
			}
			if ok {
				out = p
			}
		}
		return nil
	})
	return out, err
}

// demoConsent lets the first service on the list read notes about the person.
func (a *App) demoConsent(peer context.Context, person ref.Person) (to ref.Recipient, err error) {
	err = a.DB.Write(peer, func(tx *db.Tx) error {
		all, err := a.Consents.AllRecipients(tx)
		if err != nil {
			return err
		}
		to = all[0].ID
		_, err = a.Consents.Give(tx, consent.Consent{
			Person: person, Recipient: to, What: []string{consent.Name, consent.Context}, Purpose: scope.Treatment, UntilAt: a.Clock.Now().AddDate(0, 6, 0),
			How: consent.Signed, SignedAs: "Blue", Language: "en", Rights: consent.Read, Warned: true, Copied: "paper",
		})
		return err
	})
	return to, err
}
