package app

import (
	"context"
	"fmt"
	"time"

	"alongside/platform/module"
	"alongside/surface/cli"
)

// restorePostgres does again, in a PostgreSQL that was put back by its own tools, what
// was done since that copy was made. The keys lie where they always do. Run once
// more it signs people out again, and pauses again whom somebody had looked at.
func restorePostgres(ctx context.Context, env module.Env, p place, made, ledgers string) int {
	if code, bad := needs(env, "restore", "--data", p.data, "--made", made); bad {
		return code
	}
	when, err := time.Parse(time.RFC3339, made)
	if err != nil {
		fmt.Fprintln(env.Err, "alongside restore: --made is a time such as 2026-11-20T23:05:00Z")
		return cli.WrongUse
	}
	if !hasLedger(ledgers) {
		return answerRestore(env, errLedgers)
	}
	if err := carryOver(p.config(), ledgers); err != nil {
		return answerRestore(env, err)
	}
	code := cli.Done
	opened := at(ctx, env, "restore", p, func(ctx context.Context, a *App) error {
		if err := holdTogether(a.Vault); err != nil {
			code = answerRestore(env, err)
			return nil
		}
		did, err := a.doAgain(ctx, manifest{Made: when})
		if err == nil {
			_, err = fmt.Fprintf(env.Out, "Erased again: %d.\n%s", did.Erased, did.words(p))
		}
		return err
	})
	return max(code, opened)
}
