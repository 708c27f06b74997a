package workforce

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// write is the id of the form that keeps its words when the page is turned.
const write = "write"

// listForm is the list with the form to write something.
type listForm struct {
	Pages
	Before   string
	Act      string
	Typed    Entry
	Problems []page.Problem
}

// oneForm is one page with its forms.
type oneForm struct {
	One
	Act      string
	Open     string // the entry whose change has a problem
	Typed    string // its new words
	Saying   string
	Inviting bool
	Who      []string
	Problems []page.Problem
}

// doc is a page of one's own. Its title is the same for all: it stays in the
// browser's history.
func doc(v *page.View) page.Doc {
	return page.Doc{Title: v.T("workforce.title"), Kind: page.Worker, Leave: true, Narrow: true}
}

func listDoc(v *page.View, f listForm) page.Doc {
	d := doc(v)
	d.Body = listBody(v, f)
	if f.Writes && f.Before == "" {
		d.Keeps = write
	}
	return d
}

func oneDoc(v *page.View, f oneForm) page.Doc {
	d := doc(v)
	if d.Body = ownBody(v, f); f.Together() {
		d.Body = threadBody(v, f)
	}
	return d
}

func allDoc(v *page.View, act string) page.Doc {
	d := doc(v)
	d.Body = allBody(v, act)
	return d
}

func shutDoc(v *page.View, from time.Time) page.Doc {
	d := doc(v)
	d.Body = shutBody(v, from)
	return d
}

func pathOf(id string) string { return home + "/" + url.PathEscape(id) }

// lead says who reads this: nobody else.
func (f listForm) lead(v *page.View) string {
	if !f.Writes {
		return v.T("workforce.lead-gone")
	}
	return v.T("workforce.lead")
}

func (f listForm) empty() bool { return len(f.Mine)+len(f.With) == 0 && f.Before == "" }

func kindWords(v *page.View, e Entry) string {
	f, _ := Entries().Field("kind")
	return v.Text(f.Option(e.Kind))
}

// kindChoice asks what a page is about, and says with each answer who reads it.
func kindChoice(v *page.View, f listForm) ui.ChoiceProps {
	def, _ := Entries().Field("kind")
	p := ui.ChoiceProps{Name: "kind", Label: v.Text(def.Label), Values: []string{f.Typed.Kind}, Say: page.ProblemOf(f.Problems, "kind")}
	for _, o := range def.Options {
		hint := v.T("workforce.only-me")
		if o.Value == Reflection {
			if hint = v.T("workforce.only-those"); !f.Together {
				continue
			}
		}
		p.Options = append(p.Options, ui.OptionProps{Value: o.Value, Label: v.Text(o.Label), Hint: hint})
	}
	return p
}

// wordsField asks for the words of a form; of is the form where a page has several.
func wordsField(v *page.View, of, label, value string, problems []page.Problem) ui.FieldProps {
	def, _ := Entries().Field("words")
	return ui.FieldProps{
		Name: "words", Of: of, Label: label, Hint: v.Text(def.Hint), Value: value, Max: def.Limit, Rows: 7,
		Say: page.ProblemOf(problems, "words"),
	}
}

// most is how much of an entry a list shows.
const most = 160

// opening is how an entry begins.
func opening(e Entry) string {
	r := []rune(e.Words)
	if len(r) <= most {
		return e.Words
	}
	return string(r[:most]) + "…"
}

func whenWords(v *page.View, e Entry) string {
	if e.ChangedAt.IsZero() {
		return v.When(e.WrittenAt)
	}
	return v.T("workforce.changed", "When", ui.Apart(v.When(e.WrittenAt)), "Then", ui.Apart(v.When(e.ChangedAt)))
}

func (t Thread) by(v *page.View) string {
	if t.Own {
		return v.T("workforce.by-you")
	}
	return v.T("workforce.by", "Name", ui.Apart(orSomeone(v, t.By)))
}

func orSomeone(v *page.View, name string) string {
	if name == "" {
		return v.T("workforce.someone")
	}
	return name
}

// name is how someone who takes part is called.
func (f oneForm) name(v *page.View, who ref.Account) string {
	if who == f.Me {
		return v.T("workforce.you")
	}
	return orSomeone(v, f.Names[who])
}

// here lists who takes part, whoever reads first.
func (f oneForm) here(v *page.View) []string {
	names := []string{v.T("workforce.you")}
	for _, a := range f.Here {
		if a != f.Me {
			names = append(names, f.name(v, a))
		}
	}
	return names
}

// asks are those who may be invited, and who of them also leads something here.
func (f oneForm) asks(v *page.View) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: "who", Label: v.T("workforce.invite-who"), Values: f.Who, Say: page.ProblemOf(f.Problems, "who")}
	for _, c := range f.Asks {
		o := ui.OptionProps{Value: string(c.ID), Label: orSomeone(v, c.Name)}
		if c.Leads {
			o.Hint = v.T("workforce.invite-leads")
		}
		p.Options = append(p.Options, o)
	}
	return p
}

// changing is what stands in the form that changes an entry.
func (f oneForm) changing(e Entry) (words string, problems []page.Problem, open bool) {
	if f.Open != e.ID {
		return e.Words, nil, false
	}
	return f.Typed, f.Problems, true
}

// saying are the problems of the form that adds words.
func (f oneForm) saying() []page.Problem {
	if f.Open != "" || f.Inviting {
		return nil
	}
	return f.Problems
}

// summary are the problems as the top of the page lists them: those of a form
// that changes an entry lead to its field.
func (f oneForm) summary() []page.Problem {
	out := slices.Clone(f.Problems)
	for i := range out {
		if f.Open != "" && out[i].Field == "words" {
			out[i].Field = ui.Key(f.Open, "words")
		}
	}
	return out
}

func versionOf(e Entry) string { return strconv.FormatInt(e.Version, 10) }
