package bridge

import (
	"net/url"
	"strconv"

	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// logForm is the log of team meetings with its forms.
type logForm struct {
	Log
	Act      string
	Typed    Advice
	Day      string
	Open     ref.Advice // whose form of what came of it has a problem
	Became   Outcome
	Problems []page.Problem
}

func logDoc(v *page.View, f logForm) page.Doc {
	return page.Doc{Title: v.T("bridge.advice.title"), Kind: page.Worker, Body: logBody(v, f), Narrow: true}
}

func logPath(p ref.Person) string {
	if p == "" {
		return "/advice"
	}
	return "/walk/" + url.PathEscape(string(p)) + "/advice"
}

// path is where what is written goes.
func (f logForm) path() string {
	if f.Person == "" {
		return "/advice/new"
	}
	return logPath(f.Person)
}

// over stands above the title: whom the page is about.
func (f logForm) over(v *page.View) string {
	if f.Person == "" {
		return ""
	}
	return Door{}.over(v, f.Name)
}

// lead says the numbers in one line: given, and what came of it.
func (f logForm) lead(v *page.View) string {
	if f.Person != "" {
		return v.T("bridge.advice.lead-person")
	}
	return v.T("bridge.advice.lead")
}

// counts are the numbers over all entries. There are none by peer.
func (f logForm) counts(v *page.View) []ui.Fact {
	out := []ui.Fact{{Label: v.T("bridge.advice.given"), Value: strconv.Itoa(f.Total)}}
	for _, o := range Cames() {
		out = append(out, ui.Fact{Label: v.Text(o.Label), Value: strconv.Itoa(f.Came[o.Value])})
	}
	return out
}

// writes reports whether whoever reads may write in the log.
func (f logForm) writes(v *page.View) bool {
	role := roleOf(v)
	return role == "peer" || role == "supervisor"
}

func (f logForm) problems(a ref.Advice) []page.Problem {
	if f.Open != a {
		return nil
	}
	return f.Problems
}

// became is what stands in the form of one entry.
func (f logForm) became(a ref.Advice) Outcome {
	if f.Open != a {
		return Outcome{}
	}
	return f.Became
}

func cameWords(v *page.View, came string) string {
	f, _ := Outcomes().Field("came")
	return v.Text(f.Option(came))
}

// cameChoice asks what came of one entry; its name tells the forms apart.
func cameChoice(v *page.View, f logForm, g LogEntry, o Outcome) ui.ChoiceProps {
	def, _ := Outcomes().Field("came")
	return ui.ChoiceProps{
		Name: "came", Of: string(g.ID), Label: v.Text(def.Label), Options: ui.Options(v, def.Options), Values: []string{o.Came},
		Say: page.ProblemOf(f.problems(g.ID), "came"),
	}
}

func (g LogEntry) tags(v *page.View) []ui.TagProps {
	tone := ui.Soft
	if g.came() == ActedOn {
		tone = ui.Leaf
	}
	return []ui.TagProps{{Words: cameWords(v, g.came()), Tone: tone}}
}

// says is when it was said, and about whom where it was about someone.
func (g LogEntry) says(v *page.View) string {
	if g.Name == "" {
		return v.Date(g.GaveAt)
	}
	return v.T("bridge.advice.about", "Day", v.Date(g.GaveAt), "Name", ui.Apart(g.Name))
}

// story is all that came of it, the earliest first.
func (g LogEntry) story(v *page.View) []ui.Entry {
	var out []ui.Entry
	for _, o := range g.Outcomes {
		out = append(out, ui.Entry{At: o.At, Words: cameWords(v, o.Came), Note: o.Words})
	}
	return out
}

// adviceSamples are the pages of the log in the storybook.
func adviceSamples() []page.Sample {
	return []page.Sample{
		{Name: "bridge/advice", Doc: func(v *page.View) page.Doc { return logDoc(v, sampleLog(v, "peer")) }},
		{Name: "bridge/advice-read", Doc: func(v *page.View) page.Doc { return logDoc(v, sampleLog(v, "coordinator")) }},
		{Name: "bridge/advice-none", Doc: func(v *page.View) page.Doc {
			v.Signed = &page.Signed{Name: "Rosa Demo", Role: "peer"}
			return logDoc(v, logForm{Act: "a"})
		}},
		{Name: "bridge/advice-person", Doc: func(v *page.View) page.Doc {
			f := sampleLog(v, "peer")
			f.Person, f.Name, f.Entries = "p1", "Blue", f.Entries[:1]
			return logDoc(v, f)
		}},
	}
}

func sampleLog(v *page.View, role string) logForm {
	v.Signed = &page.Signed{Name: "Rosa Demo", Role: role}
	day := func(n int) Advice {
		return Advice{ID: ref.Advice("d" + strconv.Itoa(n)), GaveAt: v.Now.AddDate(0, 0, -n)}
	}
	one, two := day(3), day(12)
	one.Team, one.Said = "Ward 4, Monday meeting", "When the door is shut at night, people think they are locked in. Leave it open a hand wide."
	two.Team, two.Said = "Quay Clinic", "Ask what someone wants to be called before you read the file."
	return logForm{Act: "a", Log: Log{
		Total: 14, Came: map[string]int{ActedOn: 9, NotKnown: 5},
		Entries: []LogEntry{
			{Advice: one},
			{Advice: two, Outcomes: []Outcome{
				{Came: NotKnown, At: v.Now.AddDate(0, 0, -12), Words: "They want to talk about it."},
				{Came: ActedOn, At: v.Now.AddDate(0, 0, -2), Words: "It is the first line of their form now."},
			}},
		},
	}}
}
