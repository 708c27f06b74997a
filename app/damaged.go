package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"alongside/domain/audit"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/seal"
	"alongside/surface/cli"
)

// sayOf is cli.Answer for a command that opens a data folder: where the data
// itself is damaged it says what is the matter and what to do.
func sayOf(env module.Env, words *i18n.Words, name string, p place, err error) int {
	says, ok := db.Damaged(err)
	if !ok {
		return cli.Answer(env, words, name, err)
	}
	fmt.Fprintf(env.Err, "alongside %s: the data in %s is damaged: %s.\n", name, p.data, says)
	fmt.Fprintf(env.Err, "Stop the program and keep this folder as it is. `alongside doctor --data %s` names what it can see.\n", p.data)
	fmt.Fprint(env.Err, "Then put the newest backup into an empty folder: alongside restore BACKUP --data NEW-FOLDER --keys COPY-OF-THE-KEYS\n")
	return cli.Refused
}

// lost are the sentences about keys that are lost, of every organisation that
// the data or the key folder speaks of.
func lost(v *seal.Vault, known []string) (out []string) {
	all, err := v.Tenants()
	if err != nil {
		return []string{err.Error()}
	}
	all = append(all, known...)
	slices.Sort(all)
	for _, t := range slices.Compact(all) {
		out = append(out, v.Lacks(t)...)
	}
	return out
}

// runVerify holds every organisation's log against what was written. A log whose
// keys are lost is never called ok: nobody can tell whether its marks are ours.
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
		if err != nil {
			return err
		}
		for _, say := range lost(a.Vault, v.Must) {
			fmt.Fprintf(env.Err, "alongside audit verify: %s\n", say)
			code = cli.Refused
		}
		found, err := audit.RunVerify(ctx, v, env.Out)
		code = max(code, found)
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
	v.Unkeyed = func(id string) bool { return len(a.Vault.Lacks(id)) > 0 }
	return v, err
}

// runDoctor reads every page of the database file without opening it for use,
// and looks over the keys. A PostgreSQL looks after its own pages: of one it
// looks over the keys alone.
func runDoctor(ctx context.Context, env module.Env, args []string) int {
	p, parse, asJSON := folderFlags(env, "doctor")
	if words, ok := parse(args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "doctor", "--data", p.data); bad {
		return code
	}
	if p.postgres != "" {
		return doctorOfPostgres(ctx, env, *p, *asJSON)
	}
	if say := p.lacks(); say != "" {
		fmt.Fprintf(env.Err, "alongside doctor: %s\n", say)
		return cli.Refused
	}
	v, err := seal.OpenWith(p.config().vault())
	if err != nil {
		return cli.Answer(env, plain(), "doctor", err)
	}
	defer v.Close()
	pages, err := db.Doctor(ctx, p.data, v)
	var found []string
	for _, f := range pages {
		found = append(found, f.String())
	}
	found = append(found, examined(v, recorded(ctx, p.data, v))...)
	code := diagnose(env, *asJSON && err == nil, found, "Every page reads as it was written, and every key is here.")
	if err != nil {
		return max(cli.Refused, cli.Answer(env, plain(), "doctor", err))
	}
	return code
}

// recorded are the organisations of a database file. To look into one that is
// not there would make it.
func recorded(ctx context.Context, dir string, v *seal.Vault) []string {
	if _, err := os.Stat(filepath.Join(dir, db.DatabaseFile)); err != nil {
		return nil
	}
	return db.Texts(ctx, dir, v, tenant.AllIDs)
}

func doctorOfPostgres(ctx context.Context, env module.Env, p place, asJSON bool) int {
	code := cli.Done
	opened := at(ctx, env, "doctor", p, func(ctx context.Context, a *App) error {
		all, err := a.Tenants.List(ctx)
		var known []string
		for _, o := range all {
			known = append(known, string(o.ID))
		}
		if err == nil {
			code = diagnose(env, asJSON, examined(a.Vault, known), "Every key is here. The pages of a PostgreSQL are its own to check: see pg_amcheck.")
		}
		return err
	})
	return max(code, opened)
}

// diagnose says what was found, or that all is well.
func diagnose(env module.Env, asJSON bool, found []string, well string) int {
	code := cli.Done
	if len(found) > 0 {
		code = cli.Refused
	}
	if asJSON {
		out := struct {
			OK       bool     `json:"ok"`
			Findings []string `json:"findings"`
		}{len(found) == 0, append([]string{}, found...)}
		return max(code, cli.Answer(env, plain(), "doctor", printJSON(env, out)))
	}
	if len(found) == 0 {
		found = []string{well}
	}
	for _, say := range found {
		fmt.Fprintln(env.Out, say)
	}
	return code
}

// examined is what a doctor says of the keys: first what is lost; where nothing
// is, each key is opened.
func examined(v *seal.Vault, known []string) (out []string) {
	if out = lost(v, known); len(out) > 0 {
		return out
	}
	all, err := v.Tenants()
	for _, t := range all {
		var say []string
		if say, err = v.Check(t); err != nil {
			break
		}
		out = append(out, say...)
	}
	if err != nil {
		out = append(out, err.Error())
	}
	return out
}
