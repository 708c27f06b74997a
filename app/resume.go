package app

import (
	"context"
	"fmt"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/module"
	"alongside/surface/cli"
)

// runAccountResume lets a paused account in again. Administrators do it on its page; this
// is for when none of them can come in, and for people of whom they may not know.
func runAccountResume(ctx context.Context, env module.Env, args []string) int {
	var p place
	var email, account string
	f := cli.Flags(env, "account resume")
	f.StringVar(&p.data, "data", "", "the data folder")
	f.StringVar(&p.org, "org", "", "the organisation's name")
	f.StringVar(&p.postgres, "postgres", "", "connection URL of a PostgreSQL")
	f.StringVar(&email, "email", "", "their e-mail")
	f.StringVar(&account, "account", "", "or the id of the account, as restore prints it")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "account resume", "--org", p.org, "--email", email+account); bad {
		return code
	}
	return at(ctx, env, "account resume", p, func(ctx context.Context, a *App) (err error) {
		which := ref.Account(account)
		if which == "" {
			which, err = a.Access.Find(ctx, email)
		}
		if err == nil {
			err = a.Access.Reopen(ctx, which)
		}
		if err == nil {
			err = sayResumed(ctx, env, a, which)
		}
		return err
	})
}

// sayResumed says whether they can come in: one that ended stays ended.
func sayResumed(ctx context.Context, env module.Env, a *App, which ref.Account) error {
	return a.DB.Read(ctx, func(tx *db.Tx) error {
		open, err := a.Access.Open(tx, which)
		says := "They can sign in again."
		if !open {
			says = "It is not paused, and yet nobody can sign in with it: it has ended, or has no role. Invite them anew."
		}
		if err == nil {
			_, err = fmt.Fprintln(env.Out, says)
		}
		return err
	})
}
