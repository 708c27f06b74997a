package app

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"alongside/domain/rota"
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
		return at(ctx, env, "channel", p, func(ctx context.Context, a *App) error { return turnChannel(ctx, env, a, turn{channel: channel}) })
	case what == "open" && channel != "" && basis != "":
		return at(ctx, env, "channel", p, func(ctx context.Context, a *App) error { return turnChannel(ctx, env, a, turn{channel, basis, why}) })
	}
	fmt.Fprintln(env.Err, "alongside channel: open needs --channel, --agreement or --not-needed, and --why")
	return cli.WrongUse
}

// turn is what becomes of a channel; without a basis it is shut.
type turn struct{ channel, basis, why string }

// turnChannel opens or shuts a channel and says what follows.
func turnChannel(ctx context.Context, env module.Env, a *App, t turn) error {
	if err := a.openChannel(ctx, t.channel, t.basis, t.why); err != nil {
		return err
	}
	if t.basis == "" {
		_, err := fmt.Fprintf(env.Out, "%s is shut. Nothing more goes out by it.\n", t.channel)
		return err
	}
	fmt.Fprintf(env.Out, "%s is open. Whoever is to be told by it adds their address under My shifts.\nHow it goes: `alongside channel list`, or the page Ways to tell people.\n", t.channel)
	if name := rota.Setting(t.channel); name != "" && os.Getenv(name) == "" {
		fmt.Fprintf(env.Out, "%s is not set here. Nothing goes out until `alongside serve` is started with it (docs/channels.md).\n", name)
	}
	return nil
}

func printOpenings(ctx context.Context, env module.Env, a *App) error {
	all, err := a.openings(ctx)
	if err == nil && len(all) == 0 {
		fmt.Fprintln(env.Out, "No channel was ever opened: no message leaves the building.")
	}
	if err != nil {
		return err
	}
	for _, o := range all {
		until := "open"
		if !o.ShutAt.IsZero() {
			until = "shut " + o.ShutAt.Format(time.RFC3339) + " by " + o.ShutBy
		}
		fmt.Fprintf(env.Out, "%-5s %s  %-10s by %s: %s (%s)\n", o.Channel, o.OpenedAt.Format(time.RFC3339), o.Basis, o.OpenedBy, o.Why, until)
	}
	return printFarings(ctx, env, a)
}

// printFarings says how each channel that was opened has fared in seven days.
func printFarings(ctx context.Context, env module.Env, a *App) error {
	all, err := a.Rota.Channels(ctx)
	for _, f := range all {
		if f.Latest.Channel == "" {
			continue
		}
		fmt.Fprintf(env.Out, "%-5s %d addresses or devices; in seven days %d went out", f.Channel, f.Ways, f.Went)
		for _, part := range []struct {
			says string
			n    int
			at   time.Time
		}{{"wait since", f.Waits, f.Since}, {"could not be brought, the last at", f.Lost, f.LostAt}} {
			if part.n > 0 {
				fmt.Fprintf(env.Out, "; %d %s %s", part.n, part.says, part.at.Format(time.RFC3339))
			}
		}
		if f.Unsure > 0 {
			fmt.Fprintf(env.Out, "; of %d nobody knows", f.Unsure)
		}
		fmt.Fprintln(env.Out)
	}
	return err
}
