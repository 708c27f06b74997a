package app

import (
	"context"
	"encoding/json"
	"fmt"

	"alongside/domain/ref"
	"alongside/platform/module"
	"alongside/surface/cli"
)

// runExportFHIR prints the FHIR Task of each hand-off that came in by one, with
// how things stand written back, as far as whoever asked may see it: one a
// line, or with --json all in one Bundle. Either can be read by import fhir.
func runExportFHIR(ctx context.Context, env module.Env, args []string) int {
	var p place
	var one string
	f := cli.Flags(env, "export fhir")
	p.register(f)
	f.StringVar(&one, "handoff", "", "one hand-off's id; without it all")
	asJSON := f.Bool("json", false, "print one Bundle")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "export fhir", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "export fhir", p, func(ctx context.Context, a *App) error {
		if *asJSON {
			return a.exportBundle(ctx, env, ref.Handoff(one))
		}
		return a.Handoffs.ExportTasks(ctx, ref.Handoff(one), func(task []byte) error {
			_, err := fmt.Fprintf(env.Out, "%s\n", task)
			return err
		})
	})
}

// bundle is a FHIR Bundle of resources as they stand.
type bundle struct {
	ResourceType string        `json:"resourceType"`
	Type         string        `json:"type"`
	Entry        []bundleEntry `json:"entry,omitempty"`
}

type bundleEntry struct {
	Resource json.RawMessage `json:"resource"`
}

func (a *App) exportBundle(ctx context.Context, env module.Env, one ref.Handoff) error {
	all := bundle{ResourceType: "Bundle", Type: "collection"}
	err := a.Handoffs.ExportTasks(ctx, one, func(task []byte) error {
		all.Entry = append(all.Entry, bundleEntry{task})
		return nil
	})
	if err != nil {
		return err
	}
	return printJSON(env, all)
}
