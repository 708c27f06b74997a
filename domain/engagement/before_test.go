package engagement

import (
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// seen counts the looks at someone's story.
func (w *world) seen(p ref.Person) (n int) {
	w.Helper()
	w.must(w.d.Read(rosa(), func(tx *db.Tx) error {
		leaves, err := audit.History(tx, string(p), 200, 0)
		for _, l := range leaves {
			if l.Action == "engagement.see" {
				n++
			}
		}
		return err
	}))
	return n
}

// story reads someone's whole story, page by page, and says how many there were.
func (w *world) story(p ref.Person) (all []Noted, pages int) {
	w.Helper()
	c := w.with(p)
	for {
		all, pages = append(all, c.Contacts...), pages+1
		if !c.Earlier {
			return all, pages
		}
		var err error
		c, err = w.s.Before(rosa(), p, c.Contacts[len(c.Contacts)-1].ID)
		w.must(err)
	}
}

// A long story is read to its end, each contact once and in order, also where
// many began at the same instant. Each page is a look.
func TestALongStoryIsReadToItsBeginning(t *testing.T) {
	each(t, func(w *world) {
		began := w.clk.Now().Add(-time.Hour)
		for n := range 2*storyPage + 5 {
			c := w.call(w.blue)
			c.StartedAt = began.Add(-time.Duration(n/7) * time.Minute)
			w.note(c)
		}
		all, pages := w.story(w.blue)
		if len(all) != 2*storyPage+5 || pages != 3 {
			t.Fatalf("%d contacts on %d pages", len(all), pages)
		}
		for i := 1; i < len(all); i++ {
			a, b := all[i-1], all[i]
			if a.StartedAt.Before(b.StartedAt) || a.StartedAt.Equal(b.StartedAt) && a.ID <= b.ID {
				t.Errorf("number %d is not before the one before it", i)
			}
		}
		if n := w.seen(w.blue); n != 3 {
			t.Errorf("%d looks at three pages", n)
		}
		last := all[len(all)-1].ID
		c, err := w.s.Before(rosa(), w.blue, last)
		if w.must(err); len(c.Contacts) != 0 || c.Earlier {
			t.Errorf("before the first there are %d", len(c.Contacts))
		}
		one, err := w.s.Contact(rosa(), w.blue, last)
		if w.must(err); one.One.ID != last || len(one.Contacts) != 1 {
			t.Errorf("one of long ago: %+v", one.One.ID)
		}
	})
}

// A page of a story is shown to whom the person's page is, and a contact of
// another tells nothing.
func TestAStoryGoesOnForWhoWalksWithThem(t *testing.T) {
	each(t, func(w *world) {
		w.note(w.call(w.blue))
		other := ref.Contact(w.note(w.call(w.reed)).ID)
		for what, read := range map[string]func() error{
			"another's contact": func() error { _, err := w.s.Before(rosa(), w.blue, other); return err },
			"nobody's contact":  func() error { _, err := w.s.Before(rosa(), w.blue, "none"); return err },
			"another's, opened": func() error { _, err := w.s.Contact(rosa(), w.blue, other); return err },
		} {
			w.wants(read(), errs.NotFound, what)
		}
		_, err := w.s.Before(ines(), w.reed, other)
		w.wants(err, errs.Denied, "a peer who does not walk with them")
	})
}

// What stands apart is shown so wherever in the story it is, and opens with what
// it stands beside.
func TestWhatStandsApartIsMarkedOnEveryPage(t *testing.T) {
	each(t, func(w *world) {
		old := w.call(w.blue)
		old.StartedAt = w.clk.Now().Add(-100 * time.Hour)
		w.note(old)
		for range storyPage {
			w.note(w.call(w.blue))
		}
		other := old
		other.Note, other.StartedAt = "By another phone.", w.clk.Now()
		beside := w.note(other)
		all, _ := w.story(w.blue)
		if n := len(all); n != storyPage+2 || !all[n-1].Apart || all[n-2].Apart {
			t.Fatalf("of %d the first stands apart: %v", n, all[n-1].Apart)
		}
		one, err := w.s.Contact(rosa(), w.blue, all[len(all)-1].ID)
		if w.must(err); len(one.Beside) != 1 || string(one.Beside[0].ID) != beside.ID {
			t.Errorf("beside it: %+v", one.Beside)
		}
		mend := w.call(w.blue)
		mend.InsteadOf = old.SentAs + " " + beside.ID
		mended := w.note(mend)
		one, err = w.s.Contact(rosa(), w.blue, ref.Contact(mended.ID))
		if w.must(err); len(one.Before) != 2 || len(one.Beside) != 0 {
			t.Errorf("it puts right %d, and stands beside %d", len(one.Before), len(one.Beside))
		}
	})
}
