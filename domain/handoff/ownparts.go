package handoff

import (
	"cmp"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/flow"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// ownForm is the person's page with its forms.
type ownForm struct {
	Own
	Token    string
	Act      string
	Step     string // the step whose form has a problem
	Problems []page.Problem
	Again    string // where people ask for themselves, once this has ended; or ""
}

// cardForm is the paper card.
type cardForm struct {
	ID     ref.Handoff
	Name   string
	Link   string
	Square ui.Square
	Act    string
}

func cardName(v *page.View, f cardForm) string {
	if f.Name == "" {
		return v.T("handoff.card.yours")
	}
	return f.Name
}

// ownOver greets the person by the name they gave, if any.
func ownOver(v *page.View, o Own) string {
	if o.Name == "" {
		return v.T("handoff.own.hello")
	}
	return v.T("handoff.own.hello-name", "Name", ui.Apart(o.Name))
}

func ownTitle(v *page.View, o Own) string {
	switch {
	case o.Joined:
		return v.T("handoff.own.joined")
	case o.Overdue:
		return v.T("handoff.own.late")
	case o.Alone:
		return v.T("handoff.own.unanswered")
	case o.Back:
		return v.T("handoff.own.back")
	case o.PeerName != "" && o.coming() && o.Calls:
		return v.T("handoff.own.named-call", "Name", ui.Apart(o.PeerName))
	case o.PeerName != "" && o.coming():
		return v.T("handoff.own.named", "Name", ui.Apart(o.PeerName))
	case o.State == Introduced && o.Mode == modeCold:
		return v.T("handoff.own.is-introduced-cold")
	}
	return v.T("handoff.own.is-" + o.State)
}

func ownLead(v *page.View, o Own) string {
	switch {
	case o.Joined:
		return v.T("handoff.own.joined-lead")
	case o.Overdue && o.Duty != "":
		return v.T("handoff.own.late-duty", "Duty", ui.Apart(o.Duty))
	case o.Overdue && o.State != Held:
		return v.T("handoff.own.late-nophone")
	case o.Alone && o.Duty != "":
		return v.T("handoff.own.unanswered-duty", "Duty", ui.Apart(o.Duty))
	case o.Alone:
		return v.T("handoff.own.unanswered-nophone")
	case o.Back && o.PeerName == "":
		return v.T("handoff.own.back-nobody")
	case o.Back:
		return v.T("handoff.own.back-told", "Name", ui.Apart(o.PeerName))
	case o.coming() && o.Calls:
		return v.T("handoff.own.lead-call")
	case o.State == OnTheWay:
		return v.T("handoff.own.expected", "Time", v.Clock(o.Expected))
	case o.State == Accepted && !o.SlotAt.IsZero():
		return v.T("handoff.own.slot", "Name", ui.Apart(o.Service.Name), "When", v.When(o.SlotAt))
	}
	return v.T("handoff.own.lead-" + o.State)
}

// callsDuty reports whether it is time for the person to call those on duty: whoever
// is to come is late, or no peer is left to say yes.
func (o Own) callsDuty() bool { return o.Duty != "" && (o.Overdue || o.Alone) }

// agreed are the words of what contact they said is fine, or "".
func (o Own) agreed(v *page.View) string {
	rests := o.State == NotNow || o.State == SupportNotNow
	if !rests || o.Contact == "" || o.Contact == ContactNone {
		return ""
	}
	f := field.Field[Own]{Options: field.Yours(Contacts())}
	return v.T("handoff.own.agreed", "Says", v.Text(f.Option(o.Contact)))
}

// ended are the words of why it ended, or "": what is noted of them is theirs to read,
// and to say that it is not right.
func (o Own) ended(v *page.View) string {
	switch o.Ended {
	case "moved", "in_custody", "transferred", "walked", "their_choice":
		f := field.Field[Own]{Options: field.Yours(Endings())}
		return v.T("handoff.own.ended", "Says", v.Text(f.Option(o.Ended)))
	}
	return ""
}

// coming reports whether a peer said yes and has not met them yet.
func (o Own) coming() bool { return o.State == Acknowledged || o.State == OnTheWay }

// walks reports whether someone walks with the person now.
func (o Own) walks() bool { return o.PeerName != "" && !o.rests() }

// rests reports that nobody is on the way to them or with them: it is at rest, or over.
func (o Own) rests() bool { return o.State == Closed || o.State == NotNow || o.State == Resting }

// walksTitle says who walks with the person; who has not met them yet only comes.
func walksTitle(v *page.View, o Own) string {
	if o.MetAt.IsZero() {
		return v.T("handoff.own.reach")
	}
	return v.T("handoff.own.walks", "Name", ui.Apart(o.PeerName))
}

// ownPath is the path in the person's own words. Who would rather not, and who
// is at the end, has no path laid out before them.
func ownPath(v *page.View, o Own) ui.PathProps {
	if o.rests() || o.State == SupportNotNow {
		return ui.PathProps{}
	}
	stones := []ui.Stone{
		{Words: v.T("handoff.own.asked"), At: o.AskedAt},
		{Words: v.T("handoff.own.coming" + o.byPhone())},
		{Words: v.T("handoff.own.together"), At: o.MetAt},
		{Words: v.T("handoff.own.service")},
		{Words: v.T("handoff.own.first")},
	}
	last := ownStone(o.State)
	if o.State == OutOfTouch && !o.Connected.IsZero() {
		last = 4 // silence undoes no first visit
	}
	if last == 4 {
		stones[4].At = o.Connected
	} else if !o.Connected.IsZero() {
		stones[4].Note = v.T("handoff.own.before", "When", v.When(o.Connected))
	}
	if o.Covered {
		stones[3].Note = o.Service.Name
	}
	return ui.PathProps{Label: v.T("handoff.own.path"), Stones: walked(stones, last, o.State != OutOfTouch && o.State != NotFound)}
}

// byPhone ends the key of words that differ where a peer calls.
func (o Own) byPhone() string {
	if o.Calls {
		return "-call"
	}
	return ""
}

func ownStone(state string) int {
	switch state {
	case Held, Requested, Unconfirmed:
		return 0
	case Acknowledged, OnTheWay, NotFound:
		return 1
	case Met, Undisclosed, OutOfTouch, Resting:
		return 2
	case Connected, Retained30, Retained90:
		return 4
	}
	return 3
}

// asksThem reports whether a question of a step is asked of the person
// themselves; the others are answered by who they are, or are nobody's business.
func asksThem(need string) bool {
	return need != "asked_by" && need != "back_how" && need != "transport" && need != "closed_reason"
}

// own is a question as the person is asked it, with answers in their voice. Who is
// called need not say where they are.
func (q Question) own(calls bool) Question {
	q.Label, q.Options = cmp.Or(q.Yours, q.Label), field.Yours(q.Options)
	if q.Name == "note" || q.Name == "where_now" { // theirs is needed: nobody else knows it
		q.Hint, q.Optional = i18n.Text{}, calls && q.Name == "where_now"
	}
	return q
}

// ownWhoSees says in one sentence who can see what stands here.
func ownWhoSees(v *page.View, o Own) string {
	if o.Covered {
		return v.T("handoff.own.sees-service", "Name", ui.Apart(o.Service.Name))
	}
	return v.T("handoff.own.sees")
}

// saysHow parts what the person can change from what they can say of how it was.
func saysHow(aside []flow.Step[Facts]) (change, how []flow.Step[Facts]) {
	for _, s := range aside {
		if s.Name == StepThanks || s.Name == StepNotRight {
			how = append(how, s)
			continue
		}
		change = append(change, s)
	}
	return change, how
}
