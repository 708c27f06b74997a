package engagement

import (
	"strings"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

const late = "Tram 4 is late, at ten past."

// tess chose texts, and Rosa walks with her.
func (w *world) tess() ref.Person {
	w.Helper()
	tess := w.person(people.Person{Name: "Tess", Phone: "555-0177", Texts: true})
	w.walk("rosa", tess)
	return tess
}

func (w *world) openTexts() {
	w.Helper()
	w.must(w.d.Write(rosa(), func(tx *db.Tx) error {
		return notify.OpenChannel(tx, notify.SMS, notify.NotNeeded, "made up for a test")
	}))
}

// A text goes only to who chose texts and has a number, once it is written down
// why texts may leave; it goes once, as it was typed, and stays with the person
// when another peer walks with them.
func TestATextFromTheProgrammesNumber(t *testing.T) {
	each(t, func(w *world) {
		tess, act := w.tess(), w.id()
		w.wants(w.s.Text(rosa(), tess, act, late), errs.Invalid, "while texts are shut")
		w.openTexts()
		w.wants(w.s.Text(rosa(), w.blue, w.id(), late), errs.Invalid, "to who chose none")
		w.wants(w.s.Text(rosa(), w.reed, w.id(), late), errs.Invalid, "to who has no number")
		w.wants(w.s.Text(ines(), tess, w.id(), late), errs.Denied, "by who does not walk along")
		w.wants(w.s.Text(rosa(), tess, w.id(), "  "), errs.Invalid, "of no words")
		if w.sweep(); len(w.out.Letters()) != 0 || len(w.with(tess).Contacts) != 0 {
			t.Fatalf("%d went out that were refused", len(w.out.Letters()))
		}
		for range 3 {
			w.must(w.s.Text(rosa(), tess, act, " "+late+" "))
		}
		w.wants(w.s.Text(rosa(), tess, act, "Other words."), errs.Invalid, "other words under its id")
		c := w.with(tess)
		if len(c.Contacts) != 1 || c.fate(c.Contacts[0].Contact) != "engagement.text.waits" {
			t.Fatalf("%+v", c.Contacts)
		}
		w.sweep()
		w.sweep()
		if got := w.out.Letters(); len(got) != 1 || got[0].Text != late || got[0].Address != "555-0177" || got[0].Link != "" {
			t.Fatalf("%+v", got)
		}
		w.walk("ines", tess)
		w.must(w.d.Write(rosa(), func(tx *db.Tx) error { return w.s.End(tx, tess, "rosa") }))
		c, err := w.s.With(ines(), tess)
		w.must(err)
		if n := c.Contacts[0]; n.Note != late || n.Way != Text || n.Peer != "rosa" || n.Reached || c.fate(n.Contact) != "" {
			t.Errorf("the next peer reads %+v", n)
		}
	})
}

// Who wants no texts any more when it would go gets none; nor does anyone whose
// text could not go for hours, or whose programme shut texts.
func TestATextThatIsNoLongerWanted(t *testing.T) {
	each(t, func(w *world) {
		w.openTexts()
		tess := w.tess()
		w.must(w.s.Text(rosa(), tess, w.id(), late))
		w.change(tess, func(p *people.Person) { p.Texts = false })
		w.sweep()
		w.change(tess, func(p *people.Person) { p.Texts = true })
		if c := w.with(tess); c.fate(c.Contacts[0].Contact) != "engagement.text.not-out" {
			t.Errorf("no longer wanted: %v", c.Fates)
		}
		w.must(w.s.Text(rosa(), tess, w.id(), late))
		w.clk.Add(3 * time.Hour)
		w.sweep()
		w.must(w.s.Text(rosa(), tess, w.id(), late))
		w.must(w.d.Write(rosa(), func(tx *db.Tx) error { return notify.ShutChannel(tx, notify.SMS) }))
		w.sweep()
		if got := w.out.Letters(); len(got) != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// Who lost their role, or does not walk with the person any more, while what they
// typed waits to go: it does not go, and does not come to life again.
func TestATextOfWhoMayNotWriteAnyMore(t *testing.T) {
	each(t, func(w *world) {
		w.openTexts()
		tess := w.tess()
		w.must(w.s.Text(rosa(), tess, w.id(), late))
		w.away = "rosa"
		w.sweep()
		w.away = ""
		w.sweep()
		if got := w.out.Letters(); len(got) != 0 {
			t.Errorf("a role that was taken away: %+v", got)
		}
		w.must(w.s.Text(rosa(), tess, w.id(), late))
		w.must(w.d.Write(rosa(), func(tx *db.Tx) error { return w.s.End(tx, tess, "rosa") }))
		w.sweep()
		if got := w.out.Letters(); len(got) != 0 {
			t.Errorf("they do not walk together any more: %+v", got)
		}
		w.walk("ines", tess)
		w.must(w.s.Text(ines(), tess, w.id(), late))
		w.sweep()
		if got := w.out.Letters(); len(got) != 1 {
			t.Errorf("the next peer's: %+v", got)
		}
	})
}

func (w *world) change(p ref.Person, how func(*people.Person)) {
	w.Helper()
	w.must(w.d.Write(rosa(), func(tx *db.Tx) error {
		before, err := w.s.People.Find(tx, p)
		if err != nil {
			return err
		}
		after := before
		how(&after)
		if _, err := w.s.People.Update(tx, before, after); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "people.change"}, string(p))
	}))
}

// What was typed stands in no table as it is: not in the bells, not in what
// waits to go out.
func TestWhatWasTypedIsSealed(t *testing.T) {
	each(t, func(w *world) {
		w.openTexts()
		tess := w.tess()
		w.must(w.s.Text(rosa(), tess, w.id(), late))
		seen := 0
		for _, sql := range []string{
			"SELECT kind || ' ' || key FROM job_job WHERE tenant = $1", "SELECT message || device || word || path FROM notify_delivery WHERE tenant = $1", "SELECT note FROM engagement_contact WHERE tenant = $1",
		} {
			w.must(w.d.Read(rosa(), func(tx *db.Tx) error {
				rows, err := db.Column[string](tx, sql)
				for _, r := range rows {
					seen++
					if strings.Contains(r, "Tram") || strings.Contains(r, "0177") {
						t.Errorf("%s: %q", sql, r)
					}
				}
				return err
			}))
		}
		if seen < 3 {
			t.Errorf("this test saw %d rows", seen)
		}
	})
}
