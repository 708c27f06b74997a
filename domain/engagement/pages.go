package engagement

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// todayForm is Today with the forms to put a line off.
type todayForm struct {
	Day
	Act      string
	Open     string // the line whose form has a problem
	Problems []page.Problem
}

// walkForm is a person's page with the form to text them.
type walkForm struct {
	Companionship
	Act      string
	Words    string // what was typed
	Problems []page.Problem
}

// noteForm is the form of a contact.
type noteForm struct {
	Companionship
	Contact  Contact // what was typed
	Act      string
	In       url.Values
	Problems []page.Problem
}

// oneForm is one contact with the form to put it right.
type oneForm struct {
	OneContact
	noteForm
}

// coverForm is the coverage with its forms.
type coverForm struct {
	Coverage
	Typed    Limits
	Open     ref.Person
	Act      string
	Problems []page.Problem
}

func todayDoc(v *page.View, f todayForm) page.Doc {
	return page.Doc{Title: v.T("engagement.today.title"), Kind: page.Worker, Body: todayBody(v, f), Narrow: true}
}

func caseloadDoc(v *page.View, list []Companion) page.Doc {
	return page.Doc{Title: v.T("engagement.caseload.title"), Kind: page.Worker, Body: caseloadBody(v, list), Narrow: true}
}

func walkDoc(v *page.View, f walkForm) page.Doc {
	return page.Doc{Title: v.T("engagement.walk.title"), Kind: page.Worker, Body: walkBody(v, f)}
}

func beforeDoc(v *page.View, c Companionship) page.Doc {
	return page.Doc{Title: v.T("engagement.before.title"), Kind: page.Worker, Body: beforeBody(v, c), Narrow: true}
}

// beforePath is where the story goes on before the last of these.
func (c Companionship) beforePath() string {
	return walkPath(c.Person.ID) + "/before/" + url.PathEscape(string(c.Contacts[len(c.Contacts)-1].ID))
}

func noteDoc(v *page.View, f noteForm) page.Doc {
	return page.Doc{Title: v.T("engagement.note.title"), Kind: page.Worker, Body: noteBody(v, f), Narrow: true}
}

func contactDoc(v *page.View, f oneForm) page.Doc {
	return page.Doc{Title: v.T("engagement.contact.title"), Kind: page.Worker, Body: contactBody(v, f), Narrow: true}
}

func apartDoc(v *page.View, c Contact) page.Doc {
	return page.Doc{Title: v.T("engagement.apart.title"), Kind: page.Worker, Body: apartBody(v, contactPath(c)), Narrow: true}
}

func coverageDoc(v *page.View, f coverForm) page.Doc {
	return page.Doc{Title: v.T("engagement.cover.title"), Kind: page.Worker, Body: coverBody(v, f), Narrow: true}
}

// nameOf is the name someone uses, or words where there is none.
func nameOf(v *page.View, p people.Person) string {
	if p.Name == "" {
		return v.T("engagement.no-name")
	}
	return p.Name
}

func ownLabel(v *page.View, t OwnTime) string {
	f, _ := OwnTimes().Field("sort")
	return v.Text(f.Option(t.Sort))
}

// peopleSays leads to those whom a peer walks with; a number says nothing where
// there is nobody yet.
func peopleSays(v *page.View, n int) string {
	if n == 0 {
		return v.T("engagement.caseload.title")
	}
	return v.N("engagement.today.people", n)
}

// todayLead says how much there is, without weight.
func todayLead(v *page.View, d Day) string {
	switch {
	case len(d.Lines) == 0:
		return ""
	case len(d.Lines) > atOnce:
		return v.T("engagement.today.most")
	}
	return v.N("engagement.today.count", len(d.Lines))
}

// atOnce is how many lines are shown before the rest is folded away: what
// presses most is at the top, and a long list helps nobody begin.
const atOnce = 8

func (f todayForm) first() []Line { return f.Lines[:min(atOnce, len(f.Lines))] }
func (f todayForm) rest() []Line  { return f.Lines[min(atOnce, len(f.Lines)):] }

// WhyCall is why a line stands on Today of somebody here who needs a call.
const WhyCall = "care-call"

// title is whom a line is about.
func (l Line) title(v *page.View) string {
	switch {
	case l.Why == WhyCall:
		return v.T("engagement.today.call")
	case l.Rank == Now:
		return v.T("engagement.today.now")
	case l.Item.Person == "":
		return v.T("engagement.today.own")
	}
	return nameOf(v, l.Person)
}

// says is why a line is here.
func (l Line) says(v *page.View) string {
	key := "engagement.why-" + l.Why
	when := v.When(l.At)
	if strings.HasPrefix(l.Why, "next-") {
		when = dayOf(v, l.At)
	}
	if l.closed(v) {
		return v.T(key+"-late", "Until", v.Date(l.Until))
	}
	kv := []any{"When", when, "Until", v.Date(l.Until), "What", ui.Apart(v.Text(l.What))}
	if l.Count > 0 {
		return v.N(key, int(l.Count), kv...)
	}
	return v.T(key, kv...)
}

// dayOf is a day in words, today too.
func dayOf(v *page.View, t time.Time) string {
	if day := v.Day(t); day != "" {
		return day
	}
	return v.T("engagement.day-today")
}

func (l Line) lamp() bool { return l.Rank <= Promise }

func (l Line) tags(v *page.View) []ui.TagProps {
	tone := ui.Soft
	if l.Rank <= Safety {
		tone = ui.Lamp
	}
	out := []ui.TagProps{{Words: v.T("engagement.rank-" + l.kind(v)), Tone: tone}}
	if l.Timed && l.Rank <= Promise && l.At.Before(v.Now) {
		out = append(out, ui.TagProps{Words: v.T("engagement.today.past"), Tone: ui.Lamp})
	}
	return out
}

// closed reports whether the days in which it was a good time are over.
func (l Line) closed(v *page.View) bool { return !l.Until.IsZero() && l.Until.Before(v.Now) }

// kind is the rank in its words. Who asked was promised nothing yet, and after
// its days it is no longer a good time, but still a fine one.
func (l Line) kind(v *page.View) string {
	switch {
	case l.Asked && l.Rank == Promise:
		return "asked"
	case l.closed(v):
		return "late"
	}
	return strconv.Itoa(int(l.Rank))
}

func (l Line) open(f todayForm) bool { return f.Open == l.Key }

func laterOptions(v *page.View, l Line) []ui.OptionProps {
	var out []ui.OptionProps
	for _, o := range ui.Options(v, Spans()) {
		if hours, err := strconv.Atoi(o.Value); err == nil && time.Duration(hours)*time.Hour <= longest(l.Rank) {
			out = append(out, o)
		}
	}
	return out
}

func weekFacts(v *page.View, t Together) []ui.Fact {
	return []ui.Fact{
		{Label: v.T("engagement.week.people"), Value: strconv.Itoa(t.People)},
		{Label: v.T("engagement.week.times"), Value: strconv.Itoa(t.Times)},
		{Label: v.T("engagement.week.tries"), Value: strconv.Itoa(t.Tries)},
		{Label: v.T("engagement.week.spent"), Value: length(v, int64(t.Spent/time.Minute))},
	}
}

// length is a time spent in words.
func length(v *page.View, minutes int64) string {
	h, m := minutes/60, minutes%60
	switch {
	case h == 0:
		return v.T("engagement.length-min", "Min", m)
	case m == 0:
		return v.T("engagement.length-hours", "Hours", h)
	}
	return v.T("engagement.length-both", "Hours", h, "Min", m)
}

// companionSays is how things stand with someone, in a line.
func companionSays(v *page.View, c Companion) string {
	out := v.T("engagement.caseload.since", "Day", v.Date(c.Walk.BeganAt))
	if !c.Standing.ReachedAt.IsZero() {
		out = v.T("engagement.caseload.last", "When", dayOf(v, c.Standing.ReachedAt))
	}
	if next := nextSays(v, c.Standing); next != "" {
		out += " · " + next
	}
	return out
}

func nextSays(v *page.View, st Standing) string {
	if st.Next == "" {
		return ""
	}
	f, _ := Standings().Field("next")
	out := v.Text(f.Option(st.Next))
	if !st.NextAt.IsZero() {
		out += ", " + dayOf(v, st.NextAt)
	}
	return out
}

func companionTags(v *page.View, c Companion) []ui.TagProps {
	out := []ui.TagProps{{Words: v.Text(c.Person.SafeContact())}}
	if c.Standing.Tries > 0 {
		out = append(out, ui.TagProps{Words: v.N("engagement.caseload.tries", int(c.Standing.Tries))})
	}
	return out
}

// problem is what is wrong with this line's form.
func (l Line) problem(f todayForm, name string) string {
	if !l.open(f) {
		return ""
	}
	return page.ProblemOf(f.Problems, name)
}

// of tells the forms of the lines apart. The one with a problem has the plain
// name, so that the summary leads to it.
func (l Line) of(f todayForm, n string) string {
	if l.open(f) {
		return ""
	}
	return "line-" + n
}

func contactLead(v *page.View, c OneContact) string {
	switch {
	case len(c.One.By) > 0:
		return v.T("engagement.contact.corrected")
	case len(c.Beside) > 0:
		return v.T("engagement.contact.apart")
	}
	return ""
}

func mendWords(v *page.View, c OneContact) string {
	if len(c.Beside) > 0 {
		return v.T("engagement.contact.decide")
	}
	return v.T("engagement.contact.mend")
}

func coverLead(v *page.View, c Coverage) string {
	walking := coverWalking(v, c)
	if c.All > 0 {
		walking = v.N("engagement.cover.all", c.All) + " " + walking
	}
	return walking
}

func coverWalking(v *page.View, c Coverage) string {
	if c.Quiet == 0 {
		return v.N("engagement.cover.walking", c.Walking)
	}
	return v.N("engagement.cover.walking", c.Walking) + " " + v.N("engagement.cover.quiet", c.Quiet, "Days", c.Limits.Quiet)
}

// textsSay is how many texts nobody answers, and of how many it is known that
// their writer has nobody.
func textsSay(v *page.View, c Coverage) string {
	says := v.N("engagement.cover.texts", int(c.Texts.All))
	if c.Texts.Alone > 0 {
		says += " " + v.N("engagement.why-lonely", int(c.Texts.Alone), "When", v.When(c.Texts.Since))
	}
	return says
}

func gapSays(v *page.View, g Gap) string {
	at := map[string]time.Time{"change": g.Walk.ChangeAt, "left": g.Walk.BeganAt, "nobody": g.Walk.EndedAt}[g.Why]
	return v.T("engagement.gap-"+g.Why, "When", dayOf(v, at))
}

// matchOptions are who can walk with someone, with a word where they have days off.
func matchOptions(v *page.View, list []Peer) []ui.OptionProps {
	out := peerOptions(list)
	for i, p := range list {
		if p.Off {
			out[i].Hint = v.T("engagement.cover.off")
		}
	}
	return out
}

// instead is the walk that ends when someone else is chosen.
func (g Gap) instead() string {
	if g.Why == "nobody" {
		return ""
	}
	return string(g.Walk.ID)
}
