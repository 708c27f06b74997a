package app

import (
	"cmp"
	"slices"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/domain/workforce"
	"alongside/platform/db"
)

// makePages makes what keeps pages of a peer's own.
func (a *App) makePages() {
	a.Pages = workforce.New(workforce.Deps{
		DB: a.DB, Vault: a.Vault, Allow: a.Access.Allow, Way: a.Access.OwnWay, Peers: a.colleagues, Names: a.workNames,
	})
}

// colleagues are those who act as peers here, by work name, and whether they lead
// something too: who invites them knows it.
func (a *App) colleagues(tx *db.Tx) ([]workforce.Colleague, error) {
	all, err := a.Access.Holders(tx, access.Peer)
	if err != nil {
		return nil, err
	}
	names, err := a.workNames(tx, all)
	if err != nil {
		return nil, err
	}
	var out []workforce.Colleague
	for _, id := range all {
		roles, err := a.Access.Held(tx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, workforce.Colleague{ID: id, Name: names[id], Leads: slices.ContainsFunc(roles, leadsHere)})
	}
	slices.SortFunc(out, func(x, y workforce.Colleague) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	return out, nil
}

func leadsHere(role string) bool {
	return slices.Contains([]string{access.Supervisor, access.Coordinator, access.Administrator}, role)
}

// endAccount ends a person's own account, and what they wrote as a peer with it
// where they do not work here too.
func (a *App) endAccount(tx *db.Tx, account ref.Account) (bool, error) {
	ended, err := a.Access.EndOwn(tx, account)
	if err != nil || !ended {
		return ended, err
	}
	return true, a.Pages.Forget(tx, account)
}
