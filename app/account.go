package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"alongside/domain/access"
	"alongside/domain/disclose"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/module"
	"alongside/surface/cli"
)

// runAccounting draws up what was told about a person, for that person.
func runAccounting(ctx context.Context, env module.Env, args []string) int {
	var p place
	var person, law string
	f := cli.Flags(env, "accounting")
	p.register(f)
	f.StringVar(&person, "person", "", "id of the person")
	f.StringVar(&law, "law", "all", "all, part2 (3 years), intermediary (3 years) or hipaa (6 years)")
	asJSON := f.Bool("json", false, "print JSON")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "accounting", "--org", p.org, "--person", person); bad {
		return code
	}
	return at(ctx, env, "accounting", p, func(ctx context.Context, a *App) error {
		lines, err := a.accounting(ctx, ref.Person(person), law)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(env, lines)
		}
		for _, l := range lines {
			fmt.Fprintf(env.Out, "%s  %-30s %-8s %-10s %s\n", l.At.Format(time.RFC3339), l.Name, l.Purpose, l.Basis, strings.Join(l.What, ", "))
		}
		return nil
	})
}

func (a *App) accounting(ctx context.Context, person ref.Person, law string) (lines []disclose.Line, err error) {
	err = a.DB.Write(ctx, func(tx *db.Tx) error {
		if err := a.Access.Allow(tx, "disclose.accounting", access.Resource{}); err != nil {
			return err
		}
		lines, err = a.Door.Accounting(tx, person, law)
		return err
	})
	return lines, err
}

// runParticipantAdd makes an account a person's own, on whose page they see what they
// allowed and who looked. It makes the account when there is none, and prints a
// sign-in link.
func runParticipantAdd(ctx context.Context, env module.Env, args []string) int {
	var p place
	var person, email string
	f := cli.Flags(env, "participant add")
	p.register(f)
	f.StringVar(&person, "person", "", "id of the person")
	f.StringVar(&email, "email", "", "the e-mail they sign in with")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "participant add", "--org", p.org, "--person", person, "--email", email); bad {
		return code
	}
	return at(ctx, env, "participant add", p, func(ctx context.Context, a *App) error {
		token, err := a.link(ctx, ref.Person(person), email)
		if err == nil {
			fmt.Fprintf(env.Out, "%s%s\n", a.Origin(), access.LinkPath(token))
		}
		return err
	})
}

// link makes the account and ties it to the person, or leaves nothing behind.
func (a *App) link(ctx context.Context, person ref.Person, email string) (token string, err error) {
	err = a.DB.Joint(ctx, func(ctx context.Context) error {
		inv, err := a.Access.Admit(ctx, access.Newcomer{Name: workName(email), Email: email, Roles: []string{access.Participant}}, id.New(a.Clock.Now()))
		if err != nil {
			return err
		}
		token = inv.Token
		return a.DB.Write(ctx, func(tx *db.Tx) error {
			if err := a.Access.Allow(tx, "disclose.belong", access.Resource{}); err != nil {
				return err
			}
			if _, err := people.New().Find(tx, person); err != nil {
				return err
			}
			return a.Door.Belong(tx, inv.Account.ID, person)
		})
	})
	return token, err
}
