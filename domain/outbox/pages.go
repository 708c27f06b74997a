package outbox

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// keptForm is the list of what waits, with its forms.
type keptForm struct {
	List
	Act      string
	Problems []page.Problem
	Says     func(v *page.View, path string, form url.Values) []string
}

func keptDoc(v *page.View, f keptForm) page.Doc {
	return page.Doc{Title: v.T("outbox.title"), Kind: page.Worker, Body: keptBody(v, f), Narrow: true}
}

// whom is the name of whom an item is about, or words where there is none.
func (w Waiting) whom(v *page.View) string {
	if w.Person.Name == "" {
		return v.T("outbox.no-name")
	}
	return w.Person.Name
}

// why is why it waits: by whom, when, and what is asked.
func (f keptForm) why(v *page.View, w Waiting) string {
	name := f.Names[w.Account]
	if name == "" {
		name = v.T("outbox.someone")
	}
	at := w.SentAt
	if at.IsZero() {
		at = w.TakenAt
	}
	return v.T("outbox.by", "Name", ui.Apart(name), "When", v.When(at)) + " " + v.T("outbox.why-"+w.State)
}

// lines are what was written; none for who may not read it.
func (f keptForm) lines(v *page.View, w Waiting) []string {
	if w.Form == nil || f.Says == nil {
		return nil
	}
	return f.Says(v, w.Path, w.Form)
}

func (w Waiting) take() string { return strconv.FormatInt(w.Take, 10) }

// again is the page to write it anew on, for its writer and for who may read it;
// empty for what is pressed and not written.
func (w Waiting) again() string {
	about, ok := strings.CutPrefix(w.Path, "/walk/")
	_, page, _ := strings.Cut(about, "/")
	writes := page == "note" || page == "plan/stone" || strings.HasPrefix(page, "plan/part/")
	if !ok || !writes || w.Form == nil || w.Mine && w.State == Refused {
		return ""
	}
	return w.Path
}

func (w Waiting) againWords() string {
	if w.Mine {
		return "outbox.again"
	}
	return "outbox.again-for"
}

// typed is what stands in its form, by name.
func (w Waiting) typed() (out []struct{ name, value string }) {
	for _, name := range slices.Sorted(maps.Keys(w.Form)) {
		for _, value := range w.Form[name] {
			if name != page.ActField && name != page.LookField {
				out = append(out, struct{ name, value string }{name, value})
			}
		}
	}
	return out
}

// belongs is the page that it belongs to, with the words that lead there, for
// who may read it.
func (w Waiting) belongs() (path, words string) {
	part := strings.Split(w.Path, "/")
	switch {
	case w.Form == nil || len(part) < 3 || w.Mine && w.State == Refused:
		return "", ""
	case part[1] == "walk":
		return "/walk/" + part[2], "outbox.open-person"
	case part[1] == "handoff" || part[1] == "followups":
		return "/handoff/" + part[2], "outbox.open-handoff"
	}
	return "", ""
}

// Samples are the pages in the storybook, with made-up people.
func Samples() []page.Sample {
	doc := func(l List) func(v *page.View) page.Doc {
		return func(v *page.View) page.Doc {
			l := l
			l.Waiting = slices.Clone(l.Waiting)
			for i := range l.Waiting {
				l.Waiting[i].TakenAt = v.Now.Add(-time.Hour)
			}
			return keptDoc(v, keptForm{List: l, Act: "a", Says: func(*page.View, string, url.Values) []string {
				return []string{"Call · 15 min", "The kite is mended. Wants to ask about a room."}
			}})
		}
	}
	blue, reed := people.Person{ID: "p1", Name: "Blue"}, people.Person{ID: "p2", Name: "Reed"}
	names := map[ref.Account]string{"rosa": "Rosa", "idris": "Idris"}
	settings := Settings{Key: settingsKey, Hours: usualHours}
	mine := Waiting{Item: Item{ID: "a", Account: "rosa", State: Needs, Path: "/walk/p1/note"}, Person: blue, Form: url.Values{"way": {"text"}}, Mine: true, Places: true, Why: "They did not choose texts."}
	twice := Waiting{Item: Item{ID: "b", Take: 1, Account: "rosa", State: Apart, Path: "/walk/p1/note"}, Person: blue, Form: url.Values{"way": {"call"}}, Mine: true, Places: true}
	step := Waiting{Item: Item{ID: "d", Account: "rosa", State: Needs, Path: "/handoff/h1/meet"}, Form: url.Values{}, Mine: true, Places: true, Why: "Someone else goes."}
	lost := Waiting{Item: Item{ID: "c", Account: "idris", State: Refused, Path: "/walk/p2/note"}, Person: reed}
	return []page.Sample{
		{Name: "outbox/kept", Doc: doc(List{Waiting: []Waiting{mine, twice, step}, Names: names})},
		{Name: "outbox/kept-all", Doc: doc(List{Waiting: []Waiting{lost}, Names: names, MaySet: true, Settings: settings})},
		{Name: "outbox/kept-none", Doc: doc(List{})},
	}
}
