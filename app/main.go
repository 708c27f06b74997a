package app

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/user"
	"runtime/debug"

	"alongside/domain/access"
	"alongside/domain/tenant"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/scope"
	"alongside/surface/cli"
	"alongside/surface/statcli"
	"alongside/surface/web"
)

// Main runs the command that args name and returns the exit code.
func Main(ctx context.Context, env module.Env, args []string) int {
	return cli.Run(ctx, env, commands(), args)
}

// AtOnce tells whether a signal may end the command that args name where it
// stands. Others are told by their context, and put away what they hold.
func AtOnce(args []string) bool { return cli.AtOnce(commands(), args) }

// commands is everything the command line can do: what needs the whole program,
// then what each domain offers.
func commands() []module.Command {
	list := ownCommands()
	for _, m := range Modules() {
		list = append(list, m.Commands...)
	}
	return list
}

func ownCommands() []module.Command {
	return []module.Command{
		{Name: "demo", Usage: "[--addr A] [--json]", Short: "a world of made-up people, to try", Run: runDemo},
		{Name: "init", Usage: "--data DIR --org NAME --admin EMAIL [--zone Z]", Short: "make a data folder and the first organisation", Run: runInit},
		{Name: "recover", Usage: "--data DIR < BOTH-SHARES", Short: "restore lost keys from the paper kit", Run: runRecover},
		{Name: "serve", Usage: "--data DIR [--addr A] [--domain NAME] [--proxy ADDRESSES]", Short: "answer browsers", Run: runServe},
		{Name: "user add", Usage: "--data DIR --org NAME --role R --email E", Short: "make an account, print its sign-in link", Run: runUserAdd},
		{Name: "account resume", Usage: "--data DIR --org NAME --email E", Short: "let a paused account in again", Run: runAccountResume},
		{Name: "participant add", Usage: "--data DIR --org NAME --person ID --email E", Short: "give a person their own page, print its sign-in link", Run: runParticipantAdd},
		{Name: "participant card", Usage: "--data DIR --org NAME --person ID --alias A [--language L]", Short: "make a card a person signs in with, print its words once", Run: runParticipantCard},
		{Name: "site add", Usage: "--data DIR --org NAME --name N", Short: "make a site, print its link for asking", Run: runSiteAdd},
		{Name: "import fhir", Usage: "FILE|URL --data DIR --org NAME [--dry-run]", Short: "read hand-offs from a hospital's file", Run: runImportFHIR},
		{Name: "import people", Usage: "FILE|URL --data DIR --org NAME [--map …] [--dry-run] [--json]", Short: "read people from a CSV file", Run: runImportPeople},
		{Name: "search rebuild", Usage: "--data DIR --org NAME [--new-key]", Short: "make anew what people are found by", Run: runSearchRebuild},
		{Name: "export fhir", Usage: "--data DIR --org NAME [--handoff ID] [--json]", Short: "answer the Tasks that hand-offs came in by", Run: runExportFHIR},
		{Name: "handoffs", Usage: "--data DIR --org NAME [--json]", Short: "list hand-offs", Run: runHandoffs},
		{Name: "channel", Usage: "open|shut|list|door [new|shut] --data DIR --org NAME", Short: "say why words may leave the building", Run: runChannel},
		{Name: "simulate handoffs", Usage: "[FILE.json] [--share 0.9] [--example] [--json]", Short: "how many peers on which shifts", Run: runSimulate, AtOnce: true},
		{Name: "recipients", Usage: "--data DIR --org NAME [--json]", Short: "list who can be told something", Run: runRecipients},
		{Name: "recipient add", Usage: "--data DIR --org NAME --name N --kind K", Short: "put someone on that list, print their id", Run: runRecipientAdd},
		{Name: "consent check", Usage: "--data DIR --org NAME --person ID …", Short: "ask whether something may be told", Run: runConsentCheck},
		{Name: "consent read", Usage: "FILE --data DIR --org NAME [--json]", Short: "what a FHIR Consent means here; keeps nothing", Run: runConsentRead},
		{Name: "accounting", Usage: "--data DIR --org NAME --person ID [--law L]", Short: "what was told about a person, and to whom", Run: runAccounting},
		{Name: "organisation list", Usage: "--data DIR [--json]", Short: "the organisations, and which are paused", Run: runOrganisationList},
		{Name: "organisation pause", Usage: "--data DIR --org NAME --why TEXT", Short: "stop an organisation as a whole, for now", Run: runOrganisationPause},
		{Name: "organisation resume", Usage: "--data DIR --org NAME --why TEXT", Short: "take it up again", Run: runOrganisationResume},
		{Name: "organisation zone", Usage: "--data DIR --org NAME [--zone Z]", Short: "by which clock its pages and its rota go", Run: runOrganisationZone},
		{Name: "privacy", Usage: "--data DIR --org NAME [--regime R --why W]", Short: "which privacy law binds the organisation", Run: runPrivacy},
		{Name: "privacy minors", Usage: "--data DIR --org NAME [--sign alone|both|by-age --says TEXT]", Short: "who signs when someone is not of age", Run: runPrivacyMinors},
		{Name: "audit checkpoint", Usage: "--data DIR --org NAME", Short: "print a signed note of the log", Run: runCheckpoint},
		{Name: "audit verify", Usage: "--data DIR [--checkpoint FILE]", Short: "check that the log is as it was written", Run: runVerify},
		{Name: "audit receipt", Usage: "FILE [--checkpoint FILE] [--key KEY] [--json]", Short: "check a person's receipts, without the data", Run: runReceipt, AtOnce: true},
		{Name: "audit key", Usage: "--data DIR --org NAME", Short: "print the public key that receipts are checked with", Run: runAuditKey},
		{Name: "export person", Usage: "FILE.zip|DIR --data DIR --org NAME --person ID", Short: "make what a person takes along", Run: runExportPerson},
		{Name: "leave", Usage: "--data DIR --org NAME --person ID [--sure]", Short: "let a person leave: what goes, what the law keeps", Run: runLeave},
		{Name: "retention", Usage: "--data DIR --org NAME [--apply] [--json]", Short: "what the rules of keeping would do now", Run: runRetention},
		{Name: "retention set", Usage: "--data DIR --org NAME --rule R --years N --why TEXT", Short: "decide how long something is kept", Run: runRetentionSet},
		{Name: "backup", Usage: "DIR --data DIR [--keys DIR]", Short: "copy the data, and the keys elsewhere", Run: runBackup},
		{Name: "restore", Usage: "DIR --data DIR --keys DIR [--ledgers DIR]", Short: "put a copy back; who was erased stays erased", Run: runRestore},
		{Name: "doctor", Usage: "--data DIR [--json]", Short: "read every page and key, and say what is wrong", Run: runDoctor},
		{Name: "migrate", Usage: "--data DIR", Short: "bring the tables up to date", Run: runMigrate},
		{Name: "stats", Usage: "km|logrank|cox|… [FILE.csv] [--json]", Short: "statistics, without a database", Run: runStats, AtOnce: true},
		{Name: "pages", Usage: "[--addr A]", Short: "the storybook: every page with made-up people", Run: runPages},
		{Name: "version", Short: "print the version", Run: runVersion, AtOnce: true},
	}
}

func runStats(ctx context.Context, env module.Env, args []string) int {
	return statcli.Run(ctx, env.In, env.Out, env.Err, args)
}

func runVersion(_ context.Context, env module.Env, args []string) int {
	if words, ok := cli.Parse(cli.Flags(env, "version"), args); !ok || len(words) > 0 {
		return cli.WrongUse
	}
	version := "development"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		version = info.Main.Version
	}
	fmt.Fprintln(env.Out, "alongside", version)
	return cli.Done
}

// place are the flags that most commands share.
type place struct{ data, postgres, org, as string }

// register gives a command the flags that fill p.
func (p *place) register(f *flag.FlagSet) {
	f.StringVar(&p.data, "data", "", "the data folder")
	f.StringVar(&p.org, "org", "", "the organisation's name")
	f.StringVar(&p.postgres, "postgres", "", "connection URL of a PostgreSQL")
	f.StringVar(&p.as, "as", "", "e-mail of the account to act as; without it the operator acts, and that is shown")
}

func (p place) config() Config {
	return Config{Data: p.data, Keys: os.Getenv("ALONGSIDE_KEYS"), Postgres: p.postgres, Origin: p.origin, Outside: Outside{
		SMTP: os.Getenv("ALONGSIDE_SMTP"), SMS: os.Getenv("ALONGSIDE_SMS"),
		SMSToken: os.Getenv("ALONGSIDE_SMS_TOKEN"), SMSSign: os.Getenv("ALONGSIDE_SMS_SIGN"), SMSAs: os.Getenv("ALONGSIDE_SMS_SIGN_AS"), SMSIn: os.Getenv("ALONGSIDE_SMS_IN"),
		Contact: os.Getenv("ALONGSIDE_PUSH_CONTACT"),
	}}
}

// at opens the data folder that flags name and runs do in the scope of the
// organisation they name, or of none when they name none. Errors are said in
// words.
func at(ctx context.Context, env module.Env, name string, p place, do func(context.Context, *App) error) int {
	if p.data == "" {
		fmt.Fprintf(env.Err, "alongside %s: say where the data is, with --data\n", name)
		return cli.WrongUse
	}
	if say := p.lacks(); say != "" {
		fmt.Fprintf(env.Err, "alongside %s: %s\n", name, say)
		return cli.Refused
	}
	a, err := Open(ctx, p.config())
	if err != nil {
		return sayOf(env, plain(), name, p, err)
	}
	defer a.Close()
	if p.org != "" {
		if ctx, err = a.inside(ctx, p); err != nil {
			return sayOf(env, a.english(), name, p, err)
		}
	}
	return sayOf(env, a.english(), name, p, do(ctx, a))
}

// english are the words of a terminal.
func (a *App) english() *i18n.Words { return a.Words.In(i18n.English) }

// plain are the words of a terminal for when no data folder is open.
func plain() *i18n.Words {
	all, err := i18n.Load(web.Sources((&App{}).modules())...)
	if err != nil {
		return nil
	}
	return all.In(i18n.English)
}

// inside is ctx in the organisation, as whoever sits at the machine.
func (a *App) inside(ctx context.Context, p place) (context.Context, error) {
	o, err := a.Tenants.Find(ctx, p.org)
	if err != nil {
		return ctx, err
	}
	if p.as != "" {
		sc, err := a.Access.As(ctx, string(o.ID), p.as, systemUser())
		return scope.With(ctx, sc), err
	}
	return operator(ctx, o), nil
}

func operator(ctx context.Context, o tenant.Tenant) context.Context {
	return scope.With(ctx, access.Operator(string(o.ID), systemUser()))
}

// systemUser is who runs the command, as the machine knows them.
func systemUser() string {
	u, err := user.Current()
	if err != nil || u.Username == "" {
		return "unknown"
	}
	return u.Username
}

// use says that a command was used wrongly, unless it was not.
func needs(env module.Env, name string, missing ...string) (int, bool) {
	for i := 0; i+1 < len(missing); i += 2 {
		if missing[i+1] == "" {
			fmt.Fprintf(env.Err, "alongside %s: %s is missing\n", name, missing[i])
			return cli.WrongUse, true
		}
	}
	return 0, false
}
