package handoff

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"alongside/domain/people"
	"alongside/platform/field"
	"alongside/platform/flow"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// viewTitle never names the person in the page's title, only on the page.
func viewTitle(v *page.View, d Detail) string {
	return cardTitle(v, Card{Handoff: &d.Handoff, Name: d.Person.Name, Site: d.Site.Name})
}

// facts are the fields of a hand-off and its person that have something to say
// and stand nowhere else on the page. The language of the ask is not said twice.
func facts(v *page.View, d Detail) []ui.Fact {
	role := ""
	if v.Signed != nil {
		role = v.Signed.Role
	}
	zone := v.Local(v.Now).Location()
	shown := append(Handoffs().Show(&d.Handoff, v.Words, zone, role), personal(v, d, zone, role)...)
	var out []ui.Fact
	spoken, before := slices.Contains(d.Person.Languages, d.Language), earlier(d.Events)
	for _, s := range shown {
		if !placed(s.Column) && !(s.Column == "language" && spoken) {
			out = append(out, ui.Fact{Label: s.Label, Value: asOf(v, s.Value, before[s.Column])})
		}
	}
	if d.PeerName != "" {
		out = append(out, ui.Fact{Label: v.Text(i18n.Text{EN: "Peer", ES: "Par", AR: "المرافق"}), Value: d.PeerName})
	}
	if expects(d.State) && !d.SlotAt.IsZero() {
		out = append(out, ui.Fact{Label: v.T("handoff.view.slot"), Value: v.When(d.SlotAt)})
	}
	return out
}

// nextNone says what comes next to who has no step to take: while someone waits, that is
// not nothing.
func nextNone(v *page.View, h Handoff) string {
	switch {
	case h.Lane == LaneAfter || h.Lane == LaneOver:
		return v.T("handoff.view.next-none")
	case h.Lane != LaneWalking:
		return v.T("handoff.view.next-asked")
	case h.Peer == "":
		return v.T("handoff.view.next-nobody")
	}
	return v.T("handoff.view.next-peer")
}

// expects reports whether a service that named a time still waits for the person.
func expects(state string) bool {
	return state == Accepted || state == Introduced || state == Travelling
}

// placed are the fields that stand elsewhere on the page: the state above the
// title, every time on the path, what is safe beside the telephone, and counts
// that mean nothing alone.
func placed(column string) bool {
	if strings.HasSuffix(column, "_at") {
		return true
	}
	switch column {
	case "state", "events", "safety", "own_turn", "reoffers":
		return true
	}
	return false
}

func personal(v *page.View, d Detail, zone *time.Location, role string) []field.Shown {
	return people.Persons().Show(&d.Person, v.Words, zone, role)
}

// entries is the timeline, oldest first, each with who and what.
func entries(v *page.View, d Detail) []ui.Entry {
	fixed, stood := map[int64]bool{}, map[int64]time.Time{}
	for _, e := range d.Events {
		if e.Step == StepCorrect || e.Step == StepUndo {
			fixed[e.Corrects] = true
		}
	}
	out, again := make([]ui.Entry, len(d.Events)), visits(d.Events)
	for i, e := range d.Events {
		out[i] = ui.Entry{At: e.At, Words: entryWords(v, e, again[e.Seq]), Who: d.Actors[accountOf(e)], Note: which(d, e) + noteOf(v, e), Corrected: fixed[e.Seq]}
		if stood[e.Seq] = e.At; e.Step == StepCorrect {
			out[i].At = e.RecordedAt
			out[i].Note = strings.Join(append(putRightOf(v, d, e, stood[e.Corrects]), some1s(e.Note)...), " ")
			stood[e.Corrects] = e.At
		}
		for _, says := range d.Said[e.Seq] {
			out[i].Note = strings.TrimPrefix(out[i].Note+" · ", " · ") + v.T("handoff.view.they-say", "Says", ui.Apart(says))
		}
	}
	return out
}

// entryWords are what happened; again is a visit after the first.
func entryWords(v *page.View, e Event, again bool) string {
	if again {
		return v.T("handoff.view.there-again")
	}
	return doneWords(v, e.Step)
}

// besideSays is what happened beside the path last that presses, and when.
func besideSays(v *page.View, d Detail) string {
	list := inForce(d.Events)
	for i := len(list) - 1; i >= 0; i-- {
		if e := list[i]; e.Step == StepBeside && e.presses() {
			what := strings.Join(question("beside").words(e.Value, v.Text), " ")
			return v.T("handoff.view.beside-says", "What", what, "When", v.When(e.At))
		}
	}
	return ""
}

// which names the service that a yes was said to: there may be several on one path.
func which(d Detail, e Event) string {
	i := slices.IndexFunc(d.Destinations, func(one Destination) bool { return one.ID == e.Destination })
	if e.Step != StepAgree || i < 0 {
		return ""
	}
	return ui.Apart(d.Destinations[i].Name) + " · "
}

// noteOf is what an entry adds to its step: the answer that it keeps, in words,
// and the note.
func noteOf(v *page.View, e Event) string {
	var parts []string
	if q, ok := kept(needsOf(e.Step)); ok {
		parts = q.words(e.Value, v.Text)
	}
	if e.Step == StepIntro && e.Present > 0 && warm(e.Value) { // of the others "together" would say too much
		parts = append(parts, v.N("handoff.view.there", int(e.Present)))
	}
	if asksContact(e.Step) && e.Contact != "" {
		f := field.Field[Event]{Options: Contacts()}
		parts = append(parts, v.Text(f.Option(e.Contact)))
	}
	parts = append(parts, question("there").words(strings.Join(e.There, " "), v.Text)...)
	for _, said := range []string{e.Where, e.Note} {
		if said != "" {
			parts = append(parts, ui.Apart(said))
		}
	}
	return strings.Join(parts, " · ")
}

// needsOf are the questions of a step. The steps that begin a hand-off ask on a
// page of their own; what they keep is the answer.
func needsOf(step string) []string {
	if step == StepAsk || step == StepHold {
		return []string{"answer"}
	}
	if step == StepShown {
		return []string{"connected_source"}
	}
	for _, s := range Flow().Steps {
		if s.Name == step {
			return s.Needs
		}
	}
	return nil
}

func destinationOptions(v *page.View, list []Destination) []ui.OptionProps {
	out := make([]ui.OptionProps, len(list))
	for i, d := range list {
		out[i] = ui.OptionProps{Value: string(d.ID), Label: d.Name, Hint: strings.Join(placeSays(v, d), " · ")}
	}
	return out
}

// placeSays is what a peer wants to know of a service at a glance.
func placeSays(v *page.View, d Destination) []string {
	var says []string
	if d.About != "" {
		says = append(says, d.About)
	}
	for _, t := range placeTags(v, d) {
		says = append(says, t.Words)
	}
	return says
}

// siteTags say of a place that asks what whoever asks there will miss.
func siteTags(v *page.View, s Site) []ui.TagProps {
	if s.Duty != "" {
		return nil
	}
	return []ui.TagProps{{Words: v.T("handoff.places.no-phone"), Tone: ui.Lamp}}
}

// placeTags say how a service stands to medicine, and its room today if it said
// so.
func placeTags(v *page.View, d Destination) []ui.TagProps {
	var tags []ui.TagProps
	if d.Medicine != "" {
		f := field.Field[Destination]{Options: Medicines()}
		tags = append(tags, ui.TagProps{Words: v.Text(f.Option(d.Medicine))})
	}
	if !d.PlacesAt.IsZero() {
		tags = append(tags, ui.TagProps{Words: roomSays(v, d)})
	}
	return tags
}

// placeFacts are all that a service says of itself.
func placeFacts(v *page.View, d Destination) []ui.Fact {
	var out []ui.Fact
	for _, s := range Destinations().Show(&d, v.Words, v.Local(v.Now).Location(), "") {
		switch s.Column {
		case "name", "turn", "places", "places_at", "device_at":
			continue
		}
		out = append(out, ui.Fact{Label: s.Label, Value: s.Value, Dial: s.Column == "phone"})
	}
	return out
}

// putRight is the timeline with the way to put an entry right, for who may.
func putRight(v *page.View, d Detail) []ui.Entry {
	out, back := entries(v, d), undone(d.Events)
	if !slices.ContainsFunc(d.Next, func(s flow.Step[Facts]) bool { return s.Name == StepCorrect }) {
		return out
	}
	for i, e := range d.Events {
		if amendableStep(e.Step) && !back[e.Seq] {
			out[i].Path = "/handoff/" + string(d.Handoff.ID) + "/entry/" + strconv.FormatInt(e.Seq, 10)
			out[i].Go = v.T("handoff.right.open")
		}
	}
	return out
}

func some1s(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
