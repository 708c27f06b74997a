// Package i18n gives every page its words in English, Spanish and Arabic. Each
// domain keeps a words folder with one JSON file a language; a key is the
// domain's name, a dot and the key in the file.
//
// The files and plural rules are go-i18n's. What is ours is the flat look-up in
// front of it (a page asks for some three hundred words, few of which change
// with a number, and a template run for each was a third of a board's cost) and
// the refusal to start with a word missing.
package i18n

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Source is one words folder: en.json, es.json and ar.json at its root. A file
// maps a key to a text, or to {"one": …, "other": …} where a number decides;
// Arabic has zero, one, two, few, many and other. {{.Name}} takes a value.
type Source struct {
	Prefix string
	FS     fs.FS
}

// Catalogue holds every word of the program. It does not change after Load.
type Catalogue struct {
	words map[Lang]*Words
}

// Words are the words in one language.
type Words struct {
	Lang  Lang
	plain map[string]string
	rich  *goi18n.Localizer
}

// Load reads all sources. It refuses a key that is missing in a language and
// names it.
func Load(sources ...Source) (*Catalogue, error) {
	c := &Catalogue{words: map[Lang]*Words{}}
	faults := make([]error, len(Langs()))
	var all sync.WaitGroup
	for i, l := range Langs() {
		w := &Words{Lang: l, plain: map[string]string{}}
		c.words[l] = w
		all.Go(func() { faults[i] = w.load(sources) }) // a third of a start, on one core
	}
	all.Wait()
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return c, c.complete()
}

// load reads one language. Each has a bundle of its own: none falls back on
// another, for none may lack a word.
func (w *Words) load(sources []Source) error {
	bundle := goi18n.NewBundle(language.Make(string(w.Lang)))
	for _, s := range sources {
		if err := w.read(bundle, s); err != nil {
			return fmt.Errorf("words of %s in %s: %w", s.Prefix, w.Lang, err)
		}
	}
	w.plain = packed(w.plain)
	w.rich = goi18n.NewLocalizer(bundle, string(w.Lang))
	return nil
}

func (w *Words) read(bundle *goi18n.Bundle, s Source) error {
	raw, err := fs.ReadFile(s.FS, string(w.Lang)+".json")
	if err != nil {
		return err
	}
	var file map[string]any
	if err := json.Unmarshal(raw, &file); err != nil {
		return err
	}
	var msgs []*goi18n.Message
	for key, v := range file {
		m, err := message(s.Prefix+"."+key, v)
		if err != nil {
			return err
		}
		w.plain[m.ID] = m.Other
		if m.One != "" || m.Few != "" || m.Many != "" {
			w.plain[m.ID] = ""
			msgs = append(msgs, m)
		}
	}
	return bundle.AddMessages(language.Make(string(w.Lang)), msgs...)
}

// packed keeps all words in one string instead of thousands. The collector looks
// at each thing that is kept, every time memory is tidied.
func packed(words map[string]string) map[string]string {
	keys := slices.Collect(maps.Keys(words))
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(k)
		b.WriteString(words[k])
	}
	all, out := b.String(), make(map[string]string, len(words))
	for _, k := range keys {
		end := len(k) + len(words[k])
		out[all[:len(k)]], all = all[len(k):end], all[end:]
	}
	return out
}

func message(id string, v any) (*goi18n.Message, error) {
	switch v := v.(type) {
	case string:
		return &goi18n.Message{ID: id, Other: v}, nil
	case map[string]any:
		v["id"] = id
		return goi18n.NewMessage(v)
	}
	return nil, fmt.Errorf("%s: neither a text nor plural forms", id)
}

func (c *Catalogue) complete() error {
	var missing []string
	all := map[string]bool{}
	for _, w := range c.words {
		for k := range w.plain {
			all[k] = true
		}
	}
	for _, k := range slices.Sorted(maps.Keys(all)) {
		for _, l := range Langs() {
			if _, ok := c.words[l].plain[k]; !ok {
				missing = append(missing, string(l)+": "+k)
			}
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("words missing: %s", strings.Join(missing, ", "))
	}
	return nil
}

// In returns the words in a language, English for one the program lacks.
func (c *Catalogue) In(l Lang) *Words {
	if w, ok := c.words[l]; ok {
		return w
	}
	return c.words[English]
}

// Keys lists every key, sorted, for the test that looks for unused ones.
func (c *Catalogue) Keys() []string { return slices.Sorted(maps.Keys(c.words[English].plain)) }

// Has reports whether there is such a key.
func (w *Words) Has(key string) bool { _, ok := w.plain[key]; return ok }

// T returns the words of key. kv are names and values in turn for {{.name}}. An
// unknown key comes back in brackets, so that a test and an eye can find it.
func (w *Words) T(key string, kv ...any) string {
	plain, ok := w.plain[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	if plain == "" {
		return w.localize(key, nil, kv)
	}
	if len(kv) == 0 {
		return plain
	}
	return w.fill(plain, kv)
}

// fill puts the values in their places. A place without a value stays as it is,
// so that it can be found.
func (w *Words) fill(text string, kv []any) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{{.")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		var name string
		name, text, _ = strings.Cut(rest, "}}")
		b.WriteString(w.value(name, kv))
	}
}

func (w *Words) value(name string, kv []any) string {
	for i := 0; i+1 < len(kv); i += 2 {
		if kv[i] != name {
			continue
		}
		if s, ok := w.apart(kv[i+1]).(string); ok {
			return s
		}
		return fmt.Sprint(kv[i+1])
	}
	return "{{." + name + "}}"
}

// N returns the words of key for a number, in the plural form the language
// asks for. {{.N}} is the number.
func (w *Words) N(key string, n int, kv ...any) string {
	plain, ok := w.plain[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	if plain != "" {
		return w.T(key, append(kv, "N", n)...)
	}
	return w.localize(key, n, append(kv, "N", n))
}

func (w *Words) localize(key string, count any, kv []any) string {
	data := make(map[string]any, len(kv)/2)
	for i := 0; i+1 < len(kv); i += 2 {
		data[fmt.Sprint(kv[i])] = w.apart(kv[i+1])
	}
	s, err := w.rich.Localize(&goi18n.LocalizeConfig{MessageID: key, PluralCount: count, TemplateData: data})
	if err != nil && s == "" {
		return "⟦" + key + "⟧"
	}
	return s
}

// apart keeps a value that may be written in the other direction from turning
// the words around it: Unicode's first strong isolate. Numbers need none.
func (w *Words) apart(v any) any {
	s, ok := v.(string)
	if !ok || w.Lang.Dir() == "ltr" {
		return v
	}
	return "\u2068" + s + "\u2069"
}

// Text returns t in these words' language.
func (w *Words) Text(t Text) string { return t.In(w.Lang) }

// List puts words in one line, with the comma that their language writes.
func (w *Words) List(words []string) string {
	return strings.Join(words, Text{EN: ", ", ES: ", ", AR: "، "}.In(w.Lang))
}

// matcher is made once: making it costs ten times a page's frame.
var matcher = sync.OnceValue(func() language.Matcher {
	return language.NewMatcher([]language.Tag{language.English, language.Spanish, language.Arabic})
})

// Match picks the language for an Accept-Language header; English when nothing
// fits.
func Match(header string) Lang {
	if header == "" {
		return English
	}
	tags, _, _ := language.ParseAcceptLanguage(header)
	_, i, conf := matcher().Match(tags...)
	if conf == language.No {
		return English
	}
	return Langs()[i]
}
