package handoff

import (
	"bytes"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// TestABoardReadsWhatItShowsAndNoMore draws a board from the columns it reads,
// and again from whole records: it is the same board. What it does not show was
// not opened.
func TestABoardReadsWhatItShowsAndNoMore(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.fullBoard(t)
		b, err := w.s.Board(as("supervisor", "sol"), nil)
		if err != nil || len(b.Waiting) != 3 || len(b.Others) != 2 || len(b.Voiced) != 1 {
			t.Fatalf("%+v, %v", b, err)
		}
		brief := drawn(t, w, b)
		for _, cards := range [][]Card{b.Waiting, b.Mine, b.Others, b.Voiced} {
			for i := range cards {
				c := &cards[i]
				if c.Know+c.Asker+c.Handoff.Contact+c.Person.Phone+c.Person.Safety != "" {
					t.Errorf("opened though no card shows it: %+v", c)
				}
				w.wholly(t, c)
			}
		}
		if whole := drawn(t, w, b); whole != brief {
			t.Errorf("a board shows what it does not read; it is drawn\n%s\nand from whole records\n%s", brief, whole)
		}
	})
}

// TestWhatABoardReadIsNotWrittenBack: a row that was read in part would write
// over the rest.
func TestWhatABoardReadIsNotWrittenBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.ask(t, 1)
		c := w.board(t).Waiting[0]
		err := w.d.Write(as("peer", "rosa"), func(tx *db.Tx) error {
			_, err := w.s.handoffs.Update(tx, c.Handoff, c.Handoff)
			return err
		})
		if !errs.Is(err, errs.Conflict) {
			t.Errorf("written back: %v", err)
		}
	})
}

// fullBoard has cards of every kind with all that a card can say.
func (w *world) fullBoard(t *testing.T) {
	t.Helper()
	p := people.Person{Name: "Blue", Texts: true, Voicemail: true, Phone: "555-0143", Safety: "not after nine"}
	for n, h := range []Handoff{
		{Source: doorPhone, Answer: "not_asked", Language: "ht"}, {Source: DoorFamily, Answer: "yes"}, {Answer: "later"}, {Answer: "yes"}, {Answer: "yes"},
	} {
		h.Where, h.Know, h.Asker = "Bay 7", "their sister is here", "Ada on nights"
		r, err := w.s.Ask(nurse(), Ask{Handoff: h, Person: p, Act: string(rune('a' + n)), Site: w.site.ID})
		if err != nil {
			t.Fatal(err)
		}
		w.clk.Add(7 * time.Minute)
		if n >= 3 {
			w.walk(t, r.ID, StepMeet)
		}
		if n == 4 {
			if err := w.s.OwnStep(nurse(), r.Own, StepNotRight, Input{Act: "own", Note: "no"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.clk.Add(Promise)
}

// wholly puts the whole records into a card.
func (w *world) wholly(t *testing.T, c *Card) {
	t.Helper()
	err := w.d.Write(as("supervisor", "sol"), func(tx *db.Tx) error {
		h, err := w.s.find(tx, c.ID)
		if err != nil {
			return err
		}
		who, err := w.s.People.Several(tx, []ref.Person{h.Person})
		c.Handoff, c.Person = &h, who[h.Person]
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "handoff.view", Subjects: []string{string(h.Person)}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Know == "" || c.Person.Phone == "" {
		t.Fatalf("not whole: %+v", c)
	}
}

func drawn(t *testing.T, w *world, b Board) string {
	t.Helper()
	words, err := i18n.Load(i18n.Source{Prefix: "handoff", FS: Words()}, ui.Words())
	if err != nil {
		t.Fatal(err)
	}
	v := &page.View{Words: words.In(i18n.English), Lang: i18n.English, Now: w.clk.Now()}
	var out bytes.Buffer
	if err := boardPart(v, "act", b).Render(page.With(t.Context(), page.Setting{View: v}), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
