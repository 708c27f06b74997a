package app

import (
	"context"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/scope"
)

// asking reports whom the ladder of a hand-off asks now.
func (w *ladderTown) asking(t testing.TB, h ref.Handoff) (out []ref.Account) {
	t.Helper()
	err := w.DB.Read(w.as(t, "", "test"), func(tx *db.Tx) error {
		rows, err := tx.Query("SELECT peer FROM rota_asked WHERE tenant = $1 AND handoff = $2 ORDER BY peer", h)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var a ref.Account
			if err := rows.Scan(&a); err != nil {
				return err
			}
			out = append(out, a)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAPausedPeerLeavesNoOrphan: Rosa walks with someone and is paused by an
// administrator. In the same transaction the ladder begins again.
func TestAPausedPeerLeavesNoOrphan(t *testing.T) {
	for name, leave := range map[string]func(w *ladderTown) error{
		"paused": func(w *ladderTown) error { return w.Access.Pause(w.admin(t), w.rosa) },
		"no peer any more": func(w *ladderTown) error {
			_, err := w.Access.SetRoles(w.admin(t), w.rosa, []string{access.Evaluator})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newLadderTown(t)
			rosa := w.as(t, access.Peer, w.rosa)
			beside, coming := w.ask(t, w.Handoffs, 1).ID, w.ask(t, w.Handoffs, 2).ID
			w.wait(t, 5*time.Second)
			for n, s := range []struct {
				h    ref.Handoff
				step string
			}{{beside, handoff.StepAck}, {beside, handoff.StepMeet}, {coming, handoff.StepAck}} {
				if err := w.Handoffs.Take(rosa, s.h, s.step, handoff.Input{Act: "a" + string(rune('0'+n))}); err != nil {
					t.Fatal(err)
				}
			}
			if err := leave(w); err != nil {
				t.Fatal(err)
			}
			w.wait(t, 5*time.Second)
			if n := w.count(t, "SELECT COUNT(*) FROM engagement_walk WHERE tenant = $1 AND peer = $2 AND ended_at = 0", w.rosa); n != 0 {
				t.Errorf("their day still shows %d people", n)
			}
			for h, state := range map[ref.Handoff]string{beside: handoff.Met, coming: handoff.Requested} {
				d, err := w.Handoffs.View(w.as(t, access.Supervisor, w.sol), h)
				if err != nil || d.State != state || d.Handoff.Peer != "" {
					t.Errorf("%s with %q, want %s with nobody (%v)", d.State, d.Handoff.Peer, state, err)
				}
				if got := w.asking(t, h); len(got) != 1 || got[0] != w.sol {
					t.Errorf("%s: the ladder asks %v, want the supervisor, since no other peer is on duty", state, got)
				}
			}
			if err := w.Handoffs.Take(w.as(t, access.Supervisor, w.sol), beside, handoff.StepTakeOn, handoff.Input{Act: "on"}); err != nil {
				t.Fatal(err)
			}
			if n := w.count(t, "SELECT COUNT(*) FROM engagement_walk WHERE tenant = $1 AND peer = $2 AND ended_at = 0", w.sol); n != 1 {
				t.Errorf("the day of who walks with them now shows %d people", n)
			}
			if got := w.asking(t, beside); len(got) != 0 {
				t.Errorf("someone walks with them, and the ladder still asks %v", got)
			}
		})
	}
}

// TestWhoeverIsHandedSomeoneIsTold, once, and not after the person has died.
func TestWhoeverIsHandedSomeoneIsTold(t *testing.T) {
	w := newLadderTown(t)
	h := w.ask(t, w.Handoffs, 1).ID
	w.wait(t, 5*time.Second)
	if err := w.Handoffs.Take(w.as(t, access.Peer, w.rosa), h, handoff.StepAck, handoff.Input{Act: "ack"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Handoffs.Reassign(w.as(t, access.Coordinator, "cosmo"), []ref.Handoff{h}, handoff.Input{NewPeer: w.sol, Act: "over"}); err != nil {
		t.Fatal(err)
	}
	if n := w.messages(t, w.sol); n != 1 {
		t.Errorf("%d messages to the new peer", n)
	}
	if err := w.Handoffs.Take(w.as(t, access.Supervisor, w.sol), h, handoff.StepClose, handoff.Input{Act: "end", ClosedReason: "died"}); err != nil {
		t.Fatal(err)
	}
	if n := w.waitingMessages(t); n != 0 {
		t.Errorf("%d messages still wait after a death", n)
	}
}

// TestADeathPartsAllWhoWalk, also when nobody had come yet for the last ask.
func TestADeathPartsAllWhoWalk(t *testing.T) {
	w := newLadderTown(t)
	h := w.ask(t, w.Handoffs, 1).ID
	lead := w.as(t, access.Coordinator, "cosmo")
	d, err := w.Handoffs.View(lead, h)
	if err != nil || d.Handoff.Peer != "" {
		t.Fatalf("%v, with %q", err, d.Handoff.Peer)
	}
	if err := w.DB.Write(w.as(t, access.Peer, w.rosa), func(tx *db.Tx) error { return w.Day.Begin(tx, d.Handoff.Person, w.rosa) }); err != nil {
		t.Fatal(err)
	}
	if err := w.Handoffs.Take(lead, h, handoff.StepClose, handoff.Input{Act: "end", ClosedReason: "died"}); err != nil {
		t.Fatal(err)
	}
	if n := w.count(t, "SELECT COUNT(*) FROM engagement_walk WHERE tenant = $1 AND ended_at = 0"); n != 0 {
		t.Errorf("%d walks go on after a death", n)
	}
}

// messages counts those written down for an account about a hand-over.
func (w *ladderTown) messages(t testing.TB, a ref.Account) int {
	return w.count(t, "SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND account = $2 AND message LIKE '%/handed'", a)
}

func (w *ladderTown) waitingMessages(t testing.TB) int {
	return w.count(t, "SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND state = 'waiting'")
}

func (w *ladderTown) count(t testing.TB, sql string, args ...any) (n int) {
	t.Helper()
	if err := w.DB.Read(w.as(t, "", "test"), func(tx *db.Tx) error { return tx.Row(sql, args...).Scan(&n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

func (w *ladderTown) admin(t testing.TB) context.Context {
	return scope.With(t.Context(), scope.Scope{Tenant: w.tenant, Actor: "ada", Role: access.Administrator, Purpose: scope.Operations})
}
