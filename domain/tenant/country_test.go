package tenant

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"alongside/platform/i18n"
)

func TestEveryNumberHasASourceAndWords(t *testing.T) {
	list, err := readCountries()
	if err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`^https://\S+\.\S+`)
	number := regexp.MustCompile(`^[0-9][0-9 -]*[0-9]$`)
	regimes := map[string]bool{}
	for _, o := range Regimes() {
		regimes[o.Value] = true
	}
	for code, e := range list {
		if !regimes[e.Regime] || len(e.Lines) == 0 || !e.Lines[0].First {
			t.Errorf("%q: privacy law %q; danger to life must stand first", code, e.Regime)
		}
		for i, l := range e.Lines {
			name := code + " " + l.Name["en"]
			if !text(l.Name).Complete() || !text(l.Says).Complete() {
				t.Errorf("%s: words missing", name)
			}
			if l.First != (i == 0) {
				t.Errorf("%s: only danger to life stands first", name)
			}
			for _, n := range []string{l.Call, l.Text} {
				if n != "" && !number.MatchString(n) {
					t.Errorf("%s: %q is no number", name, n)
				}
			}
			numbered := l.Call != "" || l.Text != ""
			for _, s := range l.Sources {
				if numbered && !address.MatchString(s) {
					t.Errorf("%s: %q is no address", name, s)
				}
			}
			if len(l.Sources) == 0 {
				t.Errorf("%s: no source", name)
			}
		}
	}
}

// What is said in words must be the number that is dialled.
func TestWordsNameTheNumberThatIsDialled(t *testing.T) {
	for code, c := range countries() {
		for _, l := range c.Lines {
			for _, lang := range i18n.Langs() {
				said := l.Says.In(lang)
				if strange := numbersIn(said, l.Call); len(strange) > 0 {
					t.Errorf("%q, %s: says %s and dials %q", code, lang, strange, l.Call)
				}
				if l.First && !strings.Contains(said, l.Call) {
					t.Errorf("%q, %s: %q does not name %s", code, lang, said, l.Call)
				}
			}
		}
	}
}

// numbersIn finds the numbers in a text other than one.
func numbersIn(text, but string) []string {
	all := regexp.MustCompile(`[0-9]{2,}`).FindAllString(text, -1)
	return slices.DeleteFunc(all, func(n string) bool { return n == but })
}

func TestWhatFollowsFromACountry(t *testing.T) {
	for _, c := range []struct{ code, regime, first, second string }{
		{"US", "part2", "911", "988"},
		{"GB", "gdpr", "999", "116 123"},
		{"IE", "gdpr", "112", "116 123"},
		{"CA", "none", "911", "988"},
		{"AU", "none", "000", "13 11 14"},
		{"NZ", "none", "111", "1737"},
		{"DE", "gdpr", "112", ""},
		{"NO", "gdpr", "", ""},
		{"BR", "none", "", ""},
		{"", "none", "", ""},
	} {
		got := CountryOf(c.code)
		second := ""
		if len(got.Lines) > 1 {
			second = got.Lines[1].Call
		}
		if got.Regime != c.regime || got.Lines[0].Call != c.first || second != c.second {
			t.Errorf("%s: %s, %q, %q", c.code, got.Regime, got.Lines[0].Call, second)
		}
	}
	if members := len(countries()); members != 6+26+3+3 {
		t.Errorf("%d countries and groups", members)
	}
}
