package handoff

import (
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// The steps of a follow-up.
const (
	StepFollowed   = "follow_up"
	StepNotReached = "not_reached"
	StepMoveUp     = "move_follow_up"
)

// followed are what is said of a follow-up. Who was out of touch and is reached by one
// is back; after a first visit the peer says in which way (0131), and until then it
// stays. Each is an event beside the path, so that whoever walks with the person next
// can read what was tried.
func followed() []flow.Step[Facts] {
	leads := []string{"peer", "supervisor", "coordinator"}
	from := except(Unconfirmed, Held, Requested, Acknowledged, OnTheWay, NotFound, OutOfTouch, Resting, Closed)
	reached := flow.Step[Facts]{
		Name: StepFollowed, Aside: true, From: from, To: flow.Stay, Who: leads,
		Label: i18n.Text{EN: "We were in touch", ES: "Hablamos", AR: "تواصلنا"},
		Done:  i18n.Text{EN: "In touch again", ES: "De nuevo en contacto", AR: "تواصل متابعة"},
		Needs: []string{"channel", "which"}, Guard: both(needs("channel"), followUpTheirs),
	}
	back := reached
	back.From, back.To = []string{OutOfTouch}, Met
	from = append(from, OutOfTouch)
	return []flow.Step[Facts]{
		reached, back,
		{
			Name: StepNotReached, Aside: true, From: from, To: flow.Stay, Who: leads,
			Label: i18n.Text{EN: "Not reached", ES: "No respondió", AR: "لم نصل إليه"},
			Done:  i18n.Text{EN: "Tried to reach them", ES: "Se intentó el contacto", AR: "محاولة تواصل"},
			Yours: i18n.Text{EN: "Tried to reach you", ES: "Se intentó el contacto con usted", AR: "محاولة تواصل معك"},
			Needs: []string{"channel", "which"}, Guard: both(needs("channel"), followUpTheirs),
		},
		{
			Name: StepMoveUp, Aside: true, From: from, To: flow.Stay, Who: leads,
			Label: i18n.Text{EN: "Another day", ES: "Otro día", AR: "يوم آخر"},
			Done:  i18n.Text{EN: "A follow-up was moved", ES: "Se cambió un seguimiento de día", AR: "أُجلت متابعة"},
			Needs: []string{"moved_to", "which"}, Guard: both(needs("moved_to"), followUpTheirs),
		},
	}
}

// followUpTheirs keeps a peer to the people they walk with.
func followUpTheirs(f Facts) error {
	if f.Input.Role == "peer" && f.Now.Peer != "" && f.Now.Peer != f.Input.Peer {
		return conflict("handoff.error.other-peer")
	}
	return nil
}

// apart are the steps whose forms stand on a part of the page of their own,
// not among the other ways on.
func apart(step string) bool {
	switch step {
	case StepFollowed, StepNotReached, StepMoveUp, StepJoin:
		return true
	}
	return false
}
