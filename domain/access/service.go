package access

import (
	"context"
	"log/slog"
	"net/http"
	"sync"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/scope"
)

// Walks is whom an account walks with: how many, and where someone who may can
// hand them over before the account is paused.
type Walks struct {
	People int
	Path   string
}

// Deps are what the service is made of. All but Addr, Log, Left, Walks, Persons
// and Demo are required; cards are made where Persons is given.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Log     *slog.Logger
	Policy  *Policy
	Origin  func() string                              // where browsers reach the program: "https://host", without a slash at the end
	Addr    func(r *http.Request) string               // who asks, as an IP address; nil believes the connection and no header
	Left    func(tx *db.Tx, account ref.Account) error // someone who walked with people can do so no more; an error undoes it
	Walks   func(tx *db.Tx, account ref.Account) (Walks, error)
	Persons Persons
	Demo    bool // a made-up world: links may work more than once
}

// Service is the door: who comes in, where they are signed in, and what they
// may do. Each method decides, writes and records in one transaction.
type Service struct {
	Deps
	accounts *field.Record[Account]
	cards    *field.Record[Card]
	hasher   hasher
	touching sync.Map // sign-ins whose last look is being written just now
}

// New returns the service.
func New(d Deps) *Service {
	if d.Addr == nil {
		d.Addr = remote
	}
	if d.Left == nil {
		d.Left = func(*db.Tx, ref.Account) error { return nil }
	}
	if d.Walks == nil {
		d.Walks = func(*db.Tx, ref.Account) (Walks, error) { return Walks{}, nil }
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{Deps: d, accounts: Accounts(), cards: Cards(), hasher: newHasher()}
}

// Allow answers nil when whoever the transaction runs for may do the action
// with the resource; errs.Denied otherwise, which a page answers like absence.
func (s *Service) Allow(tx *db.Tx, action string, r Resource) error {
	return s.Policy.Allow(tx.Scope(), action, r)
}

// AllowRoute decides whether whoever is signed in may come to a page at all,
// before the page's service decides about what is on it.
func (s *Service) AllowRoute(ctx context.Context, action string) error {
	sc, _ := scope.From(ctx)
	return s.Policy.Allow(sc, action, Own(sc.Actor))
}

// Own is the resource "something of this account's own".
func Own(account string) Resource {
	return Resource{Kind: "Account", ID: account, Attrs: map[string]string{"account": account}}
}

// record writes the leaf for something done with an account.
func record(tx *db.Tx, action string, account ref.Account, row string, changes []field.Change) error {
	return audit.Write(tx, audit.Entry{
		Kind: audit.Change, Action: action, Subjects: []string{string(account)}, Record: row, Changes: changes,
	})
}

// as returns ctx in which the account itself acts, for the moment between
// having shown who they are and being signed in.
func as(ctx context.Context, tenant string, a ref.Account) context.Context {
	return scope.With(ctx, scope.Scope{Tenant: tenant, Actor: string(a), Purpose: scope.Operations})
}

// atDoor returns ctx for a look into one organisation by which nobody is let in
// yet. It reaches no page.
func atDoor(ctx context.Context, tenant string) context.Context {
	return scope.With(ctx, scope.Scope{Tenant: tenant, Actor: "system", Purpose: "sign-in", Always: true})
}

func absent(op string) error { return errs.New(errs.NotFound, op, "") }
