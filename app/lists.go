package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"alongside/domain/audit"
	"alongside/domain/handoff"
	"alongside/platform/module"
	"alongside/surface/cli"
)

// placeFlags are the flags of a command that works in one organisation.
func placeFlags(env module.Env, name string) (*place, func(args []string) ([]string, bool), *bool) {
	var p place
	f := cli.Flags(env, name)
	p.register(f)
	asJSON := f.Bool("json", false, "print JSON")
	return &p, func(args []string) ([]string, bool) { return cli.Parse(f, args) }, asJSON
}

// folderFlags are those of a command that looks after a whole data folder.
func folderFlags(env module.Env, name string) (*place, func(args []string) ([]string, bool), *bool) {
	var p place
	f := cli.Flags(env, name)
	f.StringVar(&p.data, "data", "", "the data folder")
	f.StringVar(&p.postgres, "postgres", "", "connection URL of a PostgreSQL")
	asJSON := f.Bool("json", false, "print JSON")
	return &p, func(args []string) ([]string, bool) { return cli.Parse(f, args) }, asJSON
}

// runHandoffs lists an organisation's hand-offs: ids, states and times.
func runHandoffs(ctx context.Context, env module.Env, args []string) int {
	p, parse, asJSON := placeFlags(env, "handoffs")
	if words, ok := parse(args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "handoffs", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "handoffs", *p, func(ctx context.Context, a *App) error {
		lines := []handoff.Line{}
		err := a.Handoffs.Lines(ctx, func(l handoff.Line) error {
			lines = append(lines, l)
			return nil
		})
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(env, lines)
		}
		for _, l := range lines {
			fmt.Fprintf(env.Out, "%s  %-21s %s\n", l.ID, l.State, stamp(l.EventAt))
		}
		return nil
	})
}

func printJSON(env module.Env, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := env.Out.Write(b.Bytes())
	return err
}

func stamp(t *time.Time) string {
	if t == nil {
		return "-"
	}
	return t.Format(time.RFC3339)
}

func runCheckpoint(ctx context.Context, env module.Env, args []string) int {
	p, parse, asJSON := placeFlags(env, "audit checkpoint")
	if words, ok := parse(args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "audit checkpoint", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "audit checkpoint", *p, func(ctx context.Context, a *App) error {
		o, err := a.Tenants.Find(ctx, p.org)
		if err != nil {
			return err
		}
		if !*asJSON {
			return audit.RunCheckpoint(ctx, a.DB, string(o.ID), env.Out)
		}
		var note bytes.Buffer
		if err := audit.RunCheckpoint(ctx, a.DB, string(o.ID), &note); err != nil {
			return err
		}
		return printJSON(env, map[string]string{"organisation": string(o.ID), "note": note.String()})
	})
}

func runMigrate(ctx context.Context, env module.Env, args []string) int {
	p, parse, asJSON := folderFlags(env, "migrate")
	if words, ok := parse(args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	return at(ctx, env, "migrate", *p, func(context.Context, *App) error {
		if *asJSON {
			return printJSON(env, map[string]bool{"up_to_date": true})
		}
		fmt.Fprintln(env.Out, "The tables are up to date.")
		return nil
	})
}
