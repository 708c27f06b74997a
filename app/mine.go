package app

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"alongside/domain/consent"
	"alongside/domain/handoff"
	"alongside/domain/mine"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/module"
)

// makeMine puts together what a person can do with what is held about them.
func (a *App) makeMine() {
	a.Mine = mine.New(mine.Deps{
		DB: a.DB, Vault: a.Vault, Consents: a.Consents, Allow: a.allow,
		Records:   a.records,
		Resources: a.resources,
		End:       a.endAccount,
		Parting: []func(tx *db.Tx, person ref.Person) error{
			a.Handoffs.Withdraw, a.Day.Depart, people.New().Forget,
		},
		People: people.New().After,
		Same:   people.New().Same,
	})
}

// records are those of every domain.
func (a *App) records() (out []module.Record) {
	for _, m := range a.Modules {
		out = append(out, m.Records...)
	}
	return out
}

// resources are what FHIR has a form for of what is held about a person. What a
// consent holds and FHIR cannot say is left out of it, and stands on the page.
func (a *App) resources(tx *db.Tx, person ref.Person) ([]json.RawMessage, error) {
	p, err := people.New().Find(tx, person)
	if err != nil {
		return nil, err
	}
	patient, err := p.WriteFHIR()
	if err != nil {
		return nil, err
	}
	given, err := a.Consents.Of(tx, person)
	if err != nil {
		return nil, err
	}
	out := []json.RawMessage{patient}
	for _, c := range given {
		if written, err := consent.WriteFHIR(c, tx.Now()); err == nil {
			out = append(out, written)
		}
	}
	tasks, err := a.Handoffs.OwnTasks(tx, person)
	if err != nil {
		return nil, err
	}
	notes, err := a.Bridge.OwnDocuments(tx, person)
	return slices.Concat(out, tasks, notes), err
}

// said is what a person says is not right on a hand-off's timeline, by the
// number of the event.
func (a *App) said(tx *db.Tx, person ref.Person, h ref.Handoff) (map[int64][]string, error) {
	all, err := a.Mine.Said(tx, person)
	out := map[int64][]string{}
	for row, list := range all {
		seq, ok := handoff.EventOf(row, h)
		for _, d := range list {
			if ok {
				out[seq] = append(out[seq], d.Says)
			}
		}
	}
	return out, err
}

// gone takes the sign-in from the browser of someone who left.
func (a *App) gone(w http.ResponseWriter) { a.Access.DropCookie(w) }

// standsAt is the page on which a row about someone stands for who works here: a
// step or an ask on its hand-off, all else with the person.
func standsAt(row string, person ref.Person) string {
	table, key, _ := strings.Cut(row, "/")
	one, _, _ := strings.Cut(key, "/")
	if strings.HasPrefix(table, "handoff_") && one != "" {
		return "/handoff/" + one
	}
	return "/people/" + string(person)
}
