package db_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"alongside/platform/clock"
	"alongside/platform/crashtest"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/job"
)

// A program also starts while the disk is full, again and again: what is there
// can be read, nothing new is said to be kept, and with room it goes on.
func TestADatabaseOpensOnAFullDisk(t *testing.T) {
	disk := crashtest.NewSmallDisk(t, 16)
	if disk == nil {
		return
	}
	o := db.Options{Dir: disk.Dir, Vault: dbtest.Vault(t, disk.Dir), Clock: clock.NewFake(dbtest.Noon())}
	ctx := dbtest.Scope(t.Context(), "t1")
	add := func(d *db.DB, key string) error {
		return d.Write(ctx, func(tx *db.Tx) error { return job.Add(tx, "k", key, tx.Now()) })
	}
	d := reopened(t, o)
	if err := d.Migrate(t.Context(), []db.Migrations{job.Migrations()}); err != nil {
		t.Fatal(err)
	}
	for n, key := range []string{"a", "b", "c"} {
		if err := add(d, key); err != nil {
			t.Fatal("with room:", err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		disk.Fill(0)
		d = reopened(t, o)
		for full := false; !full; { // what was kept has room for a little
			full = errs.Is(add(d, "full"), errs.Unavailable)
			err := d.Write(ctx, func(tx *db.Tx) error { return job.Cancel(tx, "k", "full") })
			full = full || errs.Is(err, errs.Unavailable)
		}
		if got := bells(ctx, t, d); got != n+1 && got != n+2 {
			t.Errorf("%d bells are there, want %d", got, n+1)
		}
		disk.Free()
		if err := d.Write(ctx, func(tx *db.Tx) error { return job.Cancel(tx, "k", "full") }); err != nil {
			t.Fatal("with room again:", err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(disk.Dir, db.ReserveFile)); err != nil {
		t.Error("no room is kept for the next start:", err)
	}
}

func reopened(t *testing.T, o db.Options) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func bells(ctx context.Context, t *testing.T, d *db.DB) (n int) {
	t.Helper()
	err := d.Read(ctx, func(tx *db.Tx) error {
		return tx.Row("SELECT COUNT(*) FROM job_job WHERE tenant = $1").Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
