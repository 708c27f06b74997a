package engagement

import (
	"errors"
	"slices"
	"testing"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

func (w *world) nudge(key string, person ref.Person) (reachable bool) {
	w.Helper()
	w.must(w.d.Write(rosa(), func(tx *db.Tx) (err error) {
		if reachable, err = w.s.Reachable(tx, person); err != nil {
			return err
		}
		if err := w.s.Nudge(tx, key, person); err != nil {
			return err
		}
		tx.Settle(string(person))
		return nil
	}))
	w.sweep()
	return reachable
}

// What cannot be is said to whoever asked, in their own voice.
func TestARefusedReminderSpeaksToWhoAsked(t *testing.T) {
	each(t, func(w *world) {
		w.selves["blue-account"] = w.blue
		for voice, set := range map[string]error{
			"engagement.error.no-reminder-text":     w.s.SetRemind(rosa(), door(w.blue), Remind{How: notify.SMS, Word: wordSoon, Ahead: 2}, "en"),
			"engagement.error.no-reminder-text-own": w.s.SetRemind(as("blue-account", "participant"), Door{Own: true}, Remind{How: notify.SMS, Word: wordSoon, Ahead: 2}, "en"),
		} {
			var e *errs.Error
			if !errors.As(set, &e) || e.Say != voice {
				t.Errorf("%v, want %s", set, voice)
			}
		}
	})
}

// Something new is told by the way that the person chose, once, and says
// nothing. Whoever chose none is told nothing.
func TestANudgeGoesTheWayThatWasChosen(t *testing.T) {
	each(t, func(w *world) {
		tess := w.person(people.Person{Name: "Tess", Phone: "555-0177", Texts: true})
		w.walk("rosa", tess)
		w.must(w.d.Write(rosa(), func(tx *db.Tx) error {
			return notify.OpenChannel(tx, notify.SMS, notify.NotNeeded, "made up for a test")
		}))
		if w.nudge("one", tess) || len(w.out.Letters()) != 0 {
			t.Fatal("nobody chose a way, and a word went out")
		}
		w.must(w.s.SetRemind(rosa(), door(tess), Remind{How: notify.SMS, Word: wordSoon, Ahead: 2}, "es"))
		for range 2 {
			if !w.nudge("two", tess) {
				t.Error("they chose a way, and it is not known")
			}
		}
		w.must(w.d.Write(rosa(), func(tx *db.Tx) error { return notify.ShutChannel(tx, notify.SMS) }))
		if w.nudge("shut", tess) {
			t.Error("their way is shut, and it is said that they are told")
		}
		w.clk.Add(time.Minute)
		w.must(w.d.Write(rosa(), func(tx *db.Tx) error {
			return notify.OpenChannel(tx, notify.SMS, notify.NotNeeded, "made up for a test")
		}))
		got := w.out.Letters()
		if len(got) != 1 || got[0].Text != wordNew || got[0].Address != "555-0177" || !slices.Contains(Says(), got[0].Text) {
			t.Fatalf("%+v", got)
		}
		w.must(w.s.SetRemind(rosa(), door(tess), Remind{How: noReminder, Word: wordSoon, Ahead: 2}, "es"))
		if w.nudge("three", tess) || len(w.out.Letters()) != 1 {
			t.Error("they took it back, and a word went out")
		}
	})
}
