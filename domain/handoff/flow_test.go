package handoff

import (
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

func TestTablesSayEverything(t *testing.T) {
	checks := map[string][]string{
		"flow": Flow().Check(), "handoff": Handoffs().Check(), "event": Events().Check(),
		"site": Sites().Check(), "destination": Destinations().Check(), "task": Tasks().Check(),
		"follow-up": FollowUps().Check(), "interval": Intervals().Check(), "farewell": Farewells().Check(),
	}
	for name, bad := range checks {
		for _, b := range bad {
			t.Errorf("%s: %s", name, b)
		}
	}
}

// TestAnAnswerIsOneOfItsQuestion: the same stored word answers several questions, and
// what is shown is what was said to the one that was asked.
func TestAnAnswerIsOneOfItsQuestion(t *testing.T) {
	value, _ := Events().Field("value")
	say := func(e Event) string { return value.Value(&e, &i18n.Words{Lang: i18n.English}, time.UTC) }
	for want, e := range map[string]Event{
		"They asked":           {Step: StepReopen, Value: "person"},
		"The person said so":   {Step: StepConnect, Value: "person"},
		"Together with a peer": {Step: StepCorrect, About: "transport", Value: "together"},
		"A record shows it":    {Step: StepCorrect, About: "connected_source", Value: "record"},
		"Asked the ward":       {Step: StepNotFound, Value: "ward"},
	} {
		if got := say(e); got != want {
			t.Errorf("%s %s: %q, want %q", e.Step, e.Value, got, want)
		}
	}
	two := say(Event{Step: StepNotFound, Value: "ward looked"})
	if !strings.Contains(two, "Asked the ward") || !strings.Contains(two, "Looked around") {
		t.Errorf("two things that were tried: %q", two)
	}
}

// TestEveryPair takes every step in every state as every role. A step is taken
// exactly where the table has a row for it; everywhere else it is refused, as
// Denied for a role that may never take it and as a Conflict otherwise.
func TestEveryPair(t *testing.T) {
	f := Flow()
	roles := []string{"participant", "peer", "supervisor", "coordinator", "evaluator", "administrator", RoleAsker, RoleDestination, RolePerson, RoleImport}
	names := map[string]bool{}
	for _, s := range f.Steps {
		names[s.Name] = true
	}
	for _, state := range f.States {
		for name := range names {
			for _, role := range roles {
				_, _, err := f.Take(state.Name, name, role, easyFor(name))
				want := expect(state.Name, name, role)
				if got := verdict(err); got != want {
					t.Errorf("%s takes %s in %s: %s, want %s", role, name, state.Name, got, want)
				}
			}
		}
	}
}

// easy are facts that every guard says yes to.
func easy() Facts {
	return Facts{
		Covered: true, Now: Handoff{Peer: "p", Contact: "call", VoicedAt: time.Unix(0, 0), BesideAt: time.Unix(0, 0)}, Theirs: true, Reoffers: 1,
		Last: Event{Step: StepConnect, Actor: "a", RecordedAt: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)}, Actor: "a",
		At: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC),
		Input: Input{
			Role: "peer", Peer: "p", Answer: "yes", Destination: "d", Mode: "room", Present: 3, Tried: []string{"ward"},
			ConnSource: "person", AskedBy: "person", ClosedReason: "moved", Contact: "call", ServiceReason: "full",
			Beside: "overdose", Note: "said so", Channel: "called", NewPeer: "q", SameAs: "h2", Where: "bench",
			MovedTo: time.Date(2026, 9, 2, 0, 0, 0, 0, time.UTC),
		},
	}
}

// easyFor are easy facts, for the steps of a hand-off that stands otherwise:
// nobody walks with the person, or it was joined to another.
func easyFor(step string) Facts {
	f := easy()
	switch step {
	case StepTakeOn:
		f.Now.Peer = ""
	case StepThere:
		f.Now.ConnectedAt = f.At
	case StepBack:
		f.Now.MetAt = f.At
	case StepPart:
		f.Now.ClosedReason = joined
	}
	return f
}

func verdict(err error) string {
	if err == nil {
		return "taken"
	}
	return errs.KindOf(err).String()
}

func expect(state, step, role string) string {
	may := false
	for _, s := range Flow().Steps {
		if s.Name != step || !slices.Contains(s.Who, role) {
			continue
		}
		may = true
		if slices.Contains(s.From, state) {
			return "taken"
		}
	}
	if may {
		return "conflict"
	}
	return "denied"
}

func TestGuards(t *testing.T) {
	set := func(change func(*Facts)) Facts { f := easy(); change(&f); return f }
	cases := []struct {
		name, state, step, role string
		facts                   Facts
		want                    string
	}{
		{"another peer cannot say that they are with them", Acknowledged, StepMeet, "peer", set(func(f *Facts) { f.Input.Peer = "q" }), "conflict"},
		{"a service is told nothing without consent", Consented, StepAccept, "peer", set(func(f *Facts) { f.Covered = false }), "conflict"},
		{"an introduction without consent is refused", Accepted, StepIntro, "peer", set(func(f *Facts) { f.Covered = false }), "conflict"},
		{"two people are not an introduction", Accepted, StepIntro, "peer", set(func(f *Facts) { f.Input.Present = 2 }), "invalid"},
		{"connected needs someone who says so", Introduced, StepConnect, "peer", set(func(f *Facts) { f.Input.ConnSource = "" }), "invalid"},
		{"not now opens again when they ask", NotNow, StepReopen, "peer", set(func(f *Facts) { f.Now.Contact = ContactNone }), "taken"},
		{"not now stays when nobody may contact them", NotNow, StepReopen, "peer", set(func(f *Facts) {
			f.Now.Contact, f.Input.AskedBy = ContactNone, "contact"
		}), "invalid"},
		{"nobody is looked for in no way at all", OnTheWay, StepNotFound, "peer", set(func(f *Facts) { f.Input.Tried = nil }), "invalid"},
		{"what was tried is one of the ways", OnTheWay, StepNotFound, "peer", set(func(f *Facts) { f.Input.Tried = []string{"a drone"} }), "invalid"},
		{"a service is offered again as often as the site says", Missed, StepReoffer, "peer", set(func(f *Facts) {
			f.Now.State, f.Now.Reoffers = Missed, 1
		}), "conflict"},
		{"a coordinator may go further", Missed, StepReoffer, "coordinator", set(func(f *Facts) {
			f.Now.State, f.Now.Reoffers, f.Input.Role = Missed, 1, "coordinator"
		}), "taken"},
		{"with a number and alone takes nobody else", Accepted, StepIntro, "peer", set(func(f *Facts) {
			f.Input.Mode, f.Input.Present = "cold", 1
		}), "taken"},
		{"where no service may know, none can have said it", Undisclosed, StepConnect, "peer", set(func(f *Facts) {
			f.Now.State, f.Covered, f.Input.ConnSource = Undisclosed, false, "receiver"
		}), "invalid"},
		{"the person can say it themselves", Undisclosed, StepConnect, "peer", set(func(f *Facts) {
			f.Now.State, f.Covered = Undisclosed, false
		}), "taken"},
		{"a service without consent cannot say they came", Travelling, StepConnect, RoleDestination, set(func(f *Facts) {
			f.Covered, f.Input.Role = false, RoleDestination
		}), "conflict"},
		{"a month is thirty days", Connected, StepStayed30, "peer", set(func(f *Facts) {
			f.Now.ConnectedAt = f.At.Add(-30*24*time.Hour + time.Second)
		}), "conflict"},
		{"and not a second more", Connected, StepStayed30, "peer", set(func(f *Facts) {
			f.Now.ConnectedAt = f.At.Add(-30 * 24 * time.Hour)
		}), "taken"},
		{"no service and no contact is not now", Met, StepSupport, "peer", set(func(f *Facts) { f.Input.Contact = ContactNone }), "invalid"},
		{"to put nothing right is nothing", Met, StepCorrect, "peer", set(func(f *Facts) { f.Input.Note = "" }), "invalid"},
		{"what someone else pressed is not a peer's to take back", Connected, StepUndo, "peer", set(func(f *Facts) { f.Last.Actor = "b" }), "conflict"},
		{"but a supervisor's", Connected, StepUndo, "supervisor", set(func(f *Facts) { f.Last.Actor, f.Input.Role = "b", "supervisor" }), "taken"},
		{"an hour later it stands", Connected, StepUndo, "peer", set(func(f *Facts) { f.Last.RecordedAt = f.At.Add(-UndoOwn - time.Second) }), "conflict"},
		{"a day later for a supervisor too", Connected, StepUndo, "supervisor", set(func(f *Facts) {
			f.Input.Role, f.Last.RecordedAt = "supervisor", f.At.Add(-UndoLeads-time.Second)
		}), "conflict"},
		{"a yes is taken back by its own step", Consented, StepUndo, "peer", set(func(f *Facts) { f.Last.Step = StepAgree }), "conflict"},
		{"what the person pressed themselves stands", NotNow, StepUndo, "supervisor", set(func(f *Facts) {
			f.Last.Step, f.Last.Role, f.Input.Role = StepNotNow, RolePerson, "supervisor"
		}), "conflict"},
		{"who left is not brought back", Closed, StepUndo, "coordinator", set(func(f *Facts) {
			f.Last.Step, f.Last.Role, f.Input.Role = StepClose, RoleLeft, "coordinator"
		}), "conflict"},
		{"taking back is not taken back", Accepted, StepUndo, "peer", set(func(f *Facts) { f.Last.Step = StepUndo }), "conflict"},
		{"an answer to nothing is none", Met, StepHeard, "supervisor", set(func(f *Facts) { f.Now.VoicedAt = time.Time{} }), "conflict"},
		{"who asks again for themselves says where they are", NotNow, StepReopen, RolePerson, set(func(f *Facts) {
			f.Now.Where, f.Input.Role, f.Input.Where = "Bay 7", RolePerson, ""
		}), "invalid"},
		{"who is called need not", NotNow, StepReopen, RolePerson, set(func(f *Facts) { f.Input.Role, f.Input.Where = RolePerson, "" }), "taken"},
		{"ending needs a reason", Met, StepClose, "peer", set(func(f *Facts) { f.Input.ClosedReason = "tired of it" }), "invalid"},
	}
	for _, c := range cases {
		_, _, err := Flow().Take(c.state, c.step, c.role, c.facts)
		if got := verdict(err); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestCorrectionChangesTheTimeAndKeepsBoth(t *testing.T) {
	at := func(m int) time.Time { return time.Date(2026, 3, 1, 2, m, 0, 0, time.UTC) }
	events := []Event{
		{Seq: 1, Step: StepAsk, To: Requested, At: at(0)},
		{Seq: 2, Step: StepAck, To: Acknowledged, At: at(3), Peer: "p"},
		{Seq: 3, Step: StepMeet, To: Met, At: at(40), Peer: "p"},
		{Seq: 4, Step: StepCorrect, From: Met, To: Met, At: at(21), Corrects: 3},
	}
	h := Fold(Handoff{}, events)
	if !h.MetAt.Equal(at(21)) || h.State != Met || h.Events != 4 {
		t.Errorf("met at %v in %s after %d events; want 02:21, met, 4", h.MetAt, h.State, h.Events)
	}
	if !events[2].At.Equal(at(40)) {
		t.Error("the first entry is no longer what was written")
	}
}

func TestAskedAgainBeginsAFreshRound(t *testing.T) {
	at := func(m int) time.Time { return time.Date(2026, 3, 1, 2, m, 0, 0, time.UTC) }
	h := Fold(Handoff{RequestedAt: at(0), DueAt: at(45)}, []Event{
		{Seq: 1, Step: StepAsk, To: Requested, At: at(0)},
		{Seq: 2, Step: StepAck, To: Acknowledged, At: at(3), Peer: "p"},
		{Seq: 3, Step: StepNotNow, To: NotNow, At: at(5), Contact: ContactNone, Value: "tired"},
		{Seq: 4, Step: StepReopen, To: Requested, At: at(50)},
	})
	if h.Peer != "" || !h.AckAt.IsZero() || h.DeclinedReason != "" {
		t.Errorf("the first round still shows: %+v", h)
	}
	if want := at(50).Add(45 * time.Minute); !h.DueAt.Equal(want) {
		t.Errorf("due %v, want the site's own promise from the new ask, %v", h.DueAt, want)
	}
	if h.Waited(at(40)) != 0 {
		t.Error("a clock set back makes someone wait a negative time")
	}
}

// TestEveryQuestionIsInTheTable holds each need of each step to an entry with
// words in every language, and each entry to a step that asks it.
func TestEveryQuestionIsInTheTable(t *testing.T) {
	asked := map[string]bool{}
	for _, s := range Flow().Steps {
		for _, n := range s.Needs {
			if asked[n] = true; !question(n).Label.Complete() {
				t.Errorf("step %s needs %q, which is no question", s.Name, n)
			}
		}
	}
	drawn := []field.Kind{field.Choice, field.Choices, field.Text, field.Long, field.Instant, field.Number, field.Ref}
	for _, q := range Questions() {
		if !slices.Contains(drawn, q.Kind) {
			t.Errorf("%s: nothing draws its kind (question.templ)", q.Name)
		}
		if !asked[q.Name] {
			t.Errorf("no step asks %q", q.Name)
		}
		for _, o := range q.Options {
			if !o.Label.Complete() {
				t.Errorf("%s: the answer %s lacks words", q.Name, o.Value)
			}
		}
	}
}

// TestEveryStateHasItsPlace holds each state to a lane, and to words on the
// person's own page.
func TestEveryStateHasItsPlace(t *testing.T) {
	for _, s := range States() {
		if s.Lane == "" {
			t.Errorf("%s stands in no lane", s.Name)
		}
	}
}

func TestWhatTurnsAsidePointsToNoService(t *testing.T) {
	before := Handoff{State: Accepted, Destination: "d", Consent: "c", AcceptedAt: time.Unix(1, 0)}
	for _, step := range []string{StepNotNow, StepSupport, StepPersonNo, StepQuiet, StepTakeBack} {
		h := before.after(Event{Step: step, From: Accepted, To: NotNow}, time.Unix(2, 0))
		if h.Destination != "" || h.Consent != "" {
			t.Errorf("after %s it still points to %q under %q", step, h.Destination, h.Consent)
		}
		if h.AcceptedAt.IsZero() {
			t.Errorf("after %s it is forgotten that the service had said yes", step)
		}
	}
}
