package app

import (
	"context"
	"fmt"

	"alongside/platform/module"
	"alongside/surface/cli"
)

// runSearchRebuild makes anew what people are found by, under a new key when the
// year is another.
func runSearchRebuild(ctx context.Context, env module.Env, args []string) int {
	var p place
	f := cli.Flags(env, "search rebuild")
	p.register(f)
	fresh := f.Bool("new-key", false, "under the key of the present year, once a year")
	asJSON := f.Bool("json", false, "print JSON")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "search rebuild", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "search rebuild", p, func(ctx context.Context, a *App) error {
		bar := newProgress(env.Err, a.Clock)
		n, err := a.Registry.Rebuild(ctx, *fresh, func(people int) { bar.show("%d people", people) })
		bar.end()
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(env, map[string]int{"people": n})
		}
		_, err = fmt.Fprintf(env.Out, "%d people can be found\n", n)
		return err
	})
}
