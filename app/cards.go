package app

import (
	"context"
	"fmt"
	"strings"

	"alongside/domain/access"
	"alongside/domain/disclose"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/id"
	"alongside/platform/module"
	"alongside/surface/cli"
)

// persons lets a card be made for a person whom access does not know.
func (a *App) persons() access.Persons {
	return access.Persons{
		May: a.allowNear,
		Known: func(tx *db.Tx, person ref.Person) (string, []string, error) {
			p, err := people.New().Find(tx, person)
			return p.Name, p.Languages, err
		},
		Own: ownersOf,
		Tie: func(tx *db.Tx, o access.Owner) error { return a.Door.Belong(tx, o.Account, o.Person) },
	}
}

// ownersOf are the accounts that are a person's own, by each of their records.
func ownersOf(tx *db.Tx, person ref.Person) (out []access.Owner, err error) {
	same, err := people.New().Same(tx, person)
	for i := 0; err == nil && i < len(same); i++ {
		var account ref.Account
		account, err = disclose.AccountOf(tx, same[i])
		if errs.Is(err, errs.NotFound) {
			err = nil
			continue
		}
		out = append(out, access.Owner{Account: account, Person: same[i]})
	}
	return out, err
}

// partCards makes void the cards that were made while two records were taken for one
// person: the card opens what is held of one, and the other may have it.
func (a *App) partCards(tx *db.Tx, m people.Merge) error {
	for _, record := range []ref.Person{m.Kept, m.Joined} {
		all, err := ownersOf(tx, record)
		if err != nil {
			return err
		}
		for _, o := range all {
			if err := a.Access.EndCardsMade(tx, o.Account, m.At, m.UndoneAt); err != nil {
				return err
			}
		}
	}
	return nil
}

// shutOwn stops the card of somebody who has died, and ends where they are signed in: a
// card in a drawer opens nothing, as their link to a hand-off does not.
func (a *App) shutOwn(tx *db.Tx, person ref.Person) error {
	all, err := ownersOf(tx, person)
	for i := 0; err == nil && i < len(all); i++ {
		err = a.Access.Shut(tx, all[i].Account)
	}
	return err
}

// wordsIn are the pages' words in another language than the page's.
func (a *App) wordsIn() func(i18n.Lang) *i18n.Words {
	return func(lang i18n.Lang) *i18n.Words { return a.Words.In(lang) }
}

// runParticipantCard makes a card with which a person signs in, and prints it: the one
// time that its words can be seen.
func runParticipantCard(ctx context.Context, env module.Env, args []string) int {
	var p place
	var person string
	var ask access.CardAsk
	f := cli.Flags(env, "participant card")
	p.register(f)
	f.StringVar(&person, "person", "", "id of the person")
	f.StringVar(&ask.Alias, "alias", "", "the name they choose; any name will do")
	f.StringVar(&ask.Language, "language", "en", "language of the words: en, es or ar")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "participant card", "--org", p.org, "--person", person, "--alias", ask.Alias); bad {
		return code
	}
	return at(ctx, env, "participant card", p, func(ctx context.Context, a *App) error {
		given, err := a.Access.GiveCard(ctx, ref.Person(person), ask, id.New(a.Clock.Now()))
		if err == nil {
			_, err = fmt.Fprintf(env.Out, "%s%s\n%s\n%s\n", a.Origin(), access.CardDoorPath, given.Alias, strings.Join(given.Words, " "))
		}
		return err
	})
}
