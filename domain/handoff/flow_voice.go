package handoff

import (
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// voices is what the person says of how it goes, and that someone heard it.
// Before they have met, "someone else, please" asks for another peer at once;
// after that it is for those who answer for peers to find one with them.
func voices() []flow.Step[Facts] {
	else_ := i18n.Text{EN: "Someone else, please", ES: "Otra persona, por favor", AR: "شخص آخر من فضلكم"}
	asked := i18n.Text{EN: "They would like someone else", ES: "Prefiere a otra persona", AR: "يود شخصا آخر"}
	yours := i18n.Text{EN: "You would like someone else", ES: "Usted prefiere a otra persona", AR: "تود شخصا آخر"}
	return []flow.Step[Facts]{
		{
			Name: StepThanks, Aside: true, From: except(), To: flow.Stay, Who: []string{RolePerson},
			Label: i18n.Text{EN: "Thank you", ES: "Gracias", AR: "شكرا"},
			Done:  i18n.Text{EN: "They said thank you", ES: "Dio las gracias", AR: "شكر"},
			Yours: i18n.Text{EN: "You said thank you", ES: "Usted dio las gracias", AR: "شكرت"},
		},
		{
			Name: StepOther, Aside: true, From: []string{Acknowledged, OnTheWay}, To: Requested, Who: []string{RolePerson},
			Label: else_, Done: asked, Yours: yours,
		},
		{
			Name: StepOther, Aside: true, From: walkedWith(), To: flow.Stay, Who: []string{RolePerson},
			Label: else_, Done: asked, Yours: yours,
		},
		{
			Name: StepNotRight, Aside: true, From: except(), To: flow.Stay, Who: []string{RolePerson},
			Label: i18n.Text{EN: "This was not right", ES: "Esto no estuvo bien", AR: "هذا لم يكن صحيحا"},
			Done:  i18n.Text{EN: "They said something was not right", ES: "Dijo que algo no estuvo bien", AR: "قال إن شيئا لم يكن صحيحا"},
			Yours: i18n.Text{EN: "You said something was not right", ES: "Usted dijo que algo no estuvo bien", AR: "قلت إن شيئا لم يكن صحيحا"},
			Needs: []string{"note"}, Guard: needs("note"),
		},
		{
			Name: StepHeard, Aside: true, From: except(), To: flow.Stay, Who: []string{"supervisor", "coordinator"},
			Label: i18n.Text{EN: "We have heard them", ES: "Ya le escuchamos", AR: "سمعناه"},
			Done:  i18n.Text{EN: "Someone answered them", ES: "Alguien le respondió", AR: "أجابه شخص"},
			Yours: i18n.Text{EN: "Someone answered you", ES: "Alguien le respondió a usted", AR: "أجابك شخص"},
			Needs: []string{"answer_to_them"}, Guard: both(needs("answer_to_them"), saidSomething),
		},
	}
}

// walkedWith are the states in which a peer and the person know each other.
func walkedWith() []string {
	return except(Unconfirmed, Held, Requested, Acknowledged, OnTheWay, NotFound, Resting, NotNow, Closed)
}

// saidSomething refuses an answer to nothing.
func saidSomething(f Facts) error {
	if f.Now.VoicedAt.IsZero() {
		return conflict("handoff.error.nothing-said")
	}
	return nil
}

// forLeads reports whether an entry is read by those who answer for peers and
// not by peers: what was not right may be about the one who reads.
func forLeads(step string) bool { return step == StepNotRight || step == StepHeard }
