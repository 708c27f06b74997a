package engagement

import (
	"testing"
	"time"

	"alongside/platform/errs"
)

// TestTheSameWordsSavedAgainAreOneContact, under another id: on a page without
// its script whoever goes back has another form in hand. Other words, a later
// one, another peer's and an attempt without a word are contacts of their own.
func TestTheSameWordsSavedAgainAreOneContact(t *testing.T) {
	each(t, func(w *world) {
		once := func(change func(c *Contact)) string {
			c := w.call(w.blue)
			c.Note = "Talked by the river."
			if change != nil {
				change(&c)
			}
			got, err := w.s.NoteOnce(rosa(), c)
			w.must(err)
			if got.Apart {
				w.Error("nothing is written apart here")
			}
			return got.ID
		}
		first := once(nil)
		w.clk.Add(2 * time.Minute)
		if again := once(nil); again != first {
			w.Errorf("%s again is %s", first, again)
		}
		if other := once(func(c *Contact) { c.Note = "Talked by the bridge." }); other == first {
			w.Error("other words were dropped")
		}
		if longer := once(func(c *Contact) { c.Minutes = 30 }); longer == first {
			w.Error("another length was dropped")
		}
		w.clk.Add(20 * time.Minute)
		if later := once(nil); later == first {
			w.Error("a later contact was dropped")
		}
		day := w.clk.Now().Add(-24 * time.Hour)
		if one, two := once(func(c *Contact) { c.StartedAt = day }), once(func(c *Contact) { c.StartedAt = day }); one != two {
			w.Error("what was yesterday, saved twice just now, is two contacts")
		}
		tried := func(c *Contact) { c.Reached, c.Minutes, c.Note, c.Went, c.About = false, 0, "", "", nil }
		if one, two := once(tried), once(tried); one == two {
			w.Error("two tries are one")
		}
		if n := w.count("SELECT COUNT(*) FROM engagement_contact WHERE tenant = $1"); n != 7 {
			w.Errorf("%d contacts", n)
		}
		c := w.call(w.blue)
		_, err := w.s.NoteOnce(ines(), c)
		w.wants(err, errs.Denied, "a peer who does not walk with them")
	})
}

// TestAnAppointmentFormComeBackTo: the same words are the same appointment; other
// words under its id are said to be others, and change nothing.
func TestAnAppointmentFormComeBackTo(t *testing.T) {
	each(t, func(w *world) {
		a := Appointment{ID: "06h2113fwgvaks8yf863ahs3tw", Person: w.blue, With: "Made-up Clinic", StartsAt: w.clk.Now().Add(48 * time.Hour)}
		w.must(w.s.Meet(rosa(), a))
		w.must(w.s.Meet(rosa(), a))
		later := a
		later.StartsAt = a.StartsAt.Add(time.Hour)
		w.wants(w.s.Meet(rosa(), later), errs.Conflict, "another time under one id")
		place := a
		place.Place = "Door 3"
		w.wants(w.s.Meet(rosa(), place), errs.Conflict, "another place under one id")
		if n := w.count("SELECT COUNT(*) FROM engagement_appointment WHERE tenant = $1"); n != 1 {
			w.Errorf("%d appointments", n)
		}
	})
}
