package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"alongside/platform/page"
)

// FormProps is a form that is posted to one of our own paths.
type FormProps struct {
	Path     string         // where it is posted
	Act      string         // page.NewAct, kept when the form is shown again; "" for a search
	Problems []page.Problem // what cannot be taken; shown as a summary on top
	ID       string         // "" for none
	Back     bool           // whoever comes back to it has the same form in hand: its act stays, where there is a script
}

// summary names the question and what is wrong: "Where are they? Please
// answer this", "Name: Please answer this".
func summary(p page.Problem) string {
	if p.Label == "" {
		return p.Say
	}
	if strings.HasSuffix(p.Label, "?") || strings.HasSuffix(p.Label, "؟") {
		return p.Label + " " + p.Say
	}
	return p.Label + ": " + p.Say
}

// FieldProps is one text field.
type FieldProps struct {
	Name     string
	Of       string // the form it stands in, where a page asks the same twice; "" for none
	Label    string
	Hint     string
	Value    string
	Say      string // what is wrong with it; "" when nothing
	Optional bool   // says so beside the label
	Kind     string // type of the input: text (default), email, tel, date, time, number, password, search
	Auto     string // autocomplete; "off" unless said
	Max      int    // most characters; 0 leaves it open
	Rows     int    // lines of a LongField; 0 is 4
	Big      bool   // asked on its own: the label is a heading
	Exact    bool   // taken as it is typed: no capitals, corrections or help with spelling, which may send it elsewhere
}

func (p FieldProps) exactly() templ.Attributes {
	if !p.Exact {
		return nil
	}
	return templ.Attributes{"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
}

func (p FieldProps) kind() string {
	if p.Kind == "" {
		return "text"
	}
	return p.Kind
}

func (p FieldProps) auto() string {
	if p.Auto == "" {
		return "off"
	}
	return p.Auto
}

func (p FieldProps) rows() string {
	if p.Rows == 0 {
		return "4"
	}
	return strconv.Itoa(p.Rows)
}

// inputMode picks the keyboard of a phone.
func (p FieldProps) inputMode() string {
	switch p.Kind {
	case "number":
		return "numeric"
	case "tel", "email", "search":
		return p.Kind
	}
	return "text"
}

// OptionProps is one answer.
type OptionProps struct {
	Value string
	Label string
	Hint  string
}

// ChoiceProps is a question with one answer (Choice) or several (Choices).
type ChoiceProps struct {
	Name     string
	Of       string // as FieldProps.Of
	Label    string // the question
	Hint     string
	Values   []string // what is chosen
	Options  []OptionProps
	Say      string // what is wrong; "" when nothing
	Optional bool
	Big      bool // the question that matters first: larger words
	Short    bool // answers of a word or two, laid beside each other
}

func (p ChoiceProps) chosen(value string) bool { return slices.Contains(p.Values, value) }

// anchor is the id of an answer; the first carries the field's own, so that the
// problem summary leads to it.
func (p ChoiceProps) anchor(i int) string {
	if i == 0 {
		return page.Anchor(p.key())
	}
	return page.Anchor(p.key()) + "-" + strconv.Itoa(i)
}

// ButtonTone is how a button looks.
type ButtonTone string

// The buttons.
const (
	Go    ButtonTone = "go"    // the main action; one a page, or one a card
	Quiet ButtonTone = "quiet" // another way
	Harm  ButtonTone = "clay"  // cannot be undone
	Pill  ButtonTone = "pill"  // small, beside a title
)

// ButtonProps is a button that posts its form.
type ButtonProps struct {
	Words string
	Tone  ButtonTone // "" is Go
	Name  string     // "" for none
	Value string
	Wide  bool   // fills its row
	Label string // longer words for who hears it, e.g. "Note about Blue"
}

func (p ButtonProps) class() string {
	tone := p.Tone
	if tone == "" {
		tone = Go
	}
	c := "button button-" + string(tone)
	if p.Wide {
		c += " button-wide"
	}
	return c
}

// StepProps is one step of a process as a button.
type StepProps struct {
	Step  string // the step's name
	Words string
	Hint  string // what happens then
	Tone  ButtonTone
}

// StepsProps is the next steps of a process.
type StepsProps struct {
	Path  string // where the step is posted, as "step"
	Act   string
	Label string // what these are the steps of
	Steps []StepProps
}

// Key is what a field is known by on its page: its name, and the form it stands
// in where the page asks the same twice. A Problem's Field is this key.
func Key(of, name string) string {
	if of == "" {
		return name
	}
	return of + "-" + name
}

func (p FieldProps) key() string  { return Key(p.Of, p.Name) }
func (p ChoiceProps) key() string { return Key(p.Of, p.Name) }
func (p FlagProps) key() string   { return p.Name }
