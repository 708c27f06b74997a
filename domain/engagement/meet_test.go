package engagement

import (
	"strings"
	"testing"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/job"
	"alongside/platform/notify"
)

func (w *world) appointment(p ref.Person, in time.Duration) Appointment {
	return Appointment{ID: ref.Appointment(w.id()), Person: p, With: "Quay Clinic", Place: "Quay Street 4", Along: "rosa", StartsAt: w.clk.Now().Add(in)}
}

func (w *world) diaryOf(p ref.Person) Diary {
	w.Helper()
	d, err := w.s.Diary(rosa(), door(p))
	w.must(err)
	return d
}

// sweep rings the bells that are due, and what they send.
func (w *world) sweep() {
	w.Helper()
	for _, r := range []*job.Runner{job.NewRunner(w.d, w.clk, dbtest.Log(w.T), w.s.Jobs()), job.NewRunner(w.d, w.clk, dbtest.Log(w.T), w.s.Gate.Jobs()).In(job.Outside)} {
		_, err := r.Sweep(w.Context())
		w.must(err)
	}
}

func TestAnAppointmentIsMadeMovedAndKept(t *testing.T) {
	each(t, func(w *world) {
		a := w.appointment(w.blue, 26*time.Hour)
		w.must(w.s.Meet(rosa(), a))
		w.must(w.s.Meet(rosa(), a))
		w.wants(w.s.Turn(rosa(), door(w.blue), a.ID, "attend", Appointment{}), errs.Invalid, "before it begins")
		to := Appointment{ID: ref.Appointment(w.id()), StartsAt: w.clk.Now().Add(50 * time.Hour)}
		for range 2 {
			w.must(w.s.Turn(rosa(), door(w.blue), a.ID, "move", to))
		}
		d := w.diaryOf(w.blue)
		if len(d.All) != 2 || d.All[0].ID != to.ID || d.All[0].With != "Quay Clinic" || d.All[1].State != Moved || d.All[1].MovedTo != to.ID {
			t.Fatalf("%+v", d.All)
		}
		w.clk.Add(51 * time.Hour)
		w.must(w.s.Turn(rosa(), door(w.blue), to.ID, "attend", Appointment{}))
		w.wants(w.s.Turn(rosa(), door(w.blue), to.ID, "miss", Appointment{}), errs.Conflict, "it took place, and did not")
		w.wants(w.s.Turn(rosa(), door(w.reed), to.ID, "miss", Appointment{}), errs.NotFound, "another's")
		w.wants(w.s.Meet(rosa(), Appointment{ID: ref.Appointment(w.id()), Person: w.blue, StartsAt: w.clk.Now()}), errs.Invalid, "with nobody")
		w.wants(w.s.Meet(ines(), w.appointment(w.blue, time.Hour)), errs.Denied, "someone who does not walk along")
	})
}

// Until the person chooses, nobody is reminded; then by their way, in their
// words, to their number, and nothing else is said.
func TestRemindersAreThePersonsChoice(t *testing.T) {
	each(t, func(w *world) {
		tess := w.person(people.Person{Name: "Tess", Phone: "555-0177", Texts: true})
		w.walk("rosa", tess)
		w.must(w.d.Write(rosa(), func(tx *db.Tx) error {
			return notify.OpenChannel(tx, notify.SMS, notify.NotNeeded, "made up for a test")
		}))
		a := w.appointment(tess, 30*time.Hour)
		w.must(w.s.Meet(rosa(), a))
		w.clk.Add(7 * time.Hour)
		w.sweep()
		if len(w.out.Letters()) != 0 {
			t.Fatal("nobody chose a reminder, and one went out")
		}
		w.wants(w.s.SetRemind(rosa(), door(w.blue), Remind{How: notify.SMS, Word: wordSoon, Ahead: 2}, "es"), errs.Invalid, "a text to someone who wants none")
		w.must(w.s.SetRemind(rosa(), door(tess), Remind{How: notify.SMS, Word: wordSoon, Ahead: 2}, "es"))
		w.clk.Add(20 * time.Hour)
		w.sweep()
		if len(w.out.Letters()) != 0 {
			t.Fatal("too early")
		}
		w.clk.Add(90 * time.Minute)
		for range 3 {
			w.sweep()
		}
		got := w.out.Letters()
		if len(got) != 1 || got[0].Address != "555-0177" || got[0].Text != wordSoon {
			t.Fatalf("%d letters: %+v", len(got), got)
		}
		if strings.Contains(got[0].Text, "Quay") || got[0].Link != "" {
			t.Error("it says more than it may, or leads to a page that does not open for them:", got[0].Text, got[0].Link)
		}
	})
}

// Whoever leaves is reminded of nothing, and nobody walks with them.
func TestWhoLeavesIsLeftAlone(t *testing.T) {
	each(t, func(w *world) {
		tess := w.person(people.Person{Name: "Tess", Email: "tess@made-up.example"})
		w.walk("rosa", tess)
		w.must(w.d.Write(rosa(), func(tx *db.Tx) error {
			return notify.OpenChannel(tx, notify.Mail, notify.NotNeeded, "made up for a test")
		}))
		w.must(w.s.SetRemind(rosa(), door(tess), Remind{How: notify.Mail, Word: wordRemind, Ahead: 24}, "en"))
		w.must(w.s.Meet(rosa(), w.appointment(tess, 48*time.Hour)))
		for range 2 {
			w.must(w.d.Write(rosa(), func(tx *db.Tx) error { return w.s.Depart(tx, tess) }))
		}
		w.clk.Add(30 * time.Hour)
		w.sweep()
		if n := len(w.out.Letters()); n != 0 {
			t.Errorf("%d reminders to someone who left", n)
		}
		_, err := w.s.With(rosa(), tess)
		w.wants(err, errs.Denied, "after they left")
	})
}

func TestNobodyIsRemindedOfWhatWasCalledOff(t *testing.T) {
	each(t, func(w *world) {
		tess := w.person(people.Person{Name: "Tess", Email: "tess@made-up.example"})
		w.walk("rosa", tess)
		w.must(w.d.Write(rosa(), func(tx *db.Tx) error {
			return notify.OpenChannel(tx, notify.Mail, notify.NotNeeded, "made up for a test")
		}))
		w.must(w.s.SetRemind(rosa(), door(tess), Remind{How: notify.Mail, Word: wordRemind, Ahead: 24}, "en"))
		a := w.appointment(tess, 48*time.Hour)
		w.must(w.s.Meet(rosa(), a))
		w.must(w.s.Turn(rosa(), door(tess), a.ID, "call_off", Appointment{}))
		w.clk.Add(30 * time.Hour)
		w.sweep()
		if n := len(w.out.Letters()); n != 0 {
			t.Errorf("%d reminders of what was called off", n)
		}
	})
}
