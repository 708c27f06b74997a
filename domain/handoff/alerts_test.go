package handoff

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"alongside/domain/ref"
	"alongside/platform/db"
)

// listener stands in for the ladder.
type listener struct {
	heard []string
	err   error
	now   Standing
}

func (l *listener) Happened(tx *db.Tx, what string, h Handoff) error {
	l.heard = append(l.heard, what+" "+h.State+" "+string(h.Peer))
	return l.err
}

func (l *listener) Standing(*db.Tx, ref.Handoff) (Standing, error) { return l.now, nil }

func TestWhoAlertsHearsOfWhatConcernsThem(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		l := &listener{}
		w.s.Alerts = l
		h := w.ask(t, 1).ID
		steps := []struct {
			step string
			in   Input
		}{
			{StepAck, Input{}},
			{StepGiveBack, Input{}},
			{StepAck, Input{}},
			{StepSetOut, Input{Minutes: 10}},
			{StepMeet, Input{}},
			{StepNotNow, Input{}},
			{StepReopen, Input{AskedBy: "person"}},
			{StepClose, Input{ClosedReason: Endings()[0].Value}},
		}
		for _, s := range steps {
			w.clk.Add(60e9)
			if err := w.take(t, h, "rosa", s.step, s.in); err != nil {
				t.Fatal(s.step, err)
			}
		}
		want := []string{
			"asked requested ", "acknowledged acknowledged rosa", "given_back requested ", "acknowledged acknowledged rosa",
			"met met rosa", "ended not_now rosa", "reopened requested ", "ended closed ",
		}
		if !slices.Equal(l.heard, want) {
			t.Fatalf("heard\n%s\nwant\n%s", strings.Join(l.heard, "\n"), strings.Join(want, "\n"))
		}
	})
}

func TestAnAlertThatCannotBeWrittenUndoesTheStep(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		l := &listener{err: errors.New("full")}
		w.s.Alerts = l
		if err := w.take(t, h, "rosa", StepAck, Input{}); !errors.Is(err, l.err) {
			t.Fatal(err)
		}
		d, err := w.s.View(as("peer", "rosa"), h)
		if err != nil || d.State != Requested {
			t.Fatal(d.State, err)
		}
	})
}

func TestWhoeverAskedSeesHowTheAskingStandsWhileItGoesOn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.s.Asking = &listener{now: Standing{Asked: []AskedOf{{Who: "duty", Count: 1, At: w.clk.Now()}}, Next: "second", NextAt: w.clk.Now()}}
		st, err := w.s.Status(nurse(), r.Token, "")
		if err != nil || len(st.Standing.Asked) != 1 || st.Standing.Next != "second" {
			t.Fatalf("%+v %v", st.Standing, err)
		}
		if err := w.take(t, r.ID, "rosa", StepAck, Input{}); err != nil {
			t.Fatal(err)
		}
		st, err = w.s.Status(nurse(), r.Token, "")
		if err != nil || len(st.Standing.Asked) != 0 || st.Standing.Next != "" {
			t.Fatalf("%+v %v", st.Standing, err)
		}
	})
}
