package app

import (
	"strconv"
	"testing"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/scope"
)

// Somebody said yes to a service twice, and to another between, and then takes the yes
// back, or wants no service told: nothing is left by which one could be.
func TestAYesThatIsTakenBackLeavesNone(t *testing.T) {
	for _, last := range []string{handoff.StepTakeBack, handoff.StepQuiet} {
		w := newTown(t)
		peer := w.account("here", access.Peer, "Rosa")
		as := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(peer), Role: access.Peer, Purpose: scope.Treatment})
		service := ref.Destination(w.ids["here"]["service"])
		other, err := w.a.Handoffs.AddDestination(w.operator("here"), handoff.Destination{Name: "Tern House"})
		w.must(err)
		h := w.walked(ref.Site(w.ids["here"]["site"]), peer)
		step := func(name string, in handoff.Input) {
			in.Act, w.n = strconv.Itoa(w.n), w.n+1
			w.must(w.a.Handoffs.Take(as, h, name, in))
		}
		step(handoff.StepMeet, handoff.Input{})
		for _, to := range []ref.Destination{service, other.ID, service} {
			step(handoff.StepAgree, handoff.Input{Destination: to, How: "signed", Days: 30})
		}
		w.mayBeTold(h, true, service, other.ID)
		step(last, handoff.Input{How: "spoken"})
		w.mayBeTold(h, false, service, other.ID)
	}
}

func (w *town) mayBeTold(h ref.Handoff, want bool, services ...ref.Destination) {
	w.Helper()
	w.must(w.a.DB.Read(w.operator("here"), func(tx *db.Tx) error {
		var person ref.Person
		w.must(tx.Row("SELECT person FROM handoff_handoff WHERE tenant = $1 AND handoff = $2", h).Scan(&person))
		for _, to := range services {
			got, err := w.a.Consents.Covers(tx, consent.Ask{Person: person, Recipient: ref.Recipient(to), Purpose: scope.Treatment, What: []string{consent.Status}})
			if err != nil || got != want {
				w.Errorf("%s may be told: %v, want %v, %v", to, got, want, err)
			}
		}
		return nil
	}))
}
