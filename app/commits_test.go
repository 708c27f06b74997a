package app

import (
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/handoff"
)

// TestAWholePathInTenCommits counts what reaches the disk from the ask to the
// first visit: each commit is a wait for the disk, and a wear of it. What people
// wait for, their steps, is ten commits at most. The bells that ring meanwhile
// (two commits each: taken on lease, then done) are counted apart, so that they
// do not grow unseen.
func TestAWholePathInTenCommits(t *testing.T) {
	w := newLadderTown(t)
	clinic, err := w.Handoffs.AddDestination(w.as(t, access.Coordinator, "cosmo"), handoff.Destination{Name: "Made-up Clinic"})
	if err != nil {
		t.Fatal(err)
	}
	rosa, before, bells := w.as(t, access.Peer, w.rosa), w.DB.Stats().Groups, uint64(0)
	ring := func() {
		from := w.DB.Stats().Groups
		w.wait(t, 5*time.Second)
		bells += w.DB.Stats().Groups - from
	}
	h := w.ask(t, w.Handoffs, 1).ID
	ring()
	for _, s := range []struct {
		step string
		in   handoff.Input
	}{
		{handoff.StepAck, handoff.Input{Act: "1"}},
		{handoff.StepSetOut, handoff.Input{Act: "2", Minutes: 15}},
		{handoff.StepMeet, handoff.Input{Act: "3"}},
		{handoff.StepAgree, handoff.Input{Act: "4", Destination: clinic.ID, How: "signed", Days: 30}},
		{handoff.StepAccept, handoff.Input{Act: "5"}},
		{handoff.StepIntro, handoff.Input{Act: "6", Mode: "room", Present: 3}},
		{handoff.StepConnect, handoff.Input{Act: "7", ConnSource: "receiver"}},
	} {
		if err := w.Handoffs.Take(rosa, h, s.step, s.in); err != nil {
			t.Fatal(s.step, err)
		}
		ring()
	}
	if n := w.DB.Stats().Groups - before - bells; n > 10 || n < 8 || bells > 8 {
		t.Errorf("%d commits for eight steps and %d for the bells; want 8 to 10, and 8 at most", n, bells)
	}
}
