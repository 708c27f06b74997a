package engagement

import (
	"time"

	"alongside/domain/people"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// textsForm is the list of texts that wait, with its forms.
type textsForm struct {
	Texts    []Strayed
	Act      string
	Open     string // the one whose form has a problem
	Problems []page.Problem
}

func textsDoc(v *page.View, f textsForm) page.Doc {
	return page.Doc{Title: v.T("engagement.textin.title"), Kind: page.Worker, Body: textsBody(v, f), Narrow: true}
}

func (t Strayed) says(v *page.View) string {
	return v.When(t.CameAt) + ". " + v.T("engagement.textin.why-"+t.Why)
}

func (t Strayed) title(v *page.View) string {
	if t.Why == InUnread {
		return v.T("engagement.textin.unread")
	}
	return v.T("engagement.textin.from", "Number", ui.Apart(t.Sender))
}

// whose says them apart where only the button is heard.
func (t Strayed) whose() string {
	if t.Sender == "" {
		return t.Words
	}
	return t.Sender
}

func (t Strayed) options(v *page.View) []ui.OptionProps {
	var out []ui.OptionProps
	for _, p := range t.Who {
		out = append(out, ui.OptionProps{Value: string(p.ID), Label: nameOf(v, p)})
	}
	return out
}

func (t Strayed) problem(f textsForm) string {
	if f.Open != t.ID {
		return ""
	}
	return page.ProblemOf(f.Problems, "person")
}

// of tells the forms apart; the one with a problem has the plain name.
func (t Strayed) of(f textsForm) string {
	if f.Open == t.ID {
		return ""
	}
	return t.ID
}

// byThem reports whether a contact is a text that the person sent.
func (c Contact) byThem() bool { return c.Peer == "" && c.TheyBegan }

func sampleTexts(v *page.View) textsForm {
	at := func(minutes int) time.Time { return v.Now.Add(-time.Duration(minutes) * time.Minute) }
	return textsForm{Act: "a", Texts: []Strayed{
		{TextIn: TextIn{ID: "t1", Why: InUnknown, Sender: "555-0161", Words: "Is this the number from the card?", CameAt: at(50)}},
		{TextIn: TextIn{ID: "t2", Why: InSeveral, Sender: "555-0162", Words: "Running late, sorry.", CameAt: at(9)}, Who: []people.Person{{ID: "p1", Name: "Blue"}, {ID: "p2", Name: "Reed"}}},
		{TextIn: TextIn{ID: "t3", Why: InUnread, Words: `{"id":"7","from":"555-0163","text":"Can we me`, CameAt: at(3)}},
	}}
}
