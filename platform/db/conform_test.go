package db_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// place is a database with the table of notes.
type place struct {
	*testing.T
	*db.DB
	ctx context.Context
	clk *clock.Fake
}

func onBoth(t *testing.T, fn func(p place)) {
	t.Helper()
	dbtest.Run(t, notes(), func(t *testing.T, d *db.DB, _ *seal.Vault, clk *clock.Fake) {
		fn(place{t, d, dbtest.Scope(t.Context(), "t1"), clk})
	})
}

func (p place) write(fn func(*db.Tx) error) {
	p.Helper()
	if err := p.Write(p.ctx, fn); err != nil {
		p.Fatal(err)
	}
}

func (p place) note(ids ...string) {
	p.Helper()
	p.write(func(tx *db.Tx) error {
		for _, id := range ids {
			if _, err := tx.Exec(insertNote, id, "said "+id, []byte{}); err != nil {
				return err
			}
		}
		return nil
	})
}

// ids are the notes of a tenant, in order.
func (p place) ids(tenant string) (ids []string) {
	p.Helper()
	err := p.Read(dbtest.Scope(p.Context(), tenant), func(tx *db.Tx) error {
		rows, err := tx.Query("SELECT id FROM note_note WHERE tenant = $1 ORDER BY id")
		if err != nil {
			return err
		}
		ids, err = texts(rows)
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
	return ids
}

func texts(rows *db.Rows) (out []string, err error) {
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func TestParametersKeepTheirNumbers(t *testing.T) {
	onBoth(t, func(p place) {
		for _, c := range []struct {
			sql  string
			args []any
			want string
		}{
			{"SELECT $2 || $1 || $2", []any{"b"}, "bt1b"},
			{"SELECT $3 || $2 || $1", []any{"b", "c"}, "cbt1"},
			{"SELECT $1 || '$2 ?9 -- /*' || $2", []any{"b"}, "t1$2 ?9 -- /*b"},
			{"SELECT $1 || 'it''s $3' || $2 -- $4", []any{"b"}, "t1it's $3b"},
			{`SELECT $2 || "$1" /* $7 ' */ FROM (SELECT $1 || '' AS "$1") AS x`, []any{"b"}, "bt1"},
			{"SELECT CASE WHEN CAST($10 AS BIGINT) = 10 THEN $2 || $3 || $4 || $5 || $6 || $7 || $8 || $9 || $1 END", []any{"2", "3", "4", "5", "6", "7", "8", "9", 10}, "23456789t1"},
		} {
			var got string
			err := p.Read(p.ctx, func(tx *db.Tx) error { return tx.Row(c.sql, c.args...).Scan(&got) })
			if err != nil || got != c.want {
				t.Errorf("%s: %q, %v, want %q", c.sql, got, err, c.want)
			}
		}
	})
}

func TestRefusedBeforeTheEngineSeesIt(t *testing.T) {
	onBoth(t, func(p place) {
		p.note("a")
		for _, c := range []struct {
			sql  string
			args []any
			want string
		}{
			{"SELECT id FROM note_note", nil, "the organisation ($1) is missing"},
			{"SELECT id FROM note_note WHERE id = $2", []any{"a"}, "$1 is not used"},
			{"SELECT id FROM note_note WHERE tenant = '$1'", nil, "the organisation ($1) is missing"},
			{"SELECT id FROM note_note -- $1", nil, "the organisation ($1) is missing"},
			{"SELECT $1 || $3", []any{"a", "b"}, "$2 is not used"},
			{"SELECT $1 || $2", nil, "2 parameters, 1 values"},
			{"SELECT $1 || ?", nil, "? is not a parameter"},
			{"SELECT $1 || $x", nil, "without a number"},
			{"SELECT $1 || $0", nil, "without a number"},
			{"SELECT $1 || $2", []any{struct{}{}}, "cannot be kept"},
		} {
			err := p.Write(p.ctx, func(tx *db.Tx) error {
				_, err := tx.Query(c.sql, c.args...)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %q", c.sql, err, c.want)
			}
		}
		for _, text := range []string{"a\x00b", "\xff"} {
			err := p.Write(p.ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(insertNote, "b", text, []byte{})
				return err
			})
			if !errs.Is(err, errs.Invalid) {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

func TestTenantIsBoundFromTheScope(t *testing.T) {
	onBoth(t, func(p place) {
		p.note("a")
		if got := p.ids("t2"); len(got) != 0 {
			t.Fatal("another organisation sees", got)
		}
		for name, ctx := range map[string]context.Context{
			"no scope":  t.Context(),
			"no tenant": scope.AsSystem(t.Context(), "sweep"),
		} {
			err := p.Write(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec("DELETE FROM note_note WHERE tenant = $1")
				return err
			})
			if !errs.Is(err, errs.Internal) {
				t.Error(name, err)
			}
		}
		var n int
		err := p.Read(scope.AsSystem(t.Context(), "count"), func(tx *db.Tx) error {
			return tx.SysRow("SELECT count(*) FROM note_note WHERE tenant = $1 OR id = $2", "t1", "a").Scan(&n)
		})
		if err != nil || n != 1 {
			t.Fatal(n, err)
		}
	})
}

type (
	colour string
	count  int64
	ratio  float64
	truth  bool
	blob   []byte
)

func TestValuesComeBackAsTheyWent(t *testing.T) {
	onBoth(t, func(p place) {
		at := time.Date(2026, 3, 1, 12, 0, 0, 123456000, time.FixedZone("x", 3600))
		p.write(func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO note_note (tenant, id, said, at, share, sealed) VALUES
				($1, $2, $3, $4, $5, $6)`, colour("red"), "žluťoučký 🦊", at, ratio(0.1), blob("123"))
			return err
		})
		p.write(func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO note_note (tenant, id, at, share, sealed) VALUES ($1, $2, $3, $4, $5)", "x", truth(true), math.MaxFloat64, blob(nil))
			return err
		})
		err := p.Read(p.ctx, func(tx *db.Tx) error {
			var c colour
			var said string
			var when time.Time
			var share ratio
			var sealed blob
			err := tx.Row("SELECT id, said, at, share, sealed FROM note_note WHERE tenant = $1 AND id = $2", "red").Scan(&c, &said, &when, &share, &sealed)
			if err != nil || c != "red" || said != "žluťoučký 🦊" || !when.Equal(at) || when.Location() != time.UTC || share != 0.1 || string(sealed) != "123" {
				t.Errorf("%v %v %v %v %v %q %v", c, said, when, share, err, sealed, when.Location())
			}
			var yes truth
			var n count
			var f float64
			var empty []byte
			err = tx.Row("SELECT at, at, share, sealed FROM note_note WHERE tenant = $1 AND id = $2", "x").Scan(&yes, &n, &f, &empty)
			if err != nil || !bool(yes) || n != 1 || f != math.MaxFloat64 || empty == nil || len(empty) != 0 {
				t.Errorf("%v %v %v %v %v", yes, n, f, empty, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestNumbersOfBothEnginesFit(t *testing.T) {
	onBoth(t, func(p place) {
		p.note("a", "b")
		err := p.Read(p.ctx, func(tx *db.Tx) error {
			var n, sum, none int
			var some, isNone bool
			var mean float64
			err := tx.Row(`SELECT count(*), sum(at + 7), sum(at) FILTER (WHERE id = 'z'), count(*) > 1, max(id) IS NULL, avg(at + 7)
				FROM note_note WHERE tenant = $1`).Scan(&n, &sum, &none, &some, &isNone, &mean)
			if err != nil || n != 2 || sum != 14 || none != 0 || !some || isNone || mean != 7 {
				t.Errorf("%v %v %v %v %v %v %v", n, sum, none, some, isNone, mean, err)
			}
			var text string
			if err := tx.Row("SELECT share FROM note_note WHERE tenant = $1 AND share > 0.5").Scan(&text); !errs.Is(err, errs.NotFound) {
				t.Error(err)
			}
			if err := tx.Row("SELECT id FROM note_note WHERE tenant = $1").Scan(&n); !errs.Is(err, errs.Internal) {
				t.Error("text into a number:", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestTextSortsByItsBytes(t *testing.T) {
	onBoth(t, func(p place) {
		all := []string{"a", "B", "ä", "Z", "_", "10", "9", "A b", "ab"}
		p.note(all...)
		slices.Sort(all)
		if got := p.ids("t1"); !slices.Equal(got, all) {
			t.Fatal(got, all)
		}
	})
}

func TestConflictIsTheEndOfTheTransaction(t *testing.T) {
	onBoth(t, func(p place) {
		p.note("a")
		var after error
		err := p.Write(p.ctx, func(tx *db.Tx) error {
			_, first := tx.Exec(insertNote, "b", "", []byte{})
			_, again := tx.Exec(insertNote, "a", "somebody's name", []byte{})
			_, after = tx.Exec(insertNote, "c", "", []byte{})
			if first != nil || !errs.Is(again, errs.Conflict) || strings.Contains(again.Error(), "somebody") {
				t.Error(first, again)
			}
			return nil // let pass
		})
		if !errs.Is(err, errs.Conflict) || !errs.Is(after, errs.Conflict) {
			t.Fatal(err, after)
		}
		if got := p.ids("t1"); !slices.Equal(got, []string{"a"}) {
			t.Fatal(got)
		}
		p.write(func(tx *db.Tx) error {
			n, err := tx.Exec(insertNote+" ON CONFLICT (tenant, id) DO NOTHING", "a", "", []byte{})
			if n != 0 || err != nil {
				t.Error(n, err)
			}
			n, err = tx.Exec("UPDATE note_note SET said = $2 WHERE tenant = $1", "x")
			if n != 1 || err != nil {
				t.Error(n, err)
			}
			return nil
		})
	})
}

func TestRowsStayThoseOfTheirMoment(t *testing.T) {
	onBoth(t, func(p place) {
		p.note("a", "b", "c")
		var seen []string
		p.write(func(tx *db.Tx) error {
			rows, err := tx.Query("SELECT id, said FROM note_note WHERE tenant = $1 ORDER BY id")
			if err != nil {
				return err
			}
			for rows.Next() {
				var inner string
				var id, said, again string
				err := rows.Scan(&id, &said)
				if err == nil {
					err = tx.Row("SELECT said FROM note_note WHERE tenant = $1 AND id = $2", id).Scan(&inner)
				}
				if err == nil {
					_, err = tx.Exec("DELETE FROM note_note WHERE tenant = $1")
				}
				if err == nil {
					err = rows.Scan(&again, &said) // the row stays readable
				}
				if err != nil && !(len(seen) > 0 && errs.Is(err, errs.NotFound)) {
					return err
				}
				seen = append(seen, id)
			}
			return rows.Err()
		})
		if !slices.Equal(seen, []string{"a", "b", "c"}) || len(p.ids("t1")) != 0 {
			t.Fatal(seen, p.ids("t1"))
		}
	})
}

func TestReadCannotWriteAndIsASnapshot(t *testing.T) {
	onBoth(t, func(p place) {
		p.note("a")
		err := p.Read(p.ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(insertNote, "b", "", []byte{}); !errs.Is(err, errs.Internal) {
				t.Error(err)
			}
			count := func() (n int) {
				if err := tx.Row("SELECT count(*) FROM note_note WHERE tenant = $1").Scan(&n); err != nil {
					t.Error(err)
				}
				return n
			}
			before := count()
			p.note("c")
			if after := count(); before != 1 || after != 1 {
				t.Error(before, after)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = p.Read(p.ctx, func(tx *db.Tx) error {
			_, err := tx.Query("WITH x AS (SELECT 1) INSERT INTO note_note (tenant, id, sealed) VALUES ($1, $2, $3) RETURNING id", "d", []byte{})
			if err == nil {
				_, err = tx.Query("SELECT $1")
			}
			return err
		})
		got := p.ids("t1")
		if slices.Contains(got, "d") {
			t.Fatal("a read wrote:", got, err)
		}
	})
}
