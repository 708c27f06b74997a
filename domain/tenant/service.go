package tenant

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"
	"unicode"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
	"alongside/platform/scope"
	"alongside/platform/seal"
	"golang.org/x/text/language"
)

// Deps are what the service is made of.
type Deps struct {
	DB    *db.DB
	Vault *seal.Vault
	Clock clock.Clock
}

// Service makes organisations and finds them.
type Service struct {
	Deps
	tenants *field.Record[Tenant]
	zones   sync.Map // by name: *time.Location
}

// New returns the service.
func New(d Deps) *Service { return &Service{Deps: d, tenants: Tenants()} }

// Location is [Tenant.Location], remembered: a zone is read from a file of the
// machine, and every page has one.
func (s *Service) Location(o Tenant) *time.Location {
	if z, ok := s.zones.Load(o.Zone); ok {
		return z.(*time.Location)
	}
	z := o.Location()
	s.zones.Store(o.Zone, z)
	return z
}

// Check refuses what no organisation can be, so that a command can say so before
// it makes anything.
func Check(name, country, zone string) error { return described(name, country, zone).check() }

func described(name, country, zone string) Tenant {
	return Tenant{Name: strings.TrimSpace(name), Country: strings.ToUpper(country), Zone: zone}
}

// Create makes an organisation with its keys. Its privacy law follows from its
// country. A name that is taken is a Conflict; a country or zone that nobody
// knows is Invalid.
func (s *Service) Create(ctx context.Context, name, country, zone string) (Tenant, error) {
	o := described(name, country, zone)
	if err := o.check(); err != nil {
		return o, err
	}
	o.Regime = CountryOf(o.Country).Regime
	o.ID = ref.Tenant(id.New(s.Clock.Now()))
	if err := s.Vault.CreateTenant(string(o.ID)); err != nil {
		return o, errs.Wrap("tenant: create", err)
	}
	err := s.DB.Write(operator(ctx, o.ID), func(tx *db.Tx) error { return s.insert(tx, &o) })
	if err != nil { // these keys have locked nothing yet
		err = errors.Join(err, s.Vault.EndTenant(string(o.ID)))
	}
	return o, errs.Wrap("tenant: create", err)
}

func (s *Service) insert(tx *db.Tx, o *Tenant) error {
	if _, err := named(tx, o.Name); err == nil {
		return errs.New(errs.Conflict, "tenant: create", "tenant.error.name-taken")
	} else if !errs.Is(err, errs.NotFound) {
		return err
	}
	o.CreatedAt, o.Version = tx.Now(), 0
	changes, err := s.tenants.Insert(tx, o)
	if err != nil {
		return err
	}
	return audit.Write(tx, audit.Entry{
		Kind: audit.Change, Action: "tenant.create", Record: "tenant_tenant/" + string(o.ID), Changes: changes,
	})
}

func (o Tenant) check() error {
	switch {
	case o.Name == "" || len([]rune(o.Name)) > 80 || strings.ContainsFunc(o.Name, unicode.IsControl):
		return errs.At("tenant: create", "name", "tenant.error.name")
	case !isCountry(o.Country):
		return errs.At("tenant: create", "country", "tenant.error.country")
	}
	if _, err := time.LoadLocation(o.Zone); err != nil || o.Zone == "" || o.Zone == "Local" {
		return errs.At("tenant: create", "zone", "tenant.error.zone")
	}
	return nil
}

// isCountry reports whether code is the two capital letters of a country, as
// ISO 3166 gives them out.
func isCountry(code string) bool {
	r, err := language.ParseRegion(code)
	return err == nil && len(code) == 2 && r.IsCountry() && r.String() == code
}

// operator is the scope of whoever sits at the machine, in one organisation.
func operator(ctx context.Context, t ref.Tenant) context.Context {
	sc, _ := scope.From(ctx)
	if sc.Actor == "" {
		sc.Actor = "system"
	}
	sc.Tenant, sc.Purpose, sc.System = string(t), scope.Operations, false
	return scope.With(ctx, sc)
}

const selectAll = `SELECT organisation, name, country, zone, regime, created_at, paused_at FROM tenant_tenant`

// AllIDs asks for the ids of all organisations, for a doctor who does not open
// the database for use.
const AllIDs = "SELECT organisation FROM tenant_tenant ORDER BY organisation"

// List returns every organisation, by name.
func (s *Service) List(ctx context.Context) ([]Tenant, error) {
	return s.read(ctx, func(tx *db.Tx) ([]Tenant, error) { return query(tx, selectAll+" ORDER BY name") })
}

// Find returns the organisation of that name, whatever its capitals; NotFound
// when there is none.
func (s *Service) Find(ctx context.Context, name string) (Tenant, error) {
	return one(s.read(ctx, func(tx *db.Tx) ([]Tenant, error) {
		o, err := named(tx, name)
		return []Tenant{o}, err
	}))
}

// named compares names in Go, because the two engines fold letters unlike.
func named(tx *db.Tx, name string) (Tenant, error) {
	all, err := query(tx, selectAll)
	if err != nil {
		return Tenant{}, err
	}
	for _, o := range all {
		if strings.EqualFold(o.Name, strings.TrimSpace(name)) {
			return o, nil
		}
	}
	return Tenant{}, errs.New(errs.NotFound, "tenant: find", "tenant.error.no-such-name")
}

// Get returns an organisation by its id; NotFound when there is none.
func (s *Service) Get(ctx context.Context, t ref.Tenant) (Tenant, error) {
	return one(s.read(ctx, func(tx *db.Tx) ([]Tenant, error) {
		return query(tx, selectAll+" WHERE tenant = $1", t)
	}))
}

// one returns the first of a list, NotFound when it is empty.
func one(list []Tenant, err error) (Tenant, error) {
	if err == nil && len(list) == 0 {
		err = errs.New(errs.NotFound, "tenant: get", "")
	}
	if err != nil {
		return Tenant{}, err
	}
	return list[0], nil
}

// read looks across organisations: their names are no secret to the program.
func (s *Service) read(ctx context.Context, do func(*db.Tx) ([]Tenant, error)) (out []Tenant, err error) {
	err = s.DB.Read(scope.AsSystem(ctx, "find an organisation"), func(tx *db.Tx) error {
		out, err = do(tx)
		return err
	})
	return out, errs.Wrap("tenant: find", err)
}

func query(tx *db.Tx, sql string, args ...any) ([]Tenant, error) {
	rows, err := tx.SysQuery(sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Tenant
	for rows.Next() {
		var o Tenant
		var at, paused int64
		if err := rows.Scan(&o.ID, &o.Name, &o.Country, &o.Zone, &o.Regime, &at, &paused); err != nil {
			return nil, err
		}
		o.CreatedAt, o.PausedAt = time.UnixMicro(at).UTC(), db.Instant(paused)
		out = append(out, o)
	}
	return out, rows.Err()
}
