package app

import (
	"context"
	"time"

	"alongside/domain/consent"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/scope"
)

// grants lets a hand-off record and ask for consent without knowing the consent
// domain. A hand-off's consent covers one service, the name in use and how
// things stand, for treatment, and nothing else.
type grants struct{ consents *consent.Service }

func told() []string { return []string{consent.Status, consent.Name} }

// Give records a consent that was said or signed at the bedside.
func (g grants) Give(tx *db.Tx, gr handoff.Grant) (ref.Consent, error) {
	how := consent.Spoken
	if gr.How == "signed" {
		how = consent.Paper // the page's "signed" is a signature on paper
	}
	c, err := g.consents.Give(tx, consent.Consent{
		Person: gr.Person, Recipient: ref.Recipient(gr.Destination), What: told(),
		Purpose: scope.Treatment, How: how, UntilAt: gr.Until.Truncate(time.Microsecond),
	})
	return c.ID, err
}

// Revoke takes a consent back at once; a spoken word is enough.
func (g grants) Revoke(tx *db.Tx, c ref.Consent, how string) error {
	if how == "signed" {
		how = consent.Paper
	}
	return g.consents.Revoke(tx, c, how)
}

// Covers answers whether the recipient may be told the name and how things
// stand, now.
func (g grants) Covers(tx *db.Tx, person ref.Person, recipient string) (bool, error) {
	return g.consents.Covers(tx, consent.Ask{
		Person: person, Recipient: ref.Recipient(recipient), Purpose: scope.Treatment, What: told(),
	})
}

// part2Notice is statement 2 of 42 CFR 2.32(a), which goes with everything told
// under a consent where that law binds the organisation.
const part2Notice = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."

// notice is what goes with whatever a service is told, by the organisation's
// privacy law.
func (a *App) notice(ctx context.Context) (string, error) {
	sc, _ := scope.From(ctx)
	o, err := a.Tenants.Get(ctx, ref.Tenant(sc.Tenant))
	if err != nil || o.Regime != "part2" {
		return "", err
	}
	return part2Notice, nil
}
