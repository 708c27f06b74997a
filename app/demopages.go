package app

import (
	"context"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/domain/workforce"
	"alongside/platform/clock"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// demoPages lets two made-up peers write pages of their own, and think about one
// thing together.
func (a *App) demoPages(ctx context.Context, clk clock.Clock, peers []ref.Account) error {
	if len(peers) < 2 {
		return nil
	}
	sc, _ := scope.From(ctx)
	by := func(peer ref.Account) context.Context {
		return scope.With(ctx, scope.Scope{Tenant: sc.Tenant, Actor: string(peer), Role: access.Peer, Purpose: scope.Treatment})
	}
	one, two := by(peers[0]), by(peers[1])
	thread := id.New(clk.Now())
	for _, e := range []workforce.Entry{
		{ID: id.New(clk.Now()), Kind: workforce.Recovery, Words: "Walked to the river before work. I sat until my hands were still."},
		{ID: id.New(clk.Now()), Kind: workforce.Wellbeing, Words: "Tired after three nights. I want to ask for a day off before I need one."},
		{ID: thread, Kind: workforce.Reflection, Words: "I gave advice when I could have listened. It was my own worry that spoke. Next time I want to ask first."},
	} {
		if err := a.Pages.Write(one, e); err != nil {
			return err
		}
	}
	if err := a.Pages.Invite(one, thread, peers[1:2]); err != nil {
		return err
	}
	if err := a.Pages.Say(two, thread, workforce.Entry{ID: id.New(clk.Now()), Words: "I know that worry. I count to five before I say anything."}); err != nil {
		return err
	}
	return a.Pages.Write(two, workforce.Entry{ID: id.New(clk.Now()), Kind: workforce.Recovery, Words: "My group tonight. I am glad that I went."})
}
