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
