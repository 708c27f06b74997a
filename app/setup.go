package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"alongside/domain/access"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/id"
	"alongside/platform/module"
	"alongside/platform/scope"
	"alongside/platform/seal"
	"alongside/surface/cli"
)

// runInit makes the data folder, its keys, the first organisation and its
// administrator, and prints what must be kept on paper.
func runInit(ctx context.Context, env module.Env, args []string) int {
	var p place
	var country, zone, admin string
	f := cli.Flags(env, "init")
	f.StringVar(&p.data, "data", "", "the data folder to make")
	f.StringVar(&p.org, "org", "", "the organisation's name")
	f.StringVar(&admin, "admin", "", "e-mail of its administrator")
	f.StringVar(&country, "country", "US", "its country, two letters")
	f.StringVar(&zone, "zone", "UTC", "its time zone, such as America/New_York")
	f.StringVar(&p.postgres, "postgres", "", "connection URL of a PostgreSQL; SQLite without")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "init", "--data", p.data, "--org", p.org, "--admin", admin); bad {
		return code
	}
	if err := errors.Join(tenant.Check(p.org, country, zone), access.CheckEmail(admin)); err != nil {
		return cli.Answer(env, plain(), "init", err)
	}
	a, err := Make(ctx, p.config())
	if err != nil {
		return cli.Answer(env, plain(), "init", err)
	}
	defer a.Close()
	ctx = scope.With(ctx, scope.Scope{Actor: "operator:" + systemUser(), Role: "operator", Purpose: scope.Operations})
	o, err := a.Tenants.Create(ctx, p.org, country, zone)
	if err != nil {
		return cli.Answer(env, a.english(), "init", err)
	}
	ctx = operator(ctx, o)
	inv, err := a.Access.Invite(ctx, access.Newcomer{Name: workName(admin), Email: admin, Roles: []string{access.Administrator}}, id.New(a.Clock.Now()))
	if err != nil {
		return cli.Answer(env, a.english(), "init", err)
	}
	start := "alongside serve --data " + p.data
	if p.postgres != "" {
		start += " --postgres URL"
	}
	fmt.Fprintf(env.Out, "Organisation %s is made. Its id is %s.\n%s\nFirst start it, and leave it running:\n  %s\n\nThen sign in once as its administrator, within three days:\n  %s%s\nWhere it answers at another address, that one takes the place of %s.\n\n", o.Name, o.ID, clockSays(o, p.data, isSet(f, "zone")), start, a.Origin(), access.LinkPath(inv.Token), a.Origin())
	return cli.Answer(env, a.english(), "init", printKit(ctx, env.Out, a, o.ID))
}

// clockSays is by which clock a new organisation goes, and where nobody named one
// how another is set: a rota that goes by the wrong clock asks nobody at night.
func clockSays(o tenant.Tenant, data string, named bool) string {
	says := "It goes by the clock of " + o.Zone + ".\n"
	if named {
		return says
	}
	return says + "Is that not where you are? Name your own time zone, in this way:\n" +
		"  alongside organisation zone --data " + data + " --org '" + o.Name + "' --zone America/New_York\n"
}

// isSet reports whether a flag was typed.
func isSet(f *flag.FlagSet, name string) (set bool) {
	f.Visit(func(typed *flag.Flag) { set = set || typed.Name == name })
	return set
}

// workName is what an account is called until its holder says otherwise: what
// stands before the @.
func workName(email string) string {
	name, _, _ := strings.Cut(email, "@")
	return name
}

// printKit prints the recovery kit: two sheets, one for each trustee.
func printKit(ctx context.Context, out io.Writer, a *App, t ref.Tenant) error {
	kit, err := a.Tenants.Kit(ctx, t)
	if err != nil {
		return err
	}
	for _, sheet := range tenant.Sheets(kit, a.english()) {
		if _, err := fmt.Fprintf(out, "\n%s\n", sheet.Text()); err != nil {
			return err
		}
	}
	return nil
}

// runRecover reads both shares from standard input, one after the other.
func runRecover(_ context.Context, env module.Env, args []string) int {
	var p place
	f := cli.Flags(env, "recover")
	f.StringVar(&p.data, "data", "", "the data folder")
	f.StringVar(&p.org, "org-id", "", "the organisation's id, as it stands on the kit")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "recover", "--data", p.data); bad {
		return code
	}
	if say := noFolder(p.data); say != "" {
		fmt.Fprintf(env.Err, "alongside recover: %s\n", say)
		return cli.Refused
	}
	text, err := io.ReadAll(io.LimitReader(env.In, 64<<10))
	if err != nil {
		return cli.Answer(env, plain(), "recover", err)
	}
	a, b := seal.SplitShares(string(text))
	if err := seal.RecoverWith(p.config().vault(), p.org, a, b); err != nil {
		return cli.Answer(env, plain(), "recover", err)
	}
	fmt.Fprintln(env.Out, "The keys are restored.")
	return cli.Done
}

// runUserAdd makes an account, or gives one the role it lacks, and prints a
// sign-in link.
func runUserAdd(ctx context.Context, env module.Env, args []string) int {
	var p place
	var n access.Newcomer
	var role string
	f := cli.Flags(env, "user add")
	f.StringVar(&p.data, "data", "", "the data folder")
	f.StringVar(&p.org, "org", "", "the organisation's name")
	f.StringVar(&p.postgres, "postgres", "", "connection URL of a PostgreSQL")
	f.StringVar(&role, "role", "", "peer, supervisor, coordinator, evaluator, administrator or participant")
	f.StringVar(&n.Email, "email", "", "their e-mail")
	f.StringVar(&n.Name, "name", "", "the name they go by here")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "user add", "--org", p.org, "--role", role, "--email", n.Email); bad {
		return code
	}
	if n.Roles = []string{role}; n.Name == "" {
		n.Name = workName(n.Email)
	}
	return at(ctx, env, "user add", p, func(ctx context.Context, a *App) error {
		inv, err := a.Access.Admit(ctx, n, id.New(a.Clock.Now()))
		if err == nil {
			fmt.Fprintf(env.Out, "%s%s\n", a.Origin(), access.LinkPath(inv.Token))
		}
		return err
	})
}

// runSiteAdd makes a site and prints the link of its page for asking.
func runSiteAdd(ctx context.Context, env module.Env, args []string) int {
	var p place
	var site handoff.Site
	f := cli.Flags(env, "site add")
	f.StringVar(&p.data, "data", "", "the data folder")
	f.StringVar(&p.org, "org", "", "the organisation's name")
	f.StringVar(&p.postgres, "postgres", "", "connection URL of a PostgreSQL")
	f.StringVar(&site.Name, "name", "", "the site's name")
	f.StringVar(&site.Duty, "duty", "", "telephone shown when no peer has come")
	f.StringVar(&site.Door, "door", handoff.DoorWard, "who asks there: link, case_manager, tablet, person or family")
	f.Int64Var(&site.Flood, "flood", 0, "asks a minute before the rest are kept for someone to look at; 0 is the usual")
	f.Int64Var(&site.Promise, "minutes", 30, "minutes until a peer is beside the person")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "site add", "--org", p.org, "--name", site.Name); bad {
		return code
	}
	return at(ctx, env, "site add", p, func(ctx context.Context, a *App) error {
		_, token, err := a.Handoffs.AddSite(ctx, site)
		if err == nil {
			fmt.Fprintf(env.Out, "%s/ask/%s\n", a.Origin(), token)
		}
		return err
	})
}
