package handoff

import (
	"testing"
	"time"
)

// A later file has another visit under the number of one that is here: it is not
// taken for the same, and not lost without a word.
func TestAnotherVisitUnderTheSameNumberIsSaid(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		begin := time.Date(2024, 3, 1, 15, 0, 0, 123456789, time.UTC)
		f := FHIRFound{Place: "entry[1]", Source: "identifier|s|7", Patient: FHIRPatient{Key: "identifier|m|1", Name: "Ada"}, EventAt: begin}
		take := func(at time.Time) Taken {
			f.EventAt = at
			got, err := w.s.TakeIn(as("coordinator", "cosmo"), f)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if got := take(begin); !got.Kept || got.Why != "" {
			t.Fatalf("%+v", got)
		}
		if got := take(begin.In(time.FixedZone("", -5*3600))); got != (Taken{}) {
			t.Errorf("the same in another zone: %+v", got)
		}
		if got := take(begin.AddDate(0, 2, 0)); got.Kept || got.Why != saysOtherTime {
			t.Errorf("another: %+v", got)
		}
		w.only(t)
	})
}

// A visit that its sender takes back ends what was made of it, unless somebody here
// has begun; of one that is not here it makes nothing.
func TestAVisitThatNeverWas(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := FHIRFound{Place: "entry[1]", Source: "identifier|s|7", Patient: FHIRPatient{Key: "identifier|m|1", Name: "Ada"}, EventAt: time.Date(2024, 3, 1, 15, 0, 0, 0, time.UTC)}
		never := FHIRFound{Place: "entry[1]", Source: f.Source, Mistake: true}
		take := func(f FHIRFound) Taken {
			got, err := w.s.TakeIn(as("coordinator", "cosmo"), f)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if got := take(never); got != (Taken{}) || len(w.all(t)) != 0 {
			t.Fatalf("one that is not here: %+v", got)
		}
		take(f)
		if got := take(never); !got.Kept || w.only(t).State != Closed || *w.only(t).ClosedReason != "by_mistake" {
			t.Fatalf("%+v, %+v", got, w.only(t))
		}
		if got := take(never); got != (Taken{}) {
			t.Errorf("again: %+v", got)
		}
		f.Source, never.Source = "identifier|s|8", "identifier|s|8"
		take(f)
		for _, l := range w.all(t) {
			if l.State != Unconfirmed {
				continue
			}
			if err := w.take(t, l.ID, "rosa", StepConfirm, Input{Answer: "yes"}); err != nil {
				t.Fatal(err)
			}
			if got := take(never); got.Kept || got.Why != saysPeopleDo {
				t.Errorf("one that somebody here has begun: %+v", got)
			}
		}
	})
}
