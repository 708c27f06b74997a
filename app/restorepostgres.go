package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"alongside/platform/clock"
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
	now := (clock.System{}).Now()
	if when.After(now.Add(straddles)) { // by a later one nothing would be done again
		fmt.Fprintf(env.Err, "alongside restore: --made lies ahead: it is %s now\n", now.UTC().Format(time.RFC3339))
		return cli.WrongUse
	}
	if say := p.misses(); say != "" {
		fmt.Fprintf(env.Err, "alongside restore: %s\n", say)
		return cli.Refused
	}
	did, err := putBackPostgres(ctx, p.config(), when, ledgers)
	if err == nil {
		fmt.Fprintf(env.Out, "Erased again: %d.\n%s", did.Erased, did.words(p))
	}
	return answerRestore(env, p, err)
}

// putBackPostgres leaves the mark of a restore that was not finished where it stops after
// it began; run again it goes on.
func putBackPostgres(ctx context.Context, c Config, when time.Time, ledgers string) (did again, err error) {
	if !hasLedger(ledgers) {
		return did, errLedgers
	}
	if err := carryOver(c, ledgers); err != nil {
		return did, err
	}
	a, err := Open(ctx, c)
	if err != nil {
		return did, err
	}
	defer a.Close()
	if err := errors.Join(holdTogether(a.Vault), begin(c.Data)); err != nil {
		return did, err
	}
	if did, err = a.doAgain(ctx, manifest{Made: when}); err != nil {
		return did, err
	}
	return did, os.Remove(filepath.Join(c.Data, unfinished))
}
