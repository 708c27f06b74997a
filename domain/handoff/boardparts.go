package handoff

import (
	"strings"

	"github.com/a-h/templ"

	"alongside/domain/people"
	"alongside/platform/field"
	"alongside/platform/flow"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// counted is a count in words, and says where counting ended.
func counted(v *page.View, key string, n int64) string {
	says := v.N(key, int(n))
	if n >= MostCounted {
		return v.T("handoff.board.at-least", "Says", says)
	}
	return says
}

func ackWords(v *page.View) string {
	for _, s := range Flow().Steps {
		if s.Name == StepAck {
			return v.Text(s.Label)
		}
	}
	return ""
}

// cardTitle names who waits: the name they use if there is one, otherwise
// someone, and where.
func cardTitle(v *page.View, c Card) string {
	door := ""
	if c.Source == DoorPerson || c.Source == DoorFamily {
		door = "-" + c.Source // they came by themselves: the door's name says nothing
	}
	site := ui.Apart(c.Site)
	title := v.T("handoff.board.someone"+door, "Site", site)
	if c.Name != "" {
		title = v.T("handoff.board.named"+door, "Name", ui.Apart(c.Name), "Site", site)
	}
	if c.Where != "" {
		title = v.T("handoff.board.where", "Who", title, "Where", ui.Apart(c.Where))
	}
	return title
}

func cardSays(v *page.View, c Card) string {
	says := []string{v.T("handoff.board." + or(c.Answer, Answers(), "not_asked"))}
	if c.Language != "" {
		f := field.Field[Handoff]{Options: people.Languages()}
		says = append(says, v.T("handoff.board.speaks", "Language", v.Text(f.Option(c.Language))))
	}
	if c.Source == doorPhone {
		f := field.Field[Handoff]{Options: Sources()}
		says = append(says, v.T("handoff.board.came", "By", v.Text(f.Option(c.Source))))
	}
	return strings.Join(says, " · ")
}

func cardTags(v *page.View, c Card) []ui.TagProps {
	if c.Overdue(v.Now) {
		return []ui.TagProps{{Words: v.T("handoff.board.late"), Tone: ui.Lamp}}
	}
	return []ui.TagProps{{Words: v.T("handoff.board.waiting"), Tone: ui.Lamp}}
}

// stoodTags are cardTags for who cannot go themselves: nobody waits for them.
func stoodTags(v *page.View, c Card) []ui.TagProps {
	if c.Overdue(v.Now) {
		return cardTags(v, c)
	}
	return []ui.TagProps{{Words: stateWords(v, c.State), Tone: ui.Lamp}}
}

func cardRing(v *page.View, c Card) templ.Component {
	return ring(v, c.Waited(v.Now), c.DueAt.Sub(c.RequestedAt), ui.Lamp, false)
}

func walkingSays(v *page.View, c Card) string {
	if c.Peer != "" {
		return v.T("handoff.board.goes", "Peer", ui.Apart(c.Peer))
	}
	return ""
}

// nextSays is what comes next on a hand-off of one's own.
func nextSays(v *page.View, steps *flow.Flow[Facts], c Card) string {
	on, _ := ahead(fromSilence(timely(*c.Handoff, v.Now, steps.Next(c.State, "peer")), *c.Handoff))
	if len(on) == 0 {
		return ""
	}
	return v.T("handoff.board.next", "Step", v.Text(on[0].Label))
}

func walkingTags(v *page.View, c Card) []ui.TagProps {
	tags := []ui.TagProps{{Words: stateWords(v, c.State)}}
	if c.Overdue(v.Now) {
		tags = append(tags, ui.TagProps{Words: v.T("handoff.board.late"), Tone: ui.Lamp})
	}
	return append(tags, ui.TagProps{Words: v.Text(c.Person.SafeContact())})
}

func stateWords(v *page.View, state string) string {
	for _, s := range States() {
		if s.Name == state {
			return v.Text(s.Label)
		}
	}
	return state
}

func siteOptions(sites []Site) []ui.OptionProps {
	out := make([]ui.OptionProps, len(sites))
	for i, s := range sites {
		out[i] = ui.OptionProps{Value: string(s.ID), Label: s.Name}
	}
	return out
}

// momentSays is what a ward asks for, and since when.
func momentSays(v *page.View, m Moment) string {
	key := "handoff.board.moment-since"
	if m.Goes {
		key = "handoff.board.moment-goes"
	}
	return v.T(key, "About", v.Text(m.About), "When", v.When(m.Asked))
}

func momentTags(v *page.View, m Moment) []ui.TagProps {
	if m.Goes || v.Now.Before(m.Due) {
		return nil
	}
	return []ui.TagProps{{Words: v.T("handoff.board.late"), Tone: ui.Lamp}}
}
