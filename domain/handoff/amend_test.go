package handoff

import (
	"slices"
	"strconv"
	"strings"
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

func (w *world) view(t *testing.T, h ref.Handoff) Detail {
	t.Helper()
	d, err := w.s.View(as("supervisor", "dana"), h)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// right puts answers of an entry right, as a supervisor.
func (w *world) right(t *testing.T, h ref.Handoff, in Input) error {
	t.Helper()
	in.Act = "right-" + w.clk.Now().String()
	w.clk.Add(time.Second)
	return w.s.Take(as("supervisor", "dana"), h, StepCorrect, in)
}

// says is the timeline in English, a line for each entry.
func says(t *testing.T, d Detail) string {
	t.Helper()
	words, err := i18n.Load(i18n.Source{Prefix: "handoff", FS: Words()}, ui.Words())
	if err != nil {
		t.Fatal(err)
	}
	v := &page.View{Words: words.In(i18n.English), Lang: i18n.English, Now: d.RequestedAt}
	var lines []string
	for _, e := range entries(v, d) {
		lines = append(lines, e.Words+": "+e.Note)
	}
	bare := strings.NewReplacer("\u2068", "", "\u2069", "", "\u2066", "", "\u2067", "")
	return bare.Replace(strings.Join(lines, "\n"))
}

// TestAnAnswerOnTheAskIsPutRight: each of the ask's answers, by a worker. What
// stood there stays, what is right counts, and nothing else moves.
func TestAnAnswerOnTheAskIsPutRight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		w.walk(t, h, StepSetOut)
		before := w.view(t, h)
		if err := w.right(t, h, Input{Corrects: 1, Right: map[string]string{
			"answer": "not_asked", "whereabouts": " Bay  9 ", "name": "Indigo", "language": "es", "know": "their brother is here", "asker": "desk 4",
		}, Note: "read it from the wrong slip"}); err != nil {
			t.Fatal(err)
		}
		d := w.view(t, h)
		if d.Answer != "not_asked" || d.Where != "Bay 9" || d.Language != "es" || d.Know != "their brother is here" || d.Asker != "desk 4" {
			t.Errorf("the hand-off holds %+v", d.Handoff)
		}
		if d.Person.Name != "Indigo" || len(d.Person.Languages) != 1 || d.Person.Languages[0] != "es" {
			t.Errorf("the person is %q, %v", d.Person.Name, d.Person.Languages)
		}
		if d.State != OnTheWay || !d.RequestedAt.Equal(before.RequestedAt) || !d.DueAt.Equal(before.DueAt) || !d.AckAt.Equal(before.AckAt) {
			t.Errorf("a clock moved: %v and %v, due %v", d.RequestedAt, d.AckAt, d.DueAt)
		}
		if len(d.Events) != 3+6 || d.Events[0].Value != "yes" {
			t.Errorf("%d entries, the first says %q", len(d.Events), d.Events[0].Value)
		}
		for _, want := range []string{"Before: Bay 7. Now: Bay 9.", "Before: Blue. Now: Indigo.", "Before: nothing said. Now: Spanish.", "read it from the wrong slip"} {
			if !strings.Contains(says(t, d), want) {
				t.Errorf("the path does not say %q:\n%s", want, says(t, d))
			}
		}
	})
}

// TestAFactOnAStepIsPutRight: how they met, who said so, what happened beside
// the path. The figures count what is right.
func TestAFactOnAStepIsPutRight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		from := w.clk.Now()
		h := w.ask(t, 1).ID
		w.walk(t, h, StepConnect)
		w.must(t, h, StepBeside, Input{Beside: "naloxone_offered"})
		met := w.view(t, h).IntroducedAt
		if err := w.right(t, h, Input{Corrects: 7, Right: map[string]string{"mode": "accompanied", "present": "2", "there": "service family"}}); err != nil {
			t.Fatal(err)
		}
		if err := w.right(t, h, Input{Corrects: 9, Right: map[string]string{"beside": "naloxone_given"}}); err != nil {
			t.Fatal(err)
		}
		d := w.view(t, h)
		if d.Mode != "accompanied" || !d.IntroducedAt.Equal(met) || d.State != Connected {
			t.Errorf("introduced %q at %v in %s", d.Mode, d.IntroducedAt, d.State)
		}
		if e := inForce(d.Events); !slices.Equal(e[6].There, []string{"service", "family"}) || !slices.Equal(d.Events[6].There, []string{"service"}) {
			t.Errorf("there were %q; written was %q", e[6].There, d.Events[6].There)
		}
		if e := inForce(d.Events); e[6].Present != 2 || e[8].Value != "naloxone_given" || d.Events[8].Value != "naloxone_offered" {
			t.Errorf("in force %d there and %q; written was %q", e[6].Present, e[8].Value, d.Events[8].Value)
		}
		f, err := w.s.Figures(as("evaluator", "etta"), from, w.clk.Now(), time.UTC)
		if err != nil || f.All.Introduced != 1 || f.All.Warm != 0 {
			t.Errorf("the figures count %d warm of %d, %v", f.All.Warm, f.All.Introduced, err)
		}
		if !strings.Contains(says(t, d), "Before: Naloxone was offered. Now: Naloxone was given to take along.") {
			t.Errorf("the path says:\n%s", says(t, d))
		}
	})
}

// TestWhatCannotBePutRight: what could not have been noted so, what is not
// there, what is somebody else's word.
func TestWhatCannotBePutRight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepConnect)
		if err := w.s.OwnStep(nurse(), r.Own, StepThanks, Input{Act: "thanks"}); err != nil {
			t.Fatal(err)
		}
		if err := w.right(t, r.ID, Input{Corrects: 3, Note: "a wrong clock"}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name string
			in   Input
			want errs.Kind
		}{
			{"two are not warm", Input{Corrects: 7, Right: map[string]string{"present": "2"}}, errs.Invalid},
			{"an answer nobody offered", Input{Corrects: 7, Right: map[string]string{"mode": "by owl"}}, errs.Invalid},
			{"nobody says that they arrived", Input{Corrects: 8, Right: map[string]string{"connected_source": ""}}, errs.Invalid},
			{"an entry that is not there", Input{Corrects: 99, Note: "x"}, errs.Invalid},
			{"a correction", Input{Corrects: 10, Note: "x"}, errs.Invalid},
			{"tomorrow", Input{Corrects: 4, At: w.clk.Now().Add(time.Hour)}, errs.Invalid},
			{"before anyone asked", Input{Corrects: 4, At: w.clk.Now().Add(-24 * time.Hour)}, errs.Invalid},
			{"nothing", Input{Corrects: 7, Right: map[string]string{"mode": "room"}}, errs.Invalid},
			{"their own thanks", Input{Corrects: 9, Right: map[string]string{"note": "x"}}, errs.Conflict},
			{"a consent's own record", Input{Corrects: 5, Right: map[string]string{"how": "written"}}, errs.Invalid},
		} {
			if err := w.right(t, r.ID, c.in); errs.KindOf(err) != c.want {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if d := w.view(t, r.ID); len(d.Events) != 10 {
			t.Errorf("%d entries", len(d.Events))
		}
	})
}

// TestWordsAloneMoveNoClock: a note on an entry is no time.
func TestWordsAloneMoveNoClock(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		w.walk(t, h, StepMeet)
		met := w.view(t, h).MetAt
		w.clk.Add(time.Hour)
		if err := w.right(t, h, Input{Corrects: 4, Note: "it was the other door"}); err != nil {
			t.Fatal(err)
		}
		if err := w.right(t, h, Input{Corrects: 4, At: met.Add(-4 * time.Minute)}); err != nil {
			t.Fatal(err)
		}
		if err := w.right(t, h, Input{Corrects: 4, Note: "and the lift was out"}); err != nil {
			t.Fatal(err)
		}
		if got := w.view(t, h).MetAt; !got.Equal(met.Add(-4 * time.Minute)) {
			t.Errorf("met at %v, want %v", got, met.Add(-4*time.Minute))
		}
	})
}

// TestWhoAskedPutsItRight: by the status link and by the person's own page, while
// nobody is with them, only their own ask, and only what its door asks.
func TestWhoAskedPutsItRight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepSetOut)
		in := Input{Act: "moved", Corrects: 1, Right: map[string]string{"whereabouts": "Bay 12", "phone": "555-0100"}}
		for range 2 {
			if err := w.s.Change(nurse(), r.Token, StepCorrect, in); err != nil {
				t.Fatal(err)
			}
		}
		if st, err := w.s.Status(nurse(), r.Token, ""); err != nil || st.Where != "Bay 12" {
			t.Errorf("the status page says %q, %v", st.Where, err)
		}
		if d := w.view(t, r.ID); len(d.Events) != 4 || d.Person.Phone != "" {
			t.Errorf("twice is %d entries; the door asks for no telephone, and holds %q", len(d.Events), d.Person.Phone)
		}
		if err := w.s.OwnStep(nurse(), r.Own, StepCorrect, Input{Act: "me", Corrects: 1, Right: map[string]string{"whereabouts": "The bench", "name": "Sky"}}); err != nil {
			t.Fatal(err)
		}
		if err := w.s.OwnStep(nurse(), r.Own, StepCorrect, Input{Act: "me too", Corrects: 1, Right: map[string]string{"phone": "555-0101", "asker": "nobody"}}); err != nil {
			t.Fatal(err)
		}
		if d := w.view(t, r.ID); d.Where != "The bench" || d.Person.Name != "Sky" || d.Person.Phone != "555-0101" || d.Asker != "" {
			t.Errorf("the peer reads %q and %q, %q and %q", d.Where, d.Person.Name, d.Person.Phone, d.Asker)
		}
		if err := w.s.Change(nurse(), r.Token, StepCorrect, Input{Act: "b", Corrects: 3, Right: map[string]string{"whereabouts": "x"}}); !errs.Is(err, errs.Conflict) {
			t.Errorf("an entry of the peer's: %v", err)
		}
		w.must(t, r.ID, StepMeet, Input{})
		if err := w.s.Change(nurse(), r.Token, StepCorrect, Input{Act: "c", Corrects: 1, Right: map[string]string{"whereabouts": "x"}}); !errs.Is(err, errs.Conflict) {
			t.Errorf("once they are together: %v", err)
		}
	})
}

// TestWhereTheyAreNowOutlivesTheAsk: a place that was given later is not put
// back by an older one that is put right.
func TestWhereTheyAreNowOutlivesTheAsk(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		w.must(t, h, StepNotNow, Input{Contact: ContactNone})
		w.must(t, h, StepReopen, Input{AskedBy: "person", Where: "Ward 3"})
		if err := w.right(t, h, Input{Corrects: 1, Right: map[string]string{"whereabouts": "Bay 1"}}); err != nil {
			t.Fatal(err)
		}
		if d := w.view(t, h); d.Where != "Ward 3" {
			t.Errorf("a peer is sent to %q", d.Where)
		}
		if err := w.right(t, h, Input{Corrects: 3, Right: map[string]string{"where_now": "Ward 4"}}); err != nil {
			t.Fatal(err)
		}
		if d := w.view(t, h); d.Where != "Ward 4" {
			t.Errorf("then to %q", d.Where)
		}
	})
}

// TestADeathThatWasNotNotedAndOneThatWasNone: an ending put right stops what a
// death stops, and lets go on what a wrong one stopped.
func TestADeathThatWasNotNotedAndOneThatWasNone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		w.walk(t, h, StepMeet)
		other := w.sameAgain(t, h)
		w.must(t, h, StepClose, Input{ClosedReason: "moved"})
		if err := w.right(t, h, Input{Corrects: 5, Right: map[string]string{"closed_reason": died}}); err != nil {
			t.Fatal(err)
		}
		if d := w.view(t, other); d.State != Closed || d.ClosedReason != died || d.Own != "" {
			t.Errorf("the other hand-off is %s, %s, and has a card: %v", d.State, d.ClosedReason, d.Own != "")
		}
		w.toldOnTheBoard(t, true)
		if err := w.right(t, h, Input{Corrects: 5, Right: map[string]string{"closed_reason": "moved"}}); err != nil {
			t.Fatal(err)
		}
		if d := w.view(t, other); d.State == Closed {
			t.Error("the other hand-off stays ended by a death that was none")
		}
		if d := w.view(t, h); d.State != Closed || d.ClosedReason != "moved" {
			t.Errorf("this one is %s, %s", d.State, d.ClosedReason)
		}
		w.toldOnTheBoard(t, false)
	})
}

// TestPuttingRightIsRecorded: a leaf for each correction with the hashes of its
// words, and one for the person's own record.
func TestPuttingRightIsRecorded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		if err := w.right(t, h, Input{Corrects: 1, Right: map[string]string{"whereabouts": "Bay 9", "name": "Indigo"}}); err != nil {
			t.Fatal(err)
		}
		var leaves []audit.Leaf
		if err := w.look(func(tx *db.Tx) error {
			hand, err := w.s.find(tx, h)
			if err == nil {
				leaves, err = audit.History(tx, string(hand.Person), 50, 0)
			}
			tx.Settle(string(hand.Person))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		n, person := 0, 0
		for _, l := range leaves {
			n += int(tick(l.Action == "handoff.correct"))
			person += int(tick(l.Action == "handoff.correct" && strings.HasPrefix(l.Record, "people_person/")))
		}
		if n != 3 || person != 1 {
			t.Errorf("%d leaves, %d of them on the person", n, person)
		}
	})
}

func TestYesAndNoAreAnswersToo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		site, _, err := w.s.AddSite(as("coordinator", "cosmo"), Site{Name: "Door", Door: DoorPerson})
		if err != nil {
			t.Fatal(err)
		}
		r, err := w.s.Ask(nurse(), Ask{Handoff: Handoff{Where: "bench"}, Person: people.Person{Phone: "555-0100", Texts: true}, Act: "self", Site: site.ID})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.s.OwnStep(nurse(), r.Own, StepCorrect, Input{Act: "no", Corrects: 1, Right: map[string]string{"texts": "no"}}); err != nil {
			t.Fatal(err)
		}
		if d := w.view(t, r.ID); d.Person.Texts || d.Person.Phone != "555-0100" {
			t.Errorf("texts %v to %q", d.Person.Texts, d.Person.Phone)
		}
	})
}

// TestATaskTellsNoMoreAfterAPuttingRight: the answer to another system is the
// stage, and when it began to be so was when it was written down.
func TestATaskTellsNoMoreAfterAPuttingRight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.importFHIR(t, changed(t, referralFile(t), status("requested")))
		l := w.only(t)
		w.must(t, l.ID, StepConfirm, Input{Answer: "yes"})
		w.walk(t, l.ID, StepMeet)
		if d := w.view(t, l.ID); d.Answer != "yes" {
			t.Errorf("someone asked them, and the board says %q", d.Answer)
		}
		before := w.export(t, l.ID)[0]
		meet := w.view(t, l.ID).Handoff.Events
		for _, in := range []Input{
			{Corrects: 1, Right: map[string]string{"whereabouts": "Bay 3", "name": "Sky"}},
			{Corrects: 2, Right: map[string]string{"answer": "not_asked"}},
			{Corrects: meet, At: w.clk.Now().Add(-time.Minute)},
		} {
			if err := w.right(t, l.ID, in); err != nil {
				t.Fatal(err)
			}
		}
		if after := w.export(t, l.ID)[0]; after != before || strings.Contains(after, "Bay 3") {
			t.Errorf("the Task was\n%s\nand is\n%s", before, after)
		}
		if d := w.view(t, l.ID); d.Where != "Bay 3" || d.Answer != "not_asked" {
			t.Errorf("here it is %q, %q", d.Where, d.Answer)
		}
	})
}

// TestALinkDoesNotFillAPath: whoever holds a link puts so much right and no more;
// those who work here still can.
func TestALinkDoesNotFillAPath(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		for i := range mostByLink {
			n := strconv.Itoa(i)
			if err := w.s.Change(nurse(), r.Token, StepCorrect, Input{Act: n, Corrects: 1, Right: map[string]string{"whereabouts": "Bay " + n + "x"}}); err != nil {
				t.Fatal(n, err)
			}
		}
		more := map[string]string{"whereabouts": "Bay 0"}
		if err := w.s.Change(nurse(), r.Token, StepCorrect, Input{Act: "more", Corrects: 1, Right: more}); !errs.Is(err, errs.Conflict) {
			t.Errorf("one more: %v", err)
		}
		if err := w.right(t, r.ID, Input{Corrects: 1, Right: more}); err != nil {
			t.Errorf("a supervisor: %v", err)
		}
	})
}
