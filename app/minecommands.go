package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/mine"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/surface/cli"
)

// runExportPerson makes what a person takes along, into an archive when the
// name ends in .zip, into a folder otherwise.
func runExportPerson(ctx context.Context, env module.Env, args []string) int {
	var p place
	var person, lang string
	f := cli.Flags(env, "export person")
	p.register(f)
	f.StringVar(&person, "person", "", "id of the person")
	f.StringVar(&lang, "language", "en", "en, es or ar")
	words, ok := cli.Parse(f, args)
	if !ok || len(words) != 1 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "export person", "--org", p.org, "--person", person); bad {
		return code
	}
	if !slices.Contains(i18n.Langs(), i18n.Lang(lang)) {
		fmt.Fprintf(env.Err, "alongside export person: --language %s is not one of en, es, ar\n", lang)
		return cli.WrongUse
	}
	return at(ctx, env, "export person", p, func(ctx context.Context, a *App) error {
		o, err := a.Tenants.Find(ctx, p.org)
		if err != nil {
			return err
		}
		taken, err := a.take(ctx, o, ref.Person(person), i18n.Lang(lang))
		if err != nil {
			return err
		}
		return writeTaken(taken, words[0])
	})
}

func (a *App) take(ctx context.Context, o tenant.Tenant, person ref.Person, lang i18n.Lang) (out mine.Taken, err error) {
	err = a.DB.Write(ctx, func(tx *db.Tx) error {
		out, err = a.Mine.Take(tx, person, mine.Copy{Words: a.Words.In(lang), Zone: o.Location(), Org: o.Name})
		return err
	})
	return out, err
}

func writeTaken(t mine.Taken, to string) error {
	if strings.HasSuffix(to, ".zip") {
		f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return err
		}
		if err := t.Zip(f); err != nil {
			f.Close()
			return err
		}
		return f.Close()
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, f := range t.Files() {
		if err := os.WriteFile(filepath.Join(to, f.Name), f.Content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// runLeave lets a person leave who asked for it in words. Without --sure it only
// says what would become of what.
func runLeave(ctx context.Context, env module.Env, args []string) int {
	var p place
	var person string
	f := cli.Flags(env, "leave")
	p.register(f)
	f.StringVar(&person, "person", "", "id of the person")
	sure := f.Bool("sure", false, "do it; it cannot be undone")
	asJSON := f.Bool("json", false, "print JSON")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "leave", "--org", p.org, "--person", person); bad {
		return code
	}
	return at(ctx, env, "leave", p, func(ctx context.Context, a *App) error {
		fates, err := a.letLeave(ctx, ref.Person(person), *sure)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(env, fatesOf(fates))
		}
		for _, f := range fatesOf(fates) {
			fmt.Fprintf(env.Out, "%-22s %4d  %-8s %s\n", f.Record, f.Rows, f.Keep, f.Until)
		}
		if *sure {
			fmt.Fprintln(env.Out, "They have left, and their words can no longer be read.")
		} else {
			fmt.Fprintln(env.Out, "Nothing was done. With --sure it is, and cannot be undone.")
		}
		return nil
	})
}

// fate is one line of what becomes of a record.
type fate struct {
	Record string `json:"record"`
	Rows   int64  `json:"rows"`
	Keep   string `json:"keep"`
	Until  string `json:"until"`
	Law    string `json:"law"`
}

func fatesOf(all []mine.Fate) []fate {
	out := []fate{}
	for _, f := range all {
		one := fate{Record: f.Rule.Record, Rows: f.Count, Keep: f.Rule.Keep, Law: f.Rule.Cite}
		if !f.Until.IsZero() {
			one.Until = f.Until.Format("2006-01-02")
		}
		out = append(out, one)
	}
	return out
}

func (a *App) letLeave(ctx context.Context, person ref.Person, sure bool) (fates []mine.Fate, err error) {
	err = a.DB.Write(ctx, func(tx *db.Tx) error {
		if err := a.Access.Allow(tx, "mine.leave-for", access.Resource{}); err != nil {
			return err
		}
		if _, err := here(tx, person); err != nil {
			return err
		}
		if fates, err = a.Mine.Fates(tx, person, tx.Now()); err != nil {
			return err
		}
		if sure {
			return a.Mine.Leave(tx, person, mine.WhyAsked)
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "mine.fates", Subjects: []string{string(person)}})
	})
	if err != nil || !sure {
		return fates, err
	}
	if err := a.Mine.EraseNow(ctx); err != nil {
		return nil, fmt.Errorf("%s has left, and all that they allowed is taken back. Their words can still be read: the program takes their key away as soon as it can, or type this again. What stood in the way: %s", person, cli.Say(plain(), err))
	}
	return fates, nil
}

// runRetention says what the rules of keeping would do now, and with --apply
// does it.
func runRetention(ctx context.Context, env module.Env, args []string) int {
	p, parse, asJSON, apply := retentionFlags(env)
	if words, ok := parse(args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "retention", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "retention", *p, func(ctx context.Context, a *App) error {
		due, err := a.Mine.Retention(ctx, *apply)
		if err == nil && *apply {
			err = a.Mine.EraseNow(ctx)
		}
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(env, due)
		}
		return printDue(env.Out, due)
	})
}

func retentionFlags(env module.Env) (*place, func([]string) ([]string, bool), *bool, *bool) {
	var p place
	f := cli.Flags(env, "retention")
	p.register(f)
	apply := f.Bool("apply", false, "do it; it cannot be undone")
	asJSON := f.Bool("json", false, "print JSON")
	return &p, func(args []string) ([]string, bool) { return cli.Parse(f, args) }, asJSON, apply
}

func printDue(out io.Writer, due []mine.Due) error {
	for _, d := range due {
		years := "-"
		if d.Years > 0 {
			years = fmt.Sprint(d.Years)
		}
		if _, err := fmt.Fprintf(out, "%-15s %-8s %3s years  %5d people  %5d rows  %s\n", d.Code, d.Keep, years, d.People, d.Rows, source(d.Rule)); err != nil {
			return err
		}
	}
	return nil
}

func source(r mine.Rule) string {
	switch {
	case r.Set:
		return "set here"
	case r.Cite != "" && !r.Checked:
		return r.Cite + " (not checked)"
	}
	return r.Cite
}

// runRetentionSet records how long an organisation keeps what a rule speaks of.
func runRetentionSet(ctx context.Context, env module.Env, args []string) int {
	var p place
	var rule, why string
	f := cli.Flags(env, "retention set")
	p.register(f)
	f.StringVar(&rule, "rule", "", "which rule, as alongside retention lists it")
	f.StringVar(&why, "why", "", "why that long; it stays on record")
	years := f.Int("years", 0, "years")
	if words, ok := cli.Parse(f, args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "retention set", "--org", p.org, "--rule", rule, "--why", why); bad {
		return code
	}
	return at(ctx, env, "retention set", p, func(ctx context.Context, a *App) error {
		return a.DB.Write(ctx, func(tx *db.Tx) error {
			if err := a.Access.Allow(tx, "mine.retention", access.Resource{}); err != nil {
				return err
			}
			return a.Mine.Set(tx, rule, *years, why)
		})
	})
}

// runReceipt checks receipts, with nothing but the file and what was kept
// elsewhere.
func runReceipt(_ context.Context, env module.Env, args []string) int {
	var c audit.Checking
	var checkpoint string
	f := cli.Flags(env, "audit receipt")
	f.StringVar(&checkpoint, "checkpoint", "", "a signed note kept elsewhere")
	f.StringVar(&c.Key, "key", "", "the organisation's public key, got elsewhere; without it, the one in the file")
	f.BoolVar(&c.JSON, "json", false, "print JSON")
	words, ok := cli.Parse(f, args)
	if !ok || len(words) != 1 {
		return cli.WrongUse
	}
	var err error
	if c.File, err = os.ReadFile(words[0]); err == nil && checkpoint != "" {
		c.Checkpoint, err = os.ReadFile(checkpoint)
	}
	code := cli.Done
	if err == nil {
		code, err = audit.RunReceipt(c, env.Out)
	}
	if errs.Is(err, errs.Invalid) {
		fmt.Fprintf(env.Err, "alongside audit receipt: %s is not a file of receipts that this program made.\n", words[0])
		return cli.Refused
	}
	if err == nil && c.Key == "" {
		fmt.Fprintln(env.Err, "alongside audit receipt: held against the key in the file itself. Compare it with the organisation's own (alongside audit key), or pass that by --key.")
	}
	return max(code, cli.Answer(env, plain(), "audit receipt", err))
}

// runAuditKey prints the public key that receipts and checkpoints are checked
// with.
func runAuditKey(ctx context.Context, env module.Env, args []string) int {
	p, parse, asJSON := placeFlags(env, "audit key")
	if words, ok := parse(args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "audit key", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "audit key", *p, func(ctx context.Context, a *App) error {
		o, err := a.Tenants.Find(ctx, p.org)
		if err != nil {
			return err
		}
		key, err := audit.PublicKey(a.Vault, string(o.ID))
		if err == nil && *asJSON {
			return printJSON(env, map[string]string{"organisation": string(o.ID), "key": key})
		}
		if err == nil {
			_, err = fmt.Fprintln(env.Out, key)
		}
		return err
	})
}
