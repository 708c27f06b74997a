package app

import (
	"context"
	"time"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// again is what a restore did once more, because it had been done since the copy was
// made.
type again struct {
	Erased        int
	Ended         map[string]int // by the words of endings
	Paused        []paused
	Organisations []string // paused as a whole, by name
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
	did.Ended = map[string]int{}
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
	var ended map[string]int
	var accounts []ref.Account
	err := a.DB.Write(in, func(tx *db.Tx) (err error) {
		ended, accounts, err = a.endAgain(tx, notes)
		return err
	})
	if err != nil {
		return errs.Wrap("restore: do again", err)
	}
	for word, n := range ended {
		did.Ended[word] += n
	}
	for _, account := range accounts {
		did.Paused = append(did.Paused, paused{o.Name, account})
	}
	if o.Paused() || !pausedIn(notes) {
		return nil
	}
	did.Organisations = append(did.Organisations, o.Name)
	return a.Tenants.Pause(in, o.ID, true, pausedAgain)
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
