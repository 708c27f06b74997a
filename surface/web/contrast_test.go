package web

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// pair is two tokens that stand on each other and the contrast WCAG 2.2 asks
// of them: 4.5 for words, 3 for the edges of controls and for shapes that mean
// something.
type pair struct {
	on, of string
	least  float64
}

func pairs() []pair {
	out := []pair{
		{"go", "go-on", 4.5},
		{"soft", "go", 4.5},
		{"soft", "ink", 4.5},
		{"lamp", "lamp-on", 4.5},
		{"lamp-soft", "ink", 4.5},
		{"clay-soft", "clay", 4.5},
		{"clay-soft", "ink", 4.5},
		{"soft", "muted", 4.5},
	}
	for _, ground := range []string{"paper", "card"} {
		for _, words := range []string{"ink", "muted", "go", "clay", "leaf"} {
			out = append(out, pair{ground, words, 4.5})
		}
		out = append(out, pair{ground, "edge", 3})
	}
	return out
}

// TestContrast computes every ratio from the tokens file.
func TestContrast(t *testing.T) {
	light, dark, again := tokens(t)
	if len(dark) == 0 || len(dark) != len(again) {
		t.Fatalf("the two dark blocks differ: %d and %d tokens", len(dark), len(again))
	}
	for name, value := range dark {
		if again[name] != value {
			t.Errorf("dark token %s is %s in one block and %s in the other", name, value, again[name])
		}
		if _, ok := light[name]; !ok {
			t.Errorf("token %s is dark only", name)
		}
	}
	for theme, set := range map[string]map[string]string{"light": light, "dark": dark} {
		for _, p := range pairs() {
			on, of := set[p.on], set[p.of]
			if on == "" || of == "" {
				t.Errorf("%s: token %s or %s is missing", theme, p.on, p.of)
				continue
			}
			if got := contrast(on, of); got < p.least {
				t.Errorf("%s: %s on %s has %.2f, needs %.1f", theme, p.of, p.on, got, p.least)
			}
		}
	}
}

// TestTokensAreThoseOfTheLook compares with the values drawn.
func TestTokensAreThoseOfTheLook(t *testing.T) {
	light, dark, _ := tokens(t)
	want := map[string][2]string{
		"paper": {"#FBF7F0", "#121B1C"}, "card": {"#FFFFFF", "#1B2728"},
		"ink": {"#22302F", "#F1EBE0"}, "muted": {"#56645F", "#AEBBB5"},
		"line": {"#E4DBCD", "#2C3A3A"}, "edge": {"#868F88", "#6F7F7A"},
		"go": {"#12605B", "#7FD0C6"}, "go-on": {"#FFFFFF", "#0B2422"}, "soft": {"#E3EFEC", "#1F3533"},
		"lamp": {"#F3C565", "#F3C565"}, "lamp-soft": {"#FDF1D6", "#3A311D"},
		"clay": {"#A2401F", "#F09A77"}, "clay-soft": {"#FBE7DE", "#3B251D"}, "leaf": {"#2E6B2F", "#9CCF8F"},
	}
	for name, v := range want {
		if light[name] != v[0] || dark[name] != v[1] {
			t.Errorf("%s is %s / %s, the look says %s / %s", name, light[name], dark[name], v[0], v[1])
		}
	}
}

func tokens(t *testing.T) (light, dark, again map[string]string) {
	t.Helper()
	body, err := files.ReadFile("assets/css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile(`(?s):root[^{]*\{(.*?)\}`).FindAllStringSubmatch(string(body), -1)
	if len(blocks) != 3 {
		t.Fatalf("%d blocks of tokens, want light, dark by the device, dark by choice", len(blocks))
	}
	return colours(blocks[0][1]), colours(blocks[1][1]), colours(blocks[2][1])
}

func colours(block string) map[string]string {
	out := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+):\s*(#[0-9A-F]{6})`).FindAllStringSubmatch(block, -1) {
		out[m[1]] = m[2]
	}
	return out
}

// contrast is the ratio of WCAG 2.2, "contrast ratio".
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(hex string) float64 {
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		return math.NaN()
	}
	part := func(shift uint) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}
