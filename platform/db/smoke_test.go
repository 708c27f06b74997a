package db_test

import (
	"context"
	"testing"

	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/job"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

func TestSmoke(t *testing.T) {
	dbtest.Run(t, []db.Migrations{job.Migrations()}, func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) {
		ctx := scope.With(context.Background(), scope.Scope{Tenant: "t1", Actor: "a"})
		err := d.Write(ctx, func(tx *db.Tx) error { return job.Add(tx, "k", "1", tx.Now()) })
		if err != nil {
			t.Fatal(err)
		}
		var n int
		err = d.Read(ctx, func(tx *db.Tx) error {
			return tx.Row("SELECT count(*) FROM job_job WHERE tenant = $1").Scan(&n)
		})
		if err != nil || n != 1 {
			t.Fatal(n, err)
		}
		t.Logf("%+v", d.Stats())
	})
}
