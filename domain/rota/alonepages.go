package rota

import (
	"strconv"

	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// aloneForm is the page of someone who goes out alone. It looks the same
// whether or not they asked for help.
type aloneForm struct {
	Alone
	Act      string
	Problems []page.Problem
}

func (f aloneForm) isOut() bool {
	return f.State != "" && f.State != AloneBack && f.State != AloneCall
}

func (f aloneForm) lead(v *page.View) string {
	if f.isOut() {
		return v.T("rota.alone.lead-out")
	}
	return v.T("rota.alone.lead")
}

func (f aloneForm) goTitle(v *page.View) string {
	if f.isOut() {
		return v.T("rota.alone.longer")
	}
	return v.T("rota.alone.leave")
}

func (f aloneForm) minutes(v *page.View) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: "minutes", Label: v.T("rota.alone.minutes"), Values: []string{"60"}, Say: page.ProblemOf(f.Problems, "minutes")}
	for _, n := range []int{30, 60, 90, 120, 240} {
		p.Options = append(p.Options, ui.OptionProps{Value: strconv.Itoa(n), Label: inTime(v, n)})
	}
	return p
}

// inTime is so many minutes from now, in the words people use.
func inTime(v *page.View, minutes int) string {
	switch hours := minutes / 60; {
	case minutes%60 == 0:
		return v.N("rota.alone.in-hours", hours)
	case minutes%60 == 30 && hours > 0:
		return v.N("rota.alone.in-half", hours)
	}
	return v.N("rota.alone.in", minutes)
}

func (f aloneForm) where(v *page.View) ui.FieldProps {
	d, _ := Alones().Field("place")
	return ui.FieldProps{Name: "place", Label: v.Text(d.Label), Hint: v.Text(d.Hint), Max: d.Limit, Optional: true}
}

// hardForm is what helps after a hard call.
type hardForm struct {
	Listeners []Listener
	Done      bool
	Other     bool // whom they asked works here no more
	Act       string
	Problems  []page.Problem
}

func (f hardForm) who(v *page.View) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: "listener", Label: v.T("rota.hard.who"), Optional: true, Say: page.ProblemOf(f.Problems, "listener")}
	for _, l := range f.Listeners {
		p.Options = append(p.Options, ui.OptionProps{Value: string(l.ID), Label: l.Name})
	}
	return p
}

// lacks are the problems of the form. Where there is nobody to talk to, nobody is asked
// for: then the days are what lacks.
func (f hardForm) lacks(v *page.View) []page.Problem {
	if len(f.Listeners) > 0 || len(f.Problems) == 0 {
		return f.Problems
	}
	return []page.Problem{{Field: "days", Say: v.T("rota.error.hard-days")}}
}

func (f hardForm) days(v *page.View) ui.ChoiceProps {
	p := ui.ChoiceProps{
		Name: "days", Label: v.T("rota.hard.days"), Hint: v.T("rota.hard.days-hint"), Values: []string{"0"}, Say: page.ProblemOf(f.Problems, "days"),
	}
	for n := range restDays + 1 {
		p.Options = append(p.Options, ui.OptionProps{Value: strconv.Itoa(n), Label: daysOff(v, n)})
	}
	return p
}

func daysOff(v *page.View, n int) string {
	if n == 0 {
		return v.T("rota.hard.off-none")
	}
	return v.N("rota.hard.off", n)
}

func (f mineForm) gender(v *page.View) ui.ChoiceProps {
	d, _ := Peers().Field("gender")
	options := append(optionsOf(v, d.Options), ui.OptionProps{Label: v.T("rota.mine.unsaid")})
	return ui.ChoiceProps{
		Name: "gender", Label: v.Text(d.Label), Hint: v.Text(d.Hint), Values: []string{f.Peer.Gender}, Options: options, Say: page.ProblemOf(f.Problems, "gender"),
	}
}

func workDoc(title string, d page.Doc) page.Doc {
	d.Title, d.Kind, d.Narrow = title, page.Worker, true
	return d
}

func aloneDoc(v *page.View, f aloneForm) page.Doc {
	return workDoc(v.T("rota.alone.title"), page.Doc{Body: aloneBody(v, f)})
}

func hardDoc(v *page.View, f hardForm) page.Doc {
	return workDoc(v.T("rota.hard.title"), page.Doc{Body: hardBody(v, f)})
}

func talkDoc(v *page.View, act string, with Listener) page.Doc {
	return workDoc(v.T("rota.hard.title"), page.Doc{Body: talkBody(v, act, with)})
}
