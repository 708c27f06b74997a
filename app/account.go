package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"alongside/domain/access"
	"alongside/domain/disclose"
	"alongside/domain/ref"
	"alongside/platform/db"
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
