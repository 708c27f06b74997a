package bridge

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"alongside/domain/ref"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// cardsForm is the list of cards, with what is looked for.
type cardsForm struct {
	Own   bool
	Makes bool // whoever looks writes cards
	Want  Wanted
	Cards []Card
	Given Given // what lies on the person's own page
	Act   string
}

// storyForm is one card with one version of it to read.
type storyForm struct {
	CardStory
	Read     Edition
	One      bool // a version of its own page
	Act      string
	Problems []page.Problem
}

// cardSheet is a card to be turned to a person.
type cardSheet struct {
	Card
	Own  bool
	Lang i18n.Lang
}

// writeForm is what was typed of a new version.
type writeForm struct {
	Typed    Edition
	After    int64
	Act      string
	Problems []page.Problem
}

// giveForm is a person's cards with the form to give one.
type giveForm struct {
	Given
	Door     Door
	Card     string
	Tell     bool
	Act      string
	Problems []page.Problem
}

func cardPath(card string) string { return "/cards/" + url.PathEscape(card) }

func versionPath(e Edition) string {
	return cardPath(e.Card) + "/version/" + strconv.FormatInt(e.Number, 10)
}

func cardsBase(own bool) string {
	if own {
		return "/mine/cards"
	}
	return "/cards"
}

func kindOfPage(own bool) page.DocKind {
	if own {
		return page.Participant
	}
	return page.Worker
}

func cardsDoc(v *page.View, f cardsForm) page.Doc {
	return page.Doc{Title: v.T("bridge.card.title"), Kind: kindOfPage(f.Own), Body: cardsBody(v, f), Narrow: true}
}

func cardDoc(v *page.View, f storyForm) page.Doc {
	return page.Doc{Title: v.T("bridge.card.doc"), Kind: page.Worker, Body: cardBody(v, f), Narrow: true}
}

// cardSheetDoc has no menu: whoever looks at it is not who holds the phone.
func cardSheetDoc(v *page.View, s cardSheet) page.Doc {
	d := page.Doc{Title: v.T("bridge.card.doc"), Kind: page.Outsider, Body: cardSheetBody(v, s)}
	if s.Own {
		d.Kind = page.Participant
	}
	return d
}

func writeDoc(v *page.View, f writeForm) page.Doc {
	return page.Doc{Title: v.T("bridge.card.doc"), Kind: page.Worker, Body: writeBody(v, f), Narrow: true}
}

func giveDoc(v *page.View, f giveForm) page.Doc {
	return page.Doc{Title: v.T("bridge.card.given"), Kind: page.Worker, Body: giveBody(v, f), Narrow: true}
}

// group are the cards of one kind.
type group struct {
	Title string
	Cards []Card
}

func (f cardsForm) groups(v *page.View) []group {
	var out []group
	for _, k := range CardKinds() {
		g := group{Title: v.Text(k.Label)}
		for _, c := range f.Cards {
			if c.Kind == k.Value {
				g.Cards = append(g.Cards, c)
			}
		}
		if len(g.Cards) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func (f cardsForm) path(c Card) string { return cardsBase(f.Own) + "/" + url.PathEscape(c.Card) }

func (f cardsForm) narrowed() bool { return f.Want != Wanted{} }

func kindChoices(v *page.View) []ui.OptionProps {
	return append([]ui.OptionProps{{Value: "", Label: v.T("bridge.card.kind-all")}}, ui.Options(v, CardKinds())...)
}

// state is what is known of who read it, in words.
func (e Edition) state(v *page.View) string {
	switch {
	case e.reviewed():
		return v.T("bridge.card.reviewed", "Day", v.Date(e.ReviewedAt))
	case e.Number == 0:
		return v.T("bridge.card.await")
	}
	return v.T("bridge.card.draft")
}

// stateSays is the state in a sentence, for who does not work here.
func (e Edition) stateSays(v *page.View) string {
	if !e.reviewed() && e.Number == 0 {
		return v.T("bridge.card.await-says")
	}
	return e.state(v)
}

func (e Edition) stateTag(v *page.View) ui.TagProps {
	if e.reviewed() {
		return ui.TagProps{Words: e.state(v), Tone: ui.Leaf}
	}
	return ui.TagProps{Words: e.state(v), Tone: ui.Lamp}
}

// over is what stands above the title: the version, on a page of its own, or
// the kind.
func (f storyForm) over(v *page.View) string {
	if f.One {
		return v.T("bridge.card.version", "N", f.Read.Number)
	}
	kind, _ := Editions().Field("kind")
	return v.Text(kind.Option(f.Read.Kind))
}

func (f storyForm) tags(v *page.View) []ui.TagProps {
	out := []ui.TagProps{f.Read.stateTag(v)}
	if f.Country != "" {
		out = append(out, ui.TagProps{Words: v.T("bridge.card.country-" + f.Country)})
	}
	return out
}

// ease is how hard a language of a version is to read, as far as that is known.
func (e Edition) ease(v *page.View, l i18n.Lang) string {
	year, ok := e.grade()
	switch {
	case l != i18n.English || !ok:
		return v.T("bridge.card.grade-none")
	case e.hard():
		return v.T("bridge.card.grade-high", "Grade", oneDigit(year))
	}
	return v.T("bridge.card.grade", "Grade", oneDigit(year))
}

func oneDigit(n float64) string { return fmt.Sprintf("%.1f", max(n, 0)) }

// stale names the languages that were left as they were when another changed.
func (f storyForm) stale() string {
	before, ok := f.version(f.Read.Number - 1)
	if !ok || f.Read.WrittenBy == "" {
		return ""
	}
	var same []string
	changed := false
	for _, l := range i18n.Langs() {
		switch _, _, ok := f.Read.in(l); {
		case !f.Read.says(before, l):
			changed = true
		case ok:
			same = append(same, langWord(l))
		}
	}
	if !changed {
		return ""
	}
	return strings.Join(same, ", ")
}

func (s cardSheet) langPath(l i18n.Lang) string {
	if s.Own {
		return "/mine/cards/" + url.PathEscape(s.Card.Card) + "/" + string(l)
	}
	return cardPath(s.Card.Card) + "/show/" + string(l)
}

func (s cardSheet) back() string {
	if s.Own {
		return "/mine/cards"
	}
	return cardPath(s.Card.Card)
}

func langWord(l i18n.Lang) string {
	return map[i18n.Lang]string{i18n.English: "English", i18n.Spanish: "Español", i18n.Arabic: "العربية"}[l]
}

// addressOf cuts a line of a source into what it says and its address: on a
// screen the first is enough.
func addressOf(line string) (says, address string) {
	i := strings.Index(line, "http")
	if i <= 0 {
		return line, ""
	}
	return strings.TrimSpace(line[:i]), line[i:]
}

func current(here bool) string {
	if here {
		return "page"
	}
	return "false"
}

// history is every version, newest first.
func (f storyForm) history(v *page.View) []ui.Entry {
	var out []ui.Entry
	for i := range f.Versions {
		e := f.Versions[len(f.Versions)-1-i]
		entry := ui.Entry{
			At: e.WrittenAt, Words: v.T("bridge.card.version", "N", e.Number), Who: f.Names[ref.Account(e.WrittenBy)], Note: f.readBy(v, e),
			Path: versionPath(e), Go: v.T("bridge.card.version-go"),
		}
		if e.WrittenBy == "" {
			entry.Note = v.T("bridge.card.version-0") + " " + entry.Note
		}
		out = append(out, entry)
	}
	return out
}

func (f storyForm) readBy(v *page.View, e Edition) string {
	if name := f.Names[ref.Account(e.ReviewedBy)]; name != "" {
		return v.T("bridge.card.reviewed-by", "Name", ui.Apart(name), "Day", v.Date(e.ReviewedAt))
	}
	return e.state(v)
}

func (f writeForm) path() string {
	if f.Typed.Card == "" {
		return "/cards/new"
	}
	return cardPath(f.Typed.Card) + "/write"
}

func (f writeForm) back() string {
	if f.Typed.Card == "" {
		return "/cards"
	}
	return cardPath(f.Typed.Card)
}

func (f writeForm) heading(v *page.View) string {
	if f.Typed.Card == "" {
		return v.T("bridge.card.new")
	}
	return v.T("bridge.card.rewrite")
}

// shut reports whether a language other than the first has nothing typed and
// nothing wrong.
func (f writeForm) shut(l i18n.Lang) bool {
	title, body, _ := f.Typed.in(l)
	code := string(l)
	return title == "" && body == "" && page.ProblemOf(f.Problems, "title_"+code) == "" && page.ProblemOf(f.Problems, "body_"+code) == ""
}

func (f giveForm) options(v *page.View) []ui.OptionProps {
	out := make([]ui.OptionProps, len(f.Open))
	for i, c := range f.Open {
		out[i] = ui.OptionProps{Value: c.Card, Label: c.title(v.Lang)}
	}
	return out
}

func (f giveForm) over(v *page.View) string {
	if f.Name == "" {
		return v.T("bridge.no-name")
	}
	return f.Name
}

// cardPanel is the part of a person's own page that cards add.
func (web *Web) cardPanel(ctx context.Context) (templ.Component, error) {
	given, err := web.C.Given(ctx, Door{Own: true})
	if err != nil {
		return nil, err
	}
	return cardsPanel(page.From(ctx), given), nil
}

// first are the newest gifts, as many as fit on a person's first page.
func (g Given) first() []GivenCard { return g.Gifts[:min(3, len(g.Gifts))] }
