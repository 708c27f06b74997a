package handoff

import (
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"alongside/platform/i18n"
	"alongside/platform/page"
)

func wordsOf(t *testing.T, v *page.View, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(page.With(t.Context(), page.Setting{View: v}), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestTheirOwnPageTellsTheTruthToo: once nobody is left to be asked, or it takes longer
// than was said, nobody is told to do nothing; a number is there to press where the
// place has one, and none is spoken of where it has not. The page is asked to look
// again when that changes.
func TestTheirOwnPageTellsTheTruthToo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		l := &listener{now: Standing{Asked: []AskedOf{{Who: "duty", Count: 1, At: w.clk.Now()}}, Next: "second"}}
		w.s.Asking = l
		last := int64(-1)
		reads := func(duty string, say, not []string) {
			t.Helper()
			mark, err := w.s.OwnState(nurse(), r.Own)
			if err != nil || mark == last {
				t.Errorf("the page is not asked to look again: %v", err)
			}
			last = mark
			o, err := w.s.OwnPage(nurse(), r.Own)
			if err != nil {
				t.Fatal(err)
			}
			o.Duty = duty
			for _, v := range statusViews(t, w.clk.Now()) {
				text := wordsOf(t, v, ownBody(v, ownForm{Own: o, Token: "t", Act: "a"}))
				if strings.Contains(text, "⟦") || strings.Contains(text, `href="tel:`) != (duty != "" && len(not) > 0) {
					t.Errorf("%s, telephone %q: %s", v.Lang, duty, text)
				}
				for _, s := range append(say, not...) {
					if v.Lang == i18n.English && strings.Contains(text, s) != (len(say) > 0 && s == say[0]) {
						t.Errorf("telephone %q, %q: %s", duty, s, text)
					}
				}
			}
		}
		reads("555-0100", []string{"You need do nothing."}, nil)
		l.now.Asked, l.now.Next, l.now.Phone = append(l.now.Asked, AskedOf{Who: "telephone"}), "", true
		quiet := []string{"do nothing", "Everyone on duty can see it"}
		reads("555-0100", []string{"Nobody has said yes yet"}, quiet)
		last = -1
		reads("", []string{"Nobody has said yes yet"}, append(quiet, "555"))
		w.clk.Add(Promise + time.Minute)
		reads("555-0100", []string{"No peer is there yet"}, quiet)
		last = -1
		reads("", []string{"No peer is there yet"}, append(quiet, "555"))
	})
}

// TestNoNumberIsPromisedThatIsNotThere: the page for asking speaks of a number to call
// only where the place has one.
func TestNoNumberIsPromisedThatIsNotThere(t *testing.T) {
	for _, d := range Doors() {
		for _, duty := range []string{"555-0100", ""} {
			for _, v := range statusViews(t, time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)) {
				f := askForm{Site: Site{ID: "s", Name: "Mercy", Door: d.Value, Duty: duty, Promise: 30}, Token: "t", Act: "a"}
				text := wordsOf(t, v, askDoc(v, f).Body)
				number := map[i18n.Lang]string{i18n.English: "number to call", i18n.Spanish: "número para llamar", i18n.Arabic: "رقم للاتصال"}[v.Lang]
				if strings.Contains(text, "⟦") || strings.Contains(text, number) != (duty != "") {
					t.Errorf("%s, %s, telephone %q: a number is spoken of: %v", d.Value, v.Lang, duty, duty == "")
				}
			}
		}
	}
}
