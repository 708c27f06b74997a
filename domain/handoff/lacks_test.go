package handoff

import (
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
)

// TestWhatIsLackingBeforeSomeoneAsks is said where places are made: an organisation
// begins with nobody, and an ask would reach nobody.
func TestWhatIsLackingBeforeSomeoneAsks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		cosmo := as("coordinator", "cosmo")
		lacks := func(want ...string) {
			t.Helper()
			p, err := w.s.Places(cosmo)
			if err != nil || !slices.Equal(p.Lacks, want) {
				t.Errorf("lacking %q, want %q (%v)", p.Lacks, want, err)
			}
			for _, v := range statusViews(t, w.clk.Now()) {
				if text := wordsOf(t, v, placesDoc(v, p).Body); strings.Contains(text, "⟦") || strings.Contains(text, v.T("handoff.places.lacks")) != (len(want) > 0) {
					t.Errorf("%s: %s", v.Lang, text)
				}
			}
		}
		w.s.Staff = func(*db.Tx, string) ([]ref.Account, error) { return nil, nil }
		lacks("coordinators", "peers", "supervisors")
		w.staffed()
		lacks("rota")
		on := map[ref.Account]time.Duration{"dana": time.Hour} // a supervisor is asked after the peers
		w.s.OnCall = func(*db.Tx, time.Time, time.Time) (map[ref.Account]time.Duration, error) { return on, nil }
		lacks("rota")
		on["idris"] = time.Hour
		lacks()
	})
}

// TestAPlaceWithoutATelephoneSaysSo, to whoever made it.
func TestAPlaceWithoutATelephoneSaysSo(t *testing.T) {
	v := statusViews(t, time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))[0]
	for duty, want := range map[string]bool{"": true, "555-0100": false} {
		text := wordsOf(t, v, placesDoc(v, Places{Sites: []Site{{ID: "s", Name: "Mercy", Door: DoorWard, Duty: duty}}}).Body)
		if strings.Contains(text, "No telephone") != want {
			t.Error(duty, text)
		}
	}
}
