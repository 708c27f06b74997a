package handoff

import (
	"strings"
	"testing"

	"alongside/platform/db"
)

// TestAStepDoesNotReadWhatOthersHaveOpen: the open follow-ups of one hand-off
// are found by the hand-off, however many the organisation has.
func TestAStepDoesNotReadWhatOthersHaveOpen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if w.d.Engine() != db.SQLite {
			return // PostgreSQL plans by the size of the tables, which are small here
		}
		for _, sql := range []string{
			followUpPeer, followUpStop, followUpStop + " AND closes_at <> $4", followUpMove, followUpNext,
			followUpGone, "SELECT handoff FROM handoff_followup " + followUpsOf, "SELECT handoff FROM handoff_followup " + followUpsBefore,
			"SELECT handoff FROM handoff_followup WHERE tenant = $1 AND state = 'open' AND " + newestGone,
		} {
			if plan := w.plan(t, sql); !strings.Contains(plan, "(tenant=? AND handoff=?)") {
				t.Errorf("%s\nis found by\n%s", sql, plan)
			}
		}
	})
}

func (w *world) plan(t *testing.T, sql string) string {
	t.Helper()
	var out strings.Builder
	err := w.d.Read(as("supervisor", "test"), func(tx *db.Tx) error {
		args := []any{int64(1)} // and one for each number after the tenant's
		for _, n := range []string{"$3", "$4"} {
			if strings.Contains(sql, n) {
				args = append(args, int64(2))
			}
		}
		rows, err := tx.Query("EXPLAIN QUERY PLAN "+sql, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int64
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				return err
			}
			out.WriteString(detail + "\n")
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}
