package handoff

import (
	"math"
	"slices"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/field"
	"alongside/platform/flow"
)

// What was written down wrong is put right by an event of its own, one for each
// answer and one for a time or words alone. The entry stays as it was written;
// the hand-off, its clocks and the figures go by what is right (0077).

// amendment is an entry that is being put right.
type amendment struct {
	h      Handoff
	events []Event
	entry  Event // with what was put right before
	in     Input
	actor  string
	at     time.Time // when the entry really was
	now    time.Time
}

// putRight adds the corrections that the form asks for.
func (s *Service) putRight(tx *db.Tx, f Facts, key []byte) error {
	a := amendment{h: f.Now, in: f.Input, actor: tx.Scope().Actor, now: tx.Now()}
	var err error
	if a.events, err = s.history(tx, a.h.ID); err != nil {
		return err
	}
	if err := a.find(); err != nil {
		return err
	}
	person, err := s.People.Find(tx, a.h.Person)
	if err != nil {
		return err
	}
	list, err := a.list(person)
	if err != nil {
		return err
	}
	for i, e := range list {
		e.ActKey = key
		if i > 0 {
			e.ActKey = act(tx, "step/correct/"+e.About, a.in.Act)
		}
		if err := s.amend(tx, a, e); err != nil {
			return err
		}
	}
	return s.anew(tx, a.h, person, list)
}

// amend adds one correction to the hand-off as the one before it left it.
func (s *Service) amend(tx *db.Tx, a amendment, e Event) error {
	h, err := s.find(tx, a.h.ID)
	if err != nil {
		return err
	}
	e.Seq, e.From, e.To = h.Events+1, h.State, h.State
	return s.append(tx, h, e, a.in)
}

// find looks for the entry, and holds who asks to what is theirs to put right.
func (a *amendment) find() error {
	n := a.in.Corrects
	if n < 1 || n > int64(len(a.events)) {
		return refuse("corrects", "error.pick-one")
	}
	a.entry = inForce(a.events)[n-1]
	a.at = a.entry.At
	link := a.in.Role == RoleAsker || a.in.Role == RolePerson
	switch {
	case !amendableStep(a.entry.Step), undone(a.events)[n]:
		return refuse("corrects", "error.pick-one")
	case link && !isAsk(a.entry.Step):
		return conflict("error.step-not-now")
	case link && a.byLink() >= mostByLink:
		return conflict("handoff.error.righted-often")
	case !link && theirWord(a.entry) && len(a.in.Right) > 0:
		return conflict("handoff.error.their-word")
	}
	return a.when()
}

// mostByLink is how many answers can be put right by a link: a link is held by
// whoever has it, and a path of thousands of lines is one that nobody reads.
const mostByLink = 40

func (a *amendment) byLink() (n int) {
	for _, e := range a.events {
		if e.Step == StepCorrect && (e.Role == RoleAsker || e.Role == RolePerson) {
			n++
		}
	}
	return n
}

// amendableStep leaves out what is itself a putting right, and what the person
// said of how it goes with its answer: peers read neither.
func amendableStep(step string) bool {
	return step != StepCorrect && step != StepUndo && !forLeads(step)
}

// when takes the time that the form says: not of tomorrow, and not from before
// anyone asked.
func (a *amendment) when() error {
	at := a.in.At
	first := inForce(a.events)[0].At
	switch {
	case at.IsZero(), a.in.Role == RoleAsker, a.in.Role == RolePerson:
		return nil
	case at.After(a.now):
		return refuse("at", "handoff.error.not-yet")
	case a.entry.Seq > 1 && at.Before(first.Add(-time.Minute)):
		return refuse("at", "handoff.error.before-ask")
	}
	a.at = at
	return nil
}

// list are the corrections: one for each answer that differs, or one for the
// time and the words.
func (a amendment) list(person people.Person) ([]Event, error) {
	base := Event{
		Handoff: a.h.ID, Person: a.h.Person, Step: StepCorrect, At: a.at, RecordedAt: a.now,
		Actor: a.actor, Role: a.in.Role, Corrects: a.entry.Seq,
	}
	var out []Event
	for _, q := range a.questions() {
		said, given := a.in.Right[q.Name]
		was := a.was(q.Name, person)
		if said = tidied(said, q); !given || said == was && !a.blind(q.Name) {
			continue
		}
		if err := fitting(q, said); err != nil {
			return nil, err
		}
		out = append(out, base.putting(q, was, said))
	}
	if len(out) == 0 && a.at.Equal(a.entry.At) && a.in.Note == "" {
		return nil, refuse("at", "handoff.error.correct-what")
	}
	if len(out) == 0 {
		out = append(out, base)
	}
	out[0].Note = a.in.Note
	return out, a.holds(out)
}

// blind reports that whoever asked answers what the person put right themselves. It is
// noted also where it is the same: to be told "nothing differs" would say what they said.
func (a amendment) blind(name string) bool {
	persons := false
	for _, e := range a.events {
		if e.Step == StepCorrect && e.About == name || name == "whereabouts" && e.Where != "" {
			persons = e.Role == RolePerson
		}
	}
	return persons && a.in.Role == RoleAsker
}

// questions are those that who asks may answer anew.
func (a amendment) questions() []Question {
	if a.in.Role == RolePerson {
		return askedAt(ownDoor(a.h.Source))
	}
	return amendable(a.h, a.entry)
}

// was is the answer as it stands now.
func (a amendment) was(name string, person people.Person) string {
	if isAsk(a.entry.Step) {
		h := a.h
		return askAnswerOf(name).get(&h, &person)
	}
	return a.entry.answer(name)
}

func tidied(said string, q Question) string {
	if q.Kind == field.Text {
		said = strings.Join(strings.Fields(said), " ")
	}
	return strings.TrimSpace(said)
}

// fitting refuses an answer that the question does not take.
func fitting(q Question, said string) error {
	switch {
	case said == "" && (!q.Optional || q.Name == "answer"):
		return refuse(q.Name, "error.needed")
	case q.Kind == field.Number && number(said) < 1:
		return refuse(q.Name, "error.needed")
	}
	for _, one := range strings.Fields(said) {
		if len(q.Options) > 0 && !field.Offered(q.Options, one) {
			return refuse(q.Name, "error.pick-one")
		}
	}
	return nil
}

// holds asks the guard of the step once more, with the right answers: what could
// not have been noted so cannot be put right so either. What a service was told
// then, it was told; and when it was is not asked twice.
func (a amendment) holds(list []Event) error {
	i := slices.IndexFunc(Flow().Steps, func(s flow.Step[Facts]) bool {
		return s.Name == a.entry.Step && (len(s.From) == 0 || slices.Contains(s.From, a.entry.From)) && s.Guard != nil
	})
	timed := a.entry.Step == StepStayed30 || a.entry.Step == StepStayed90
	if i < 0 || isAsk(a.entry.Step) || list[0].About == "" && !timed {
		return nil
	}
	before := Fold(a.h, a.events[:a.entry.Seq-1])
	in := Input{Role: a.entry.Role, Peer: before.Peer, Note: "-"}
	e := a.entry
	for _, c := range list {
		e = e.with(c.About, c.rightly())
	}
	for _, n := range Flow().Steps[i].Needs {
		if q := question(n); held(q) && q.Kind != field.Instant {
			q.read(map[string][]string{n: strings.Fields(e.answer(n))}, &in, time.UTC)
		}
	}
	return Flow().Steps[i].Guard(Facts{Now: before, Input: in, At: a.at, Covered: true, Reoffers: math.MaxInt64, Actor: a.entry.Actor})
}

// anew brings the person's own record along where an answer of the ask lies
// there, and finds again who may be the same.
func (s *Service) anew(tx *db.Tx, h Handoff, before people.Person, list []Event) error {
	after := known{before}
	touched := false
	for _, e := range list {
		touched = after.answered(h, e) || touched
	}
	if !touched {
		return nil
	}
	changes, err := s.People.Update(tx, before, after.Person)
	if err != nil {
		return err
	}
	if err := s.marks(tx, h, Ask{Person: after.Person}); err != nil {
		return err
	}
	return audit.Write(tx, audit.Entry{
		Kind: audit.Change, Action: action(StepCorrect), Subjects: []string{string(h.Person)},
		Record: "people_person/" + string(h.Person), Changes: changes,
	})
}

// known is a person with the answers about them.
type known struct{ people.Person }

// answered takes an answer of the ask that lies with the person; false for any
// other.
func (k *known) answered(h Handoff, e Event) bool {
	if e.About == "language" && slices.Equal(k.Languages, some1s(e.wrongly())) {
		k.Languages = some1s(e.rightly())
		return true
	}
	i := slices.IndexFunc(askAnswers(), func(a askAnswer) bool { return a.Name == e.About && a.personal() })
	if i < 0 {
		return false
	}
	askAnswers()[i].set(&h, &k.Person, e.rightly())
	return true
}

// lastRighted is when an answer was last put right by a link, so that whoever
// did it sees that it came through; zero for never.
func lastRighted(tx *db.Tx, h ref.Handoff) (time.Time, error) {
	var at int64
	err := tx.Row(`SELECT COALESCE(MAX(recorded_at), 0) FROM handoff_event
		WHERE tenant = $1 AND handoff = $2 AND step = $3 AND role IN ($4, $5)`, h, StepCorrect, RoleAsker, RolePerson).Scan(&at)
	return db.Instant(at), err
}
