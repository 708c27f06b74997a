package engagement

import (
	"slices"
	"strconv"
	"strings"

	"alongside/domain/people"
	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// peer is the work name of who wrote something.
func (c Companionship) peer(v *page.View, n Contact) string {
	if n.byThem() && c.Person.Name == "" {
		return v.T("engagement.the-person")
	}
	if n.byThem() {
		return c.Person.Name
	}
	if name := c.Names[n.Peer]; name != "" {
		return name
	}
	return v.T("engagement.someone")
}

// nameOf is the work name of who walks with the person.
func (c Companionship) nameOf(v *page.View, w Walk) string {
	if name := c.Names[w.Peer]; name != "" {
		return name
	}
	return v.T("engagement.someone")
}

// companions are the names of those who walk with the person.
func (c Companionship) companions(v *page.View) string {
	var out []string
	for _, w := range c.Walks {
		if name := c.Names[w.Peer]; name != "" {
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		return v.T("engagement.walk.nobody")
	}
	return v.T("engagement.walk.with", "Names", ui.Apart(v.Words.List(out)))
}

func reachTitle(v *page.View, p people.Person) string {
	if p.Name == "" {
		return v.T("engagement.reach.title-them")
	}
	return v.T("engagement.reach.title", "Name", ui.Apart(p.Name))
}

// contactSays is a contact in a line: how, how long, how it went.
func contactSays(v *page.View, c Contact) string {
	w, known := wayOf(c.Way)
	var parts []string
	if known {
		parts = append(parts, v.Text(w.label))
	}
	if c.byThem() {
		return v.Text(w.label) + " · " + v.T("engagement.wrote")
	}
	switch {
	case c.Minutes < 0: // nobody said how long
	case c.Reached:
		parts = append(parts, length(v, c.Minutes))
	default:
		parts = append(parts, v.T("engagement.tried"))
	}
	if c.Went != "" {
		parts = append(parts, optionIn(v, "went", c.Went))
	}
	if c.Safe {
		parts = append(parts, v.T("engagement.safe"))
	}
	return strings.Join(parts, " · ")
}

func optionIn(v *page.View, column, value string) string {
	f, _ := Contacts().Field(column)
	return v.Text(f.Option(value))
}

// about is what a contact was about, in a line.
func about(v *page.View, c Contact) string {
	var out []string
	for _, a := range c.About {
		out = append(out, optionIn(v, "about", a))
	}
	return v.Words.List(out)
}

func timeline(v *page.View, c Companionship) []ui.Entry {
	out := make([]ui.Entry, len(c.Contacts))
	for i, n := range c.Contacts {
		words := contactSays(v, n.Contact)
		if a := about(v, n.Contact); a != "" {
			words += ". " + a
		}
		if fate := c.fate(n.Contact); fate != "" {
			w, _ := wayOf(n.Way)
			words = v.Text(w.label) + " · " + v.T(fate)
		}
		out[i] = ui.Entry{
			At: n.StartedAt, Words: words, Who: c.peer(v, n.Contact), Note: n.Note, Corrected: len(n.By) > 0,
			Path: contactPath(n.Contact), Go: v.T("engagement.contact.open"),
		}
		if n.byThem() {
			out[i].Go = v.T("engagement.open") // their own words are not ours to put right
		}
		if n.Apart {
			out[i].Go = v.T("engagement.contact.decide")
		}
	}
	return out
}

// wayOptions are the ways, each with what the person said about it.
func wayOptions(v *page.View, p people.Person) []ui.OptionProps {
	var out []ui.OptionProps
	for _, w := range ways() {
		o := ui.OptionProps{Value: w.name, Label: v.Text(w.label)}
		if !w.open(p) {
			o.Hint = v.T("engagement.note.not-chosen")
		}
		out = append(out, o)
	}
	return out
}

// lengths are the usual answers to how long; 0 is an attempt.
func lengths() []int64 { return []int64{0, 5, 15, 30, 45, 60} }

func lengthOptions(v *page.View) []ui.OptionProps {
	var out []ui.OptionProps
	for _, n := range lengths() {
		label := length(v, n)
		if n == 0 {
			label = v.T("engagement.tried")
		}
		out = append(out, ui.OptionProps{Value: strconv.FormatInt(n, 10), Label: label})
	}
	return out
}

// long is the answer that is chosen, and other what stands in the field for any
// other number.
func (f noteForm) long() (chosen []string, other string) {
	if f.In == nil && f.Contact.ID == "" {
		return nil, ""
	}
	if f.In != nil {
		return []string{f.In.Get("long")}, f.In.Get("minutes")
	}
	n := strconv.FormatInt(f.Contact.Minutes, 10)
	if slices.Contains(lengths(), f.Contact.Minutes) {
		return []string{n}, ""
	}
	return nil, n
}

// typed is what stands in a field that is no field of the record.
func (f noteForm) typed(v *page.View, name string) string {
	if f.In != nil {
		return f.In.Get(name)
	}
	c := f.Contact
	switch {
	case name == "next_day" && !c.NextAt.IsZero():
		return v.Local(c.NextAt).Format("2006-01-02")
	case name == "day" && !c.StartedAt.IsZero():
		return v.Local(c.StartedAt).Format("2006-01-02")
	case name == "time" && !c.StartedAt.IsZero():
		return v.Local(c.StartedAt).Format("15:04")
	}
	return ""
}

// ask is a question of the record that few answer each time.
func (f noteForm) choice(v *page.View, column string) ui.ChoiceProps {
	e, _ := Contacts().Field(column)
	return ui.ChoiceProps{
		Name: column, Label: v.Text(e.Label), Options: ui.Options(v, e.Options), Short: true, Optional: true,
		Values: values(e, &f.Contact), Say: page.ProblemOf(f.Problems, column),
	}
}

func values(e field.Field[Contact], c *Contact) []string {
	if list, ok := e.At(c).(*[]string); ok {
		return *list
	}
	return []string{e.Text(c)}
}

// asksSafe reports whether the form asks if the person is safe: while someone
// worries, or where it was answered.
func (f noteForm) asksSafe() bool { return f.Contact.Safe || !f.Standing.WorryAt.IsZero() }

// worried says since when, and that being in touch is no answer by itself.
func (f noteForm) worried(v *page.View) string {
	if f.Standing.WorryAt.IsZero() {
		return ""
	}
	return v.T("engagement.worry.hint", "When", v.When(f.Standing.WorryAt))
}

// shut reports whether what few answer can stay shut: nothing there has a
// problem and nothing is filled in.
func (f noteForm) shut() bool {
	if f.Contact.ID != "" || f.In.Has(page.LookField) {
		return false
	}
	return !slices.ContainsFunc(f.Problems, func(p page.Problem) bool {
		return !slices.Contains([]string{"way", "safe"}, p.Field) && (p.Field != "minutes" || f.In.Get("minutes") != "")
	})
}

func contactFacts(v *page.View, n Noted, who string) []ui.Fact {
	c := n.Contact
	out := []ui.Fact{
		{Label: v.T("engagement.contact.who"), Value: who},
		{Label: label(v, "started_at"), Value: v.When(c.StartedAt)},
		{Label: label(v, "about"), Value: about(v, c)},
	}
	if c.Next != "" {
		out = append(out, ui.Fact{Label: label(v, "next"), Value: nextSays(v, Standing{Next: c.Next, NextAt: c.NextAt})})
	}
	for column, on := range map[string]bool{"they_began": c.TheyBegan, "agreed": c.Agreed, "safe": c.Safe} {
		if on {
			out = append(out, ui.Fact{Label: label(v, column), Value: v.T("engagement.yes")})
		}
	}
	return out
}

func label(v *page.View, column string) string {
	f, _ := Contacts().Field(column)
	return v.Text(f.Label)
}

func peerOptions(list []Peer) []ui.OptionProps {
	out := make([]ui.OptionProps, len(list))
	for i, p := range list {
		out[i] = ui.OptionProps{Value: string(p.ID), Label: p.Name}
	}
	return out
}
