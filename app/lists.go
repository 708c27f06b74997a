package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"alongside/domain/audit"
	"alongside/domain/handoff"
	"alongside/platform/db"
	"alongside/platform/module"
	"alongside/platform/seal"
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
	p, parse, _ := placeFlags(env, "audit checkpoint")
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
		return audit.RunCheckpoint(ctx, a.DB, string(o.ID), env.Out)
	})
}

func runVerify(ctx context.Context, env module.Env, args []string) int {
	var p place
	var file string
	f := cli.Flags(env, "audit verify")
	f.StringVar(&p.data, "data", "", "the data folder")
	f.StringVar(&p.postgres, "postgres", "", "connection URL of a PostgreSQL")
	f.StringVar(&file, "checkpoint", "", "a signed note kept outside")
	asJSON := f.Bool("json", false, "print JSON")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	code := cli.Done
	opened := at(ctx, env, "audit verify", p, func(ctx context.Context, a *App) error {
		v, err := a.verification(ctx, file, *asJSON)
		if err == nil {
			code, err = audit.RunVerify(ctx, v, env.Out)
		}
		return err
	})
	return max(code, opened)
}

func (a *App) verification(ctx context.Context, file string, asJSON bool) (audit.Verification, error) {
	v := audit.Verification{DB: a.DB, JSON: asJSON}
	if file != "" {
		note, err := os.ReadFile(file)
		if err != nil {
			return v, err
		}
		v.Checkpoint = note
	}
	all, err := a.Tenants.List(ctx)
	names := map[string]string{}
	for _, o := range all {
		v.Must, names[string(o.ID)] = append(v.Must, string(o.ID)), o.Name
	}
	v.Name = func(id string) string {
		if n, ok := names[id]; ok {
			return n
		}
		return id
	}
	return v, err
}

// runDoctor reads every page of the database file without opening it for use.
func runDoctor(ctx context.Context, env module.Env, args []string) int {
	p, parse, _ := placeFlags(env, "doctor")
	if words, ok := parse(args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "doctor", "--data", p.data); bad {
		return code
	}
	if say := p.lacks(); say != "" {
		fmt.Fprintf(env.Err, "alongside doctor: %s\n", say)
		return cli.Refused
	}
	v, err := seal.OpenWith(p.config().vault())
	if err != nil {
		return cli.Answer(env, plain(), "doctor", err)
	}
	findings, err := db.Doctor(ctx, p.data, v)
	for _, f := range findings {
		fmt.Fprintln(env.Out, f)
	}
	if err != nil || len(findings) > 0 {
		return max(cli.Refused, cli.Answer(env, plain(), "doctor", err))
	}
	fmt.Fprintln(env.Out, "Every page reads as it was written.")
	return cli.Done
}

func runMigrate(ctx context.Context, env module.Env, args []string) int {
	p, parse, _ := placeFlags(env, "migrate")
	if words, ok := parse(args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	return at(ctx, env, "migrate", *p, func(context.Context, *App) error {
		fmt.Fprintln(env.Out, "The tables are up to date.")
		return nil
	})
}
