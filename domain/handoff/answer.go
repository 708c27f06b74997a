package handoff

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"alongside/domain/people"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/page"
)

// The answers of an entry, as far as they can be put right (0077): what a step
// kept of its form, and on the ask what its door asked.

// askAnswer is one answer on the ask: its question, and where the answer lies.
type askAnswer struct {
	Question
	Limit int
	at    func(h *Handoff, p *people.Person) any // *string or *bool
}

// askAnswers are all that doors ask, in the order of a door that asks it.
func askAnswers() []askAnswer { return allAskAnswers() }

var allAskAnswers = sync.OnceValue(func() []askAnswer {
	var out []askAnswer
	for _, d := range append(Doors(), phoneDoor()) {
		for _, column := range d.questions() {
			if !slices.ContainsFunc(out, func(a askAnswer) bool { return a.Name == column }) {
				out = append(out, askAnswerOf(column))
			}
		}
	}
	return out
})

// questions are the columns that a door asks, in order.
func (d Door) questions() []string {
	d = d.whole()
	return append(append([]string{}, d.First...), d.More...)
}

func askAnswerOf(column string) askAnswer {
	if f, ok := Handoffs().Field(column); ok {
		return askAnswer{asQuestion(f), limitOf(f), func(h *Handoff, _ *people.Person) any { return f.At(h) }}
	}
	f, _ := people.Persons().Field(column)
	return askAnswer{asQuestion(f), limitOf(f), func(_ *Handoff, p *people.Person) any { return f.At(p) }}
}

func limitOf[R any](f field.Field[R]) int {
	if f.Limit > 0 {
		return f.Limit
	}
	return 200
}

// asQuestion is a field of the ask as a form of its own asks it once more. What
// is ticked or not becomes yes or no, so that nothing said is not a no.
func asQuestion[R any](f field.Field[R]) Question {
	q := Question{Name: f.Column, Kind: f.Kind, Label: f.Label, Yours: f.Yours, Hint: f.Hint, Options: f.Options, Optional: true}
	if f.Kind == field.Flag {
		q.Kind, q.Options = field.Choice, yesNo()
	}
	return q
}

func yesNo() []field.Option {
	return []field.Option{
		{Value: "yes", Label: i18n.Text{EN: "Yes", ES: "Sí", AR: "نعم"}},
		{Value: "no", Label: i18n.Text{EN: "No", ES: "No", AR: "لا"}},
	}
}

func (a askAnswer) get(h *Handoff, p *people.Person) string {
	switch v := a.at(h, p).(type) {
	case *string:
		return *v
	case *bool:
		if *v {
			return "yes"
		}
	}
	return "no"
}

func (a askAnswer) set(h *Handoff, p *people.Person, said string) {
	switch v := a.at(h, p).(type) {
	case *string:
		*v = said
	case *bool:
		*v = said == "yes"
	}
}

// personal reports whether the answer lies with the person, not on the hand-off.
func (a askAnswer) personal() bool {
	_, ours := Handoffs().Field(a.Name)
	return !ours
}

// isAsk reports whether a step is the ask itself, whose answers are those of its
// door.
func isAsk(step string) bool { return step == StepAsk || step == StepHold || step == StepFound }

// amendable are the questions of an entry that can be answered anew. A yes and
// the way it was said are a consent's own record; what the person pressed
// themselves is their word.
func amendable(h Handoff, e Event) []Question {
	var out []Question
	switch {
	case isAsk(e.Step):
		return askedAt(h.Source)
	case theirWord(e):
		return nil
	}
	for _, n := range needsOf(e.Step) {
		if q := question(n); held(q) {
			out = append(out, q)
		}
	}
	return out
}

// askedAt are the questions of a door.
func askedAt(door string) []Question {
	var out []Question
	for _, column := range (Site{Door: door}).door().questions() {
		out = append(out, askAnswerOf(column).Question)
	}
	return out
}

// ownDoor is the door whose questions the person is asked on their own page,
// whichever door their hand-off came in by: those that speak to them.
func ownDoor(source string) string {
	if source == DoorFamily {
		return DoorFamily
	}
	return DoorPerson
}

// theirWord reports whether an entry is what the person pressed themselves.
func theirWord(e Event) bool { return !isAsk(e.Step) && (e.Role == RolePerson || e.Role == RoleLeft) }

// held reports whether an event holds the answer to a question, where it can be
// put right.
func held(q Question) bool {
	switch q.Name {
	case "how", "back_how":
		return false
	case "present", "there", "contact", "contact_fine", "slot", "where_now":
		return true
	}
	return q.Kept
}

// answer is what an event holds to a question.
func (e Event) answer(name string) string {
	switch name {
	case "present":
		if e.Present > 0 {
			return strconv.FormatInt(e.Present, 10)
		}
		return ""
	case "there":
		return strings.Join(e.There, " ")
	case "contact", "contact_fine":
		return e.Contact
	case "slot":
		return stampOr(e.Slot)
	case "where_now":
		return e.Where
	}
	return e.Value
}

func stampOr(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return page.Stamp(t)
}

// with is the event with another answer.
func (e Event) with(name, said string) Event {
	switch name {
	case "":
	case "present":
		e.Present = number(said)
	case "there":
		e.There = strings.Fields(said)
	case "contact", "contact_fine":
		e.Contact = said
	case "slot":
		e.Slot, _ = time.Parse(time.RFC3339, said)
	case "where_now":
		e.Where = said
	default:
		e.Value = said
	}
	return e
}

// rightly and wrongly are the two answers of a correction: what is so, and what
// stood there.
func (e Event) rightly() string { return e.Value + e.Said }
func (e Event) wrongly() string { return e.ValueWas + e.Was }

// putting is the correction of one answer. Words are kept sealed, a choice as
// every choice is.
func (e Event) putting(q Question, was, said string) Event {
	e.About = q.Name
	switch q.Kind {
	case field.Text, field.Long:
		e.Was, e.Said = was, said
	default:
		e.ValueWas, e.Value = was, said
	}
	return e
}

// inForce are the events with what later ones put right: the time and the
// answers of each. Corrections themselves stay as they are.
func inForce(events []Event) []Event {
	out, place := slices.Clone(events), make(map[int64]int, len(events))
	for i, e := range events {
		place[e.Seq] = i
		if at, ok := place[e.Corrects]; ok && e.Step == StepCorrect {
			out[at] = out[at].with(e.About, e.rightly())
			out[at].At = e.At
		}
	}
	return out
}

// saidAnew is the hand-off with the answers on its ask that were put right.
func (h Handoff) saidAnew(ask Event, events []Event) Handoff {
	for _, c := range events {
		if c.Step != StepCorrect || c.Corrects != ask.Seq || c.About == "" {
			continue
		}
		if a := askAnswerOf(c.About); !a.personal() {
			a.set(&h, &people.Person{}, c.rightly())
		}
	}
	return h
}

// readRight reads what a form says to the questions of an entry, as it will be
// kept. What the form does not have is not touched.
func readRight(form map[string][]string, questions []Question, zone *time.Location) map[string]string {
	out := map[string]string{}
	for _, q := range questions {
		said, ok := form[q.Name]
		if !ok {
			continue
		}
		v := strings.TrimSpace(strings.Join(said, " "))
		if q.Kind == field.Instant {
			v = stampOr(clockTime(v, zone))
		}
		out[q.Name] = cut(v, 1000)
	}
	return out
}
