package db_test

import (
	"strings"
	"testing"

	"alongside/platform/db"
	"alongside/platform/errs"
)

func TestDebtsMustBePaid(t *testing.T) {
	onBoth(t, func(p place) {
		for name, c := range map[string]struct {
			fn   func(tx *db.Tx)
			want string // "" when the transaction may end
		}{
			"nothing owed":            {func(*db.Tx) {}, ""},
			"a look":                  {func(tx *db.Tx) { tx.OweLook("s1") }, "looked without a record (1 subjects, first s1)"},
			"a change":                {func(tx *db.Tx) { tx.OweChange("s1") }, "changed without a record (1 subjects, first s1)"},
			"both":                    {func(tx *db.Tx) { tx.OweLook("s2"); tx.OweLook("s1"); tx.OweChange("s3") }, "looked without a record (2 subjects, first s1); changed without a record (1 subjects, first s3)"},
			"paid":                    {func(tx *db.Tx) { tx.OweLook("s1"); tx.OweChange("s1"); tx.OweLook("s2"); tx.Settle("s1", "s2") }, ""},
			"only one paid":           {func(tx *db.Tx) { tx.OweLook("s1"); tx.OweLook("s2"); tx.Settle("s1") }, "first s2"},
			"looked after the record": {func(tx *db.Tx) { tx.Settle("s1"); tx.OweLook("s1") }, "looked without a record"},
		} {
			err := p.Write(p.ctx, func(tx *db.Tx) error {
				if _, err := tx.Exec(insertNote, name, "", []byte{}); err != nil {
					return err
				}
				c.fn(tx)
				return nil
			})
			there := strings.Contains(strings.Join(p.ids("t1"), "|"), name)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) || there != (c.want == "") {
				t.Errorf("%s: %v, kept %v", name, err, there)
			}
		}
		err := p.Read(p.ctx, func(tx *db.Tx) error { tx.OweLook("s1"); return nil })
		if !errs.Is(err, errs.Internal) {
			t.Error("a read ended owing a look:", err)
		}
	})
}
