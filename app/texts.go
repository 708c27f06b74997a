package app

import (
	"context"
	"fmt"
	"strings"

	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/module"
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
