package people

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// anotherLanguage is what a language is noted as that the list does not have.
const anotherLanguage = "und"

// tongues maps the name of every language, in English, Spanish, Arabic and in
// itself, to its code.
func tongues() map[string]string {
	out := map[string]string{
		"asl": "sgn", "sign": "sgn", "sign language": "sgn", "american sign language": "sgn", "lsm": "sgn", "lsf": "sgn", "bsl": "sgn", "lengua de señas": "sgn", "lenguaje de señas": "sgn",
		"creole": "ht", "haitian": "ht", "kreyol": "ht", "criollo": "ht", "criollo haitiano": "ht",
		"tagalog": "tl", "mixteco": "mix", "mixtec": "mix", "k'iche'": "quc", "quiche": "quc", "mam": "mam", "karen": "kar", "mandarin": "zh", "cantonese": "zh", "mandarín": "zh", "farsi": "fa", "castellano": "es", "castilian": "es", "castellana": "es", "لغه اشاره": "sgn",
		"other": anotherLanguage, "otro": anotherLanguage, "otra": anotherLanguage, "another": anotherLanguage, "أخرى": anotherLanguage,
	}
	tags := display.Supported.Tags()
	for _, in := range []language.Tag{language.English, language.Spanish, language.Arabic} {
		names := display.Languages(in)
		for _, t := range tags {
			keep(out, names.Name(t), t)
		}
	}
	for _, t := range tags {
		keep(out, display.Self.Name(t), t)
	}
	folded := make(map[string]string, len(out))
	for name, code := range out {
		folded[Fold(name)] = code
	}
	return folded
}

func keep(out map[string]string, name string, t language.Tag) {
	base, _ := t.Base()
	if _, there := out[name]; !there && name != "" {
		out[name] = base.String()
	}
}

// languages reads names of languages and tags such as "es-MX", apart by
// commas, semicolons, slashes or "and". One that is known and not on the list is
// kept as another language.
func (c *cells) languages() []string {
	var out []string
	for _, part := range apartLanguages(c.value(colLanguages)) {
		code, ok := c.r.tongue(part)
		if !ok {
			c.refuse(colLanguages, "is not a language that is known here")
			return nil
		}
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

func apartLanguages(s string) []string {
	s = strings.NewReplacer(" and ", ",", " y ", ",", " و", ",", ";", ",", "/", ",", "|", ",", "&", ",", "+", ",", "،", ",").Replace(s)
	var out []string
	for p := range strings.SplitSeq(s, ",") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func (r *RowReader) tongue(s string) (string, bool) {
	code, ok := r.tongs[Fold(bare(s))]
	if !ok {
		t, err := language.Parse(strings.ReplaceAll(s, "_", "-"))
		if err != nil {
			return "", false
		}
		base, _ := t.Base()
		code = base.String()
	}
	return listed(code), true
}

// listed is the code itself if it is on the list of languages.
func listed(code string) string {
	for _, o := range Languages() {
		if o.Value == code {
			return code
		}
	}
	return anotherLanguage
}
