package handoff

import (
	"slices"
	"strconv"
	"time"

	"alongside/domain/people"
	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// triesBeforeOut is how often nobody answers before the page points to "we have
// not heard from them".
const triesBeforeOut = 3

// followForm is the list of follow-ups with the form that has a problem.
type followForm struct {
	List     []Due
	Act      string
	Which    string // the follow-up whose form has a problem
	Step     string
	Problems []page.Problem
	Plans    bool // may say when follow-ups fall due
}

type followPart struct {
	Words string
	List  []Due
	Rest  []Due // folded
}

// unfolded is how many of those that are not open now stand on the list at once.
const unfolded = 3

func (p followPart) fold() followPart {
	if len(p.List) > unfolded {
		p.List, p.Rest = p.List[:unfolded], p.List[unfolded:]
	}
	return p
}

// asks reports whether the question what came of it stands there unfolded: to
// the peer whose it is, while its days last, and where an answer lacks something.
func (f followForm) asks(v *page.View, d Due) bool {
	peers := v.Signed != nil && v.Signed.Role == "peer"
	return peers && d.Open(v.Now) || f.Which == d.Which()
}

// has reports whether the follow-up of that name is among those folded.
func (p followPart) has(which string) bool {
	return slices.ContainsFunc(p.Rest, func(d Due) bool { return d.Which() == which })
}

// parts are the follow-ups by their windows: open, to come, closed.
func (f followForm) parts(v *page.View) []followPart {
	late, now, soon := followPart{Words: v.T("handoff.follow.late")}, followPart{Words: v.T("handoff.follow.now")}, followPart{Words: v.T("handoff.follow.soon")}
	for _, d := range f.List {
		switch {
		case d.Late(v.Now):
			late.List = append(late.List, d)
		case d.Open(v.Now):
			now.List = append(now.List, d)
		default:
			soon.List = append(soon.List, d)
		}
	}
	var out []followPart
	for _, p := range []followPart{now, soon.fold(), late.fold()} {
		if len(p.List) > 0 {
			out = append(out, p)
		}
	}
	return out
}

func dueID(u FollowUp) string      { return "f-" + string(u.Handoff) + "-" + u.Which() }
func followPath(u FollowUp) string { return "/followups/" + string(u.Handoff) + "/" + u.Which() }

func dueTitle(v *page.View, d Due) string {
	if d.Name == "" {
		return v.T("handoff.board.someone", "Site", d.Site)
	}
	return v.T("handoff.board.named", "Name", d.Name, "Site", d.Site)
}

// window is when a follow-up fits: days, and hours only where it is a matter of hours.
func window(v *page.View, u FollowUp) string {
	say := v.OnDay
	if u.ClosesAt.Sub(u.OpensAt) < 2*day*time.Hour {
		say = v.Whenever
	}
	return v.T("handoff.follow.window", "From", say(u.OpensAt), "Until", say(u.ClosesAt))
}

// followTitle is one follow-up on a hand-off's page: when it fits, and what was tried.
func followTitle(v *page.View, u FollowUp) string {
	title := v.Text(u.Reason()) + ": " + window(v, u)
	if u.Tries > 0 {
		title += " · " + v.N("handoff.follow.tries", int(u.Tries))
	}
	return title
}

func dueSays(v *page.View, u FollowUp) string { return v.Text(u.Reason()) + " · " + window(v, u) }

// dueTags say what the person allowed before anything else.
func dueTags(v *page.View, d Due) []ui.TagProps {
	tags := []ui.TagProps{{Words: v.Text(d.Person.SafeContact())}}
	if d.Stage == OutOfTouch || d.Stage == NotNow {
		tags = append(tags, ui.TagProps{Words: stateWords(v, d.Stage)})
	}
	if d.Agreed() {
		f := field.Field[Handoff]{Options: Contacts()}
		tags = append(tags, ui.TagProps{Words: v.Text(f.Option(d.Contact)), Tone: ui.Lamp})
	}
	if d.Agreed() && d.Person.Phone == "" && d.Contact != ContactReturn {
		tags = append(tags, ui.TagProps{Words: v.T("handoff.follow.no-number"), Tone: ui.Lamp})
	}
	if d.Tries > 0 {
		tags = append(tags, ui.TagProps{Words: v.N("handoff.follow.tries", int(d.Tries)), Tone: ui.Lamp})
	}
	if d.PeerIs != "" && v.Signed != nil && v.Signed.Role != "peer" {
		tags = append(tags, ui.TagProps{Words: d.PeerIs})
	}
	return tags
}

func stepLabel(v *page.View, step string) string {
	for _, s := range Flow().Steps {
		if s.Name == step {
			return v.Text(s.Label)
		}
	}
	return step
}

// problem is what is wrong with a question of the follow-up whose form was
// pressed.
func (f followForm) problem(u FollowUp, name string) string {
	if f.Which != u.Which() {
		return ""
	}
	return page.ProblemOf(f.Problems, ui.Key(dueID(u), name))
}

// channel offers no text to someone who has not said that one is fine, and no
// call to someone who asked for none.
func (f followForm) channel(v *page.View, u FollowUp, p people.Person) ui.ChoiceProps {
	q := question("channel").said(v, dueID(u), f.problem(u, "channel"))
	q.Options = slices.DeleteFunc(q.Options, func(o ui.OptionProps) bool {
		return o.Value == "texted" && !p.Texts || o.Value == "called" && p.NoCalls
	})
	return q
}

func (f followForm) movedTo(v *page.View, u FollowUp) ui.FieldProps {
	return question("moved_to").line(v, dueID(u), f.problem(u, "moved_to"), "datetime-local")
}

// programmeForm is the page on which a programme's follow-ups are set.
type programmeForm struct {
	Site     string
	Sites    []Site
	Rows     []Interval // as many as may be; those without hours are empty
	Act      string
	Problems []page.Problem
}

func programmeColumns() []string { return []string{"hours", "opens", "closes"} }

func (f programmeForm) site(v *page.View) ui.ChoiceProps {
	options := append([]ui.OptionProps{{Value: "", Label: v.T("handoff.programme.every")}}, siteOptions(f.Sites)...)
	return ui.ChoiceProps{Name: "site", Label: v.T("handoff.programme.site"), Values: []string{f.Site}, Options: options}
}

func (f programmeForm) number(v *page.View, row int, column string) ui.FieldProps {
	def, _ := Intervals().Field(column)
	value := ""
	if f.Rows[row].Hours > 0 {
		value = strconv.FormatInt(*def.At(&f.Rows[row]).(*int64), 10)
	}
	name := column + strconv.Itoa(row)
	return ui.FieldProps{
		Name: name, Label: v.Text(def.Label), Kind: "number", Value: value, Optional: true, Say: page.ProblemOf(f.Problems, name),
	}
}

func followsDoc(v *page.View, f followForm) page.Doc {
	return withProblems(page.Doc{Title: v.T("handoff.follow.title"), Kind: page.Worker, Body: followsBody(v, f), Narrow: true}, f.Problems)
}

func programmeDoc(v *page.View, f programmeForm) page.Doc {
	return withProblems(page.Doc{Title: v.T("handoff.programme.title"), Kind: page.Worker, Body: programmeBody(v, f), Narrow: true}, f.Problems)
}
