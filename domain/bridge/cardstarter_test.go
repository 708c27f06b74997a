package bridge

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/reading"
)

// TestStarterSet asks of every card that comes with the program what this
// project promises of it.
func TestStarterSet(t *testing.T) {
	all, err := Starters()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 20 {
		t.Errorf("%d cards", len(all))
	}
	seen, kinds := map[string]bool{}, map[string]int{}
	for _, s := range all {
		if !regexp.MustCompile(`^c\d\d$`).MatchString(s.ID) || seen[s.ID] {
			t.Errorf("the code %q says something, or stands twice", s.ID)
		}
		seen[s.ID] = true
		kinds[s.Kind]++
		for _, bad := range s.faults() {
			t.Errorf("%s %s: %s", s.ID, s.EN.Title, bad)
		}
	}
	for _, k := range CardKinds() {
		if kinds[k.Value] == 0 {
			t.Errorf("no card is about %s", k.Label.EN)
		}
	}
}

// faults are what a starter lacks.
func (s Starter) faults() []string {
	var bad []string
	e := s.edition()
	if len(e.langs()) != len(i18n.Langs()) || len(s.ES.Lines) != len(s.EN.Lines) || len(s.AR.Lines) != len(s.EN.Lines) {
		bad = append(bad, "a language is not complete")
	}
	if year, _ := e.grade(); year > reading.Easy || year <= 0 {
		bad = append(bad, "reads at another grade than it may")
	}
	if !field.Offered(CardKinds(), s.Kind) {
		bad = append(bad, "is of no kind")
	}
	if len(s.Sources) == 0 {
		bad = append(bad, "has no source")
	}
	for _, from := range s.Sources {
		bad = append(bad, from.faults()...)
	}
	return append(bad, amounts(e)...)
}

func (s Source) faults() []string {
	var bad []string
	if at, err := url.Parse(s.Address); err != nil || at.Scheme != "https" || at.Host == "" {
		bad = append(bad, s.Address+" is no https address")
	}
	if s.Title == "" || s.Publisher == "" || s.Says == "" || s.Year != 0 && (s.Year < 1990 || s.Year > 2026) {
		bad = append(bad, s.Address+" lacks who, what, or a year that can be")
	}
	return bad
}

// amounts finds how much to take, and numbers to call: no card says either.
func amounts(e Edition) []string {
	var bad []string
	amount := regexp.MustCompile(`(?i)\d\s*(mg|ml|mcg|milli|مل|ملغ)|\b(911|988|999|112)\b`)
	for _, l := range i18n.Langs() {
		if _, body, _ := e.in(l); amount.MatchString(body) {
			bad = append(bad, "says how much to take, or whom to call: "+amount.FindString(body))
		}
	}
	return bad
}

func TestStarterFaultsAreFound(t *testing.T) {
	all, err := Starters()
	if err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(*Starter){
		"language": func(s *Starter) { s.AR.Lines = s.AR.Lines[1:] },
		"grade":    func(s *Starter) { s.EN.Lines = []string{strings.Repeat("Institutional confidentiality ", 9)} },
		"source":   func(s *Starter) { s.Sources = nil },
		"https": func(s *Starter) {
			s.Sources = []Source{{Title: "a", Publisher: "b", Says: "c", Address: "http://a.example"}}
		},
		"kind":   func(s *Starter) { s.Kind = "other" },
		"amount": func(s *Starter) { s.EN.Lines[0] = "Take 8 mg." },
	} {
		s := all[0]
		s.EN.Lines = append([]string{}, s.EN.Lines...)
		if len(s.faults()) > 0 {
			t.Fatal(s.faults())
		}
		if spoil(&s); len(s.faults()) == 0 {
			t.Errorf("a fault of %s is not found", what)
		}
	}
}
