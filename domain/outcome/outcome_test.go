package outcome

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func run(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := Commands()[0].Run(t.Context(), module.Env{In: strings.NewReader(""), Out: &out, Err: &errs}, args)
	if code != 0 || errs.Len() > 0 {
		t.Fatalf("%d %s", code, errs.String())
	}
	return out.String()
}

// TestFigures holds the data to the figures as they were read.
func TestFigures(t *testing.T) {
	var got told
	if err := json.Unmarshal([]byte(run(t, "--json")), &got); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string][]string{
		"map-2020":             {"p = .001", "p = .013", "p = .043", "b = −0.08, SE 0.03, t(47) = −2.97, p = .005", "b = −0.02, SE 0.01, t(47) = −2.36, p = .023"},
		"map-engage-2011":      {"96", "significantly better"},
		"honey-2020":           {"38", "may not be seen immediately"},
		"lloyd-evans-2014":     {"5,597", "little or no evidence"},
		"sledge-2011":          {"0.89 ± 1.35", "1.53 ± 1.54", "p = .042, one-tailed", "10.08 ± 17.31", "19.08 ± 21.63", "p < .03, one-tailed"},
		"cupp-2022":            {"15.8% against 17.3%, p = .65", "p = .11", "p = .02", "log-odds"},
		"oconnell-2018":        {"76"},
		"moud-pilot":           {"38.5 against 41.7%", "46.2 against 41.2%", ".92", ".85"},
		"hutchison-2022":       {"90 days", "matched group"},
		"optum-2021":           {"−26%", "−17%", "−11%", "+20%"},
		"recovery-innovations": {"−56%"},
		"pierce-county":        {"−32%", "$1.99 million"},
		"optum-pierce":         {"−79.2%", "$550,215", "100% to 3.4%"},
		"peerlink":             {"−90%", "−71%", "7.42 to 1.9", "73.32%", "74.4%"},
		"navigator":            {"25.1% (81 of 323)", "29.2% (95 of 325)", "p = .24", "0.86 (0.67 to 1.11)", "25%"},
		"oorp-2025":            {"7,109", "5,475", "1,383", "15% against 12%", "2.31 (1.55 to 3.45)", "+3.56 points (0.72 to 6.47)", "1.73 (1.13 to 2.65)", "not significant"},
		"relay-2026":           {"No significant difference"},
		"oorp-2024":            {"12,046", "70 hospitals", "60 days"},
		"kentucky":             {"1.63 (1.35 to 1.95)", "3.84 (3.23 to 4.55)"},
		"anchored":             {"1,329", "88.7%", "86.8%", "44.7% (1,055 of 2,362)", "88%"},
		"pa-2017":              {"50%", "5,000"},
		"dauphin-2017":         {"116", "50", "43.1% (Wilson 34.5 to 52.2%)"},
		"york":                 {"550", "100", "18%"},
		"cumberland":           {"18 of 22", "81.8% (Wilson 61.5 to 92.7%)"},
	} {
		i := slices.IndexFunc(got.Studies, func(l line) bool { return l.ID == id })
		if i < 0 {
			t.Errorf("there is no %s", id)
			continue
		}
		for _, figure := range want {
			if !strings.Contains(got.Studies[i].Figure, figure) {
				t.Errorf("%s does not say %q", id, figure)
			}
		}
	}
	if len(got.Studies) != 24 {
		t.Errorf("%d studies: a new one belongs in this test too", len(got.Studies))
	}
}

// TestFiguresAreTheSameInEveryLanguage compares the digits of each figure.
func TestFiguresAreTheSameInEveryLanguage(t *testing.T) {
	digits := regexp.MustCompile(`\d+`)
	for _, s := range Known().Studies {
		want := digits.FindAllString(s.Figure.EN, -1)
		slices.Sort(want)
		for _, other := range []string{s.Figure.ES, s.Figure.AR} {
			got := digits.FindAllString(other, -1)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, in English %v", s.ID, got, want)
			}
		}
	}
}

// TestNullsStandBesidePositives asks of each group with a positive finding for
// one that found no difference, or that only one study is in it.
func TestNullsStandBesidePositives(t *testing.T) {
	e := Known()
	if e.Count("none") < 5 {
		t.Errorf("%d studies that found no difference", e.Count("none"))
	}
	for _, about := range []string{"hospital", "overdose"} {
		studies := e.Of(about)
		first := slices.IndexFunc(studies, func(s Study) bool { return s.Found == "none" })
		if first < 0 || first > 1 {
			t.Errorf("%s: what found no difference stands at %d", about, first)
		}
	}
	all := run(t) + run(t, "--json")
	for _, bad := range []string{"empowerment increased", "significantly increase", "proven", "caused"} {
		if strings.Contains(strings.ToLower(all), bad) {
			t.Errorf("says %q", bad)
		}
	}
}

func TestCautionNeverFallsOff(t *testing.T) {
	e := Known()
	n := 0
	for _, s := range e.Studies {
		if s.Uncontrolled() {
			n++
		}
	}
	if n != 4 {
		t.Errorf("%d studies without anyone to compare", n)
	}
	if got := strings.Count(run(t), e.Caution.EN); got != n {
		t.Errorf("%d cautions in words, %d studies", got, n)
	}
	var got told
	if err := json.Unmarshal([]byte(run(t, "--json")), &got); err != nil {
		t.Fatal(err)
	}
	for _, l := range got.Studies {
		if (l.Caution != nil) != (l.Design == "before-after") {
			t.Errorf("%s: caution %v", l.ID, l.Caution)
		}
	}
	for lang, page := range pages(t) {
		if got := strings.Count(page, e.Caution.In(lang)); got != n {
			t.Errorf("%d cautions on the page in %s", got, lang)
		}
	}
}

// TestNoAddressIsSaidWhereverItIs counts it in words and on the pages.
func TestNoAddressIsSaidWhereverItIs(t *testing.T) {
	n := 0
	for _, s := range Known().Studies {
		if s.NoAddress {
			n++
		}
	}
	if n == 0 || n == len(Known().Studies) {
		t.Fatalf("%d sources without an address", n)
	}
	if got := strings.Count(run(t), "(no address known"); got != n {
		t.Errorf("%d in words, %d in the data", got, n)
	}
	for lang, page := range pages(t) {
		if got := strings.Count(page, words(t).In(lang).T("outcome.no-address")); got != n {
			t.Errorf("%d on the page in %s, %d in the data", got, lang, n)
		}
	}
}

func words(t *testing.T) *i18n.Catalogue {
	t.Helper()
	words, err := i18n.Load(i18n.Source{Prefix: "outcome", FS: Words()}, ui.Words())
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// pages is the evidence page in each language.
func pages(t *testing.T) map[i18n.Lang]string {
	t.Helper()
	out := map[i18n.Lang]string{}
	for _, lang := range i18n.Langs() {
		v := &page.View{Words: words(t).In(lang), Lang: lang}
		var b bytes.Buffer
		if err := evidenceDoc(v).Body.Render(page.With(t.Context(), page.Setting{View: v}), &b); err != nil {
			t.Fatal(err)
		}
		out[lang] = b.String()
	}
	return out
}

func TestMalformed(t *testing.T) {
	raw, err := files.ReadFile("evidence.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ old, new, want string }{
		{`"id": "sledge-2011"`, `"id": "cupp-2022"`, "/studies/5"},
		{`"about": "hope"`, `"about": "joy"`, "/studies/2: honey-2020 stands twice or lacks something it is about"},
		{`"found": "mixed"`, `"found": "good"`, "/studies/2"},
		{`"design": "quasi"`, `"design": "nice"`, "/studies/2"},
		{`"source": "Sledge 2011"`, `"source": ""`, "/studies/4"},
		{`"design": "before-after", "n": 125, "found": "no-comparison"`, `"design": "before-after", "n": 125, "found": "effect"`, "lacks honesty"},
		{`"caution": {"en": "Before`, `"caution": {"en": "", "es2": "Before`, "/caution/es2"},
		{`"n": 74`, `"n": "74"`, "/studies/4/n: a number is expected"},
	} {
		if !strings.Contains(string(raw), row.old) {
			t.Fatalf("%s is not in the file", row.old)
		}
		_, err := parse([]byte(strings.Replace(string(raw), row.old, row.new, 1)))
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v", row.new, err)
		}
	}
}
