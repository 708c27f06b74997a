package handoff

import (
	"strconv"
	"strings"
	"time"

	"alongside/domain/people"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func ackWords(v *page.View) string {
	for _, s := range Flow().Steps {
		if s.Name == StepAck {
			return v.Text(s.Label)
		}
	}
	return ""
}

func walkingSays(v *page.View, c Card) string {
	if c.Peer != "" {
		return v.T("handoff.board.goes", "Peer", c.Peer)
	}
	return ""
}

func walkingTags(v *page.View, c Card) []ui.TagProps {
	tags := []ui.TagProps{{Words: stateWords(v, c.State)}}
	if c.Overdue(v.Now) {
		tags = append(tags, ui.TagProps{Words: v.T("handoff.board.late"), Tone: ui.Lamp})
	}
	return append(tags, ui.TagProps{Words: v.Text(c.Person.SafeContact())})
}

// viewTitle never names the person in the page's title, only on the page.
func viewTitle(v *page.View, d Detail) string {
	return cardTitle(v, Card{Handoff: d.Handoff, Name: d.Person.Name, Site: d.Site.Name})
}

// facts are the fields of a hand-off and its person that have something to say
// and stand nowhere else on the page.
func facts(v *page.View, d Detail) []ui.Fact {
	role := ""
	if v.Signed != nil {
		role = v.Signed.Role
	}
	zone := v.Local(v.Now).Location()
	shown := append(Handoffs().Show(&d.Handoff, v.Words, zone, role), personal(v, d, zone, role)...)
	var out []ui.Fact
	for _, s := range shown {
		if !placed(s.Column) {
			out = append(out, ui.Fact{Label: s.Label, Value: s.Value})
		}
	}
	if d.PeerName != "" {
		out = append(out, ui.Fact{Label: v.Text(i18n.Text{EN: "Peer", ES: "Par", AR: "المرافق"}), Value: d.PeerName})
	}
	return out
}

// placed are the fields that stand elsewhere on the page: the state above the
// title, every time on the path, what is safe beside the telephone.
func placed(column string) bool {
	return strings.HasSuffix(column, "_at") || column == "state" || column == "events" || column == "safety"
}

func stepTone(step string, first bool) ui.ButtonTone {
	switch {
	case step == StepClose:
		return ui.Harm
	case first:
		return ui.Go
	}
	return ui.Quiet
}

func needHint(v *page.View, name string) string {
	if name == "days" {
		return v.T("handoff.view.consent-says")
	}
	return ""
}

func needDefault(name string) string {
	return map[string]string{"minutes": "15", "days": "30", "present": "3"}[name]
}

func destinationOptions(list []Destination) []ui.OptionProps {
	out := make([]ui.OptionProps, len(list))
	for i, d := range list {
		out[i] = ui.OptionProps{Value: string(d.ID), Label: d.Name, Hint: d.About}
	}
	return out
}

// needChoice is a question of a step whose answers are a list.
func needChoice(v *page.View, f viewForm, name, say string) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: name, Say: say}
	lists := map[string][]field.Option{
		"answer": Answers(), "mode": Modes(), "connected_source": ConnSources(), "contact": Contacts(),
		"declined_reason": NotNowReasons(), "closed_reason": Endings(),
	}
	keys := map[string]string{
		"answer": "answer", "mode": "mode", "connected_source": "source", "contact": "contact",
		"declined_reason": "reason", "closed_reason": "ending", "how": "how", "asked_by": "asked-by", "corrects": "corrects",
	}
	p.Label = v.T("handoff.view." + keys[name])
	switch name {
	case "how":
		p.Options = []ui.OptionProps{{Value: "spoken", Label: v.T("handoff.view.how-spoken")}, {Value: "signed", Label: v.T("handoff.view.how-signed")}}
	case "asked_by":
		p.Options = []ui.OptionProps{{Value: "person", Label: v.T("handoff.view.asked-person")}, {Value: "contact", Label: v.T("handoff.view.asked-contact")}}
	case "corrects":
		p.Options = eventOptions(v, f.Detail)
	default:
		p.Options = options(v, lists[name])
	}
	if name == "contact" {
		p.Values = []string{ContactNone}
	}
	return p
}

func eventOptions(v *page.View, d Detail) []ui.OptionProps {
	var out []ui.OptionProps
	for i, e := range entries(v, d) {
		if d.Events[i].Step != StepCorrect {
			out = append(out, ui.OptionProps{Value: strconv.FormatInt(d.Events[i].Seq, 10), Label: e.Words, Hint: v.When(e.At)})
		}
	}
	return out
}

// arriveStep is what the service can do by its link in a state, if anything.
func arriveStep(state string) string {
	switch state {
	case Consented:
		return StepAccept
	case Introduced:
		return StepConnect
	}
	return ""
}

func arriveWords(v *page.View, step string) string {
	if step == StepAccept {
		return v.T("handoff.arrive.accept")
	}
	return v.T("handoff.arrive.arrived")
}

func arriveSays(v *page.View, state string) string {
	switch state {
	case Consented:
		return v.T("handoff.arrive.open-ask")
	case Accepted:
		return v.T("handoff.arrive.accepted")
	case Introduced:
		return v.T("handoff.arrive.introduced")
	case Connected:
		return v.T("handoff.arrive.connected")
	}
	return v.T("handoff.arrive.open")
}

func personal(v *page.View, d Detail, zone *time.Location, role string) []field.Shown {
	return people.Persons().Show(&d.Person, v.Words, zone, role)
}
