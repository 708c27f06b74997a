package ui_test

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/pagetest"
	"alongside/platform/page/ui"
)

func draw(t *testing.T, c templ.Component) string {
	t.Helper()
	s := pagetest.Setting(t, i18n.English, ui.Words())
	var b bytes.Buffer
	if err := c.Render(page.With(context.Background(), s), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func wants(t *testing.T, html string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(html, p) {
			t.Errorf("lacks %s in\n%s", p, html)
		}
	}
}

func TestPathSaysInWordsWhatColourSays(t *testing.T) {
	html := draw(t, ui.Path(ui.PathProps{Label: "Path", Stones: []ui.Stone{
		{Walk: ui.Walked, Words: "Asked", At: time.Date(2026, 11, 20, 22, 0, 0, 0, time.UTC)},
		{Walk: ui.Lit, Words: "Coming"},
		{Walk: ui.Ahead, Words: "There", Note: "soon"},
	}}))
	wants(t, html, "(done)", "(now)", "(still ahead)", `aria-current="step"`, `datetime="2026-11-20T22:00:00Z">22:00<`,
		`class="stone stone-walked"`, `class="stone stone-lit stone-open"`, `class="stone stone-ahead"`)
}

// TestRingIsNeverMoreThanFull draws any number of minutes.
func TestRingIsNeverMoreThanFull(t *testing.T) {
	part := regexp.MustCompile(`stroke-dasharray="(\d+) 100"`)
	rapid.Check(t, func(r *rapid.T) {
		p := ui.RingProps{Value: rapid.IntRange(0, 5000).Draw(r, "value"), Of: rapid.IntRange(0, 600).Draw(r, "of"), Says: "x"}
		m := part.FindStringSubmatch(draw(t, ui.Ring(p)))
		if m == nil || len(m[1]) > 3 || (len(m[1]) == 3 && m[1] != "100") || m[1] == "0" {
			r.Fatalf("%+v is drawn as %v", p, m)
		}
	})
	wants(t, draw(t, ui.Ring(ui.RingProps{Value: 9, Of: 30, Says: "9 of 30 minutes"})), `stroke-dasharray="30 100"`, `role="img" aria-label="9 of 30 minutes"`)
}

// TestASentenceGoesTheWayOfThePage: a browser looks for the way of a bdi inside
// what is set apart too, and would turn an Arabic sentence round by a Latin name.
func TestASentenceGoesTheWayOfThePage(t *testing.T) {
	wants(t, draw(t, ui.Card(ui.CardProps{Title: ui.Apart("Rosa") + " تسير معك", Says: "Rosa"})), "<h2>\u2068Rosa\u2069 تسير معك</h2>", "<bdi>Rosa</bdi>")
}

// TestANameDoesNotTurnTheBedBesideIt: whoever asks from outside types a name that ends what
// keeps it apart, and turns the rest of the line.
func TestANameDoesNotTurnTheBedBesideIt(t *testing.T) {
	wants(t, draw(t, ui.Card(ui.CardProps{Title: ui.Apart("a\u2069\u202e") + " at bay 12"})), "<h2>\u2068a\u2069 at bay 12</h2>")
}

func TestAFactIsDialledAndATitleIsNotSaidTwice(t *testing.T) {
	wants(t, draw(t, ui.Facts([]ui.Fact{{Label: "Phone", Value: "555-0150", Dial: true}})), `<a href="tel:5550150"><bdi>555-0150</bdi></a>`)
	wants(t, draw(t, ui.Table(ui.TableProps{Caption: "Who", Titled: true})), `<caption><span class="unseen">Who</span></caption>`)
}

func TestUnplacedShowsWhatThePageForgot(t *testing.T) {
	fields := []field.Shown{{Column: "place", Label: "Where", Value: "Bay 7"}, {Column: "note", Label: "Note", Value: "Speaks Spanish"}}
	html := draw(t, ui.Unplaced(fields, "place"))
	wants(t, html, "Speaks Spanish", "Also on record")
	if strings.Contains(html, "Bay 7") {
		t.Error("a placed field is shown twice")
	}
	if html := draw(t, ui.Unplaced(fields, "place", "note")); html != "" {
		t.Errorf("nothing is left and yet: %s", html)
	}
}

func TestProblemsLeadToTheirFields(t *testing.T) {
	problems := []page.Problem{{Field: "place", Label: "Where?", Say: "Please answer this"}}
	html := draw(t, ui.Form(ui.FormProps{Path: "/ask", Act: "a1", Problems: problems}))
	wants(t, html, `role="alert"`, `href="#f-place"`, "Where? Please answer this", `name="act" value="a1"`, `action="/ask"`, `method="post"`)
	wants(t, draw(t, ui.TextField(ui.FieldProps{Name: "place", Label: "Where?", Hint: "Bay", Say: "Open"})),
		`id="f-place"`, `for="f-place"`, `aria-invalid="true"`, `aria-describedby="f-place-hint f-place-say"`)
	wants(t, draw(t, ui.Choice(ui.ChoiceProps{Name: "answer", Label: "Yes?", Options: []ui.OptionProps{{Value: "y", Label: "Yes"}, {Value: "n", Label: "No"}}, Values: []string{"n"}})),
		`id="f-answer"`, `id="f-answer-1" name="answer" value="n" checked`)
}

// TestNothingTypedBecomesMarkup puts a hostile text everywhere words go.
func TestNothingTypedBecomesMarkup(t *testing.T) {
	x := `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	for name, c := range map[string]templ.Component{
		"card":     ui.Card(ui.CardProps{Title: x, Says: x, ID: x, Tags: []ui.TagProps{{Words: x}}}),
		"path":     ui.Path(ui.PathProps{Label: x, Stones: []ui.Stone{{Walk: ui.Lit, Words: x, Note: x}}}),
		"timeline": ui.Timeline(x, []ui.Entry{{Words: x, Who: x, Note: x}}),
		"facts":    ui.Facts([]ui.Fact{{Label: x, Value: x}}),
		"table":    ui.Table(ui.TableProps{Caption: x, Columns: []ui.Column{{Words: x}}, Rows: [][]ui.Cell{{{Words: x, Path: "javascript:" + x}}}}),
		"form":     ui.Form(ui.FormProps{Path: "javascript:alert(1)", Act: x, ID: x, Problems: []page.Problem{{Field: x, Say: x}}}),
		"field":    ui.TextField(ui.FieldProps{Name: x, Label: x, Value: x, Hint: x, Say: x}),
		"long":     ui.LongField(ui.FieldProps{Name: x, Value: "</textarea>" + x}),
		"choice":   ui.Choice(ui.ChoiceProps{Name: x, Label: x, Options: []ui.OptionProps{{Value: x, Label: x, Hint: x}}}),
		"button":   ui.Button(ui.ButtonProps{Words: x, Name: x, Value: x, Label: x}),
		"link":     ui.LinkButton("javascript:alert(1)", x, ui.Go),
		"language": ui.LanguageSwitch(x, ""),
		"empty":    ui.Empty(ui.EmptyProps{Title: x, Says: x, Path: "data:text/html," + x, Go: x}),
	} {
		html := draw(t, c)
		for _, bad := range []string{"<script", "<img", `href="javascript:`, `action="javascript:`, `href="data:`} {
			if strings.Contains(html, bad) {
				t.Errorf("%s lets %s through:\n%s", name, bad, html)
			}
		}
	}
}

func TestDial(t *testing.T) {
	for in, want := range map[string]string{"+1 (555) 010-0000": "tel:+15550100000", "988": "tel:988", "*31#": "tel:*31#", "1;phone-context=x": "tel:1"} {
		if got := string(ui.Dial(in)); got != want {
			t.Errorf("Dial(%q) is %q", in, got)
		}
	}
	if got := string(ui.TextTo("741741?body=x")); got != "sms:741741" {
		t.Errorf("TextTo: %q", got)
	}
}

func TestProblemOf(t *testing.T) {
	v := pagetest.Setting(t, i18n.English, ui.Words()).View
	if _, ok := ui.ProblemOf(v, errs.New(errs.Denied, "x", "")); ok {
		t.Error("a refusal is shown as a field's problem")
	}
	p, ok := ui.ProblemOf(v, errs.Wrap("outer", errs.At("x", "place", "ui.problem")))
	if !ok || p.Field != "place" || p.Say != "Look here:" {
		t.Errorf("%+v %v", p, ok)
	}
}
