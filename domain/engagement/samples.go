package engagement

import (
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/i18n"
	"alongside/platform/notify"
	"alongside/platform/page"
)

// Samples are the pages in the storybook, with made-up people.
func Samples() []page.Sample {
	return append(moreSamples(), []page.Sample{
		{Name: "engagement/today", Doc: func(v *page.View) page.Doc { return todayDoc(v, todayForm{Day: sampleDay(v), Act: "a"}) }},
		{Name: "engagement/today-empty", Doc: func(v *page.View) page.Doc { return todayDoc(v, todayForm{Day: Day{People: 1}, Act: "a"}) }},
		{Name: "engagement/own-times", Doc: func(v *page.View) page.Doc {
			return timesDoc(v, timesForm{Act: "a", Times: []OwnTime{
				{ID: "o1", Sort: Group, StartsAt: v.Now.Add(5 * time.Hour)}, {ID: "o2", Sort: Supervision, StartsAt: v.Now.Add(29 * time.Hour)},
			}})
		}},
		{Name: "engagement/caseload", Doc: func(v *page.View) page.Doc { return caseloadDoc(v, sampleCaseload(v)) }},
		{Name: "engagement/caseload-empty", Doc: func(v *page.View) page.Doc { return caseloadDoc(v, nil) }},
		{Name: "engagement/walk", Doc: func(v *page.View) page.Doc { return walkDoc(v, walkForm{Companionship: sampleWith(v), Act: "a"}) }},
		{Name: "engagement/walk-text", Doc: func(v *page.View) page.Doc {
			c := sampleWith(v)
			c.Person.Texts, c.MayText, c.Limits = true, true, Limits{Phone: "555-0143"}
			text := Contact{ID: "c9", Person: "p1", Peer: "rosa", Way: Text, StartedAt: v.Now, Note: "Tram 4 is late. I will be there at ten past."}
			c.Contacts, c.Fates = append([]Noted{{Contact: text}}, c.Contacts...), map[string]string{textPrefix + "c9": notify.Waiting}
			return walkDoc(v, walkForm{Companionship: c, Act: "a"})
		}},
		{Name: "engagement/walk-before", Doc: func(v *page.View) page.Doc {
			c := sampleWith(v)
			c.Earlier = true
			return beforeDoc(v, c)
		}},
		{Name: "engagement/texts-in", Doc: func(v *page.View) page.Doc { return textsDoc(v, sampleTexts(v)) }},
		{Name: "engagement/texts-in-none", Doc: func(v *page.View) page.Doc { return textsDoc(v, textsForm{Act: "a"}) }},
		{Name: "engagement/walk-worry", Doc: func(v *page.View) page.Doc { return walkDoc(v, walkForm{Companionship: sampleWorry(v), Act: "a"}) }},
		{Name: "engagement/note-worry", Doc: func(v *page.View) page.Doc { return noteDoc(v, noteForm{Companionship: sampleWorry(v), Act: "a"}) }},
		{Name: "engagement/note", Doc: func(v *page.View) page.Doc { return noteDoc(v, noteForm{Companionship: sampleWith(v), Act: "a"}) }},
		{Name: "engagement/note-needs", Doc: func(v *page.View) page.Doc {
			say := page.Problem{Field: "way", Say: v.T("engagement.error.no-text")}
			return noteDoc(v, noteForm{Companionship: sampleWith(v), Act: "a", Contact: Contact{Way: Text}, Problems: []page.Problem{say}})
		}},
		{Name: "engagement/contact-apart", Doc: func(v *page.View) page.Doc { return contactDoc(v, sampleApart(v)) }},
		{Name: "engagement/kept-both", Doc: func(v *page.View) page.Doc { return apartDoc(v, Contact{ID: "c1", Person: "p1"}) }},
		{Name: "engagement/coverage", Doc: func(v *page.View) page.Doc { return coverageDoc(v, sampleCover(v)) }},
		{Name: "engagement/coverage-none", Doc: func(v *page.View) page.Doc {
			return coverageDoc(v, coverForm{Act: "a", Coverage: Coverage{Limits: usual()}})
		}},
		{Name: "engagement/unmet", Doc: func(v *page.View) page.Doc { return unmetDoc(v, sampleUnmet(v)) }},
		{Name: "engagement/unmet-none", Doc: func(v *page.View) page.Doc { return unmetDoc(v, unmetForm{Act: "a"}) }},
	}...)
}

func ago(v *page.View, days int) time.Time { return v.Now.AddDate(0, 0, -days) }

func sampleDay(v *page.View) Day {
	blue, reed, fern := people.Person{ID: "p1", Name: "Blue"}, people.Person{ID: "p2", Name: "Reed", Texts: true}, people.Person{ID: "p3", Name: "Fern"}
	line := func(p people.Person, i Item) Line {
		i.Person, i.Path, i.Key, i.Noted = p.ID, walkPath(p.ID), i.Why+" "+string(p.ID), true
		return Line{Item: i, Person: p}
	}
	return Day{
		People: 7, Later: 2, Week: Together{People: 6, Times: 9, Tries: 3, Spent: 7*time.Hour + 20*time.Minute},
		Lines: []Line{
			{Item: Item{Rank: Now, Why: "asked-live", Path: "/live/1", Pass: "/rota/asked/1/pass", What: i18n.Text{EN: "Mercy ward", ES: "Planta Mercy", AR: "قسم ميرسي"}, At: v.Now.Add(-5 * time.Minute)}},
			line(blue, Item{Rank: Safety, Why: "worry", At: ago(v, 1)}),
			{Item: Item{Key: "handoff-beside p6", Rank: Safety, Why: "handoff-beside", Person: "p6", Path: "/handoff/6", At: v.Now.Add(-time.Hour)}, Person: people.Person{ID: "p6", Name: "Ash"}},
			line(reed, Item{Rank: Promise, Why: "next-i_call", At: v.Now}),
			line(fern, Item{Rank: Window, Why: "tried", Count: 2, At: ago(v, 4)}),
			line(people.Person{ID: "p4", Name: "Wren"}, Item{Rank: Silence, Why: "silence", Count: 16, At: ago(v, 16)}),
		},
	}
}

func sampleCaseload(v *page.View) []Companion {
	return []Companion{
		{
			Walk: Walk{Person: "p1", BeganAt: ago(v, 40)}, Person: people.Person{ID: "p1", Name: "Blue", Texts: true},
			Standing: Standing{ReachedAt: ago(v, 2), Next: "we_meet", NextAt: v.Now.AddDate(0, 0, 3)},
		},
		{
			Walk: Walk{Person: "p3", BeganAt: ago(v, 60)}, Person: people.Person{ID: "p3", Name: "Fern"},
			Standing: Standing{ReachedAt: ago(v, 20), Tries: 2, TriedAt: ago(v, 4)},
		},
		{Walk: Walk{Person: "p5", BeganAt: ago(v, 1)}, Person: people.Person{ID: "p5"}},
	}
}

func sampleWith(v *page.View) Companionship {
	call := Contact{
		ID: "c1", Person: "p1", Peer: "rosa", Way: Call, Reached: true, Minutes: 15, StartedAt: ago(v, 2), About: []string{"listening", "plan"},
		Went: WentMixed, Next: "we_meet", NextAt: v.Now.AddDate(0, 0, 3), Note: "The kite is mended. Wants to ask about a room.",
	}
	tried := Contact{ID: "c2", Person: "p1", Peer: "rosa", Way: Call, StartedAt: ago(v, 4)}
	old := Contact{ID: "c3", Person: "p1", Peer: "rosa", Way: InPerson, Reached: true, Minutes: 50, StartedAt: ago(v, 9), Went: WentHard}
	return Companionship{
		Person: people.Person{ID: "p1", Name: "Blue", Phone: "555-0100", Safety: "Mornings are best. My brother may pick up."},
		Walks:  []Walk{{ID: "w1", Person: "p1", Peer: "rosa", BeganAt: ago(v, 40)}}, Names: map[ref.Account]string{"rosa": "Rosa"},
		Standing: Standing{ReachedAt: call.StartedAt, Next: call.Next, NextAt: call.NextAt},
		Contacts: []Noted{{Contact: call}, {Contact: tried}, {Contact: old, By: []ref.Contact{"c1"}}},
	}
}

// sampleWorry is about someone who may not be safe, and would like to talk.
func sampleWorry(v *page.View) Companionship {
	c := sampleWith(v)
	c.Standing.WorryAt, c.Walks[0].HelloAt = ago(v, 2), v.Now
	return c
}

func sampleApart(v *page.View) oneForm {
	c := sampleWith(v)
	one, other := c.Contacts[0], c.Contacts[0]
	one.Apart, other.Apart = true, true
	other.Minutes, other.Note = 60, "The kite is mended. We looked at a room."
	return oneForm{OneContact{Companionship: c, One: one, Beside: []Noted{other}}, noteForm{Companionship: c, Act: "a", Contact: one.Contact}}
}

func sampleCover(v *page.View) coverForm {
	return coverForm{Act: "a", Typed: usual(), Coverage: Coverage{
		Walking: 42, Quiet: 5, All: 9, Unmet: 12, MaySet: true, Places: true, Texts: Unanswered{All: 3, Alone: 1, Since: ago(v, 1)}, Limits: usual(), Peers: []Peer{{ID: "a1", Name: "Idris"}, {ID: "a3", Name: "Rosa"}, {ID: "a2", Name: "Maple", Off: true}},
		Gaps: []Gap{
			{Person: people.Shown{Person: people.Person{ID: "p1", Name: "Blue"}}, Walk: Walk{ID: "w1", Person: "p1", ChangeAt: ago(v, 1)}, Why: "change"},
			{Person: people.Shown{Person: people.Person{ID: "p2", Name: "Reed"}}, Walk: Walk{ID: "w2", Person: "p2", BeganAt: ago(v, 90)}, Why: "left"},
		},
	}}
}

func sampleUnmet(v *page.View) unmetForm {
	bay := func(id ref.Person, days int) people.Shown {
		return people.Shown{Person: people.Person{ID: id, Name: "Bay", CreatedAt: ago(v, days)}, Alike: true}
	}
	return unmetForm{Act: "a", Ticked: []string{"p1"}, Unmet: Unmet{
		From: "p0", More: true, Peers: []Peer{{ID: "a1", Name: "Idris"}, {ID: "a2", Name: "Maple"}},
		People: []people.Shown{bay("p1", 40), bay("p2", 3), {Person: people.Person{ID: "p3", Name: "Quill", NoCalls: true}}},
	}}
}

// moreSamples are the pages about a plan, appointments and silence.
func moreSamples() []page.Sample {
	own, theirs := Door{Own: true}, Door{Person: "p1"}
	return []page.Sample{
		{Name: "engagement/plan", Doc: func(v *page.View) page.Doc { return planDoc(v, planForm{Door: theirs, Plan: samplePlan(v), Act: "a"}) }},
		{Name: "engagement/plan-apart", Doc: func(v *page.View) page.Doc {
			p := samplePlan(v)
			p.Parts[Matters] = append(p.Parts[Matters], Edit{ID: "e9", Part: Matters, Body: "My sister, and the kites.", By: "rosa", At: v.Now})
			return planDoc(v, planForm{Door: theirs, Plan: p, Act: "a", Apart: Matters})
		}},
		{Name: "engagement/plan-own", Doc: func(v *page.View) page.Doc { return planDoc(v, planForm{Door: own, Plan: samplePlan(v), Act: "a"}) }},
		{Name: "engagement/hard", Doc: func(v *page.View) page.Doc { return hardDoc(v, own, samplePlan(v)) }},
		{Name: "engagement/hard-none", Doc: func(v *page.View) page.Doc { return hardDoc(v, theirs, Plan{Person: people.Person{Name: "Fern"}}) }},
		{Name: "engagement/diary", Doc: func(v *page.View) page.Doc {
			return diaryDoc(v, diaryForm{Door: theirs, Diary: sampleDiary(v), Act: "a"})
		}},
		{Name: "engagement/diary-own", Doc: func(v *page.View) page.Doc { return diaryDoc(v, diaryForm{Door: own, Diary: sampleDiary(v), Act: "a"}) }},
		{Name: "engagement/quiet", Doc: func(v *page.View) page.Doc { return quietDoc(v, sampleQuiet(v)) }},
		{Name: "engagement/mine", Doc: func(v *page.View) page.Doc {
			m := Mine{
				Here: true, Walks: []Walk{{ID: "w1", Peer: "rosa"}}, Names: map[ref.Account]string{"rosa": "Rosa"},
				Next: sampleDiary(v).All[0], Phone: "555-0143", HasHard: true,
			}
			return page.Doc{Title: v.T("engagement.mine.yours"), Kind: page.Participant, Body: mineSample(v, m), Narrow: true}
		}},
	}
}

func samplePlan(v *page.View) Plan {
	part := func(id ref.Edit, part, body string) []Edit {
		return []Edit{{ID: id, Part: part, Body: body, By: "rosa", At: ago(v, 3)}}
	}
	return Plan{
		Person: people.Person{ID: "p1", Name: "Blue"}, Names: map[ref.Account]string{"rosa": "Rosa"},
		Parts: map[string][]Edit{
			Matters: part("e1", Matters, "My sister. Quiet mornings."), Helps: part("e2", Helps, "A walk by the water. Music, loud."),
			WhomCall: part("e3", WhomCall, "My sister first. Then Rosa."), Avoid: part("e4", Avoid, "Do not crowd me. No police."),
		},
		Stones: []Stone{
			{ID: "s1", Sort: StepStone, Words: "Ask about a room", MadeAt: ago(v, 3)},
			{ID: "s2", Sort: Milestone, Words: "First kite in the air", MadeAt: ago(v, 9), DoneAt: ago(v, 2)},
		},
	}
}

func sampleDiary(v *page.View) Diary {
	return Diary{
		Name: "Blue", Peers: []Peer{{ID: "a3", Name: "Rosa"}}, Names: map[ref.Account]string{"a3": "Rosa"},
		Remind: Remind{How: noReminder, Word: wordRemind, Ahead: 24},
		All: []Appointment{
			{ID: "m1", State: Planned, With: "Quay Clinic", Place: "Quay Street 4", WayThere: "Tram 4", Along: "a3", StartsAt: v.Now.AddDate(0, 0, 2)},
			{ID: "m2", State: Attended, With: "Lamplight Centre", StartsAt: ago(v, 6)},
		},
	}
}

func sampleQuiet(v *page.View) []Silent {
	list := sampleCaseload(v)
	one, _ := usual().silent(Companion{Walk: list[1].Walk, Person: people.Person{Name: "Fern", Phone: "555-0100", Texts: true}, Standing: Standing{ReachedAt: ago(v, 20)}}, v.Now)
	return []Silent{one, {Companion: list[1], Rest: v.Now.AddDate(0, 0, 20)}}
}
