package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
)

// add is a part that adds a note, and then returns an error or nil.
func (p place) add(ctx context.Context, id string, then error) error {
	return p.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(insertNote, id, "", []byte{}); err != nil {
			return err
		}
		return then
	})
}

// Of any row of parts those are kept that returned nil, in one commit.
func TestPartsAreKeptOrTakenBackEachByItself(t *testing.T) {
	onBoth(t, func(p place) {
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			keeps := rapid.SliceOfN(rapid.Bool(), 1, 20).Draw(rt, "keeps")
			var want []string
			before := p.Stats()
			err := p.Joint(p.ctx, func(ctx context.Context) error {
				want = nil
				for i, keep := range keeps {
					id, no := fmt.Sprintf("r%03d-%03d", round, i), errors.New("no")
					if keep {
						no, want = nil, append(want, id)
					}
					if err := p.add(ctx, id, no); (err == nil) != keep {
						return fmt.Errorf("part %d: %w", i, err)
					}
				}
				return nil
			})
			if err != nil {
				rt.Fatal(err)
			}
			if n := p.Stats().Groups - before.Groups; n > 1 {
				rt.Fatalf("%d commits", n)
			}
			got := slices.DeleteFunc(p.ids("t1"), func(id string) bool { return id[:4] != fmt.Sprintf("r%03d", round) })
			if !slices.Equal(got, want) {
				rt.Fatalf("kept %v, want %v", got, want)
			}
		})
	})
}

// A part sees what the parts before it did, in a scope of its own; nobody else
// does before the whole is on disk, and effects wait for it too.
func TestPartsSeeEachOtherAndNobodyElseDoes(t *testing.T) {
	onBoth(t, func(p place) {
		heard, stop := p.Listen("news")
		defer stop()
		ran := 0
		err := p.Joint(p.ctx, func(ctx context.Context) error {
			if err := p.add(ctx, "a", nil); err != nil {
				return err
			}
			if err := p.Write(ctx, func(tx *db.Tx) error { tx.Ring("news"); tx.AfterCommit(func() { ran++ }); return nil }); err != nil {
				return err
			}
			for tenant, want := range map[string]int{"t1": 1, "t2": 0} {
				n := 0
				err := p.Read(dbtest.Scope(ctx, tenant), func(tx *db.Tx) error {
					return tx.Row("SELECT COUNT(*) FROM note_note WHERE tenant = $1").Scan(&n)
				})
				if err != nil || n != want {
					t.Errorf("%s sees %d, %v", tenant, n, err)
				}
			}
			if err := p.Read(ctx, func(tx *db.Tx) error { _, err := tx.Exec(insertNote, "b", "", []byte{}); return err }); !errs.Is(err, errs.Internal) {
				t.Error("a read wrote:", err)
			}
			if got := p.ids("t1"); len(got) != 0 || ran != 0 || len(heard) != 0 {
				t.Error("before it was on disk:", got, ran, len(heard))
			}
			return nil
		})
		if got := p.ids("t1"); err != nil || len(got) != 1 || ran != 1 || len(heard) != 1 {
			t.Error(err, got, ran, len(heard))
		}
	})
}

// A caller who goes away while a part runs leaves nothing half done, whatever the
// whole makes of it.
func TestACallerGoesAwayInAPart(t *testing.T) {
	onBoth(t, func(p place) {
		ctx, away := context.WithCancel(p.ctx)
		p.Joint(ctx, func(ctx context.Context) error {
			p.add(ctx, "before", nil)
			p.Write(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(insertNote, "half", "", []byte{})
				away()
				return errors.Join(err, errors.New("no"))
			})
			return nil
		})
		if got := p.ids("t1"); len(got) != 0 {
			t.Errorf("kept %v", got)
		}
	})
}

// An error of the whole takes every part along, a refused statement or a panic
// in a part the whole; a context kept from it is over.
func TestTheWholeEndsWithItsParts(t *testing.T) {
	onBoth(t, func(p place) {
		p.note("there")
		var kept context.Context
		for _, c := range []struct {
			what string
			fn   func(ctx context.Context) error
		}{
			{"an error", func(context.Context) error { return errors.New("no") }},
			{"a refused statement", func(ctx context.Context) error { p.add(ctx, "there", nil); return nil }},
			{"a panic", func(ctx context.Context) error {
				defer func() { recover() }()
				return p.Write(ctx, func(*db.Tx) error { panic("no") })
			}},
			{"a part within a part", func(ctx context.Context) error {
				return p.Write(ctx, func(tx *db.Tx) error { return p.add(tx.Context(), "inner", nil) })
			}},
		} {
			ran := false
			err := p.Joint(p.ctx, func(ctx context.Context) error {
				kept = ctx
				if err := p.Write(ctx, func(tx *db.Tx) error { tx.AfterCommit(func() { ran = true }); return nil }); err != nil {
					return err
				}
				if err := p.add(ctx, "before", nil); err != nil {
					return err
				}
				return c.fn(ctx)
			})
			if got := p.ids("t1"); err == nil || ran || !slices.Equal(got, []string{"there"}) {
				t.Errorf("%s: %v, kept %v, effects %v", c.what, err, got, ran)
			}
		}
		if err := p.add(kept, "late", nil); !errs.Is(err, errs.Internal) {
			t.Error("a part after the whole:", err)
		}
		p.note("after")
	})
}
