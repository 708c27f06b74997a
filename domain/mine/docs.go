package mine

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func heldDoc(v *page.View, parts []Part) page.Doc {
	return page.Doc{Title: v.T("mine.doc-title"), Kind: page.Participant, Body: heldBody(v, parts), Narrow: true}
}

func wrongDoc(v *page.View, f wrongForm) page.Doc {
	return page.Doc{Title: v.T("mine.doc-title"), Kind: page.Participant, Body: wrongBody(v, f), Narrow: true}
}

func receiptsDoc(v *page.View, leaves []audit.Leaf) page.Doc {
	return page.Doc{Title: v.T("mine.doc-title"), Kind: page.Participant, Body: receiptsBody(v, leaves), Narrow: true}
}

func takeDoc(v *page.View) page.Doc {
	return page.Doc{Title: v.T("mine.doc-title"), Kind: page.Participant, Body: takeBody(v), Narrow: true}
}

func leaveDoc(v *page.View, fates []Fate, problems []page.Problem) page.Doc {
	return page.Doc{Title: v.T("mine.doc-title"), Kind: page.Participant, Body: leaveBody(v, fates, problems), Narrow: true}
}

// leftDoc says goodbye. later: what they said can still be read, until the bell
// for their key could ring.
func leftDoc(v *page.View, later bool) page.Doc {
	return page.Doc{Title: v.T("mine.doc-title"), Kind: page.Participant, Body: leftBody(v, later), Narrow: true}
}

func openDoc(v *page.View, o open, problems []page.Problem) page.Doc {
	return page.Doc{Title: v.T("mine.open.title"), Kind: page.Worker, Body: openBody(v, o, problems), Narrow: true}
}

func wrongPath(row string) string { return "/mine/wrong?row=" + url.QueryEscape(row) }

func receiptPath(l audit.Leaf) string { return "/mine/receipts/" + strconv.FormatInt(l.Number, 10) }

// facts are a row's fields, as a list of facts.
func (r Row) facts() []ui.Fact {
	var out []ui.Fact
	for _, f := range r.Fields {
		out = append(out, ui.Fact{Label: f.Label, Value: f.Value})
	}
	return out
}

func (r Row) apart(v *page.View) string {
	return v.T("mine.held.apart", "What", v.Words.List(r.Apart))
}

func (d Dispute) you(v *page.View) string {
	return v.T("mine.said.you", "When", ui.Apart(v.When(d.At)), "Says", ui.Apart(d.Says))
}

func (d Dispute) reply(v *page.View) string {
	return v.T("mine.said.answer", "When", ui.Apart(v.When(d.AnsweredAt)), "Says", ui.Apart(d.Answer))
}

// line is one line of the record of looks.
func line(v *page.View, l audit.Leaf) string {
	return v.T("mine.receipts.line", "When", ui.Apart(v.When(l.When())), "Who", whoWords(v.Words, l), "Did", didWords(v.Words, l))
}

// what says what becomes of one kind of thing.
func (f Fate) what(v *page.View) string {
	switch {
	case f.Rule.Keep == KeepNothing:
		return v.T("mine.fate.nothing")
	case f.Rule.Keep == KeepCounts:
		return v.T("mine.fate.counts")
	case f.Until.IsZero():
		return v.T("mine.fate.open")
	case f.Rule.Set:
		return v.T("mine.fate.set", "Until", ui.Apart(v.Date(f.Until)))
	case !f.Rule.Checked:
		return v.T("mine.fate.unchecked", "Until", ui.Apart(v.Date(f.Until)), "Law", ui.Apart(f.Rule.Cite))
	}
	return v.T("mine.fate.years", "Until", ui.Apart(v.Date(f.Until)), "Law", ui.Apart(f.Rule.Cite))
}

// stays names what of it can still be read, without a word of the person's.
func (f Fate) stays(v *page.View) string {
	var out []string
	for _, t := range f.Stays {
		out = append(out, v.Text(t))
	}
	return v.T("mine.fate.stays", "What", v.Words.List(out))
}

func (f Fate) title(v *page.View) string {
	return v.N("mine.fate.title", int(f.Count), "What", v.Text(f.Title))
}

func (o open) name(v *page.View, d Dispute) string {
	if n := o.Names[d.Person]; n != "" {
		return n
	}
	return v.T("mine.open.no-name")
}

// of is what a person said something of, in the words they read.
func (o open) of(v *page.View, d Dispute) string {
	table, _, _ := strings.Cut(d.Row, "/")
	return v.T("mine.open.of", "What", ui.Apart(v.Text(o.Titles[table])))
}

func sayField(v *page.View, f wrongForm) ui.FieldProps {
	says, _ := Disputes().Field("says")
	return ui.FieldProps{
		Name: "says", Label: v.Text(says.Label), Hint: v.T("mine.wrong.hint"), Value: f.Says, Max: says.Limit, Say: page.ProblemOf(f.Problems, "says"),
	}
}

func answerField(v *page.View, d Dispute) ui.FieldProps {
	f, _ := Disputes().Field("answer")
	return ui.FieldProps{Name: "answer", Of: string(d.ID), Label: v.Text(f.Label), Max: f.Limit, Rows: 2}
}

func sureBox(v *page.View, problems []page.Problem) ui.ChoiceProps {
	return ui.ChoiceProps{
		Name: "sure", Label: v.T("mine.leave.sure"), Say: page.ProblemOf(problems, "sure"),
		Options: []ui.OptionProps{{Value: "yes", Label: v.T("mine.leave.sure-yes")}},
	}
}

// Samples are the pages in the storybook, with made-up people.
func Samples() []page.Sample {
	return []page.Sample{
		{Name: "mine/held", Doc: func(v *page.View) page.Doc { return heldDoc(v, sampleParts(v)) }},
		{Name: "mine/held-none", Doc: func(v *page.View) page.Doc { sampleParts(v); return heldDoc(v, nil) }},
		{Name: "mine/wrong", Doc: func(v *page.View) page.Doc {
			p := sampleParts(v)[1]
			return wrongDoc(v, wrongForm{Row: p.Rows[0], Title: v.Text(p.Title), Act: "a", Problems: []page.Problem{{Field: "says", Say: v.T("mine.needs-says")}}})
		}},
		{Name: "mine/receipts", Doc: func(v *page.View) page.Doc {
			sampleParts(v)
			at := v.Now.Add(-time.Hour).UnixMicro()
			return receiptsDoc(v, []audit.Leaf{
				{Number: audit.Pending, Kind: audit.Look, Role: "peer", At: at}, {Number: 41, Kind: audit.Change, Actor: "link:a", At: at}, {Number: 7, Kind: audit.Disclosure, Role: "coordinator", At: at},
			})
		}},
		{Name: "mine/take", Doc: func(v *page.View) page.Doc { sampleParts(v); return takeDoc(v) }},
		{Name: "mine/leave", Doc: func(v *page.View) page.Doc { return leaveDoc(v, sampleFates(v), nil) }},
		{Name: "mine/left", Doc: func(v *page.View) page.Doc { return leftDoc(v, false) }},
		{Name: "mine/left-later", Doc: func(v *page.View) page.Doc { return leftDoc(v, true) }},
		{Name: "mine/open", Doc: func(v *page.View) page.Doc {
			v.Signed = &page.Signed{Name: "Rosa Demo", Role: "peer"}
			title := words{EN: "A step on the way, and what was noted", ES: "Un paso del camino y lo que se anotó", AR: "خطوة في الطريق وما سُجل"}
			return openDoc(v, open{Names: map[ref.Person]string{"p": "Blue"}, Titles: map[string]words{"handoff_event": title}, Where: sampleWhere, All: []Dispute{
				{ID: "1", Person: "p", Row: "handoff_event/1/3", Says: "I never said that I would come.", At: v.Now.Add(-5 * time.Hour)},
			}}, nil)
		}},
		{Name: "mine/open-none", Doc: func(v *page.View) page.Doc {
			v.Signed = &page.Signed{Name: "Rosa Demo", Role: "peer"}
			return openDoc(v, open{}, nil)
		}},
	}
}

func sampleWhere(string, ref.Person) string { return "/" }

func sampleParts(v *page.View) []Part {
	v.Signed = &page.Signed{Name: "Blue", Role: participant}
	name, note := words{EN: "Name they use", ES: "Nombre que usa", AR: "الاسم الذي يستخدمه"}, words{EN: "Note", ES: "Nota", AR: "ملاحظة"}
	return []Part{
		{Title: words{EN: "Who you are, and how to reach you", ES: "Quién es usted y cómo contactarle", AR: "من أنت وكيف نتواصل معك"}, Rows: []Row{
			{Held: field.Held{Row: "people_person/p", Fields: []field.Shown{{Column: "name", Label: v.Text(name), Value: "Blue"}}}},
		}},
		{Title: words{EN: "A step on the way, and what was noted", ES: "Un paso del camino y lo que se anotó", AR: "خطوة على الطريق وما كُتب عنها"}, Rows: []Row{
			{
				Held: field.Held{Row: "handoff_event/1/3", Fields: []field.Shown{{Column: "note", Label: v.Text(note), Value: "Wants to wait until Monday."}}, Apart: []string{v.Text(note)}},
				Said: []Dispute{{Says: "I said Tuesday.", At: v.Now.Add(-5 * time.Hour), Answer: "Thank you. It stands here now.", AnsweredAt: v.Now.Add(-time.Hour)}},
			},
		}},
	}
}

func sampleFates(v *page.View) []Fate {
	parts := sampleParts(v)
	stays := []i18n.Text{{EN: "When it happened", ES: "Cuándo ocurrió", AR: "متى حدث ذلك"}}
	return []Fate{
		{Title: parts[0].Title, Count: 1, Rule: Rule{Keep: KeepNothing}},
		{Title: parts[1].Title, Count: 7, Rule: Rule{Keep: KeepCounts}, Stays: stays},
		{Title: parts[1].Title, Count: 2, Rule: Rule{Keep: KeepYears, Years: 6, Cite: "45 CFR 164.528", Checked: true}, Until: v.Now.AddDate(6, 0, 0), Stays: stays},
	}
}
