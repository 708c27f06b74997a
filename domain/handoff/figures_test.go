package handoff

import (
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
)

func TestFiguresKeepEveryoneInTheWhole(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		from := w.clk.Now()
		ends := []func(h ref.Handoff){
			func(h ref.Handoff) { w.walk(t, h, StepConnect) },
			func(h ref.Handoff) { w.walk(t, h, StepMeet); w.must(t, h, StepNotNow, Input{}) },
			func(h ref.Handoff) {
				w.walk(t, h, StepSetOut)
				w.must(t, h, StepNotFound, Input{Tried: []string{"ward"}})
			},
			func(h ref.Handoff) { w.walk(t, h, StepAgree); w.must(t, h, StepLose, Input{Tried: []string{"called"}}) },
			func(h ref.Handoff) { w.walk(t, h, StepMeet); w.must(t, h, StepClose, Input{ClosedReason: died}) },
			func(h ref.Handoff) { w.must(t, h, StepClose, Input{ClosedReason: "by_mistake"}) },
			func(h ref.Handoff) {},
		}
		for n, end := range ends {
			end(w.ask(t, n).ID)
		}
		f, err := w.s.Figures(as("evaluator", "etta"), from, w.clk.Now().Add(time.Second), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		a := f.All
		if a.Asked != 6 || a.Mistakes != 1 || a.Met != 4 || a.Agreed != 2 || a.Referred != 1 || a.Introduced != 1 || a.Warm != 1 || a.Connected != 1 {
			t.Errorf("the way: %+v", a)
		}
		if a.NotNow != 1 || a.NotFound != 1 || a.Lost != 1 || a.Died != 1 {
			t.Errorf("beside it: %+v", a)
		}
		if q, ok := quantile(a.ToMet, 0.5); !ok || q != 9*time.Minute {
			t.Errorf("half are met within %v", q)
		}
		if a.Month != 0 {
			t.Error("a month is counted before it has passed")
		}
		if len(f.Sites) != 1 || f.Sites[0].Asked != 6 || f.Sites[0].Name != "Mercy" {
			t.Errorf("by site: %+v", f.Sites)
		}
		var byHour int64
		for _, h := range f.Hours {
			byHour += h.Asked
		}
		if byHour != 6 {
			t.Errorf("%d by hour", byHour)
		}
	})
}

func (w *world) must(t *testing.T, h ref.Handoff, step string, in Input) {
	t.Helper()
	w.clk.Add(time.Minute)
	if err := w.take(t, h, "rosa", step, in); err != nil {
		t.Fatal(step, err)
	}
}

func TestTheOverviewCountsBySiteAndNamesNobody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		l := w.staffed()
		late := w.ask(t, 1).ID
		w.clk.Add(time.Second)
		coming := w.ask(t, 2).ID
		w.walk(t, coming, StepAck)
		w.clk.Add(40 * time.Minute)
		w.ask(t, 3)
		orphan := w.ask(t, 4).ID
		w.walk(t, orphan, StepMeet)
		if err := w.look(func(tx *db.Tx) error { return w.s.PeerLeft(tx, "rosa") }); err != nil {
			t.Fatal(err)
		}
		_ = l
		o, err := w.s.Overview(as("supervisor", "dana"))
		if err != nil || len(o.Sites) != 1 {
			t.Fatalf("%+v %v", o, err)
		}
		if s := o.Sites[0]; s.Waiting != 3 || s.Unsaid != 3 || s.Overdue != 2 || s.OldestMin < 40 {
			t.Errorf("the site stands so: %+v", s)
		}
		if len(o.Press) != 3 || o.Press[0].ID != late || !o.Press[0].Overdue {
			t.Errorf("pressing: %+v", o.Press)
		}
		if len(o.Orphans) != 1 || o.Orphans[0].ID != orphan {
			t.Errorf("with nobody: %+v", o.Orphans)
		}
	})
}

func TestTheLoadIsPeopleAndHours(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staffed()
		w.walk(t, w.ask(t, 1).ID, StepMeet)
		w.walk(t, w.ask(t, 2).ID, StepConnect)
		w.clk.Add(13 * time.Hour)
		list, err := w.s.Loads(as("supervisor", "dana"))
		if err != nil || len(list) != 3 {
			t.Fatalf("%+v %v", list, err)
		}
		if r := list[2]; r.ID != "rosa" || r.Walking != 1 || r.After != 1 || r.Due != 2 {
			t.Errorf("rosa: %+v", r)
		}
		c, err := w.s.CarriedBy(as("supervisor", "dana"), "rosa")
		if err != nil || len(c.Cards) != 2 || len(c.Walkers) != 2 {
			t.Errorf("%+v %v", c, err)
		}
	})
}

func TestWhatLeavesIsAboutNobody(t *testing.T) {
	f := figuresForm{Veiled: true}
	f.All = Tally{Asked: 100, Said: 95, Met: 80, Agreed: 80, Connected: 6, NotNow: 15, Died: 3}
	may := f.mayShow([]share{{n: 95, of: 100}, {n: 80, of: 100}, {n: 6, of: 100}, {n: 15, of: 100}, {n: 3, of: 100}})
	for i, want := range []bool{false, true, false, true, false} {
		if may[i] != want {
			t.Errorf("line %d shown: %v, want %v", i, may[i], want)
		}
	}
	f.Veiled = false
	for i, shown := range f.mayShow([]share{{n: 3, of: 100}}) {
		if !shown {
			t.Errorf("who answers for the work does not see line %d", i)
		}
	}
}

// TestWhatWasPressedByMistakeIsNotCounted: a "cannot find" and an asked service
// that were taken back.
func TestWhatWasPressedByMistakeIsNotCounted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		from := w.clk.Now()
		gone := w.ask(t, 1).ID
		w.walk(t, gone, StepSetOut)
		w.must(t, gone, StepNotFound, Input{Tried: []string{"ward"}})
		w.must(t, gone, StepUndo, Input{})
		told := w.ask(t, 2).ID
		w.walk(t, told, StepAgree)
		w.must(t, told, StepOffer, Input{AskedHow: "phone"})
		w.must(t, told, StepUndo, Input{})
		f, err := w.s.Figures(as("evaluator", "etta"), from, w.clk.Now().Add(time.Second), time.UTC)
		if err != nil || f.All.NotFound != 0 || f.All.Referred != 0 || f.All.Asked != 2 {
			t.Errorf("%d not found, %d referred of %d, %v", f.All.NotFound, f.All.Referred, f.All.Asked, err)
		}
	})
}
