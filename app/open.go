// Package app is the only package that knows everything: which domains there
// are, how they are wired to each other, where the data lies, and what the
// command line can do. Nothing imports it but cmd.
package app

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/bridge"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/mine"
	"alongside/domain/outbox"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/domain/rota"
	"alongside/domain/tenant"
	"alongside/domain/workforce"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/i18n"
	"alongside/platform/live"
	"alongside/platform/module"
	"alongside/platform/notify"
	"alongside/platform/scope"
	"alongside/platform/seal"
	"alongside/surface/web"
)

// Config says where the data lies and how the program runs.
type Config struct {
	Data     string // the data folder
	Keys     string // another place for the keys; empty is Data/keys (ALONGSIDE_KEYS)
	Postgres string // connection URL; empty is SQLite in Data
	Clock    clock.Clock
	Log      *slog.Logger
	Demo     bool          // a made-up world: sign-in links work more than once
	Origin   func() string // where browsers reach the program
	Domain   string        // the name under which it is on the internet; empty: any name is answered
	Proxies  *web.Proxies  // what stands in front of it and speaks TLS; nil: nothing
	Outside  Outside
}

// Outside says how words may leave the building. A channel that is set here is
// still shut until an organisation wrote down why it may be used.
type Outside struct {
	SMTP     string // smtps://name:password@host:port?from=address (ALONGSIDE_SMTP)
	SMS      string // https://… of a gateway, or file:DIR for a folder (ALONGSIDE_SMS)
	SMSToken string // bearer token for the gateway (ALONGSIDE_SMS_TOKEN)
	SMSSign  string // a secret with which the gateway signs what comes in (ALONGSIDE_SMS_SIGN)
	SMSAs    string // how: empty, or twilio (ALONGSIDE_SMS_SIGN_AS)
	SMSIn    string // file:DIR of a folder in which texts that came in lie (ALONGSIDE_SMS_IN)
	Contact  string // mailto: address for push services (ALONGSIDE_PUSH_CONTACT)
}

// contact is who a push service may write to; the program's own address when
// nobody was named.
func (o Outside) contact(origin string) string {
	if o.Contact != "" {
		return o.Contact
	}
	return origin
}

func (o Outside) signing() engagement.Signing {
	return engagement.Signing{Secret: o.SMSSign, As: o.SMSAs}
}

// App is the program, put together.
type App struct {
	Config
	Vault    *seal.Vault
	DB       *db.DB
	Words    *i18n.Catalogue
	Tenants  *tenant.Service
	Access   *access.Service
	Consents *consent.Service
	Door     *disclose.Service
	Handoffs *handoff.Service
	Gate     *notify.Gate
	Rota     *rota.Service
	Registry *people.Registry
	Day      *engagement.Service
	Outbox   *outbox.Service
	Bridge   *bridge.Service
	Cards    *bridge.Cards
	Mine     *mine.Service
	Pages    *workforce.Service
	Modules  []module.Module
	forms    func() http.Handler // those that may come from a phone's outbox; made once
	Hub      *live.Hub
	home     atomic.Pointer[string] // the country that all organisations here are in; nil for none
}

// Open opens a data folder that was made before and brings its tables up to
// date.
func Open(ctx context.Context, c Config) (*App, error) {
	v, err := seal.OpenWith(c.vault())
	if err != nil {
		return nil, err
	}
	return start(ctx, c, v)
}

// Make makes a data folder with its first keys. A folder that has keys already
// is opened as it is.
func Make(ctx context.Context, c Config) (*App, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(c.keys(), "root.key")); err == nil {
		return Open(ctx, c)
	}
	v, err := seal.CreateWith(c.vault())
	if err != nil {
		return nil, err
	}
	return start(ctx, c, v)
}

// keys is the folder that holds the keys.
func (c Config) keys() string {
	if c.Keys != "" {
		return c.Keys
	}
	return filepath.Join(c.Data, "keys")
}

func (c Config) vault() seal.Options {
	return seal.Options{Dir: c.Data, Keys: c.Keys, Clock: c.Clock}
}

func start(ctx context.Context, c Config, v *seal.Vault) (*App, error) {
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Origin == nil {
		c.Origin = func() string { return "http://127.0.0.1" }
	}
	if err := c.emptied(v); err != nil {
		return nil, err
	}
	words := wordsMeanwhile()
	d, err := db.Open(ctx, db.Options{Dir: c.Data, Postgres: c.Postgres, Vault: v, Clock: c.Clock, Log: c.Log, Admit: tenant.Admit})
	if err != nil {
		return nil, err
	}
	a := &App{Config: c, Vault: v, DB: d, Hub: &live.Hub{}}
	if err := a.wire(ctx, words); err != nil {
		d.Close()
		return nil, err
	}
	return a, nil
}

// wire makes the services, the list of modules and the words, and brings the
// tables up to date.
func (a *App) wire(ctx context.Context, words func() (*i18n.Catalogue, error)) error {
	policy, err := access.ReadPolicy(access.Policies())
	if err != nil {
		return err
	}
	a.Tenants = tenant.New(tenant.Deps{DB: a.DB, Vault: a.Vault, Clock: a.Clock})
	a.Access = access.New(access.Deps{DB: a.DB, Clock: a.Clock, Log: a.Log, Policy: policy, Origin: a.Origin, Demo: a.Demo, Left: a.peerLeft, Walks: a.leftAlone, Persons: a.persons()})
	if err := a.makeGate(); err != nil {
		return err
	}
	a.makeRota(a.allow)
	a.makeDay()
	a.Consents = consent.New(consent.Deps{Places: services{}, Held: func(tx *db.Tx, p ref.Person) (bool, error) { return a.Door.Holds(tx, p) }})
	a.Door = disclose.New(a.Consents)
	a.Door.Same = people.New().Same
	a.Door.Leads = a.Access.IsLead
	a.Handoffs = handoff.New(handoff.Deps{
		DB: a.DB, People: people.New(), Consents: grants{a.Consents}, Hub: a.Hub, Alerts: alerts{a.Rota, a.met, a.hearsBeside}, Asking: alerts{rota: a.Rota},
		Allow: a.allow,
		Names: func(tx *db.Tx, ids []ref.Account) (map[ref.Account]string, error) { return a.Access.Names(tx, ids) },
		Knows: a.Rota.Knows, Asked: a.Rota.Asks, Walks: func(tx *db.Tx, p ref.Person) ([]ref.Account, error) { return a.Day.Walkers(tx, p) }, Staff: a.Access.Holders, OnCall: a.Rota.OnCall, Off: a.Rota.Off,
		Sees:  func(tx *db.Tx, p ref.Person) bool { return a.allowNear(tx, "consent.see", p) == nil },
		Hears: func(tx *db.Tx) (bool, error) { return consent.Hears(tx, scope.Treatment) },
		Out:   desk{a.Door, grants{a.Consents}},
		Said:  a.said, Wards: moments{a},
	})
	a.Registry = people.NewRegistry(people.Deps{
		DB: a.DB, Clock: a.Clock, People: people.New(), Allow: a.allow, AllowOf: a.allowNear, Caseload: a.walkedWith, Around: a.around, Walk: func(tx *db.Tx, p ref.Person) (string, error) { return a.Day.WalkPath(tx, p) },
		Parted: a.partCards,
	})
	a.makeOutbox()
	if err := a.makeBridge(); err != nil {
		return err
	}
	a.makeMine()
	a.makePages()
	a.Modules = a.modules()
	if a.Words, err = words(); err != nil {
		return err
	}
	if err := audit.NewSequencer(a.DB, a.Log).SequenceOlder(ctx); err != nil {
		return err
	}
	return a.DB.Migrate(ctx, a.migrations())
}

// allow asks the policies about whoever is in the scope.
func (a *App) allow(tx *db.Tx, action string) error {
	return a.Access.Allow(tx, action, access.Resource{})
}

// allowNear asks the policies about one person. The rules read whether whoever is
// in the scope is near: they walk together, or the person is on a hand-off, where
// any peer may have to step in.
func (a *App) allowNear(tx *db.Tx, action string, person ref.Person) error {
	near, err := a.near(tx, person)
	if err != nil {
		return err
	}
	attrs := map[string]string{"near": "no"}
	if near {
		attrs["near"] = "yes"
	}
	return a.Access.Allow(tx, action, access.Resource{Kind: "Person", ID: string(person), Attrs: attrs})
}

// near looks at every record of the person.
func (a *App) near(tx *db.Tx, person ref.Person) (bool, error) {
	same, err := people.New().Same(tx, person)
	if err != nil {
		return false, err
	}
	on, err := a.Handoffs.OnOne(tx, same)
	if err != nil || on {
		return on, err
	}
	mine, err := a.walkedWith(tx, ref.Account(tx.Scope().Actor))
	return slices.ContainsFunc(same, func(p ref.Person) bool { return slices.Contains(mine, p) }), err
}

// Close ends the program's hold on its data.
func (a *App) Close() error { return a.DB.Close() }
