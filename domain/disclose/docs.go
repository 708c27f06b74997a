package disclose

import (
	"slices"
	"time"

	"github.com/a-h/templ"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/page/ui"
	"alongside/platform/scope"
)

func mineDoc(v *page.View, m Mine, panels ...templ.Component) page.Doc {
	return page.Doc{Title: v.T("disclose.doc-title"), Kind: page.Participant, Body: mineBody(v, m, panels), Narrow: true}
}

func oneDoc(v *page.View, c consent.Shown) page.Doc {
	return page.Doc{Title: v.T("disclose.doc-title"), Kind: page.Participant, Body: oneBody(v, c), Narrow: true}
}

// oneHead asks whether what is in force is taken back. What is over says so, and
// asks nothing. Neither says that nothing more is told while another consent is in
// force for the same.
func oneHead(v *page.View, c consent.Shown) ui.HeadProps {
	title, lead := "over", "over-lead"
	switch {
	case c.Live:
		title, lead = "title", "lead"
	case !c.RevokedAt.IsZero():
		title = "gone"
	}
	if c.Twice {
		lead += "-twice"
	}
	return ui.HeadProps{Title: v.T("disclose.one." + title), Lead: v.T("disclose.one."+lead, "To", ui.Apart(c.Whom(v)))}
}

func looksDoc(v *page.View, l looking) page.Doc {
	return page.Doc{Title: v.T("disclose.doc-title"), Kind: page.Participant, Body: looksBody(v, l), Narrow: true}
}

func (m Mine) live() []consent.Shown { return m.having(true) }
func (m Mine) over() []consent.Shown { return m.having(false) }

func (m Mine) having(live bool) []consent.Shown {
	return slices.DeleteFunc(slices.Clone(m.Consents), func(c consent.Shown) bool { return c.Live != live })
}

// says is one line of what was told: when, who and what.
func (l Line) says(v *page.View) string {
	var what []string
	for _, k := range l.What {
		what = append(what, v.Text(field.LabelOf(consent.Kinds(), k)))
	}
	who := l.Name
	if who == "" {
		who = v.T("disclose.told.someone")
	}
	return v.T("disclose.told.line", "When", ui.Apart(v.When(l.At)), "Who", ui.Apart(who), "What", v.Words.List(what))
}

func (l Line) emergency(v *page.View) string {
	switch l.Review {
	case Right:
		return v.T("disclose.told.emergency-right")
	case Wrong:
		return v.T("disclose.told.emergency-wrong")
	}
	return v.T("disclose.told.emergency")
}

// days are the looks of each day together.
func (l looking) days() [][]Look {
	var out [][]Look
	for i, one := range l.Looks {
		if i == 0 || !one.Day.Equal(l.Looks[i-1].Day) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], one)
	}
	return out
}

// dayWords is the date of a day's looks; each day has at least one.
func dayWords(v *page.View, day []Look) string { return v.Date(day[0].Last) }

func (l looking) who(v *page.View, one Look) string {
	if one.Actor == l.Me {
		return v.T("disclose.looks.you")
	}
	if n := l.Names[ref.Account(one.Actor)]; n != "" {
		return n
	}
	return v.T("disclose.looks.by-" + one.Whose())
}

// did is what was done, how often and what for.
func did(v *page.View, one Look) string {
	key := map[audit.Kind]string{audit.Look: "look", audit.Change: "change", audit.Disclosure: "tell"}[one.Kind]
	if one.List {
		key = "list"
	}
	says := v.N("disclose.looks."+key, one.Times)
	why := v.Text(field.LabelOf(consent.Purposes(), one.Purpose))
	if one.Purpose == scope.OwnRequest {
		why = v.T("disclose.looks.asked")
	}
	if why != one.Purpose {
		says = v.T("disclose.looks.for", "Did", says, "Why", why)
	}
	return says
}

// Samples are the pages in the storybook, with made-up people.
func Samples() []page.Sample {
	return append(slices.Concat(deskSamples(), allowSamples(), agreedSamples()), []page.Sample{
		{Name: "disclose/mine", Doc: func(v *page.View) page.Doc { return mineDoc(v, sampleMine(v)) }},
		{Name: "disclose/mine-none", Doc: func(v *page.View) page.Doc { sampleMine(v); return mineDoc(v, Mine{}) }},
		{Name: "disclose/one", Doc: func(v *page.View) page.Doc { return oneDoc(v, sampleMine(v).Consents[0]) }},
		{Name: "disclose/one-gone", Doc: func(v *page.View) page.Doc {
			c := sampleMine(v).Consents[1]
			c.RevokedAt = v.Now
			return oneDoc(v, c)
		}},
		{Name: "disclose/looks", Doc: func(v *page.View) page.Doc { return looksDoc(v, sampleLooks(v)) }},
		{Name: "disclose/looks-none", Doc: func(v *page.View) page.Doc { sampleMine(v); return looksDoc(v, looking{}) }},
	}...)
}

func sampleMine(v *page.View) Mine {
	v.Signed = &page.Signed{Name: "Blue", Role: "participant"}
	c := consent.Consent{
		ID: "1", Sort: consent.General, RecipientKind: consent.Named, Recipient: "r", What: []string{consent.Status, consent.Name},
		Purpose: scope.Treatment, GivenAt: v.Now.Add(-20 * time.Hour), UntilAt: v.Now.AddDate(0, 3, 0),
	}
	return Mine{
		Consents: []consent.Shown{{Consent: c, To: "Quay Clinic", Live: true}, {Consent: c, To: "Tallow House"}},
		Told: []Line{
			{At: v.Now.Add(-2 * time.Hour), Name: "Quay Clinic", What: []string{consent.Name}, Basis: ByConsent},
			{At: v.Now.Add(-30 * time.Hour), Name: "Wilma Demo", What: []string{consent.Status}, Basis: ByAudit},
			{At: v.Now.Add(-50 * time.Hour), Name: "Dr Demo, Lanternford General", What: []string{consent.Name}, Basis: ByEmergency},
			{At: v.Now.Add(-70 * time.Hour), Name: "Dr Demo, Tallow House", What: []string{consent.Name}, Basis: ByEmergency, Reviewed: true, Review: Wrong},
		},
	}
}

func sampleLooks(v *page.View) looking {
	sampleMine(v)
	day := func(ago int, actor string, kind audit.Kind, times int) Look {
		at := v.Now.AddDate(0, 0, -ago)
		return Look{Day: at, Last: at, Actor: actor, Kind: kind, Purpose: scope.Treatment, Times: times}
	}
	list := func(l Look) Look { l.List = true; return l }
	return looking{Me: "me", Next: 7, Names: map[ref.Account]string{"rosa": "Rosa Demo"}, Looks: []Look{
		day(0, "rosa", audit.Look, 4), list(day(0, "rosa", audit.Look, 84)), day(0, "me", audit.Look, 1), day(2, "link:abcd1234", audit.Change, 1), day(2, "rosa", audit.Disclosure, 2),
	}}
}
