package handoff

import (
	"slices"
	"time"

	"alongside/platform/db"
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// What was pressed by mistake can be taken back: by whoever pressed it within
// an hour, by who answers for peers within a day. Both are our own choice
// (0007). Nothing is erased: the taking back is an event of its own, and the
// hand-off is what its other events make it.
const (
	UndoOwn   = time.Hour
	UndoLeads = 24 * time.Hour
)

func undoing() []flow.Step[Facts] {
	return []flow.Step[Facts]{{
		Name: StepUndo, Aside: true, From: except(Unconfirmed, Held, Requested, Acknowledged), To: flow.Stay,
		Who:   []string{RoleDestination, "peer", "supervisor", "coordinator"},
		Label: i18n.Text{EN: "That was pressed by mistake", ES: "Se pulsó por error", AR: "ضُغط ذلك بالخطأ"},
		Done:  i18n.Text{EN: "Taken back, it was a mistake", ES: "Retirado, fue un error", AR: "سُحب، كان خطأ"},
		Guard: mayUndo,
	}}
}

// undoable are the steps that can be taken back so. The others have their own
// way back ("I cannot go after all", "take back my yes"), or stand because they
// are what somebody said.
func undoable(step string) bool {
	return slices.Contains([]string{
		StepSetOut, StepMeet, StepNotFound, StepQuiet, StepSupport, StepOffer, StepAccept, StepServiceNo, StepPersonNo,
		StepIntro, StepTravel, StepConnect, StepMissed, StepLose, StepBack, StepThere, StepStayed30, StepStayed90, StepNotNow, StepClose,
	}, step)
}

func mayUndo(f Facts) error {
	if !canUndo(f.Last, f.Actor, f.Input.Role, f.At) {
		return conflict("handoff.error.undo")
	}
	return nil
}

// canUndo also leaves alone what the person did themselves, on their own page or
// by leaving: nobody else calls that a mistake.
func canUndo(last Event, actor, role string, now time.Time) bool {
	if last.Role == RolePerson || last.Role == RoleLeft {
		return false
	}
	old := now.Sub(last.RecordedAt)
	return undoable(last.Step) && (last.Actor == actor && old <= UndoOwn || leads(role) && old <= UndoLeads)
}

// leads reports whether a role answers for peers.
func leads(role string) bool { return role == "supervisor" || role == "coordinator" }

// last is the newest event of a hand-off.
func (s *Service) last(tx *db.Tx, h Handoff) (Event, error) { return s.events.Get(tx, h.ID, h.Events) }

// undone are the numbers of the events that were taken back.
func undone(events []Event) map[int64]bool {
	out := map[int64]bool{}
	for _, e := range events {
		if e.Step == StepUndo {
			out[e.Corrects] = true
		}
	}
	return out
}

// takeable leaves "that was a mistake" out where there is nothing to take back,
// or not by them.
func takeable(steps []flow.Step[Facts], last Event, actor, role string, now time.Time) []flow.Step[Facts] {
	return slices.DeleteFunc(steps, func(s flow.Step[Facts]) bool {
		return s.Name == StepUndo && !canUndo(last, actor, role, now)
	})
}

// standsAgain is what those who alert people hear when a step was taken back: where
// the hand-off stands once more.
func standsAgain(state string) string {
	switch state {
	case Requested:
		return AlertReopened
	case Acknowledged, OnTheWay, NotFound:
		return AlertAcknowledged
	case NotNow, Closed:
		return AlertEnded
	}
	return AlertMet
}
