package app

import (
	"context"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/domain/rota"
	"alongside/platform/clock"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// demoRota puts the made-up peers on a rota of three shifts a day, at every
// site, so that someone is on duty at any hour.
func (a *App) demoRota(ctx context.Context, clk clock.Clock, lead ref.Account, peers []ref.Account) error {
	sc, _ := scope.From(ctx)
	ctx = scope.With(ctx, scope.Scope{Tenant: sc.Tenant, Actor: string(lead), Role: access.Coordinator, Purpose: scope.Operations})
	first := rota.Day(clk.Now().AddDate(0, 0, -28).Format("2006-01-02")).Monday()
	for i, peer := range peers {
		begins := int64(i % 3 * 8 * 60)
		err := a.Rota.Add(ctx, rota.Shift{
			ID: ref.Shift(id.New(clk.Now())), Peer: peer, From: first, Repeats: rota.Daily,
			Begins: begins, Ends: (begins + 8*60) % (24 * 60),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
