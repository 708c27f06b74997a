package app

import (
	"context"
	"strings"
	"time"

	"alongside/domain/tenant"
	"alongside/platform/page"
)

// crisis are the lines to call in a country. Where none is named it is the one that all
// organisations here are in: whoever is not signed in, at a door or by a card, has a
// number to call too. It asks no database, for it must stand when nothing else does.
func (a *App) crisis(country string) []page.CrisisLine {
	if home := a.home.Load(); country == "" && home != nil {
		country = *home
	}
	return tenant.CountryOf(strings.ToUpper(country)).Lines
}

// lookHome sees in which country the organisations are. In more than one there is no
// number that is right for everyone, and none is shown. When they cannot be read, what
// was seen last stands.
func (a *App) lookHome(ctx context.Context) {
	all, err := a.Tenants.List(ctx)
	if err != nil {
		if ctx.Err() == nil {
			a.Log.Warn("the country of the organisations was not read", "err", err)
		}
		return
	}
	home := ""
	for i, o := range all {
		if i > 0 && o.Country != home {
			a.home.Store(nil)
			return
		}
		home = o.Country
	}
	a.home.Store(&home)
}

// keepHome looks at the start, and each minute: an organisation may be made meanwhile.
func (a *App) keepHome(ctx context.Context) {
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	for {
		a.lookHome(ctx)
		select {
		case <-ctx.Done():
			return
		case <-minute.C:
		}
	}
}
