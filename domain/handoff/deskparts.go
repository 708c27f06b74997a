package handoff

import (
	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// deskForm is a service's page with its forms.
type deskForm struct {
	Desk
	Token    string
	Act      string
	ID       ref.Handoff // the hand-off whose form has a problem
	Step     string
	Problems []page.Problem
}

func (f deskForm) problemOf(a Arrival, step, name string) string {
	if a.ID != f.ID || step != f.Step {
		return ""
	}
	return page.ProblemOf(f.Problems, ui.Key(string(a.ID)+step, name))
}

func deskLead(v *page.View, f deskForm) string {
	if !f.Bound {
		return v.T("handoff.desk.unbound")
	}
	return v.T("handoff.desk.lead")
}

func arrivalName(v *page.View, a Arrival) string {
	if a.Name == "" {
		return v.T("handoff.desk.someone")
	}
	return a.Name
}

func codeTag(v *page.View, a Arrival) []ui.TagProps {
	if a.Code == "" {
		return nil
	}
	return []ui.TagProps{{Words: v.T("handoff.status.code", "Code", a.Code)}}
}

// waits reports whether the service has something to say about them.
func (a Arrival) waits() bool { return a.State == Consented || a.State == Offered }

func deskWords(v *page.View, step string) string { return v.T("handoff.desk.step-" + step) }

func arriveSays(v *page.View, a Arrival) string {
	if a.State == Accepted && !a.SlotAt.IsZero() {
		return v.T("handoff.desk.expected", "When", v.When(a.SlotAt))
	}
	if a.State == Introduced && a.Mode == modeCold {
		return v.T("handoff.desk.is-introduced-cold")
	}
	if a.Freed {
		return v.T("handoff.desk.freed-" + a.State)
	}
	if key := "handoff.desk.is-" + a.State; v.Words.Has(key) {
		return v.T(key)
	}
	return v.T("handoff.desk.is-open")
}

// roomSays is how many places a service has, and when it last said so.
func roomSays(v *page.View, d Destination) string {
	if d.PlacesAt.IsZero() {
		return v.T("handoff.desk.room-unsaid")
	}
	return v.N("handoff.desk.room-said", int(d.Places), "When", v.When(d.PlacesAt))
}
