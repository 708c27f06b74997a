package app

import (
	"context"
	"time"

	"alongside/domain/access"
	"alongside/domain/engagement"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// demoDay notes made-up contacts of the made-up peers with those they met, and
// what they wrote for themselves.
func (a *App) demoDay(ctx context.Context, clk clock.Clock, peers []ref.Account) error {
	sc, _ := scope.From(ctx)
	for _, peer := range peers {
		ctx := scope.With(ctx, scope.Scope{Tenant: sc.Tenant, Actor: string(peer), Role: access.Peer, Purpose: scope.Treatment})
		mine, err := a.Day.Caseload(ctx)
		if err != nil {
			return err
		}
		for n, c := range mine {
			if err := a.demoContacts(ctx, clk, c, n); err != nil {
				return err
			}
		}
	}
	return a.demoPages(ctx, clk, peers)
}

// demoContacts are the contacts with the nth person of a peer.
func (a *App) demoContacts(ctx context.Context, clk clock.Clock, c engagement.Companion, n int) error {
	notes := []string{"Wants to find a quieter room.", "We laughed about the rain.", "", "Asked what the clinic is like. I told how it was for me."}
	call := engagement.Contact{
		Way: engagement.Call, Reached: true, Minutes: int64(10 + n%4*15), About: []string{engagement.Activities()[n%12].Value},
		Went: engagement.Wents()[n%3].Value, Note: notes[n%len(notes)],
	}
	switch n {
	case 2:
		call.Went, call.About = engagement.WentWorry, []string{"crisis"}
	case 4, 9:
		call.Next, call.NextAt = "i_call", clk.Now()
	case 6, 8:
		call.Next, call.NextAt = "we_meet", clk.Now().AddDate(0, 0, 2)
	case 7:
		if err := a.demoNote(ctx, clk, c, engagement.Contact{Way: engagement.Call}, 5); err != nil {
			return err
		}
	}
	return a.demoNote(ctx, clk, c, call, 1+n%15)
}

func (a *App) demoNote(ctx context.Context, clk clock.Clock, c engagement.Companion, note engagement.Contact, daysAgo int) error {
	note.SentAs, note.Person = id.New(clk.Now()), c.Walk.Person
	note.StartedAt = clk.Now().Add(-time.Duration(daysAgo) * 24 * time.Hour)
	_, err := a.Day.Note(ctx, note)
	return err
}
