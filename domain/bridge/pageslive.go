package bridge

import (
	"net/url"
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/flow"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// momentForm is the page by which a ward asks.
type momentForm struct {
	Ward     Ward
	Live     Live
	Token    string
	Act      string
	Problems []page.Problem
}

func momentDoc(v *page.View, f momentForm) page.Doc {
	return page.Doc{Title: v.T("bridge.live.doc-title"), Kind: page.Outsider, Body: momentBody(v, f), Narrow: true}
}

func momentsDoc(v *page.View, act string, st LiveStatus) page.Doc {
	d := page.Doc{Title: v.T("bridge.live.doc-title"), Kind: page.Outsider, Body: momentsBody(v, act, st), Narrow: true}
	if !st.Over() {
		d.Live = "/moments/" + st.Token + "/live"
	}
	return d
}

func liveDoc(v *page.View, l LiveList) page.Doc {
	return page.Doc{Title: v.T("bridge.live.title"), Kind: page.Worker, Body: liveBody(v, l), Narrow: true}
}

func liveOneDoc(v *page.View, act string, st LiveStatus) page.Doc {
	return page.Doc{Title: v.T("bridge.live.title"), Kind: page.Worker, Body: liveOneBody(v, act, st), Narrow: true}
}

func livePath(l ref.Live) string { return "/live/" + url.PathEscape(string(l)) }

func aboutWords(v *page.View, about string) string {
	return v.Text(AboutWords(about))
}

// state is how the ward's page calls it: by its state, or that it takes too
// long.
func (s LiveStatus) state() string {
	if s.Overdue() && s.State != LiveHeld {
		return "overdue"
	}
	return s.State
}

// lead says what happens next, and with which number to help oneself.
func (s LiveStatus) lead(v *page.View) string {
	key := "bridge.live.lead-" + s.state()
	if s.State == None && s.EndedBy != "system" {
		key += "-told" // someone who answers for the peers ended it
	}
	if s.Ward.Duty != "" && (s.Overdue() || s.State == None || s.State == LiveHeld) {
		return v.T(key+"-duty", "Duty", ui.Apart(s.Ward.Duty))
	}
	switch {
	case s.State == Asked && s.Standing.Alone:
		return v.T("bridge.live.lead-alone")
	case s.State == Asked && s.Standing.Phone:
		return v.T("bridge.live.lead-phone")
	case s.State == Asked && s.Standing.Unheard:
		return v.T("bridge.live.lead-unheard")
	}
	return v.T(key)
}

// lines are how the asking goes.
func (s LiveStatus) lines(v *page.View) []string {
	if s.Standing.Lines == nil {
		return nil
	}
	return s.Standing.Lines(v)
}

// calls reports whether it is time to call the telephone of those on duty.
func (s LiveStatus) calls() bool {
	return s.Ward.Duty != "" && (s.Overdue() || s.State == None || s.State == LiveHeld || !s.Standing.hopes())
}

// reaches reports whether a ward that waits for a yes has a number to call besides.
func (s LiveStatus) reaches() bool { return s.Ward.Duty != "" && s.State == Asked }

// callTone is how much the number stands out.
func (s LiveStatus) callTone() ui.ButtonTone { return liveTone(!s.calls()) }

// path is the way of a request: asked, a yes, there.
func (s LiveStatus) path(v *page.View) ui.PathProps {
	stones := []ui.Stone{
		{Words: v.T("bridge.live.stone-asked"), At: s.AskedAt, Walk: ui.Walked},
		{Words: v.T("bridge.live.stone-yes"), At: s.TakenAt, Walk: ui.Ahead},
		{Words: v.T("bridge.live.stone-there"), Walk: ui.Ahead},
	}
	switch s.State {
	case LiveHeld, Asked:
		stones[0].Walk = ui.Lit
	case Coming:
		stones[1].Walk = ui.Lit
	case Came:
		stones[1].Walk, stones[2].Walk, stones[2].At = ui.Walked, ui.Lit, s.EndedAt
	}
	return ui.PathProps{Label: v.T("bridge.live.doc-title"), Stones: stones}
}

// steps are what a role can do with it now.
func (l Live) steps(role string) []flow.Step[Live] { return LiveFlow().Next(l.State, role) }

// stepsOf are what someone who works here can do with it now.
func (l Live) stepsOf(role, account string) []flow.Step[Live] {
	return slices.DeleteFunc(l.steps(role), func(s flow.Step[Live]) bool { return l.theirsOnly(s.Name, role, account) })
}

func liveTone(aside bool) ui.ButtonTone {
	if aside {
		return ui.Quiet
	}
	return ui.Go
}

func roleOf(v *page.View) string {
	if v.Signed == nil {
		return ""
	}
	return v.Signed.Role
}

// facts are what a peer needs to know before they go.
func (s LiveStatus) facts(v *page.View) []ui.Fact {
	var out []ui.Fact
	for _, name := range []string{"about", "whereabouts", "language"} {
		f, _ := Lives().Field(name)
		if words := f.Value(&s.Live, v.Words, time.UTC); words != "" {
			out = append(out, ui.Fact{Label: v.T("bridge.live.fact-" + name), Value: words})
		}
	}
	return out
}

func (l LiveList) says(v *page.View, st LiveStatus) string {
	if name := l.Names[st.Peer]; name != "" {
		return v.T("bridge.live.goes", "Name", ui.Apart(name), "When", v.When(st.TakenAt))
	}
	return v.T("bridge.live.since", "When", v.When(st.AskedAt))
}

// counts say how the last month's ended.
func (l LiveList) counts(v *page.View) []ui.Fact {
	var out []ui.Fact
	for _, state := range []string{Came, None, NotNeeded} {
		out = append(out, ui.Fact{Label: v.Text(liveWords(state)), Value: v.N("bridge.live.times", l.Ended[state])})
	}
	return out
}
