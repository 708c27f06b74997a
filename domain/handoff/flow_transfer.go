package handoff

import (
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// The steps by which a hand-off changes hands, or turns out to be the same as
// another.
const (
	StepHandOver = "hand_over"
	StepTakeOn   = "take_on"
	StepLeft     = "peer_left"
	StepJoin     = "join"
	StepPart     = "part"
)

// RoleSystem takes the steps that follow from something elsewhere: an account
// that was paused.
const RoleSystem = "system"

// joined is the ending of a hand-off that turned out to be the same as another.
const joined = "joined"

// early are the states in which a hand-off can still be joined to another:
// nothing is agreed that would be lost.
func early() []string { return []string{Held, Requested, Acknowledged, OnTheWay, NotFound, Met} }

// changing is how a hand-off passes from peer to peer.
func changing() []flow.Step[Facts] {
	peers, leads := []string{"peer", "supervisor"}, []string{"supervisor", "coordinator"}
	before := []string{Acknowledged, OnTheWay, NotFound}
	walking := except(Unconfirmed, Held, Requested, Acknowledged, OnTheWay, NotFound, Resting, NotNow, Closed)
	left := i18n.Text{EN: "The peer left", ES: "El par se fue", AR: "غادر المرافق"} // whether another is asked differs
	return []flow.Step[Facts]{
		{
			Name: StepTakeOn, From: walking, To: flow.Stay, Who: peers, Guard: both(nobodyWalks, fits),
			Label: i18n.Text{EN: "I will walk with them", ES: "Yo sigo con la persona", AR: "سأسير معه"},
			Done:  i18n.Text{EN: "Another peer walks with them now", ES: "Ahora le acompaña otro par", AR: "يسير معه مرافق آخر الآن"},
			Yours: i18n.Text{EN: "Another peer walks with you now", ES: "Ahora le acompaña a usted otro par", AR: "يسير معك مرافق آخر الآن"},
		},
		{
			Name: StepHandOver, Aside: true, From: append(before, walking...), To: flow.Stay, Who: leads,
			Label: i18n.Text{EN: "Hand over to another peer", ES: "Pasar a otro par", AR: "تسليم إلى مرافق آخر"},
			Done:  i18n.Text{EN: "Another peer walks with them now", ES: "Ahora le acompaña otro par", AR: "يسير معه مرافق آخر الآن"},
			Yours: i18n.Text{EN: "Another peer walks with you now", ES: "Ahora le acompaña a usted otro par", AR: "يسير معك مرافق آخر الآن"},
			Needs: []string{"new_peer"}, Guard: both(both(needs("new_peer"), fits), isHere),
		},
		{
			Name: StepLeft, Aside: true, From: before, To: Requested, Who: []string{RoleSystem},
			Label: left, Done: left,
		},
		{
			Name: StepLeft, Aside: true, From: append([]string{Resting, NotNow}, walking...), To: flow.Stay, Who: []string{RoleSystem},
			Label: left, Done: left,
		},
		{
			Name: StepJoin, Aside: true, From: early(), To: Closed, Who: append([]string{"peer"}, leads...), Needs: []string{"same_as"},
			Label: i18n.Text{EN: "This is the same person", ES: "Es la misma persona", AR: "هو الشخص نفسه"},
			Done:  i18n.Text{EN: "Joined to another hand-off for the same person", ES: "Unido a otro acompañamiento de la misma persona", AR: "ضُم إلى تسليم آخر للشخص نفسه"},
			Guard: needs("same_as"),
		},
		{
			Name: StepPart, From: []string{Closed}, To: Requested, Who: append([]string{"peer"}, leads...),
			Label: i18n.Text{EN: "These are two people, part them", ES: "Son dos personas, separar", AR: "هما شخصان، افصلهما"},
			Done:  i18n.Text{EN: "Parted again, a peer is asked", ES: "Separado de nuevo, se pide un par", AR: "فُصل من جديد ويُطلب مرافق"},
			Guard: wasJoined,
		},
	}
}

func nobodyWalks(f Facts) error {
	if f.Now.Peer != "" {
		return conflict("handoff.error.someone-walks")
	}
	return nil
}

// fits never sends a peer to someone they know outside.
func fits(f Facts) error {
	if f.Unfit {
		return conflict("handoff.error.knows-them")
	}
	return nil
}

// isHere asks once more before a person is handed to somebody who has days off.
func isHere(f Facts) error {
	if f.Off {
		return refuse("new_peer", daysOff)
	}
	return nil
}

// daysOff are the words of that.
const daysOff = "handoff.error.days-off"

func wasJoined(f Facts) error {
	if f.Now.ClosedReason != joined {
		return conflict("error.step-not-now")
	}
	return nil
}
