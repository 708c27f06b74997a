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
		Own: ownerOf,
		Tie: func(tx *db.Tx, o access.Owner) error { return a.Door.Belong(tx, o.Account, o.Person) },
	}
}

// ownerOf is the account that is a person's own, by whichever of their records.
func ownerOf(tx *db.Tx, person ref.Person) (access.Owner, error) {
	same, err := people.New().Same(tx, person)
	if err != nil {
		return access.Owner{}, err
	}
	for _, p := range same {
		account, err := disclose.AccountOf(tx, p)
		if !errs.Is(err, errs.NotFound) {
			return access.Owner{Account: account, Person: p}, err
		}
	}
	return access.Owner{}, errs.New(errs.NotFound, "app: owner of", "")
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
