package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"alongside/domain/engagement"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/scope"
)

// printTextDoor prints the address to which a provider hands texts that come in,
// after it was changed or shut where that is asked for. Whoever has it is taken for
// the provider.
func printTextDoor(ctx context.Context, env module.Env, a *App, what string) error {
	door := map[string]func(context.Context) (string, error){
		"door": a.Day.TextDoor, "door new": a.Day.NewTextDoor, "door shut": a.Day.ShutTextDoor,
	}[what]
	path, err := door(ctx)
	if err == nil && path == "" {
		path = "Shut: no text comes in by an address. \"alongside channel door new\" opens another."
	}
	if err == nil {
		fmt.Fprintln(env.Out, path)
	}
	return err
}

// textReply is what goes back to whoever texts the programme's number: that
// nobody reads it at once, and whom to call.
func (a *App) textReply(tx *db.Tx, lang string) (string, error) {
	var country string
	if err := tx.Row("SELECT country FROM tenant_tenant WHERE tenant = $1").Scan(&country); err != nil {
		return "", errs.Wrap("app: where texts are answered", err)
	}
	in := i18n.English
	for _, l := range i18n.Langs() {
		if string(l) == lang {
			in = l
		}
	}
	words := []string{a.Words.In(in).T("engagement.textin.reply")}
	for _, l := range tenant.CountryOf(country).Lines {
		if l.Call != "" {
			words = append(words, l.Name.In(in)+": "+l.Call+".")
		}
	}
	return strings.Join(words, " "), nil
}

// emptyEvery is how often the folder is looked into.
const emptyEvery = 5 * time.Second

// emptyTexts takes in the texts that a modem's program lays into a folder, until
// ctx ends.
func (a *App) emptyTexts(ctx context.Context) {
	dir, ok := strings.CutPrefix(a.Outside.SMSIn, "file:")
	if !ok {
		return
	}
	tick := time.NewTicker(emptyEvery)
	defer tick.Stop()
	for {
		if err := a.emptyFolder(ctx, dir); err != nil && ctx.Err() == nil {
			a.Log.Warn("texts that came in were left in their folder", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// emptyFolder takes in what lies in a folder: a file of JSON for each text, named
// as it likes: after the number it came from, for one, so no error says the name.
// One that was taken goes; one that cannot be read is put aside.
func (a *App) emptyFolder(ctx context.Context, dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		return err
	}
	orgs, err := a.Tenants.List(scope.AsSystem(ctx, "whose texts are in the folder"))
	if err != nil {
		return err
	}
	if len(orgs) != 1 {
		return errs.New(errs.Invalid, "app: a folder for texts is for a site with one organisation", "")
	}
	ctx = scope.With(ctx, scope.Scope{Tenant: string(orgs[0].ID), Actor: "link:texts", Purpose: scope.Treatment})
	for _, f := range files {
		if err := a.takeFile(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) takeFile(ctx context.Context, file string) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return unhandled(err)
	}
	in, err := engagement.ReadArrived(body)
	if err == nil {
		err = a.Day.Arrive(ctx, in)
	}
	if errs.Is(err, errs.Invalid) {
		return unhandled(os.Rename(file, strings.TrimSuffix(file, ".json")+".unread"))
	}
	if err != nil {
		return err
	}
	return unhandled(os.Remove(file))
}

// unhandled is an error of the folder without the name of a file.
func unhandled(err error) error {
	if err == nil {
		return nil
	}
	return errs.New(errs.Unavailable, "app: a file in the folder for texts cannot be read, moved or removed", "")
}
