package app

import (
	"slices"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/bridge"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// TestWhoIsPausedWhileAskedHoldsNobodyUp: the ladder does not wait for an answer that
// cannot come any more. Nothing is written down of it, as of any "not this one".
func TestWhoIsPausedWhileAskedHoldsNobodyUp(t *testing.T) {
	for name, leave := range map[string]func(w *ladderTown) error{
		"paused": func(w *ladderTown) error { return w.Access.Pause(w.admin(t), w.rosa) },
		"no peer any more": func(w *ladderTown) error {
			_, err := w.Access.SetRoles(w.admin(t), w.rosa, []string{access.Evaluator})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newLadderTown(t)
			h := w.ask(t, w.Handoffs, 1).ID
			w.wait(t, 5*time.Second)
			if got := w.asking(t, h); !slices.Equal(got, []ref.Account{w.rosa}) {
				t.Fatalf("the ladder asks %v", got)
			}
			if err := leave(w); err != nil {
				t.Fatal(err)
			}
			w.wait(t, 5*time.Second)
			if got := w.asking(t, h); !slices.Equal(got, []ref.Account{w.sol}) {
				t.Errorf("the ladder asks %v, want the supervisor", got)
			}
		})
	}
}

// TestAPausedPeerIsOnTheWayToNoWard: the ward's page does not go on saying that
// somebody comes who cannot say any more that they do not.
func TestAPausedPeerIsOnTheWayToNoWard(t *testing.T) {
	w := newWardTown(t)
	page := w.asks()
	w.wait(t, 5*time.Second)
	_, live := w.asked(access.Peer, w.rosa)
	if err := w.Bridge.TurnLive(w.as(t, access.Peer, w.rosa), live, bridge.LiveCome); err != nil {
		t.Fatal(err)
	}
	w.says(page, true, "A peer is coming")
	if err := w.Access.Pause(w.admin(t), w.rosa); err != nil {
		t.Fatal(err)
	}
	w.wait(t, 5*time.Second)
	w.says(page, false, "A peer is coming")
	w.says(page, true, "The supervisors were told (1)", "tel:5550100")
	if kinds, _ := w.asked(access.Supervisor, w.sol); len(kinds) != 1 {
		t.Errorf("the supervisor is asked for %v", kinds)
	}
}

// TestWhoKnowsThemIsSentToNoneOfTheirRecords: two records that were joined are one
// person, and whoever knows them outside knows them by either.
func TestWhoKnowsThemIsSentToNoneOfTheirRecords(t *testing.T) {
	w := newLadderTown(t)
	rosa, lead := w.as(t, access.Peer, w.rosa), w.as(t, access.Coordinator, "cosmo")
	first := w.ask(t, w.Handoffs, 1).ID
	w.wait(t, 5*time.Second)
	if err := w.Rota.Know(rosa, first); err != nil {
		t.Fatal(err)
	}
	again := w.ask(t, w.Handoffs, 2).ID
	one, err := w.Handoffs.View(lead, first)
	if err != nil {
		t.Fatal(err)
	}
	other, err := w.Handoffs.View(lead, again)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.DB.Write(operatorOf(t, w.tenant), func(tx *db.Tx) error {
		_, err := people.New().Merge(tx, other.Handoff.Person, one.Handoff.Person)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	w.wait(t, 5*time.Second)
	if got := w.asking(t, again); !slices.Equal(got, []ref.Account{w.sol}) {
		t.Errorf("the ladder asks %v, want the supervisor", got)
	}
	if err := w.Handoffs.Take(rosa, again, handoff.StepAck, handoff.Input{Act: "go"}); !errs.Is(err, errs.Conflict) {
		t.Errorf("who knows them goes to them: %v", err)
	}
}
