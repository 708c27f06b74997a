package people

import (
	"strings"

	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func searchDoc(v *page.View, f searchForm) page.Doc {
	return page.Doc{Title: v.T("people.search.title"), Kind: page.Worker, Body: searchBody(v, f), Narrow: true}
}

// oneDoc has a title without a name: it stays in the browser's history.
func oneDoc(v *page.View, p Shown, act string) page.Doc {
	return page.Doc{Title: v.T("people.one.title"), Kind: page.Worker, Body: oneBody(v, p, act), Narrow: true}
}

func editDoc(v *page.View, f editForm) page.Doc {
	return page.Doc{Title: v.T("people.edit.title"), Kind: page.Worker, Body: editBody(v, f), Narrow: true}
}

func pairsDoc(v *page.View, list []Pair, more int, act string) page.Doc {
	return page.Doc{Title: v.T("people.pairs.title"), Kind: page.Worker, Body: pairsBody(v, list, more, act), Narrow: true}
}

// mayJoin only spares a peer a button that leads nowhere; policy decides.
func mayJoin(v *page.View) bool { return role(v) == "coordinator" || role(v) == "supervisor" }

func role(v *page.View) string {
	if v.Signed == nil {
		return ""
	}
	return v.Signed.Role
}

// alsoKnown names the other names a person has here.
func alsoKnown(v *page.View, p Shown) string {
	var names []string
	for _, r := range p.Records {
		for _, n := range []string{r.Name, r.LegalName} {
			if n != "" && n != p.Name {
				names = append(names, n)
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	return v.T("people.also", "Names", ui.Apart(v.Words.List(once(names))))
}

// ToldApart says what tells someone from another of the same name.
func ToldApart(v *page.View, p Shown) string {
	if !p.Alike {
		return ""
	}
	var out []string
	if p.Pronouns != "" {
		out = append(out, ui.Apart(p.Pronouns))
	}
	out = append(out, v.T("people.apart.since", "Day", v.Date(p.CreatedAt)))
	if len(p.With) > 0 {
		out = append(out, v.T("people.apart.with", "Names", ui.Apart(v.Words.List(p.With))))
	}
	if !p.Last.IsZero() {
		out = append(out, v.T("people.apart.last", "Day", v.Date(p.Last)))
	}
	if p.Site != "" {
		out = append(out, v.T("people.apart.site", "Site", ui.Apart(p.Site)))
	}
	return strings.Join(out, " · ")
}

// tags say enough to tell two of one name apart, and how they may be reached.
func tags(v *page.View, p Shown) []ui.TagProps {
	var out []ui.TagProps
	if d := digits(p.Phone); len(d) >= lastDigits {
		out = append(out, ui.TagProps{Words: v.T("people.ends", "Digits", d[len(d)-lastDigits:])})
	}
	if p.Phone != "" {
		out = append(out, ui.TagProps{Words: v.Text(p.SafeContact())})
	}
	if n := len(p.Records); n > 1 {
		out = append(out, ui.TagProps{Words: v.N("people.records", n), Tone: ui.Lamp})
	}
	return out
}

// facts are what a person's record says, but for the safety that stands above.
func facts(v *page.View, p Person) []ui.Fact {
	var out []ui.Fact
	for _, s := range Persons().Show(&p, v.Words, v.Local(v.Now).Location(), role(v)) {
		if s.Column != "safety" && s.Column != "voicemail" && s.Column != "texts" && s.Column != "no_calls" {
			out = append(out, ui.Fact{Label: s.Label, Value: s.Value})
		}
	}
	return out
}

func (s Shown) nameOf(id ref.Person) string {
	for _, r := range s.Records {
		if r.ID == id {
			return r.Name
		}
	}
	return ""
}

func whyTags(v *page.View, p Pair) []ui.TagProps {
	f, _ := Proposals().Field("why")
	var out []ui.TagProps
	for _, w := range p.Why {
		out = append(out, ui.TagProps{Words: v.Text(f.Option(w)), Tone: ui.Lamp})
	}
	return out
}

// compare puts two records beside each other, field by field.
func compare(v *page.View, p Pair) ui.TableProps {
	t := ui.TableProps{
		Caption: v.T("people.pairs.caption"),
		Columns: []ui.Column{{Words: v.T("people.pairs.what")}, {Words: v.T("people.pairs.first")}, {Words: v.T("people.pairs.second")}},
	}
	zone := v.Local(v.Now).Location()
	for _, f := range Persons().Fields {
		a, b := f.Value(&p.A, v.Words, zone), f.Value(&p.B, v.Words, zone)
		if (a != "" || b != "") && (f.Asked || f.Column == "created_at") {
			t.Rows = append(t.Rows, []ui.Cell{{Words: v.Text(f.Label)}, {Words: a}, {Words: b}})
		}
	}
	return t
}
