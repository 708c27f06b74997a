// Package dbtest runs a test on both engines: an encrypted SQLite file in a
// folder of its own and a database of its own in a PostgreSQL that is started
// once for the test program and dies with it.
//
// It is not a library because it knows our vault and our migrations.
package dbtest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// Noon is where the clock of [Run] stands at the beginning.
func Noon() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// Run runs fn as the subtests "sqlite" and "postgres". The tenants "t1" and
// "t2" exist in the vault; the clock stands at [Noon]. What the database logs
// goes to the test's log. Without PostgreSQL on the machine the test fails and
// says what to install.
func Run(t *testing.T, migrations []db.Migrations, fn func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { run(t, "", migrations, fn) })
	t.Run("postgres", func(t *testing.T) { run(t, Postgres(t, migrations), migrations, fn) })
}

func run(t *testing.T, url string, migrations []db.Migrations, fn func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake)) {
	t.Helper()
	dir := t.TempDir()
	v, clk := Vault(t, dir), clock.NewFake(Noon())
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Postgres: url, Vault: v, Clock: clk, Log: Log(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Migrate(t.Context(), migrations); err != nil {
		t.Fatal(err)
	}
	fn(t, d, v, clk)
}

// Postgres makes a database of its own in PostgreSQL, with the migrations done,
// and returns its address. The test may do with it what it
// likes; at its end whoever is still connected is put out.
func Postgres(t testing.TB, migrations []db.Migrations) string {
	t.Helper()
	c := shared()
	if c.err != nil {
		t.Fatal(c.err)
	}
	b, sum, err := c.fresh(t.Context(), migrations)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.giveBack(b, sum); err != nil {
			t.Error(err)
		}
	})
	return c.url(b.name)
}

// Log writes to the test's log.
func Log(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), nil))
}

// Scope is a context for the tenant, with an actor "test" who treats.
func Scope(ctx context.Context, tenant string) context.Context {
	return scope.With(ctx, scope.Scope{Tenant: tenant, Actor: "test", Purpose: scope.Treatment})
}

// Vault makes a vault in dir with the tenants "t1" and "t2".
func Vault(t testing.TB, dir string) *seal.Vault {
	t.Helper()
	v, err := seal.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, tenant := range []string{"t1", "t2"} {
		if err := v.CreateTenant(tenant); err != nil {
			t.Fatal(err)
		}
	}
	return v
}
