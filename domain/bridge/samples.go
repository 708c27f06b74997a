package bridge

import (
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// Samples are the pages in the storybook, with made-up people.
func Samples() []page.Sample { return slices.Concat(noteSamples(), liveSamples(), adviceSamples()) }

func noteSamples() []page.Sample {
	own, theirs := Door{Own: true}, Door{Person: "p1"}
	one := func(name string, d Door, change func(*page.View, *noteForm)) page.Sample {
		return page.Sample{Name: "bridge/" + name, Doc: func(v *page.View) page.Doc {
			f := noteForm{Door: d, One: sampleNote(v), Act: "a", Origin: "https://alongside.example"}
			if change != nil {
				change(v, &f)
			}
			return noteDoc(v, f)
		}}
	}
	return []page.Sample{
		{Name: "bridge/notes", Doc: func(v *page.View) page.Doc {
			return notesDoc(v, listForm{Door: theirs, List: sampleNotes(v), Act: "a"})
		}},
		{Name: "bridge/notes-own", Doc: func(v *page.View) page.Doc { return notesDoc(v, listForm{Door: own, List: sampleNotes(v), Act: "a"}) }},
		{Name: "bridge/notes-nobody", Doc: func(v *page.View) page.Doc {
			return notesDoc(v, listForm{Door: theirs, List: List{Person: "Blue"}, Act: "a"})
		}},
		one("note-draft", theirs, nil),
		one("note-draft-own", own, nil),
		one("note-changed", own, func(v *page.View, f *noteForm) {
			f.Open, f.Problems = StepApprove, []page.Problem{{Field: "words", Say: v.T("bridge.error.changed")}}
		}),
		one("note-approved", theirs, sampleApproved),
		one("note-sent", theirs, sampleSent),
		one("note-sent-own", own, sampleSent),
		one("note-shut", theirs, func(v *page.View, f *noteForm) { sampleSent(v, f); f.Covered = false }),
		{Name: "bridge/sheet-closed", Doc: func(v *page.View) page.Doc { return sheetDoc(v, "t", "a", Sheet{To: "Quay Clinic"}) }},
		{Name: "bridge/sheet", Doc: func(v *page.View) page.Doc { return sheetDoc(v, "t", "a", sampleSheet(v)) }},
		{Name: "bridge/panel", Doc: func(v *page.View) page.Doc {
			w := Waiting{Here: true, Notes: sampleNotes(v).Notes[:1], To: sampleNotes(v).To}
			return page.Doc{Title: v.T("bridge.note.doc-title"), Kind: page.Participant, Body: samplePanel(v, waitingPanel(v, w)), Narrow: true}
		}},
	}
}

const sampleWords = "Mornings are good for me. Nights are hard.\n\nTell me before you touch me. Please do not talk over my head.\nMy sister may sit with me."

func sampleNotes(v *page.View) List {
	n := func(id ref.Note, state string, days int) Note {
		return Note{ID: id, State: state, Recipient: "r1", WrittenAt: v.Now.AddDate(0, 0, -days)}
	}
	return List{
		Person: "Blue", Notes: []Note{n("n1", Draft, 0), n("n2", Sent, 9), n("n3", Back, 40)},
		To: map[ref.Recipient]string{"r1": "Quay Clinic"}, Reach: []Recipient{{"r1", "Quay Clinic"}, {"r2", "Lanternford General, ward 4"}},
	}
}

func sampleNote(v *page.View) One {
	return One{
		Note: Note{ID: "n1", Person: "p1", Recipient: "r1", State: Draft, Body: sampleWords, Touches: []string{"MH"}, WrittenAt: v.Now.Add(-time.Hour)},
		Name: "Blue", To: "Quay Clinic", Covered: true, Reach: sampleNotes(v).Reach,
	}
}

func sampleApproved(v *page.View, f *noteForm) {
	f.State = Approved
	f.Yes = Approval{ID: "a1", Body: sampleWords, How: OnOwn, At: v.Now.Add(-10 * time.Minute)}
	f.Before = []Approval{{ID: "a0", Body: "Mornings are good for me.", How: OnScreen, At: v.Now.Add(-26 * time.Hour)}}
}

func sampleSent(v *page.View, f *noteForm) {
	sampleApproved(v, f)
	f.State, f.Token = Sent, "lanternford0123456789abcdefghjkmn"
	f.Read = []Reading{{v.Now.Add(-5 * time.Minute), "Quay Clinic"}, {v.Now.Add(-30 * time.Hour), "Quay Clinic"}}
}

func sampleSheet(v *page.View) Sheet {
	return Sheet{
		To: "Quay Clinic", Bound: true, Name: "Blue", Words: Approval{Body: sampleWords, At: v.Now.Add(-time.Hour)},
		Told: Told{Notice: "42 CFR part 2 prohibits unauthorized use or disclosure of these records.", Why: scope.Treatment, Until: v.Now.AddDate(0, 2, 0)},
	}
}
