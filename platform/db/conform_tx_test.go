package db_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
)

func TestTransactionInsideATransactionIsRefused(t *testing.T) {
	onBoth(t, func(p place) {
		p.write(func(tx *db.Tx) error {
			nothing := func(*db.Tx) error { return nil }
			for _, err := range []error{p.Write(tx.Context(), nothing), p.Read(tx.Context(), nothing)} {
				if !errs.Is(err, errs.Internal) {
					t.Error(err)
				}
			}
			return nil
		})
	})
}

func TestTransactionIsOverWithItsFunction(t *testing.T) {
	onBoth(t, func(p place) {
		var kept *db.Tx
		var rows *db.Rows
		p.note("a")
		p.write(func(tx *db.Tx) (err error) {
			kept = tx
			rows, err = tx.Query("SELECT id FROM note_note WHERE tenant = $1")
			return err
		})
		if _, err := kept.Exec("DELETE FROM note_note WHERE tenant = $1"); !errs.Is(err, errs.Internal) {
			t.Error(err)
		}
		if rows.Next() || rows.Scan(new(string)) == nil {
			t.Error("rows outlived their transaction")
		}
	})
}

func TestOneInstantForTheWholeTransaction(t *testing.T) {
	onBoth(t, func(p place) {
		p.write(func(tx *db.Tx) error {
			first := tx.Now()
			p.clk.Add(time.Hour)
			if !first.Equal(dbtest.Noon()) || !tx.Now().Equal(first) {
				t.Error(first, tx.Now())
			}
			return nil
		})
	})
}

func TestEffectsComeAfterTheCommit(t *testing.T) {
	onBoth(t, func(p place) {
		heard, stop := p.Listen("news")
		defer stop()
		ran := 0
		tell := func(tx *db.Tx) {
			tx.Ring("news")
			tx.AfterCommit(func() { ran += len(p.ids("t1")) })
		}
		err := p.Write(p.ctx, func(tx *db.Tx) error { tell(tx); return errs.New(errs.Conflict, "no", "") })
		if !errs.Is(err, errs.Conflict) || ran != 0 || len(heard) != 0 {
			t.Fatal(err, ran, len(heard))
		}
		p.write(func(tx *db.Tx) error {
			tell(tx)
			_, err := tx.Exec(insertNote, "a", "", []byte{})
			return err
		})
		if ran != 1 || len(heard) != 1 {
			t.Fatal(ran, len(heard))
		}
	})
}

func TestLongTextsAndManyStatements(t *testing.T) {
	onBoth(t, func(p place) {
		long := strings.Repeat("ů", 50_000)
		p.write(func(tx *db.Tx) error {
			_, err := tx.Exec(insertNote, "long", long, bytes.Repeat([]byte{0}, 1<<20))
			return err
		})
		p.write(func(tx *db.Tx) error { // more texts than are remembered
			for i := range 300 {
				var got string
				err := tx.Row(fmt.Sprintf("SELECT said || '%d' FROM note_note WHERE tenant = $1", i)).Scan(&got)
				if err != nil || got != fmt.Sprint(long, i) {
					return fmt.Errorf("%d: %w", i, err)
				}
			}
			return nil
		})
	})
}
