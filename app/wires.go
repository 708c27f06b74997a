package app

import (
	"time"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// grants lets a hand-off record and ask for consent without knowing the consent
// domain. A hand-off's consent covers one service, the name in use and how
// things stand, for treatment, and nothing else.
type grants struct{ consents *consent.Service }

func told() []string { return []string{consent.Status, consent.Name} }

// Give records a consent that was said or signed at the bedside. It counts as
// an early one, whoever asked for a peer: it is read back at the next contact,
// when what a written consent needs besides is filled in.
func (g grants) Give(tx *db.Tx, gr handoff.Grant) (ref.Consent, error) {
	how := consent.Spoken
	if gr.How == "signed" {
		how = consent.Paper // the page's "signed" is a signature on paper
	}
	c, err := g.consents.Give(tx, consent.Consent{
		Person: gr.Person, Recipient: ref.Recipient(gr.Destination), What: told(),
		Purpose: scope.Treatment, How: how, UntilAt: gr.Until.Truncate(time.Microsecond), Early: true,
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

// desk lets a hand-off show a service who comes to it, by the one door.
type desk struct {
	door   *disclose.Service
	grants grants
}

// Tell hands on the name in use and how things stand: both or nothing, so that
// the account never says that something was told which was not shown.
func (d desk) Tell(tx *db.Tx, person ref.Person, to, way string) (string, bool, error) {
	if both, err := d.grants.Covers(tx, person, to); err != nil || !both {
		return "", false, err
	}
	told, err := d.door.Tell(tx, disclose.Telling{
		Person: person, Recipient: ref.Recipient(to), Purpose: scope.Treatment, Way: way,
		Items: []disclose.Item{{Kind: consent.Name}, {Kind: consent.Status}},
	})
	if errs.Is(err, errs.Denied) {
		return "", false, nil
	}
	return told.Notice, err == nil, err
}

// services are those whom a hand-off meets, as recipients: the services that
// people are handed to, and the places that ask for a peer, which learn what
// came of it only from who said yes to that. A ward and a service treat people; a
// case manager need not.
type services struct{}

// Recipients lists them, services first.
func (services) Recipients(tx *db.Tx) ([]consent.Recipient, error) {
	list, err := handoff.Destinations().List(tx, "WHERE tenant = $1 ORDER BY name")
	if err != nil {
		return nil, err
	}
	var out []consent.Recipient
	for _, d := range list {
		out = append(out, consent.Recipient{ID: ref.Recipient(d.ID), Kind: consent.Provider, Name: d.Name})
	}
	sites, err := handoff.Sites().List(tx, "WHERE tenant = $1 ORDER BY name")
	for _, s := range sites {
		switch s.Door {
		case handoff.DoorPerson, handoff.DoorFamily, handoff.DoorTablet: // nobody outside is told by these
		case handoff.DoorManager:
			out = append(out, consent.Recipient{ID: ref.Recipient(s.ID), Kind: consent.Other, Name: s.Name})
		default:
			out = append(out, consent.Recipient{ID: ref.Recipient(s.ID), Kind: consent.Provider, Name: s.Name})
		}
	}
	return out, err
}

// namesOf are the names that people use.
func namesOf(tx *db.Tx, list []ref.Person) (map[ref.Person]string, error) {
	found, err := people.New().Called(tx, list)
	out := make(map[ref.Person]string, len(found))
	for id, p := range found {
		out[id] = p.Name
	}
	return out, err
}

// speaksOf are the languages that a person asked to be spoken to in. It owes a look.
func speaksOf(tx *db.Tx, person ref.Person) ([]string, error) {
	p, err := people.New().Find(tx, person)
	return p.Languages, err
}

// workNames are the names under which people work here.
func (a *App) workNames(tx *db.Tx, ids []ref.Account) (map[ref.Account]string, error) {
	return a.Access.Names(tx, ids)
}

// deciders are those who may be named to decide about a legal demand.
func (a *App) deciders(tx *db.Tx) (map[ref.Account]string, error) { return a.Access.Leads(tx) }

// peerLeft tells the work that someone is no peer here any more, so that nobody they
// walked with is left alone, and nobody waits for their answer.
func (a *App) peerLeft(tx *db.Tx, peer ref.Account) error {
	if err := a.Handoffs.PeerLeft(tx, peer); err != nil {
		return err
	}
	if err := a.Bridge.PeerLeft(tx, peer); err != nil {
		return err
	}
	return a.Rota.Gone(tx, peer)
}

// leftAlone is how many people an account walks with, and where they are handed over.
func (a *App) leftAlone(tx *db.Tx, account ref.Account) (access.Walks, error) {
	people, err := a.walkedWith(tx, account)
	return access.Walks{People: len(people), Path: handoff.CarriedPath(account)}, err
}

// here is the name that a person uses; NotFound for who is not here.
func here(tx *db.Tx, person ref.Person) (string, error) {
	p, err := people.New().Find(tx, person)
	return p.Name, err
}
