package app

import (
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/scope"
)

// TestTheWardLearnsWhatCameOfItOnlyByAYes: the ward that asked is a recipient
// that a person can name; until they do, its page ends where the peer is with
// them, and after they take it back it ends there again.
func TestTheWardLearnsWhatCameOfItOnlyByAYes(t *testing.T) {
	w := newLadderTown(t)
	h, err := w.Handler()
	if err != nil {
		t.Fatal(err)
	}
	clinic, err := w.Handoffs.AddDestination(w.as(t, access.Coordinator, "cosmo"), handoff.Destination{Name: "Made-up Clinic"})
	if err != nil {
		t.Fatal(err)
	}
	r := w.ask(t, w.Handoffs, 1)
	rosa := w.as(t, access.Peer, w.rosa)
	var person ref.Person
	for _, s := range []struct {
		step string
		in   handoff.Input
	}{
		{handoff.StepAck, handoff.Input{Act: "1"}},
		{handoff.StepMeet, handoff.Input{Act: "2"}},
		{handoff.StepAgree, handoff.Input{Act: "3", Destination: clinic.ID, How: "signed", Days: 30}},
		{handoff.StepAccept, handoff.Input{Act: "4"}},
		{handoff.StepIntro, handoff.Input{Act: "5", Mode: "room", Present: 3}},
	} {
		if err := w.Handoffs.Take(rosa, r.ID, s.step, s.in); err != nil {
			t.Fatal(s.step, err)
		}
	}
	says := func(want bool) {
		t.Helper()
		if got := strings.Contains(w.statusPage(t, h, r.Token), "they have met a service"); got != want {
			t.Errorf("the ward is told: %v, want %v", got, want)
		}
	}
	says(false)
	var given consent.Consent
	if err := w.DB.Write(rosa, func(tx *db.Tx) (err error) {
		if err = tx.Row("SELECT person FROM handoff_handoff WHERE tenant = $1 AND handoff = $2", r.ID).Scan(&person); err != nil {
			return err
		}
		given, err = w.Consents.Give(tx, consent.Consent{
			Person: person, Recipient: ref.Recipient(w.site.ID), What: []string{consent.Status, consent.Name},
			Purpose: scope.Treatment, How: consent.Paper, UntilAt: w.clk.Now().Add(24 * time.Hour), Early: true,
		})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	says(true)
	if err := w.DB.Write(rosa, func(tx *db.Tx) error { return w.Consents.Revoke(tx, given.ID, consent.Spoken) }); err != nil {
		t.Fatal(err)
	}
	says(false)
}
