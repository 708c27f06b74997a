package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// again is what a restore did once more, because it had been done since the copy was
// made.
type again struct {
	Erased, Consents, Cards, Passkeys, Passwords int
	Links                                        int // that had been replaced
	Walks                                        int // that had ended
	Paused                                       []paused
	Organisations                                []string // paused as a whole, by name
}

// paused is an account, with its organisation's name.
type paused struct {
	org     string
	account ref.Account
}

// straddles is how long before a copy was begun something may have been noted that is
// not in it: it is noted before its transaction ends.
const straddles = 5 * time.Minute

// pausedAgain is why an organisation is paused by a restore.
const pausedAgain = "It had been paused. An older copy was put back, so it is paused again."

// since reports whether line i of an organisation's list, counted from 0, was written
// since the copy was made: by its place, which no clock moves, or by its instant. A
// copy from before there were such lists knows no place, and all is newer than it.
func (m manifest) since(tenant string, i int, at time.Time) bool {
	byPlace := m.File != "" && i >= m.Noted[tenant] // what other tools copied knows only its instant
	return byPlace || !at.Before(m.Made.Add(-straddles))
}

// notes are the lists of what was taken back, of all organisations.
func (a *App) notes(m manifest) (map[string][]access.Note, error) {
	tenants, err := a.Vault.Tenants()
	out := map[string][]access.Note{}
	for _, t := range tenants {
		list, err := a.Vault.Noted(t)
		if err != nil {
			return nil, err
		}
		for i, n := range list {
			out[t] = append(out[t], access.Note{Noted: n, Since: m.since(t, i, n.At)})
		}
	}
	return out, err
}

// doAgain does what was done since an older copy of the data was made: it lets go of
// whoever left, ends every sign-in and link, takes back consents and stops what the
// keys' list says.
func (a *App) doAgain(ctx context.Context, m manifest) (did again, err error) {
	notes, err := a.notes(m) // before what follows adds to them
	if err != nil {
		return did, err
	}
	if did.Erased, err = a.Mine.CatchUp(ctx); err != nil {
		return did, err
	}
	if err := a.Access.EndAll(ctx); err != nil {
		return did, err
	}
	all, err := a.Tenants.List(ctx)
	if err != nil {
		return did, err
	}
	for _, o := range all {
		if err := a.doAgainIn(ctx, o, notes[string(o.ID)], &did); err != nil {
			return did, err
		}
	}
	return did, nil
}

func (a *App) doAgainIn(ctx context.Context, o tenant.Tenant, notes []access.Note, did *again) error {
	in := scope.With(ctx, scope.Scope{Tenant: string(o.ID), Actor: "system", Purpose: scope.Operations, Always: true})
	var stopped access.Stopped
	var ended, turned, parted int
	err := a.DB.Write(in, func(tx *db.Tx) (err error) {
		if ended, err = a.Consents.EndAgain(tx, under[ref.Consent](notes, consent.OverKind)); err == nil {
			stopped, err = a.Access.StopAgain(tx, notes)
		}
		if err == nil {
			turned, err = a.Handoffs.TurnAgain(tx, under[string](notes, handoff.LinkKind))
		}
		if err == nil {
			parted, err = a.Day.EndAgain(tx, under[ref.Walk](notes, engagement.WalkKind))
		}
		return err
	})
	if err != nil {
		return errs.Wrap("restore: do again", err)
	}
	did.Consents, did.Links, did.Walks = did.Consents+ended, did.Links+turned, did.Walks+parted
	did.Cards, did.Passkeys, did.Passwords = did.Cards+stopped.Cards, did.Passkeys+stopped.Passkeys, did.Passwords+stopped.Passwords
	for _, account := range stopped.Paused {
		did.Paused = append(did.Paused, paused{o.Name, account})
	}
	if o.Paused() || !pausedIn(notes) {
		return nil
	}
	did.Organisations = append(did.Organisations, o.Name)
	return a.Tenants.Pause(in, o.ID, true, pausedAgain)
}

// under are the ids that a list holds under a kind, in its order.
func under[T ~string](notes []access.Note, kind string) (out []T) {
	for _, n := range notes {
		if n.Kind == kind {
			out = append(out, T(n.ID))
		}
	}
	return out
}

// pausedIn reports whether the organisation itself was paused since the copy was made.
func pausedIn(notes []access.Note) bool {
	for _, n := range notes {
		if n.Kind == tenant.PauseKind && n.Since {
			return true
		}
	}
	return false
}

// words say what was done again, how whoever was paused comes in again, and what
// nobody can know who has only the copy.
func (d again) words(p place) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Everyone is signed out, and no link of before lets anyone sign in.\n")
	fmt.Fprintf(&b, "Ended again: consents %d, cards %d, passkeys %d, passwords %d, links %d, walks %d.\n", d.Consents, d.Cards, d.Passkeys, d.Passwords, d.Links, d.Walks)
	fmt.Fprintf(&b, "Paused again: accounts %d, organisations %d.\n", len(d.Paused), len(d.Organisations))
	if len(d.Paused) > 0 {
		b.WriteString("From each of these accounts a role or time was taken since the copy was made. Look at it; then an\nadministrator opens it again on its page, or you do:\n")
	}
	for _, one := range d.Paused {
		fmt.Fprintf(&b, "  alongside account resume --data %s --org %s --account %s\n", quoted(p.data), quoted(one.org), one.account)
	}
	for _, org := range d.Organisations {
		fmt.Fprintf(&b, "  alongside organisation resume --data %s --org %s --why TEXT\n", quoted(p.data), quoted(org))
	}
	b.WriteString(stands)
	return b.String()
}

// quoted is a word as a shell takes it whole, whatever is in it.
func quoted(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// stands is what nobody can know who has only a copy of the data and of the keys.
const stands = `All this is known from the lists in the keys, and in the folder that --ledgers names. What was
taken back, stopped or paused after those were copied stands again: look through consents, cards,
roles and accounts before anyone comes in. All else is as on the day of the copy: who treats whom,
who wrote STOP, agreements, calendar links, open channels, ways to be reached.
`
