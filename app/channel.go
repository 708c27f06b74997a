package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"alongside/platform/module"
	"alongside/platform/notify"
	"alongside/surface/cli"
)

// runChannel opens or shuts a channel that leaves the building, lists who opened
// which, when and why, or prints where texts come in, which it may change or shut.
func runChannel(ctx context.Context, env module.Env, args []string) int {
	var p place
	var channel, why string
	var agreed, none bool
	f := cli.Flags(env, "channel")
	p.register(f)
	f.StringVar(&channel, "channel", "", "push, mail or sms")
	f.BoolVar(&agreed, "agreement", false, "an agreement with whoever carries it is signed; --why says which")
	f.BoolVar(&none, "not-needed", false, "no agreement is needed; --why says why")
	f.StringVar(&why, "why", "", "a sentence that someone can check")
	words, ok := cli.Parse(f, args)
	if !ok || len(words) == 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "channel", "--org", p.org); bad {
		return code
	}
	what := strings.Join(words, " ")
	basis := map[[2]bool]string{{true, false}: notify.Agreement, {false, true}: notify.NotNeeded}[[2]bool{agreed, none}]
	switch {
	case what == "list":
		return at(ctx, env, "channel", p, func(ctx context.Context, a *App) error { return printOpenings(ctx, env, a) })
	case what == "door" || what == "door new" || what == "door shut":
		return at(ctx, env, "channel", p, func(ctx context.Context, a *App) error { return printTextDoor(ctx, env, a, what) })
	case what == "shut" && channel != "":
		return at(ctx, env, "channel", p, func(ctx context.Context, a *App) error { return a.openChannel(ctx, channel, "", "") })
	case what == "open" && channel != "" && basis != "":
		return at(ctx, env, "channel", p, func(ctx context.Context, a *App) error { return a.openChannel(ctx, channel, basis, why) })
	}
	fmt.Fprintln(env.Err, "alongside channel: open needs --channel, --agreement or --not-needed, and --why")
	return cli.WrongUse
}

func printOpenings(ctx context.Context, env module.Env, a *App) error {
	all, err := a.openings(ctx)
	if err == nil && len(all) == 0 {
		fmt.Fprintln(env.Out, "No channel was ever opened: no message leaves the building.")
	}
	for _, o := range all {
		until := "open"
		if !o.ShutAt.IsZero() {
			until = "shut " + o.ShutAt.Format(time.RFC3339) + " by " + o.ShutBy
		}
		fmt.Fprintf(env.Out, "%-5s %s  %-10s by %s: %s (%s)\n", o.Channel, o.OpenedAt.Format(time.RFC3339), o.Basis, o.OpenedBy, o.Why, until)
	}
	return err
}
