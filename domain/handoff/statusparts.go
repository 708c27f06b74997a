package handoff

import (
	"fmt"
	"time"

	"github.com/a-h/templ"

	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func minutes(d time.Duration) int { return int(d / time.Minute) }

// statusOver stands above the title: where they are, if it was said, and the
// code for the next shift.
func statusOver(v *page.View, st Status) string {
	code := v.T("handoff.status.code", "Code", ui.Apart(st.Code))
	if st.Where == "" {
		return code
	}
	return ui.Apart(st.Where) + " · " + code
}

// stageTitle and stageLead say how the ask stands, to whoever asked.
func stageTitle(v *page.View, st Status) string {
	switch {
	case st.Overdue && st.Stage != Held:
		return v.T("handoff.status.overdue")
	case unanswered(st):
		return v.T("handoff.status.unanswered")
	}
	return v.T("handoff.status." + st.Stage)
}

// callsDuty reports whether it is time to call the telephone of those on duty.
func callsDuty(st Status) bool {
	return st.Site.Duty != "" && (st.Stage == Held || st.Overdue || unanswered(st))
}

func stageLead(v *page.View, st Status) string {
	switch {
	case st.Stage == Held && callsDuty(st):
		return v.T("handoff.status.held-duty", "Duty", ui.Apart(st.Site.Duty))
	case unanswered(st):
		return v.T(unansweredKey(st), "Duty", ui.Apart(st.Site.Duty))
	case callsDuty(st):
		return v.T("handoff.status.overdue-lead", "Duty", ui.Apart(st.Site.Duty))
	case st.Overdue && st.Stage == Requested && st.Standing.Alone():
		return v.T("handoff.status.overdue-alone")
	case st.Overdue && st.Stage != Held:
		return v.T("handoff.status.overdue-nophone")
	case st.Stage == OnTheWay:
		return v.T("handoff.status.on_the_way-lead", "Time", v.Clock(st.Expected))
	case st.Later != "":
		return v.T("handoff.status.later-" + st.Later)
	}
	return v.T("handoff.status." + st.Stage + "-lead")
}

func stageRing(v *page.View, st Status) templ.Component {
	if st.Stage == Met || st.Stage == NotNow || st.Stage == NotFound {
		return nil
	}
	tone := ui.Soft
	if st.Overdue || unanswered(st) {
		tone = ui.Lamp
	}
	return ring(v, v.Now.Sub(st.AskedAt), st.DueAt.Sub(st.AskedAt), tone, true)
}

// ring shows how long someone has waited of what was promised.
func ring(v *page.View, waited, promised time.Duration, tone ui.Tone, big bool) templ.Component {
	n := minutes(max(0, waited))
	return ui.Ring(ui.RingProps{
		Value: n, Of: max(1, minutes(promised)), Unit: v.T("handoff.board.min"), Tone: tone, Big: big,
		Says: fmt.Sprintf("%d %s", n, v.T("handoff.status.minutes")),
	})
}

// askerPath is the path as far as the asker may see it.
func askerPath(v *page.View, st Status) ui.PathProps {
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
		return ui.PathProps{Label: v.T("handoff.status.title"), Stones: walked(stones, stone(st.Stage), st.Stage != NotFound)}
	}
	stones[3].Words = v.T("handoff.status.have-met") // it is read for three days: not that they are together now
	return ui.PathProps{Label: v.T("handoff.status.title"), Stones: walked(stones, 3, false)}
}

// stone is which of the first four stones a state lights.
func stone(state string) int {
	switch state {
	case Held, Requested:
		return 0
	case Acknowledged:
		return 1
	case OnTheWay, NotFound:
		return 2
	}
	return 3
}

// walked marks the stones before the last one reached as walked and those after it as
// ahead. That one is lit where it is so now; otherwise it was walked, too.
func walked(stones []ui.Stone, last int, now bool) []ui.Stone {
	for i := range stones {
		switch {
		case i < last || i == last && !now:
			stones[i].Walk = ui.Walked
		case i == last:
			stones[i].Walk = ui.Lit
		default:
			stones[i].Walk = ui.Ahead
		}
	}
	return stones
}

// askersNumber asks whoever asked for a number that the person gave them. Whether one
// is known here already is not theirs to learn.
func askersNumber() Question {
	q := question("reach_on")
	q.Hint = i18n.Text{
		EN: "Only if they gave you one for this.",
		ES: "Solo si se lo dio para esto.",
		AR: "فقط إن أعطاك رقما لهذا.",
	}
	return q
}
