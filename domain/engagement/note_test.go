package engagement

import (
	"slices"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

func TestEveryFieldHasItsColumn(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.d.Read(rosa(), func(tx *db.Tx) error {
			for _, r := range Records() {
				bad, err := r.CheckTable(tx)
				if err != nil {
					return err
				}
				for _, b := range append(bad, r.Check()...) {
					w.Error(b)
				}
			}
			return nil
		}))
	})
}

func TestTheSameSentAgainIsTheSame(t *testing.T) {
	each(t, func(w *world) {
		c := w.call(w.blue)
		c.Note = "Kite season."
		first := w.note(c)
		for range 9 {
			w.clk.Add(time.Minute)
			if again := w.note(c); again != first || again.Apart || again.ID != c.SentAs {
				w.Fatalf("sent again: %+v, first %+v", again, first)
			}
		}
		// A program that was started anew knows it too.
		w.s = New(w.deps())
		if w.note(c) != first || w.count("SELECT COUNT(*) FROM engagement_contact WHERE tenant = $1") != 1 {
			w.Fatal("after a restart it is another")
		}
	})
}

func TestAnotherBodyUnderTheSameIdIsKeptBeside(t *testing.T) {
	each(t, func(w *world) {
		c := w.call(w.blue)
		w.note(c)
		other := c
		other.Note = "Longer than I thought." // and nothing else differs
		first := w.note(other)
		if !first.Apart || first.ID == c.SentAs {
			w.Fatalf("%+v", first)
		}
		if again := w.note(other); again != first {
			w.Fatalf("the second body sent again: %+v, before %+v", again, first)
		}
		if same := w.note(c); same.Apart {
			w.Fatal("the first body is a conflict now")
		}
		got := w.with(w.blue)
		if len(got.Contacts) != 2 || !got.Contacts[0].Apart || !got.Contacts[1].Apart || got.Standing.Apart != 1 {
			w.Fatalf("both are not shown as written apart: %+v", got.Contacts)
		}
		// Someone decides, with one that takes the place of both.
		mend := w.call(w.blue)
		mend.InsteadOf, mend.Minutes = c.SentAs+" "+first.ID, 45
		w.note(mend)
		got = w.with(w.blue)
		if len(got.Contacts) != 3 || got.Standing.Apart != 0 {
			w.Fatalf("decided, and yet: %+v", got.Standing)
		}
		for _, n := range got.Contacts {
			if n.ID != ref.Contact(mend.SentAs) && !slices.Equal(n.By, []ref.Contact{ref.Contact(mend.SentAs)}) {
				w.Errorf("%s does not say what corrects it: %v", n.ID, n.By)
			}
		}
	})
}

func TestACorrectionMayComeBeforeWhatItCorrects(t *testing.T) {
	each(t, func(w *world) {
		c := w.call(w.blue)
		mend := w.call(w.blue)
		mend.InsteadOf, mend.Went = c.SentAs, WentWorry
		w.note(mend)
		w.note(c)
		got := w.with(w.blue)
		if old, _ := got.contact(ref.Contact(c.SentAs)); len(old.By) != 1 {
			t.Error("what came late is not corrected")
		}
		if got.Standing.WorryAt.IsZero() {
			t.Error("the standing follows what was corrected")
		}
		// Two that would take each other's place both stay.
		back := c
		back.SentAs, back.InsteadOf = w.id(), mend.SentAs
		w.note(back)
		loop := w.call(w.blue)
		loop.SentAs, loop.InsteadOf = "", ""
		if _, err := w.s.Note(rosa(), loop); !errs.Is(err, errs.Invalid) {
			t.Error("without an id of the sender's:", err)
		}
	})
}

func TestAWayNobodyChoseIsRefused(t *testing.T) {
	each(t, func(w *world) {
		text := Contact{SentAs: w.id(), Person: w.blue, Way: Text, Reached: true, Minutes: 5}
		_, err := w.s.Note(rosa(), text)
		w.wants(err, errs.Invalid, "a text to someone who wants none")
		hush := w.person(people.Person{Name: "Hush", Phone: "555-0190", NoCalls: true})
		w.walk("rosa", hush)
		_, err = w.s.Note(rosa(), w.call(hush))
		w.wants(err, errs.Invalid, "a call to someone who asked for none")
		theirs := w.call(hush)
		theirs.TheyBegan = true
		w.note(theirs)
		message := Contact{SentAs: w.id(), Person: w.blue, Way: Voicemail}
		_, err = w.s.Note(rosa(), message)
		w.wants(err, errs.Invalid, "a voicemail to someone who wants none")
		for name, c := range map[string]Contact{
			"they began":  {SentAs: w.id(), Person: w.blue, Way: Text, Reached: true, Minutes: 5, TheyBegan: true},
			"they agreed": {SentAs: w.id(), Person: w.blue, Way: Text, Reached: true, Minutes: 5, Agreed: true},
			"chosen":      {SentAs: w.id(), Person: w.reed, Way: Text, Reached: true, Minutes: 5},
			"a voicemail": {SentAs: w.id(), Person: w.reed, Way: Voicemail},
		} {
			if _, err := w.s.Note(rosa(), c); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := w.count("SELECT COUNT(*) FROM engagement_contact WHERE tenant = $1"); n != 5 {
			t.Errorf("%d contacts are kept", n)
		}
	})
}

func TestWhatCannotBeIsRefusedWhereItStands(t *testing.T) {
	each(t, func(w *world) {
		for place, change := range map[string]func(*Contact){
			"minutes":    func(c *Contact) { c.Minutes = 0 },
			"way":        func(c *Contact) { c.Way = "owl" },
			"started_at": func(c *Contact) { c.StartedAt = w.clk.Now().Add(time.Hour) },
			"next_at":    func(c *Contact) { c.NextAt = w.clk.Now() },
		} {
			c := w.call(w.blue)
			change(&c)
			_, err := w.s.Note(rosa(), c)
			w.wants(err, errs.Invalid, place)
		}
		c := w.call(w.blue)
		c.Reached = false
		_, err := w.s.Note(rosa(), c)
		w.wants(err, errs.Invalid, "an attempt that took time")
	})
}

// Whom a peer does not walk with is not there, to the letter; a supervisor
// stands in.
func TestOnlyWhoWalksAlong(t *testing.T) {
	each(t, func(w *world) {
		c := w.call(w.blue)
		_, err := w.s.Note(ines(), c)
		w.wants(err, errs.Denied, "a note about someone else's")
		_, err = w.s.With(ines(), w.blue)
		w.wants(err, errs.Denied, "a look at someone else's")
		_, err = w.s.With(as("cosmo", "coordinator"), w.blue)
		w.wants(err, errs.Denied, "a coordinator reads no notes")
		if _, err = w.s.With(as("sol", "supervisor"), w.blue); err != nil {
			t.Error("a supervisor cannot stand in:", err)
		}
		all := w.with(w.blue).Walks
		w.must(w.s.Part(as("cosmo", "coordinator"), w.blue, all[0].ID))
		_, err = w.s.With(rosa(), w.blue)
		w.wants(err, errs.Denied, "after they parted")
		_, err = w.s.Note(rosa(), c)
		w.wants(err, errs.Denied, "a note after they parted")
	})
}

func TestANoteIsGoneWithThePersonsKey(t *testing.T) {
	each(t, func(w *world) {
		c := w.call(w.blue)
		c.Note = "Kite season."
		w.note(c)
		if w.with(w.blue).Contacts[0].Note != "Kite season." {
			t.Fatal("the note is not there")
		}
		w.must(w.v.Erase("t1", string(w.blue)))
		if got := w.with(w.blue).Contacts[0].Note; got != "—" {
			t.Errorf("after erasing: %q", got)
		}
	})
}

// Every look and every change is on the person's record, by whom.
func TestTheRecordSaysWho(t *testing.T) {
	each(t, func(w *world) {
		w.note(w.call(w.blue))
		w.with(w.blue)
		_, err := w.s.Today(rosa())
		w.must(err)
		actions := map[string]bool{}
		w.must(w.d.Read(rosa(), func(tx *db.Tx) error {
			leaves, err := audit.History(tx, string(w.blue), 50, 0)
			for _, l := range leaves {
				actions[l.Action] = true
			}
			return err
		}))
		if w.d.Engine() == db.SQLite && (!actions["engagement.note"] || !actions["engagement.see"] || !actions["engagement.today"] || !actions["engagement.begin"]) {
			t.Errorf("the record says %v", actions)
		}
	})
}

func TestAPersonOfNobodyIsNotThere(t *testing.T) {
	each(t, func(w *world) {
		_, err := w.s.Note(as("sol", "supervisor"), w.call("nobody"))
		w.wants(err, errs.NotFound, "a note about nobody")
	})
}
