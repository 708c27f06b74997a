package alongside_test

import (
	"bytes"
	"io/fs"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"alongside/app"
	"alongside/platform/clock"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/surface/web"
)

// assembled puts the real program together on an empty folder.
func assembled(t *testing.T) *app.App {
	t.Helper()
	a, err := app.Make(t.Context(), app.Config{
		Data: t.TempDir(), Log: slog.New(slog.DiscardHandler),
		Clock: clock.NewFake(time.Date(2026, 11, 20, 23, 5, 0, 0, time.UTC)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.DB.Close() })
	return a
}

func TestNoPartOfAModuleIsForgotten(t *testing.T) {
	for _, m := range assembled(t).Modules {
		for _, part := range m.Forgotten() {
			t.Errorf("%s is neither filled nor written as None", part)
		}
		for kind := range m.Jobs {
			if !strings.HasPrefix(kind, m.Name+".") {
				t.Errorf("bell %s does not begin with %s.", kind, m.Name)
			}
		}
		for _, r := range m.Records {
			for _, row := range r.Dictionary() {
				if !owns(m.Name, row.Table) {
					t.Errorf("record %s is not of %s", row.Table, m.Name)
				}
			}
		}
		for _, f := range m.Flows {
			for _, bad := range f.Check() {
				t.Error(bad)
			}
		}
	}
	if len((module.Module{Name: "x"}).Forgotten()) < 8 {
		t.Error("an empty module forgets nothing: this test cannot fail")
	}
}

func TestEveryRouteSaysWhoMayCome(t *testing.T) {
	a := assembled(t)
	seen := map[string]string{}
	rules := policies(t, a.Modules)
	for _, m := range a.Modules {
		for _, r := range m.Routes {
			name := r.Method + " " + r.Pattern
			for _, bad := range badRoute(r, rules) {
				t.Errorf("%s of %s: %s", name, m.Name, bad)
			}
			if other, twice := seen[name]; twice {
				t.Errorf("%s belongs to %s and to %s", name, other, m.Name)
			}
			seen[name] = m.Name
		}
	}
	for _, r := range []module.Route{
		{Method: "GET", Pattern: "/x"},
		{Method: "GET", Pattern: "/x", Access: module.SignedIn},
		{Method: "GET", Pattern: "/x", Access: module.SignedIn, Action: "nobody.knows"},
		{Method: "GET", Pattern: "/x", Access: module.Anyone, Action: "handoff.view"},
		{Method: "DELETE", Pattern: "/x", Access: module.Anyone},
	} {
		if len(badRoute(r, rules)) == 0 {
			t.Errorf("%+v was let through", r)
		}
	}
}

func badRoute(r module.Route, rules string) []string {
	var out []string
	signed := r.Access == module.SignedIn
	switch {
	case r.Access < module.Anyone || r.Access > module.SignedIn:
		out = append(out, "does not say who may come")
	case signed && r.Action == "":
		out = append(out, "names no action for policy to decide")
	case signed && !strings.Contains(rules, `"`+r.Action+`"`):
		out = append(out, "its action "+r.Action+" stands in no policy, so nobody may")
	case !signed && r.Action != "":
		out = append(out, "names an action that nothing decides")
	}
	if r.Method != "GET" && r.Method != "POST" {
		out = append(out, r.Method+" is not something a plain form can do")
	}
	return out
}

func policies(t *testing.T, modules []module.Module) string {
	t.Helper()
	var all strings.Builder
	for _, m := range modules {
		err := fs.WalkDir(m.Policies, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return fs.SkipDir
			}
			text, err := fs.ReadFile(m.Policies, name)
			all.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range readTree(t, "domain/access/policies").files {
		all.WriteString(s.text)
	}
	return all.String()
}

// TestPagesAsTheyAreRead draws every page of the storybook in every language and
// reads it as a person would.
func TestPagesAsTheyAreRead(t *testing.T) {
	a := assembled(t)
	samples := web.Samples()
	for _, m := range a.Modules {
		samples = append(samples, m.Samples...)
		if len(m.Samples) == 0 && hasPages(m) {
			t.Errorf("%s has pages and none in the storybook", m.Name)
		}
	}
	for _, lang := range i18n.Langs() {
		for _, s := range samples {
			kind, text := draw(t, a.Words.In(lang), s)
			for _, bad := range badText(kind, text) {
				t.Errorf("%s in %s: %s", s.Name, lang, bad)
			}
		}
	}
	for text, kind := range map[string]page.DocKind{"Saved successfully": page.Worker, "You declined": page.Participant, "⟦x.y⟧": page.Worker} {
		if len(badText(kind, text)) == 0 {
			t.Errorf("%q was let through", text)
		}
	}
}

func hasPages(m module.Module) bool {
	for _, r := range m.Routes {
		if r.Method == "GET" {
			return true
		}
	}
	return false
}

func draw(t *testing.T, words *i18n.Words, s page.Sample) (page.DocKind, string) {
	t.Helper()
	v := &page.View{Words: words, Lang: words.Lang, Zone: time.UTC, Now: time.Date(2026, 11, 20, 23, 5, 0, 0, time.UTC)}
	d := s.Doc(v)
	var b bytes.Buffer
	if err := d.Body.Render(page.With(t.Context(), page.Setting{View: v}), &b); err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	return d.Kind, d.Title + ". " + regexp.MustCompile(`<[^>]*>`).ReplaceAllString(b.String(), " . ")
}

func badText(kind page.DocKind, text string) []string {
	var out []string
	lists := append(harmful(), officious()...)
	if kind == page.Participant {
		lists = append(lists, onPage()...)
	}
	if w := firstOf(lists, text); w != "" {
		out = append(out, "says "+w)
	}
	if i := strings.IndexRune(text, '⟦'); i >= 0 {
		out = append(out, "has no words for "+text[i:min(i+40, len(text))])
	}
	return out
}

// TestDocumentsNameCommandsThatExist reads what `alongside help` lists.
func TestDocumentsNameCommandsThatExist(t *testing.T) {
	var out, errs bytes.Buffer
	code := app.Main(t.Context(), module.Env{In: strings.NewReader(""), Out: &out, Err: &errs}, []string{"help"})
	if code != 0 {
		t.Fatalf("alongside help: %d, %s", code, errs.String())
	}
	documents := readTree(t, ".").where(func(s *source) bool { return s.ext() == ".md" })
	for _, s := range documents {
		for _, name := range commandsIn(s.text) {
			if !listed(out.String(), name) {
				t.Errorf("%s speaks of `alongside %s`, which help does not list", s.path, name)
			}
		}
	}
	if len(commandsIn("`alongside nothing --x`\n```\nalongside serve\n```")) != 2 || listed(out.String(), "nothing") {
		t.Error("this test cannot fail")
	}
}

func commandsIn(text string) []string {
	var out []string
	for _, m := range regexp.MustCompile("(?m)(?:^|`)alongside ([a-z]+(?: [a-z]+)?)").FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

// listed reports whether help lists a command, or one whose first word it is.
func listed(help, name string) bool {
	first, _, _ := strings.Cut(name, " ")
	return first == "help" || regexp.MustCompile(`(?m)^\s+alongside `+first+`\b`).MatchString(help)
}
