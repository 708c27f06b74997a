package app

import (
	"context"

	"alongside/domain/access"
	"alongside/domain/bridge"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/i18n"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// demoCards lets the made-up peers read some cards over, write one anew, and
// give some to those they walk with.
func (a *App) demoCards(ctx context.Context, clk clock.Clock, peers []ref.Account) error {
	sc, _ := scope.From(ctx)
	by := func(peer ref.Account) context.Context {
		return scope.With(ctx, scope.Scope{Tenant: sc.Tenant, Actor: string(peer), Role: access.Peer, Purpose: scope.Treatment})
	}
	for n, peer := range peers {
		if n == 0 {
			if err := a.demoShelf(by(peer), clk); err != nil {
				return err
			}
		}
		mine, err := a.Day.Caseload(by(peer))
		if err != nil {
			return err
		}
		for m, c := range mine {
			g := bridge.Gift{ID: ref.Gift(id.New(clk.Now())), Card: []string{"c12", "c14", "c16"}[m%3]}
			if err := a.Cards.Give(by(peer), bridge.Door{Person: c.Walk.Person}, g, i18n.English, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// demoShelf is what one peer did with the cards.
func (a *App) demoShelf(ctx context.Context, clk clock.Clock) error {
	for _, card := range []string{"c01", "c12", "c17"} {
		if err := a.Cards.Review(ctx, card, 0); err != nil {
			return err
		}
	}
	story, err := a.Cards.Story(ctx, "c08")
	if err != nil {
		return err
	}
	e := story.Edition
	e.Row, e.BodyEN = id.New(clk.Now()), e.BodyEN+"\nOur centre has naloxone at the front desk."
	_, err = a.Cards.Write(ctx, e, story.Newest)
	return err
}
