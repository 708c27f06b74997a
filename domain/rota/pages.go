package rota

import (
	"net/url"
	"strings"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// weekForm is the week with the form for a new shift.
type weekForm struct {
	Week
	Act      string
	Done     string     // what was just done; empty for nothing
	In       url.Values // what was typed
	Problems []page.Problem
}

type turnForm struct {
	OneTurn
	Act      string
	In       url.Values // what was picked; nil for nothing
	Problems []page.Problem
}

type mineForm struct {
	Mine
	Act      string
	Done     string // what was just done to a way to be told; empty for nothing
	Problems []page.Problem
}

func weekDoc(v *page.View, f weekForm) page.Doc {
	return page.Doc{Title: v.T("rota.title"), Kind: page.Worker, Body: weekBody(v, f)}
}

func turnDoc(v *page.View, f turnForm) page.Doc {
	return page.Doc{Title: v.T("rota.title"), Kind: page.Worker, Body: turnBody(v, f)}
}

func mineDoc(v *page.View, f mineForm) page.Doc {
	return page.Doc{Title: v.T("rota.title"), Kind: page.Worker, Live: "/rota/mine/live", Body: mineBody(v, f)}
}

func weekPath(site ref.Site, d Day) string {
	q := url.Values{"site": {string(site)}, "day": {string(d)}}
	return "/rota?" + q.Encode()
}

// todayAt is where today stands on the page of its week.
const todayAt = "today"

// todayPath leads to today, a long way down on a phone: on this page, or on that of
// its week.
func (w Week) todayPath() string {
	if w.Monday == w.Today.Monday() {
		return "#" + todayAt
	}
	return weekPath(w.Site, w.Today) + "#" + todayAt
}

// did are the words for what was just done to the rota.
func (f weekForm) did(v *page.View) string {
	if f.Done == "added" {
		return v.T("rota.added")
	}
	return v.T("rota.changed")
}

func turnPath(t Turn, what string) string {
	return strings.TrimSuffix("/rota/turn/"+url.PathEscape(string(t.Shift))+"/"+string(t.Day)+"/"+what, "/")
}

// turnValue names a turn in a form, and who has it; splitTurn reads it.
func turnValue(t Turn) string { return string(t.Shift) + " " + string(t.Day) + " " + string(t.Peer) }

func splitTurn(s string) (h Held, ok bool) {
	parts := strings.Split(s, " ")
	if len(parts) != 3 || !Day(parts[1]).Valid() {
		return h, false
	}
	return Held{ref.Shift(parts[0]), Day(parts[1]), ref.Account(parts[2])}, true
}

func (w Week) siteName(v *page.View, id ref.Site) string {
	for _, p := range w.Places {
		if p.ID == id {
			return p.Name
		}
	}
	return v.T("rota.every-site")
}

// name is who has a turn, in words also when nobody has.
func (w Week) name(v *page.View, a ref.Account) string {
	switch {
	case a == "":
		return v.T("rota.nobody")
	case w.Names[a] == "":
		return v.T("rota.someone")
	}
	return w.Names[a]
}

// on are the turns of the week that begin on a day.
func (w Week) on(d Day) (out []Turn) {
	for _, t := range w.Turns {
		if t.Day == d {
			out = append(out, t)
		}
	}
	return out
}

func (w Week) days() (out []Day) {
	for n := range 7 {
		out = append(out, w.Monday.Add(n))
	}
	return out
}

// dayName is the weekday and the date.
func dayName(v *page.View, d Day) string {
	noon := d.At(12*60, v.Local(v.Now).Location())
	return weekday(v, noon) + " " + v.Date(noon)
}

func weekday(v *page.View, t time.Time) string {
	keys := [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	return v.T("rota.day-" + keys[v.Local(t).Weekday()])
}

// joiner keeps what stands on its two sides on one line.
const joiner = "\u2060"

// hours are from when to when, never broken over two lines.
func hours(v *page.View, t Turn) string {
	return v.Clock(t.From) + joiner + "–" + joiner + v.Clock(t.To)
}

func turnSays(v *page.View, w Week, t Turn) string {
	says := w.name(v, t.Peer)
	if t.Peer == "" && !needsCover(v, t) {
		says = v.T("rota.nobody-was")
	}
	if t.Peer != t.Usual && t.Usual != "" {
		says += " · " + v.T("rota.instead", "Name", w.name(v, t.Usual))
	}
	return says
}

// needsCover reports whether somebody can still take a turn that nobody has.
func needsCover(v *page.View, t Turn) bool { return t.Peer == "" && t.To.After(v.Now) }

func turnTags(v *page.View, t Turn) (out []ui.TagProps) {
	if needsCover(v, t) {
		out = append(out, ui.TagProps{Words: v.T("rota.needs-cover"), Tone: ui.Lamp})
	}
	if !t.From.After(v.Now) && t.To.After(v.Now) {
		out = append(out, ui.TagProps{Words: v.T("rota.now")})
	}
	if t.Site == "" {
		out = append(out, ui.TagProps{Words: v.T("rota.every-site")})
	}
	return out
}

func peopleOptions(w Week, none string) []ui.OptionProps {
	var out []ui.OptionProps
	for _, p := range w.People {
		out = append(out, ui.OptionProps{Value: string(p.ID), Label: p.Name})
	}
	return append(out, ui.OptionProps{Value: "", Label: none})
}

func placeOptions(v *page.View, w Week) []ui.OptionProps {
	var out []ui.OptionProps
	for _, p := range w.Places {
		out = append(out, ui.OptionProps{Value: string(p.ID), Label: p.Name})
	}
	return append(out, ui.OptionProps{Value: "", Label: v.T("rota.every-site")})
}

func swapOptions(v *page.View, f turnForm) []ui.OptionProps {
	var out []ui.OptionProps
	if !f.Turn.To.After(v.Now) {
		return nil
	}
	for _, t := range f.Turns {
		if t.Peer != "" && t.Peer != f.Turn.Peer && t.To.After(v.Now) {
			out = append(out, ui.OptionProps{Value: turnValue(t), Label: dayName(v, t.Day) + ", " + hours(v, t), Hint: f.name(v, t.Peer)})
		}
	}
	return out
}

func optionsOf(v *page.View, list []field.Option) []ui.OptionProps {
	out := make([]ui.OptionProps, len(list))
	for i, o := range list {
		out[i] = ui.OptionProps{Value: o.Value, Label: v.Text(o.Label)}
	}
	return out
}

func languageOptions(v *page.View) []ui.OptionProps { return optionsOf(v, people.Languages()) }

// typed is what stands in a field: what was typed, or what is usual.
func (f weekForm) typed(name, usual string) string {
	if f.In == nil {
		return usual
	}
	return f.In.Get(name)
}

// wholeDay reports whether what was typed ends when it begins: then it is asked
// whether that is meant.
func (f weekForm) wholeDay() bool {
	begins, ok := ParseClock(f.In.Get("begins"))
	ends, too := ParseClock(f.In.Get("ends"))
	return ok && too && begins == ends
}

// picked is what stands in a field of a turn: what was picked and refused, or what is so.
func (f turnForm) picked(name, so string) []string {
	if f.In.Has(name) {
		return f.In[name]
	}
	return []string{so}
}

func (f weekForm) field(v *page.View, name, kind, usual string) ui.FieldProps {
	e, _ := Shifts().Field(name)
	return ui.FieldProps{
		Name: name, Label: v.Text(e.Label), Hint: v.Text(e.Hint), Kind: kind, Value: f.typed(name, usual),
		Optional: name == "until_day", Say: page.ProblemOf(f.Problems, name),
	}
}

func offField(v *page.View, f mineForm, name string) ui.FieldProps {
	e, _ := Aways().Field(name)
	return ui.FieldProps{Name: name, Label: v.Text(e.Label), Kind: "date", Say: page.ProblemOf(f.Problems, name)}
}

func (f mineForm) place(v *page.View, id ref.Site) string {
	if name := f.Places[id]; name != "" {
		return name
	}
	return v.T("rota.every-site")
}

// askedKey is the key of what someone is asked for.
func askedKey(w Waiting) string {
	if w.Kind == ForLive {
		return "rota.asked.live"
	}
	return "rota.asked.title"
}
