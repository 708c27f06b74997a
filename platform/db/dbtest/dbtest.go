// Package dbtest runs a test on both engines: an encrypted SQLite file in a
// folder of its own and a database of its own in a PostgreSQL that is started
// once for the test program and dies with it.
//
// It is not a library because it knows our vault and our migrations.
package dbtest

import (
	"context"
	"testing"
	"time"

	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/seal"
)

// Run runs fn as the subtests "sqlite" and "postgres". The tenants "t1" and
// "t2" exist in the vault; the clock stands at noon of 1 March 2026, UTC.
func Run(t *testing.T, migrations []db.Migrations, fn func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		v := Vault(t, dir)
		clk := clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
		d, err := db.Open(context.Background(), db.Options{Dir: dir, Vault: v, Clock: clk})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { d.Close() })
		if err := d.Migrate(context.Background(), migrations); err != nil {
			t.Fatal(err)
		}
		fn(t, d, v, clk)
	})
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
