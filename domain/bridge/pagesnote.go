package bridge

import (
	"context"
	"encoding/hex"

	"github.com/a-h/templ"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// listForm is a person's notes with the form for a new one.
type listForm struct {
	List
	Door     Door
	Act      string
	Typed    Note
	From     bool // the form begins with the words of an older note
	Problems []page.Problem
}

// begins puts the words of one of the person's notes into the form for a new
// one. It is a note of its own and needs a yes of its own.
func (f *listForm) begins(from ref.Note) {
	for _, n := range f.Notes {
		if n.ID == from {
			f.From, f.Typed = true, Note{Recipient: n.Recipient, Body: n.Body, Touches: n.Touches}
		}
	}
}

// noteForm is one note with its forms.
type noteForm struct {
	One
	Door     Door
	Act      string
	Origin   string
	Open     string // the step whose form has a problem
	Typed    Note
	Signed   string
	Problems []page.Problem
}

func kindOf(d Door) page.DocKind {
	if d.Own {
		return page.Participant
	}
	return page.Worker
}

func notesDoc(v *page.View, f listForm) page.Doc {
	return page.Doc{Title: v.T("bridge.note.doc-title"), Kind: kindOf(f.Door), Body: notesBody(v, f), Narrow: true}
}

func noteDoc(v *page.View, f noteForm) page.Doc {
	return page.Doc{Title: v.T("bridge.note.doc-title"), Kind: kindOf(f.Door), Body: noteBody(v, f), Narrow: true}
}

func sheetDoc(v *page.View, token, act string, s Sheet) page.Doc {
	return page.Doc{Title: v.T("bridge.sheet.doc-title"), Kind: page.Outsider, Body: sheetBody(v, token, act, s), Narrow: true}
}

// over stands above the title: whose notes they are, to who walks with them.
func (d Door) over(v *page.View, name string) string {
	switch {
	case d.Own:
		return ""
	case name == "":
		return v.T("bridge.no-name")
	}
	return name
}

// consents is where a consent is asked for: by who walks along, or alone.
func (d Door) consents() string {
	if d.Own {
		return "/mine/allow"
	}
	return "/consents/" + string(d.Person) + "/new"
}

func whom(v *page.View, name string) string {
	if name == "" {
		return v.T("bridge.note.someone")
	}
	return name
}

func noteState(v *page.View, d Door, n Note) []ui.TagProps {
	tone := map[string]ui.Tone{Draft: ui.Soft, Approved: ui.Leaf, Sent: ui.Leaf}[n.State]
	return []ui.TagProps{{Words: v.T(d.voice("bridge.note.is-" + n.State)), Tone: tone}}
}

// reachOptions are whom the note can be for: whom a consent lets read it, and
// whom it is for already.
func reachOptions(reach []Recipient) []ui.OptionProps {
	var out []ui.OptionProps
	for _, r := range reach {
		out = append(out, ui.OptionProps{Value: string(r.ID), Label: r.Name})
	}
	return out
}

func recipientChoice(v *page.View, n Note, reach []Recipient, problems []page.Problem) ui.ChoiceProps {
	f, _ := Notes().Field("recipient")
	p := ui.ChoiceProps{Name: "recipient", Label: v.Text(f.Label), Options: reachOptions(reach), Say: page.ProblemOf(problems, "recipient")}
	if n.Recipient != "" {
		p.Values = []string{string(n.Recipient)}
	}
	return p
}

// written is what stands in the form: what was typed, or what the note says.
func (f noteForm) written() Note {
	if f.Open == StepWrite {
		return f.Typed
	}
	return f.Note
}

func (f noteForm) read() string { return hex.EncodeToString(f.Mark) }

func (f noteForm) problems(step string) []page.Problem {
	if f.Open != step {
		return nil
	}
	return f.Problems
}

// can reports whether whoever reads may take a step now.
func (f noteForm) can(step string) bool {
	role := "peer"
	if f.Door.Own {
		role = "participant"
	}
	for _, s := range NoteFlow().Next(f.State, role) {
		if s.Name == step {
			return true
		}
	}
	return false
}

func touchesSays(v *page.View, touches []string) string {
	f, _ := Notes().Field("touches")
	return f.Value(&Note{Touches: touches}, v.Words, v.Local(v.Now).Location())
}

// yesSays says when and how the person said yes.
func yesSays(v *page.View, d Door, a Approval) string {
	return v.T(d.voice("bridge.note.yes-"+a.How), "When", ui.Apart(v.When(a.At)))
}

func (f noteForm) facts(v *page.View) []ui.Fact {
	out := []ui.Fact{{Label: v.T("bridge.note.for"), Value: whom(v, f.To)}}
	if len(f.Touches) > 0 {
		out = append(out, ui.Fact{Label: v.T("bridge.note.speaks"), Value: touchesSays(v, f.Touches)})
	}
	return out
}

func (f noteForm) address() string { return f.Origin + "/context/" + f.Token }

// readings are when it was read, as a person would say it.
func (f noteForm) readings(v *page.View) []string {
	var out []string
	for _, r := range f.Read {
		out = append(out, v.T("bridge.note.read-by", "When", ui.Apart(v.When(r.At)), "Who", ui.Apart(whom(v, r.To))))
	}
	return out
}

// scopeFacts are what the consent behind a note allows, for who reads it.
func scopeFacts(v *page.View, t Told) []ui.Fact {
	out := []ui.Fact{}
	for _, o := range consent.Purposes() {
		if o.Value == t.Why {
			out = append(out, ui.Fact{Label: v.T("bridge.sheet.why"), Value: v.Text(o.Label)})
		}
	}
	switch {
	case !t.Until.IsZero():
		out = append(out, ui.Fact{Label: v.T("bridge.sheet.until"), Value: v.Date(t.Until)})
	case t.Event != "":
		out = append(out, ui.Fact{Label: v.T("bridge.sheet.until"), Value: t.Event})
	}
	return out
}

func aboutSays(v *page.View, s Sheet) string {
	if s.Name == "" {
		return v.T("bridge.sheet.about-someone")
	}
	return v.T("bridge.sheet.about", "Name", ui.Apart(s.Name))
}

// Panels are the parts of a person's own page that notes add.
func (web *Web) Panels() []func(context.Context) (templ.Component, error) {
	return []func(context.Context) (templ.Component, error){web.panel, web.cardPanel}
}

// panel says which notes wait for the person to read them.
func (web *Web) panel(ctx context.Context) (templ.Component, error) {
	w, err := web.S.Waiting(ctx)
	if err != nil || !w.Here {
		return templ.NopComponent, err
	}
	return waitingPanel(page.From(ctx), w), nil
}

func (l List) to(v *page.View, n Note) string { return whom(v, l.To[n.Recipient]) }

func (w Waiting) to(v *page.View, n Note) string { return whom(v, w.To[n.Recipient]) }
