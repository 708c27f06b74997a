package app

import (
	"context"
	"fmt"
	"time"

	"alongside/domain/audit"
	"alongside/domain/engagement"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/scope"
)

// demoTexts are made-up texts that came in: one from someone a peer walks with,
// and two whose number says nothing.
func (a *App) demoTexts(ctx context.Context, clk clock.Clock, peers []ref.Account) error {
	sc, _ := scope.From(ctx)
	mine, err := a.Day.Caseload(asPeer(ctx, peers[0]))
	if err != nil || len(mine) == 0 {
		return err
	}
	if err := a.DB.Write(asPeer(ctx, peers[0]), func(tx *db.Tx) error { return chooseTexts(tx, mine[0].Walk.Person) }); err != nil {
		return err
	}
	door := scope.With(ctx, scope.Scope{Tenant: sc.Tenant, Actor: "link:texts", Purpose: scope.Treatment})
	for n, t := range []engagement.Arrived{
		{From: "555-0130-1", Words: "Can we say eleven instead of ten?"},
		{From: "555-0161", Words: "Is this the number from the card?"},
		{From: "555-0199", Words: "Thank you for yesterday."},
	} {
		t.ID = fmt.Sprint("demo-", n, "-", clk.Now().Format(time.RFC3339))
		if err := a.Day.Arrive(door, t); err != nil {
			return err
		}
	}
	return nil
}

// chooseTexts gives a made-up person a number, for which texts are fine.
func chooseTexts(tx *db.Tx, person ref.Person) error {
	before, err := people.New().Find(tx, person)
	if err != nil {
		return err
	}
	after := before
	after.Phone, after.Texts = "555-0130-1", true
	if _, err := people.New().Update(tx, before, after); err != nil {
		return err
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "people.change"}, string(person))
}
