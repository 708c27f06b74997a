package handoff

import (
	"fmt"
	"strings"
	"time"

	"github.com/a-h/templ"

	"alongside/domain/people"
	"alongside/platform/field"
	"alongside/platform/flow"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func askDoc(v *page.View, f askForm) page.Doc {
	return page.Doc{Title: v.T("handoff.ask.title"), Kind: page.Outsider, Body: askBody(v, f)}
}

func statusDoc(v *page.View, token, act string, st Status) page.Doc {
	return page.Doc{
		Title: v.T("handoff.status.title"), Kind: page.Outsider, Live: "/asked/" + token + "/live",
		Body: statusPart(v, token, act, st),
	}
}

func boardDoc(v *page.View, act string, b Board) page.Doc {
	return page.Doc{Title: v.T("handoff.board.title"), Kind: page.Worker, Live: "/board/live", Body: boardPart(v, act, b)}
}

func unaskedDoc(v *page.View, cards []Card) page.Doc {
	return page.Doc{Title: v.T("handoff.board.unasked-title"), Kind: page.Worker, Body: unaskedBody(v, cards)}
}

func viewDoc(v *page.View, f viewForm) page.Doc {
	return page.Doc{Title: v.T("handoff.view.title"), Kind: page.Worker, Body: viewBody(v, f)}
}

func arriveDoc(v *page.View, token, act string, a Arrival) page.Doc {
	return page.Doc{Title: v.T("handoff.arrive.title"), Kind: page.Outsider, Body: arriveBody(v, token, act, a)}
}

// field is a field of the asker's form, in the reader's words.
func (f askForm) field(v *page.View, column string) ui.FieldProps {
	h, _ := Handoffs().Field(column)
	return ui.FieldProps{
		Name: column, Label: v.Text(h.Label), Hint: v.Text(h.Hint), Max: h.Limit, Optional: !h.Required,
		Value: h.Value(&f.Ask, v.Words, time.UTC), Say: page.ProblemOf(f.Problems, column),
	}
}

func (f askForm) choice(v *page.View, column string) ui.ChoiceProps {
	h, _ := Handoffs().Field(column)
	chosen := ""
	if p, ok := h.At(&f.Ask).(*string); ok {
		chosen = *p
	}
	return ui.ChoiceProps{
		Name: column, Label: v.Text(h.Label), Hint: v.Text(h.Hint), Values: []string{chosen}, Optional: !h.Required,
		Options: options(v, h.Options), Say: page.ProblemOf(f.Problems, column), Big: h.Required,
	}
}

func options(v *page.View, list []field.Option) []ui.OptionProps {
	out := make([]ui.OptionProps, len(list))
	for i, o := range list {
		out[i] = ui.OptionProps{Value: o.Value, Label: v.Text(o.Label)}
	}
	return out
}

func minutes(d time.Duration) int { return int(d / time.Minute) }

// stageTitle and stageLead say how the ask stands, to whoever asked.
func stageTitle(v *page.View, st Status) string {
	if st.Overdue {
		return v.T("handoff.status.overdue")
	}
	return v.T("handoff.status." + st.Stage)
}

func stageLead(v *page.View, st Status) string {
	switch {
	case st.Overdue && st.Site.Duty != "":
		return v.T("handoff.status.overdue-lead", "Duty", st.Site.Duty)
	case st.Overdue:
		return v.T("handoff.status.overdue-nophone")
	case st.Stage == OnTheWay:
		return v.T("handoff.status.on_the_way-lead", "Time", v.Clock(st.Expected))
	case st.Later != "":
		return v.T("handoff.status.later-" + st.Later)
	}
	return v.T("handoff.status." + st.Stage + "-lead")
}

func stageRing(v *page.View, st Status) templ.Component {
	if st.Stage == Met || st.Stage == NotNow {
		return nil
	}
	waited := minutes(max(0, v.Now.Sub(st.AskedAt)))
	tone := ui.Soft
	if st.Overdue {
		tone = ui.Lamp
	}
	return ui.Ring(ui.RingProps{
		Value: waited, Of: minutes(st.DueAt.Sub(st.AskedAt)), Unit: v.T("handoff.board.min"), Tone: tone, Big: true,
		Says: fmt.Sprintf("%d %s", waited, v.T("handoff.status.minutes")),
	})
}

// askerPath is the path as far as the asker may see it.
func askerPath(v *page.View, st Status) ui.PathProps {
	order := []string{Requested, Acknowledged, OnTheWay, Met}
	at := 0
	for i, s := range order {
		if s == st.Stage {
			at = i
		}
	}
	stones := []ui.Stone{
		{Words: v.T("handoff.status.you-asked"), At: st.AskedAt},
		{Words: v.T("handoff.status.said-yes"), At: st.AckAt},
		{Words: v.T("handoff.status.coming")},
		{Words: v.T("handoff.status.with-them"), At: st.MetAt},
	}
	if !st.Expected.IsZero() && st.Stage == OnTheWay {
		stones[2].Note = v.T("handoff.status.expected", "Time", v.Clock(st.Expected))
	}
	if st.Stage != Met {
		stones[3].Note = v.T("handoff.status.will-show")
	}
	for i := range stones {
		stones[i].Walk = walk(i, at)
	}
	return ui.PathProps{Label: v.T("handoff.status.title"), Stones: stones}
}

func walk(i, at int) ui.Walk {
	switch {
	case i < at:
		return ui.Walked
	case i == at:
		return ui.Lit
	}
	return ui.Ahead
}

// cardTitle names who waits: the name they use if there is one, otherwise
// someone, and where.
func cardTitle(v *page.View, c Card) string {
	title := v.T("handoff.board.someone", "Site", c.Site)
	if c.Name != "" {
		title = v.T("handoff.board.named", "Name", c.Name, "Site", c.Site)
	}
	if c.Where != "" {
		title = v.T("handoff.board.where", "Who", title, "Where", c.Where)
	}
	return title
}

func cardSays(v *page.View, c Card) string {
	says := []string{v.T("handoff.board." + or(c.Answer, Answers(), "not_asked"))}
	if c.Language != "" {
		f := field.Field[Handoff]{Options: people.Languages()}
		says = append(says, v.T("handoff.board.speaks", "Language", v.Text(f.Option(c.Language))))
	}
	return strings.Join(says, " · ")
}

func cardTags(v *page.View, c Card) []ui.TagProps {
	if c.Overdue(v.Now) {
		return []ui.TagProps{{Words: v.T("handoff.board.late"), Tone: ui.Lamp}}
	}
	return []ui.TagProps{{Words: v.T("handoff.board.waiting"), Tone: ui.Lamp}}
}

func cardRing(v *page.View, c Card) templ.Component {
	waited := minutes(c.Waited(v.Now))
	return ui.Ring(ui.RingProps{
		Value: waited, Of: max(1, minutes(c.DueAt.Sub(c.RequestedAt))), Unit: v.T("handoff.board.min"), Tone: ui.Lamp,
		Says: fmt.Sprintf("%d %s", waited, v.T("handoff.status.minutes")),
	})
}

func stateWords(v *page.View, state string) string {
	for _, s := range States() {
		if s.Name == state {
			return v.Text(s.Label)
		}
	}
	return state
}

// entries is the timeline, oldest first, each with who and what.
func entries(v *page.View, d Detail) []ui.Entry {
	words := map[string]string{}
	for _, s := range Flow().Steps {
		words[s.Name] = v.Text(s.Done)
	}
	fixed := map[int64]bool{}
	for _, e := range d.Events {
		if e.Step == StepCorrect {
			fixed[e.Corrects] = true
		}
	}
	out := make([]ui.Entry, len(d.Events))
	for i, e := range d.Events {
		out[i] = ui.Entry{At: e.At, Words: words[e.Step], Who: d.Actors[accountOf(e)], Note: noteOf(v, e), Corrected: fixed[e.Seq]}
	}
	return out
}

// noteOf is what an entry adds to its step: the choice that was made, in words,
// and the note.
func noteOf(v *page.View, e Event) string {
	lists := map[string][]field.Option{
		StepAsk: Answers(), StepConfirm: Answers(), StepIntro: Modes(), StepConnect: ConnSources(),
		StepShown: ConnSources(), StepNotNow: NotNowReasons(), StepClose: Endings(),
	}
	var parts []string
	for _, o := range lists[e.Step] {
		if o.Value == e.Value {
			parts = append(parts, v.Text(o.Label))
		}
	}
	if e.Note != "" {
		parts = append(parts, e.Note)
	}
	return strings.Join(parts, " · ")
}

// ahead splits the next steps: the way on, and the ways aside.
func ahead(d Detail) (on, aside []flow.Step[Facts]) {
	for _, s := range d.Next {
		switch s.Name {
		case StepNotNow, StepClose, StepCorrect, StepGiveBack:
			aside = append(aside, s)
		default:
			on = append(on, s)
		}
	}
	return on, aside
}
