package handoff

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/pagetest"
	"alongside/platform/page/ui"
)

// looked is a page of the storybook in one language.
func looked(t *testing.T, lang i18n.Lang, name string) string {
	t.Helper()
	set := pagetest.Setting(t, lang, i18n.Source{Prefix: "handoff", FS: Words()}, ui.Words())
	for _, s := range Samples() {
		if s.Name == "handoff/"+name {
			var b bytes.Buffer
			if err := s.Doc(set.View).Body.Render(page.With(context.Background(), set), &b); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
	}
	t.Fatalf("no sample %q", name)
	return ""
}

// TestPagesSayWhatIsSo holds what was wrong when every page was looked at.
func TestPagesSayWhatIsSo(t *testing.T) {
	for _, c := range []struct{ name, says, not string }{
		{"board-flood", "At least 1 person is waiting", ""},
		{"overview", "Call \u2068Ola Demo\u2069", "Call someone on duty"},
		{"ask-family", "Usually within 30 minutes", "Usually here"},
		{"ask-link", "Usually here within 30 minutes", ""},
		{"own-connected", `<a href="tel:5550150">`, ""},
		{"own-not_now", "Change what contact is fine", ""},
		{"own-closed", "What is noted: Another programme walks with you.", ""},
		{"path-introduced", "Languages", "Which language do they speak?"},
		{"path-asked", "Not this one", ""},
		{"path-requested", "I will go", "Not this one"},
		{"places-lacks", "A coordinator does that, under “Rota”.", `href="/rota"`},
		{"courses", ", asked 22:53", ""},
	} {
		html := looked(t, i18n.English, c.name)
		if !strings.Contains(html, c.says) || c.not != "" && strings.Contains(html, c.not) {
			t.Errorf("%s: wants %q and never %q", c.name, c.says, c.not)
		}
	}
}

// TestWhatIsNeededAtTheBedsideComesFirst reads a hand-off as a phone shows it.
func TestWhatIsNeededAtTheBedsideComesFirst(t *testing.T) {
	html := looked(t, i18n.English, "path-introduced")
	at := 0
	for _, heading := range []string{"What comes next", "If it goes another way", "About them", "Before you call", "Follow-ups", "Their own page", "The path so far"} {
		i := strings.Index(html, ">"+heading+"<")
		if i < 0 {
			i = strings.Index(html, "<bdi>"+heading+"</bdi>")
		}
		if i <= at {
			t.Errorf("%q stands at %d, what was before it at %d", heading, i, at)
		}
		at = i
	}
}

// TestAnArabicPageReadsFromTheRightAlsoByLatinNames: a bdi would ask a Latin
// name in front of the sentence which way it goes.
func TestAnArabicPageReadsFromTheRightAlsoByLatinNames(t *testing.T) {
	for name, sentence := range map[string]string{
		"path-introduced": "<h1>\u2068Teo\u2069 في",
		"status-coming":   "<p class=\"over\">\u2068Bay 7\u2069",
		"overview":        "<h2>\u2068Idris Demo\u2069 في الخارج",
	} {
		html := regexp.MustCompile("\u2069+").ReplaceAllString(regexp.MustCompile("\u2068+").ReplaceAllString(looked(t, i18n.Arabic, name), "\u2068"), "\u2069")
		if !strings.Contains(html, sentence) {
			t.Errorf("%s: %q is not as the page goes", name, sentence)
		}
	}
}
