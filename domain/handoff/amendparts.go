package handoff

import (
	"slices"
	"strconv"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// amendForm is the page on which an entry is put right.
type amendForm struct {
	ID       ref.Handoff
	Seq      int64
	Words    string // what the entry says
	At       time.Time
	Asks     []Question // with what stands there
	Act      string
	Problems []page.Problem
}

func (f amendForm) number() string { return strconv.FormatInt(f.Seq, 10) }

func (f amendForm) problem(name string) string {
	return page.ProblemOf(f.Problems, ui.Key(StepCorrect, name))
}

// why asks for the reason in words; nobody has to give one.
func (f amendForm) why() Question {
	q := question("note")
	q.Label = i18n.Text{EN: "What was not right about it?", ES: "¿Qué no estaba bien?", AR: "ما الذي لم يكن صحيحا؟"}
	return q
}

// amendOf is the form for one entry of a hand-off; false where there is none
// that can be put right.
func amendOf(v *page.View, d Detail, seq int64) (amendForm, bool) {
	for _, e := range inForce(d.Events) {
		if e.Seq == seq && amendableStep(e.Step) && !undone(d.Events)[seq] {
			f := amendForm{ID: d.Handoff.ID, Seq: seq, Words: doneWords(v, e.Step), At: e.At, Act: page.NewAct(v.Now)}
			for _, q := range amendable(d.Handoff, e) {
				f.Asks = append(f.Asks, q.standing(v, d, e))
			}
			return f, true
		}
	}
	return amendForm{}, false
}

// standing is a question with the answer that stands there.
func (q Question) standing(v *page.View, d Detail, e Event) Question {
	if isAsk(e.Step) {
		q.Preset, q.Optional = askAnswerOf(q.Name).get(&d.Handoff, &d.Person), false // it is left as it stands
		return q
	}
	if q.Preset = e.answer(q.Name); q.Kind == field.Instant && !e.Slot.IsZero() {
		q.Preset = v.Local(e.Slot).Format("2006-01-02T15:04")
	}
	return q
}

func doneWords(v *page.View, step string) string {
	f := field.Field[Event]{Options: stepOptions()}
	return v.Text(f.Option(step))
}

// anewQuestions are a door's questions in its own words, those that matter first
// and the others.
func anewQuestions(v *page.View, door string) (first, more []Question) {
	d := (Site{Door: door}).door().whole()
	ask := askForm{Site: Site{Door: door}}
	for _, column := range append(append([]string{}, d.First...), d.More...) {
		q := askAnswerOf(column).Question
		q.Label, q.Hint = inTheirWords(ask.wordsOr(v, column), q.Label), inTheirWords(ask.wordsOr(v, column+"-hint"), q.Hint)
		if len(first) < len(d.First) {
			first = append(first, q)
		} else {
			more = append(more, q)
		}
	}
	return first, more
}

// inTheirWords are words that are already in the reader's language, or those of
// the table.
func inTheirWords(said string, instead i18n.Text) i18n.Text {
	if said == "" {
		return instead
	}
	return i18n.Text{EN: said, ES: said, AR: said}
}

// putRightSays is what a correction adds to its line: what stood there and what
// is so, and when it was if that was put right. was is the time before.
func putRightSays(v *page.View, c Event, was time.Time) []string {
	var out []string
	if c.About != "" {
		q := answerQuestion(c.About)
		out = append(out, v.T("handoff.right.says", "What", v.Text(q.Label),
			"Was", q.saidBefore(v, c.wrongly()), "Now", q.saidBefore(v, c.rightly())))
	}
	if !was.IsZero() && !was.Equal(c.At) {
		out = append(out, v.T("handoff.right.time", "Was", v.When(was), "Now", v.When(c.At)))
	}
	return out
}

// answerQuestion is the question of that name, of a step or of the ask.
func answerQuestion(name string) Question {
	for _, a := range askAnswers() {
		if a.Name == name {
			return a.Question
		}
	}
	return question(name)
}

// saidBefore is an answer in words.
func (q Question) saidBefore(v *page.View, said string) string {
	at, err := time.Parse(time.RFC3339, said)
	switch {
	case said == "":
		return v.T("handoff.right.nothing")
	case q.Kind == field.Instant && err == nil:
		return v.When(at)
	case len(q.Options) > 0:
		return v.Words.List(q.words(said, v.Text))
	}
	return ui.Apart(said)
}

// putRightOf is putRightSays, and where that is nothing, which entry the words are
// about: there may be several that were put right.
func putRightOf(v *page.View, d Detail, c Event, was time.Time) []string {
	says := putRightSays(v, c, was)
	i := slices.IndexFunc(d.Events, func(e Event) bool { return e.Seq == c.Corrects })
	if len(says) > 0 || i < 0 {
		return says
	}
	return []string{v.T("handoff.right.of", "What", ui.Apart(doneWords(v, d.Events[i].Step)), "When", v.When(was))}
}
