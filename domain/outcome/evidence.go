package outcome

import (
	"embed"
	"fmt"
	"slices"
	"sync"

	"alongside/platform/i18n"
	"alongside/platform/strictjson"
)

//go:embed evidence.json words/*.json
var files embed.FS

// Evidence is everything the program knows of what studies found.
type Evidence struct {
	Read    Text    `json:"read"`    // how the figures came here
	Caution Text    `json:"caution"` // for studies without anyone to compare
	Studies []Study `json:"studies"` // as they stand on the page
}

// Study is one study.
type Study struct {
	ID       string `json:"id"`
	About    string `json:"about"` // mentor, overdose, hospital, hope
	Study    string `json:"study"`
	Design   string `json:"design"`
	N        *int   `json:"n"`     // nil when it could not be read
	Found    string `json:"found"` // effect, none, mixed, no-comparison, claim
	Figure   Text   `json:"figure"`
	Strength string `json:"strength"`
	Source   string `json:"source"`

	// NoAddress says that the source is named as we know it, and not so that it
	// could be looked up.
	NoAddress bool `json:"noAddress"`
}

// Text is a text of the file in every language.
type Text struct {
	EN string `json:"en"`
	ES string `json:"es"`
	AR string `json:"ar"`
}

// In returns the text in a language.
func (t Text) In(l i18n.Lang) string { return i18n.Text(t).In(l) }

// Uncontrolled reports whether a study compared before with after and nobody
// with anybody; its figure never stands without the caution.
func (s Study) Uncontrolled() bool { return s.Design == "before-after" }

// Known returns the evidence. It is embedded, so a fault in it is found by the
// first test.
func Known() Evidence { return known() }

var known = sync.OnceValue(func() Evidence {
	raw, err := files.ReadFile("evidence.json")
	if err != nil {
		panic(err)
	}
	e, err := parse(raw)
	if err != nil {
		panic(err)
	}
	return e
})

func parse(raw []byte) (Evidence, error) {
	var e Evidence
	if err := strictjson.Decode(raw, &e); err != nil {
		return e, err
	}
	if !i18n.Text(e.Read).Complete() || !i18n.Text(e.Caution).Complete() {
		return e, strictjson.At("/caution", "read and caution are needed in every language")
	}
	seen := map[string]bool{}
	for i, s := range e.Studies {
		if why := s.lacks(); why != "" || seen[s.ID] {
			return e, strictjson.At(fmt.Sprintf("/studies/%d", i), "%s stands twice or lacks %s", s.ID, why)
		}
		seen[s.ID] = true
	}
	return e, nil
}

func (s Study) lacks() string {
	switch {
	case s.ID == "" || s.Study == "" || s.Source == "":
		return "an id, a name or a source"
	case !slices.Contains(abouts(), s.About):
		return "something it is about"
	case !slices.Contains(designs(), s.Design):
		return "a design"
	case !slices.Contains(findings(), s.Found):
		return "what it found"
	case !slices.Contains(strengths(), s.Strength):
		return "how much it can carry"
	case !i18n.Text(s.Figure).Complete():
		return "its figure in every language"
	case s.Uncontrolled() && s.Found != "no-comparison":
		return "honesty: before and after has nobody to compare"
	}
	return ""
}

func abouts() []string   { return []string{"mentor", "overdose", "hospital", "hope"} }
func findings() []string { return []string{"effect", "none", "mixed", "no-comparison", "claim"} }

func designs() []string {
	return []string{"randomised", "arms", "quasi", "matched", "review", "count", "before-after", "not-known"}
}

func strengths() []string {
	return []string{"small", "null", "null-primary", "observational", "review", "marketing", "uncontrolled", "claim", "not-rated"}
}

// Of returns the studies about one thing, in the file's order.
func (e Evidence) Of(about string) []Study {
	var out []Study
	for _, s := range e.Studies {
		if s.About == about {
			out = append(out, s)
		}
	}
	return out
}

// Count counts the studies that found one of the findings.
func (e Evidence) Count(found ...string) int {
	n := 0
	for _, s := range e.Studies {
		if slices.Contains(found, s.Found) {
			n++
		}
	}
	return n
}
