package tenant

import (
	"context"
	"strings"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// onBoth runs fn on SQLite and on PostgreSQL, as someone at the machine.
func onBoth(t *testing.T, fn func(t *testing.T, ctx context.Context, s *Service)) {
	t.Helper()
	list := []db.Migrations{{Name: "audit", FS: audit.Migrations()}, {Name: "tenant", FS: Migrations()}}
	dbtest.Run(t, list, func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) {
		ctx := scope.With(t.Context(), scope.Scope{Actor: "operator:root", Role: "operator", Purpose: scope.Operations})
		fn(t, ctx, New(Deps{DB: d, Vault: v, Clock: clk}))
	})
}

func make1(t *testing.T, ctx context.Context, s *Service, name, country, zone string) Tenant {
	t.Helper()
	o, err := s.Create(ctx, name, country, zone)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestCreateThenFind(t *testing.T) {
	onBoth(t, func(t *testing.T, ctx context.Context, s *Service) {
		o := make1(t, ctx, s, "  Riverside Peers ", "us", "America/New_York")
		if o.Name != "Riverside Peers" || o.Country != "US" || o.Regime != "part2" || !o.CreatedAt.Equal(dbtest.Noon()) {
			t.Fatalf("%+v", o)
		}
		make1(t, ctx, s, "Åse Støtte", "NO", "Europe/Oslo")
		for _, name := range []string{"riverside peers", " RIVERSIDE PEERS", "åSE støTTE"} {
			if _, err := s.Find(ctx, name); err != nil {
				t.Errorf("%q: %v", name, err)
			}
		}
		got, err := s.Get(ctx, o.ID)
		if err != nil || got != o {
			t.Fatalf("%+v, %v", got, err)
		}
		all, err := s.List(ctx)
		if err != nil || len(all) != 2 || all[0].Name != "Riverside Peers" {
			t.Fatalf("%+v, %v", all, err)
		}
		if _, err := s.Vault.NewSubject(string(o.ID)); err != nil {
			t.Fatalf("its keys: %v", err)
		}
	})
}

// What cannot be made leaves nothing: no row, no keys.
func TestCreateRefusesInWords(t *testing.T) {
	onBoth(t, func(t *testing.T, ctx context.Context, s *Service) {
		make1(t, ctx, s, "Riverside", "US", "UTC")
		words := catalogue(t).In(i18n.English)
		for _, c := range []struct{ name, country, zone, say string }{
			{"RIVERSIDE ", "US", "UTC", "tenant.error.name-taken"},
			{"  ", "US", "UTC", "tenant.error.name"},
			{"Two\nlines", "US", "UTC", "tenant.error.name"},
			{strings.Repeat("é", 81), "US", "UTC", "tenant.error.name"},
			{"Other", "USA", "UTC", "tenant.error.country"},
			{"Other", "1!", "UTC", "tenant.error.country"},
			{"Other", "US", "Mars/Base", "tenant.error.zone"},
			{"Other", "US", "Local", "tenant.error.zone"},
			{"Other", "US", "", "tenant.error.zone"},
		} {
			_, err := s.Create(ctx, c.name, c.country, c.zone)
			var e *errs.Error
			if !asError(err, &e) || e.Say != c.say || !words.Has(e.Say) {
				t.Errorf("%q %q %q: %v", c.name, c.country, c.zone, err)
			}
		}
		keys, err := s.Vault.Tenants()
		if err != nil || len(keys) != 3 { // t1, t2 and Riverside
			t.Errorf("keys of %v, %v", keys, err)
		}
		if all, err := s.List(ctx); err != nil || len(all) != 1 {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

// A name that is not here is answered in words; so is an id, as if it were the
// id of nobody.
func TestUnknownNames(t *testing.T) {
	onBoth(t, func(t *testing.T, ctx context.Context, s *Service) {
		make1(t, ctx, s, "Riverside", "US", "UTC")
		_, err := s.Find(ctx, "Riverbed")
		var e *errs.Error
		if !errs.Is(err, errs.NotFound) || !asError(err, &e) || e.Say != "tenant.error.no-such-name" {
			t.Fatalf("%v", err)
		}
		for _, id := range []ref.Tenant{"", "t1", "nobody", "' OR 1=1 --"} {
			if _, err := s.Get(ctx, id); !errs.Is(err, errs.NotFound) {
				t.Errorf("%q: %v", id, err)
			}
		}
	})
}

// Making an organisation, and making a kit, stand in its own log.
func TestWhatIsDoneIsRecorded(t *testing.T) {
	onBoth(t, func(t *testing.T, ctx context.Context, s *Service) {
		o := make1(t, ctx, s, "Riverside", "GB", "Europe/London")
		before := leaves(t, ctx, s, o.ID)
		kit, err := s.Kit(ctx, o.ID)
		if err != nil || kit.Name != "Riverside" || kit.Tenant != string(o.ID) {
			t.Fatalf("%+v, %v", kit.Name, err)
		}
		if after := leaves(t, ctx, s, o.ID); before != 1 || after != 2 {
			t.Fatalf("%d leaves after making it, %d after the kit", before, after)
		}
		if _, err := s.Kit(ctx, "nobody"); !errs.Is(err, errs.NotFound) {
			t.Fatalf("%v", err)
		}
	})
}

// leaves counts what the organisation's log holds, or waits to hold.
func leaves(t *testing.T, ctx context.Context, s *Service, id ref.Tenant) (n int) {
	t.Helper()
	table := "audit_leaf"
	if s.DB.Engine() == db.Postgres {
		table = "audit_queue"
	}
	err := s.DB.Read(operator(ctx, id), func(tx *db.Tx) error {
		return tx.Row("SELECT count(*) FROM " + table + " WHERE tenant = $1").Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestLocation(t *testing.T) {
	if z := (Tenant{Zone: "Pacific/Auckland"}).Location(); z.String() != "Pacific/Auckland" {
		t.Errorf("%s", z)
	}
	if z := (Tenant{Zone: "Mars/Base"}).Location(); z != time.UTC {
		t.Errorf("%s", z)
	}
}
