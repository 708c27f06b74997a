package app

import (
	"context"
	"fmt"
	"time"

	"alongside/domain/ref"
	"alongside/platform/module"
	"alongside/surface/cli"
)

// orgLine is one organisation as the list prints it.
type orgLine struct {
	ID      ref.Tenant `json:"id"`
	Name    string     `json:"name"`
	Country string     `json:"country"`
	Regime  string     `json:"regime"`
	Paused  *time.Time `json:"paused_at"` // null: it is not
	Zone    string     `json:"zone"`
}

// runOrganisationList lists the organisations of a data folder.
func runOrganisationList(ctx context.Context, env module.Env, args []string) int {
	var p place
	f := cli.Flags(env, "organisation list")
	f.StringVar(&p.data, "data", "", "the data folder")
	f.StringVar(&p.postgres, "postgres", "", "connection URL of a PostgreSQL")
	asJSON := f.Bool("json", false, "print JSON")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	return at(ctx, env, "organisation list", p, func(ctx context.Context, a *App) error {
		lines, err := a.organisations(ctx)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(env, lines)
		}
		for _, l := range lines {
			says := ""
			if l.Paused != nil {
				says = "  paused since " + stamp(l.Paused)
			}
			fmt.Fprintf(env.Out, "%s  %s  %-5s %s%s\n", l.ID, l.Country, l.Regime, l.Name, says)
		}
		return nil
	})
}

func (a *App) organisations(ctx context.Context) ([]orgLine, error) {
	all, err := a.Tenants.List(ctx)
	lines := []orgLine{}
	for _, o := range all {
		l := orgLine{ID: o.ID, Name: o.Name, Country: o.Country, Regime: o.Regime, Zone: o.Zone}
		if o.Paused() {
			l.Paused = &o.PausedAt
		}
		lines = append(lines, l)
	}
	return lines, err
}

func runOrganisationPause(ctx context.Context, env module.Env, args []string) int {
	return pauseOrganisation(ctx, env, args, true)
}

func runOrganisationResume(ctx context.Context, env module.Env, args []string) int {
	return pauseOrganisation(ctx, env, args, false)
}

// pauseOrganisation stops an organisation as a whole, or takes it up again.
// Only whoever holds the machine can: there is no --as.
func pauseOrganisation(ctx context.Context, env module.Env, args []string, stop bool) int {
	name, says := "organisation resume", "goes on"
	if stop {
		name, says = "organisation pause", "is paused"
	}
	var p place
	var org, why string
	f := cli.Flags(env, name)
	f.StringVar(&p.data, "data", "", "the data folder")
	f.StringVar(&p.postgres, "postgres", "", "connection URL of a PostgreSQL")
	f.StringVar(&org, "org", "", "the organisation's name")
	f.StringVar(&why, "why", "", "why, in a sentence; it stays on record")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, name, "--org", org, "--why", why); bad {
		return code
	}
	return at(ctx, env, name, p, func(ctx context.Context, a *App) error {
		o, err := a.Tenants.Find(ctx, org)
		if err != nil {
			return err
		}
		ctx = operator(ctx, o)
		if err := a.Access.AllowRoute(ctx, "tenant.pause"); err != nil {
			return err
		}
		if err := a.Tenants.Pause(ctx, o.ID, stop, why); err != nil {
			return err
		}
		_, err = fmt.Fprintf(env.Out, "%s %s.\n", o.Name, says)
		return err
	})
}

// runOrganisationZone says in which time zone an organisation is, or puts it into
// another.
func runOrganisationZone(ctx context.Context, env module.Env, args []string) int {
	var p place
	f := cli.Flags(env, "organisation zone")
	p.register(f)
	zone := f.String("zone", "", "its time zone, such as America/New_York; without it, the present one is said")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "organisation zone", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "organisation zone", p, func(ctx context.Context, a *App) error {
		o, err := a.Tenants.Find(ctx, p.org)
		if err != nil {
			return err
		}
		if *zone != "" {
			if err := a.Access.AllowRoute(ctx, "tenant.settings"); err != nil {
				return err
			}
			if err := a.Tenants.SetZone(ctx, o.ID, *zone); err != nil {
				return err
			}
			o.Zone = *zone
		}
		_, err = fmt.Fprintf(env.Out, "%s goes by the clock of %s.\n", o.Name, o.Zone)
		return err
	})
}
