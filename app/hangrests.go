package app

import (
	"context"
	"errors"

	"alongside/domain/tenant"
	"alongside/platform/scope"
)

// hangRests lets each organisation give a bell to what is long out of touch and has none.
// One that is paused gets it when it goes on.
func (a *App) hangRests(ctx context.Context) error {
	all, err := a.Tenants.List(scope.AsSystem(ctx, "hang up bells that are lacking"))
	for _, o := range all {
		in := scope.With(ctx, scope.Scope{Tenant: string(o.ID), Actor: "system", Purpose: scope.Operations})
		if e := a.Handoffs.HangRests(in); !tenant.IsPaused(e) {
			err = errors.Join(err, e)
		}
	}
	return err
}
