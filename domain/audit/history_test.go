package audit_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/errs"
)

func base64Of(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }

func TestAPersonSeesWhoSawWhat(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(30)
		got := l.history("person3", 100, 0)
		// By themselves: 3, 8, 18, 23 (13 and 28 are lists); in a list: every i%3 == 1.
		want := []int64{28, 25, 23, 22, 19, 18, 16, 13, 10, 8, 7, 4, 3, 1}
		if len(got) != len(want) {
			t.Fatalf("%d leaves, want %d", len(got), len(want))
		}
		for i, leaf := range got {
			if leaf.Number != want[i] {
				t.Errorf("place %d: leaf %d, want %d", i, leaf.Number, want[i])
			}
		}
		if n := len(l.history("nobody", 100, 0)); n != 0 {
			t.Errorf("someone who is not here has %d", n)
		}
	})
}

func TestHistoryComesInPages(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(30)
		var got []int64
		before := int64(0)
		for {
			page := l.history("person3", 4, before)
			for _, leaf := range page {
				got = append(got, leaf.Number)
			}
			if len(page) < 4 {
				break
			}
			before = page[3].Number
		}
		all := l.history("person3", 100, 0)
		if len(got) != len(all) {
			t.Fatalf("pages hold %d, all are %d", len(got), len(all))
		}
		for i := range all {
			if got[i] != all[i].Number {
				t.Errorf("place %d: %d, want %d", i, got[i], all[i].Number)
			}
		}
	})
}

// A leaf that waits for its number is seen at once.
func TestHistoryHoldsWhatWaits(t *testing.T) {
	onBoth(t, func(l *log) {
		l.must(l.db.Write(l.ctx, func(tx *db.Tx) error { return audit.Write(tx, entry(0)) }))
		l.must(l.db.Write(l.ctx, func(tx *db.Tx) error { return audit.Write(tx, entry(1)) }))
		for _, who := range []string{"person0", "person3"} {
			got := l.history(who, 5, 0)
			if len(got) != 1 {
				t.Fatalf("%s: %d leaves", who, len(got))
			}
			if waits := got[0].Number == audit.Pending; waits != (l.db.Engine() == db.Postgres) {
				t.Errorf("%s: number %d", who, got[0].Number)
			}
		}
		l.sequence()
		if got := l.history("person3", 5, 0); len(got) != 1 || got[0].Number == audit.Pending {
			t.Errorf("after numbering: %+v", got)
		}
	})
}

// The same list shown again adds a leaf and no new rows of who was on it.
func TestASetIsKeptOnce(t *testing.T) {
	onBoth(t, func(l *log) {
		many := make([]string, 50)
		for i := range many {
			many[i] = "p" + string(rune('a'+i/10)) + string(rune('0'+i%10))
		}
		board := audit.Entry{Kind: audit.Look, Action: "handoff.board", Subjects: many}
		for range 3 {
			l.write(board)
		}
		var rows int64
		l.must(l.db.Read(l.ctx, func(tx *db.Tx) error {
			return tx.Row(`SELECT COUNT(*) FROM audit_set WHERE tenant = $1`).Scan(&rows)
		}))
		if rows != 50 {
			t.Errorf("%d rows", rows)
		}
		for _, who := range many {
			if n := len(l.history(who, 9, 0)); n != 3 {
				t.Errorf("%s: %d leaves", who, n)
			}
		}
		if n := len(l.row(2).entry); n > 300 {
			t.Errorf("a leaf about fifty people takes %d bytes", n)
		}
	})
}

func TestLatestDoesNotGoBackWithTheClock(t *testing.T) {
	onBoth(t, func(l *log) {
		latest := func() (us int64) {
			l.must(l.db.Read(l.ctx, func(tx *db.Tx) error {
				var err error
				us, err = audit.Latest(tx)
				return err
			}))
			return us
		}
		if latest() != 0 {
			t.Error("an empty log has an instant")
		}
		l.must(l.db.Write(l.ctx, func(tx *db.Tx) error { return audit.Write(tx, entry(0)) }))
		high := l.clk.Now().UnixMicro()
		if latest() != high {
			t.Error("a leaf that waits does not count")
		}
		l.sequence()
		l.clk.Add(-1e12)
		l.fill(1)
		if latest() != high {
			t.Error("it went back")
		}
	})
}

func TestAReceiptShowsOneLeafAndNobodyElse(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(21)
		for n := range int64(21) {
			l.must(l.db.Read(l.ctx, func(tx *db.Tx) error { return l.checkReceipt(tx, n) }))
		}
	})
}

func (l *log) checkReceipt(tx *db.Tx, n int64) error {
	key, err := audit.PublicKey(l.v, "t1")
	l.must(err)
	leaf, err := audit.Read(tx, n)
	l.must(err)
	who := leaf.About
	if leaf.Of > 1 {
		who = "person3"
	}
	r, err := audit.Prove(tx, n, who)
	l.must(err)
	if err := r.Check(key, who); err != nil {
		l.Errorf("leaf %d: %v", n, err)
	}
	if r.Check(key, "stranger") == nil {
		l.Errorf("leaf %d: a receipt for a stranger holds", n)
	}
	r.Leaf = append([]byte{}, r.Leaf...)
	r.Leaf[len(r.Leaf)-3] ^= 1
	if r.Check(key, who) == nil {
		l.Errorf("leaf %d: a forged receipt holds", n)
	}
	if leaf.Of > 1 && bytes.Contains(r.Leaf, []byte("person")) {
		l.Errorf("leaf %d: the receipt names others", n)
	}
	if _, err = audit.Prove(tx, n, "stranger"); !errs.Is(err, errs.NotFound) {
		l.Errorf("leaf %d: a receipt for a stranger: %v", n, err)
	}
	return nil
}

// A person's history is found by the person, never by walking the log.
func TestHistoryDoesNotWalkTheLog(t *testing.T) {
	onBoth(t, func(l *log) {
		if l.db.Engine() != db.SQLite {
			return // PostgreSQL plans by the size of the tables, which are small here
		}
		l.fill(30)
		for _, sql := range audit.HistoryQueries() {
			plan := l.plan(sql)
			if !strings.Contains(plan, "audit_leaf_about (tenant=? AND about=? AND number<?)") ||
				strings.Contains(plan, "audit_leaf_1 (tenant=? AND number<?)") {
				t.Errorf("it walks:\n%s", plan)
			}
		}
	})
}

func (l *log) plan(sql string) string {
	l.Helper()
	var out strings.Builder
	l.must(l.db.Read(l.ctx, func(tx *db.Tx) error {
		rows, err := tx.Query("EXPLAIN QUERY PLAN "+sql, "person1", int64(9), int64(5))
		l.must(err)
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int64
			var detail string
			l.must(rows.Scan(&id, &parent, &unused, &detail))
			out.WriteString(detail + "\n")
		}
		return rows.Err()
	}))
	return out.String()
}

// Two who are one person have one history: every leaf about either, once, the
// newest first, also those that still wait for their number.
func TestAHistoryOfSeveralHoldsEachLeafOnce(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(30)
		want := map[int64]bool{}
		for _, who := range []string{"person3", "person4"} {
			for _, leaf := range l.history(who, 100, 0) {
				want[leaf.Number] = true
			}
		}
		l.must(l.db.Write(l.ctx, func(tx *db.Tx) error { return audit.Write(tx, entry(1)) })) // a list with both in it
		l.must(l.db.Read(l.ctx, func(tx *db.Tx) error {
			got, err := audit.HistoryOf(tx, []string{"person3", "person4"}, 100)
			if len(got) != len(want)+1 {
				l.Errorf("%d leaves, want %d", len(got), len(want)+1)
			}
			for i, leaf := range got[1:] {
				if !want[leaf.Number] || i > 0 && leaf.Number >= got[i].Number {
					l.Errorf("place %d: leaf %d after %d", i+1, leaf.Number, got[i].Number)
				}
			}
			few, _ := audit.HistoryOf(tx, []string{"person3", "person4"}, 4)
			if len(few) != 4 || few[0].Number != got[0].Number {
				l.Errorf("%d of four", len(few))
			}
			return err
		}))
	})
}
