package alongside_test

import (
	"encoding/json"
	"go/ast"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

func arabic(r rune) bool { return unicode.Is(unicode.Arabic, r) }
func latin(r rune) bool  { return unicode.Is(unicode.Latin, r) }

func placeholders(s string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`\{\{\.(\w+)\}\}`).FindAllStringSubmatch(s, -1) {
		out = append(out, m[1])
	}
	return out
}

// plainText takes placeholders out of a text.
func plainText(s string) string { return regexp.MustCompile(`\{\{[^}]*\}\}`).ReplaceAllString(s, "") }

// harmful words wound, or make a person into their condition. They are refused
// everywhere, in documents too. Reasons: GLOSSARY.md.
func harmful() []string {
	return []string{
		"addict", "addicts", "alcoholic", "alcoholics", "abuser", "abusers", "substance abuse", "drug abuse", "junkie",
		"relapse", "relapsed", "non compliant", "noncompliant", "clean and sober", "dirty urine", "dirty test",
		"drogadicto", "drogadicta", "adicto", "adicta", "adictos", "alcohólico", "alcohólica", "toxicómano", "recaída", "recayó",
		"مدمن", "المدمن", "مدمنة", "مدمنين", "المدمنين", "انتكاسة", "انتكاس",
	}
}

// officious words are how an office speaks. They are refused in what a person
// reads on a page, in a message or on the command line.
func officious() []string {
	return []string{
		"clean", "dirty", "failed", "failure", "successfully", "successful", "please note", "invalid",
		"user", "users", "client", "clients", "case", "cases", "submit", "submitted", "submission", "error occurred",
		"usuario", "usuarios", "usuaria", "cliente", "clientes", "inválido", "inválida", "exitosamente", "con éxito", "falló", "tenga en cuenta",
		"limpio", "sucio", "العميل", "المستخدم", "مستخدم", "بنجاح", "فشل", "يرجى ملاحظة", "غير صالح",
	}
}

// onPage are hard for the person it is about; their own pages say it otherwise.
func onPage() []string {
	return []string{
		"declined", "lost", "dose", "refused", "no show", "missed",
		"rechazó", "perdido", "perdida", "dosis", "faltó", "رفض", "جرعة", "مفقود",
	}
}

// titles are phrases in which a refused word is somebody's title or an
// ordinary turn of speech.
func titles() map[string]string {
	return map[string]string{
		"case manager":   "what people in that job are called",
		"case managers":  "what people in that job are called",
		"in case":        "says if",
		"in that case":   "says then",
		"user add":       "a command that others script against",
		"الاسم المستخدم": "says the name in use",
		"جرعة زائدة":     "what an overdose is called in Arabic",
	}
}

func wordRules() []rule {
	return []rule{
		{
			name:  "words that wound",
			why:   "a person is not their condition; GLOSSARY.md says what we write instead",
			check: checkHarmful,
			bad: []string{
				"-- docs/a.md --\nHelp for the addict.\n",
				"-- domain/x/words/en.json --\n{\"a\": \"After a relapse\"}\n",
				"-- domain/x/words/es.json --\n{\"a\": \"Tras una recaída.\"}\n",
				"-- domain/x/words/ar.json --\n{\"a\": \"هذا مدمن\"}\n",
				"-- domain/x/x.go --\npackage x\nconst a = \"Non-compliant\"\n",
				"-- domain/x/x.templ --\npackage x\n// the alcoholic\n",
			},
			good: []string{"-- docs/a.md --\nAddiction is treated. Recovery cleans nothing.\n"},
		},
		{
			name:  "words of an office",
			why:   "we speak like a good friend who knows the system; GLOSSARY.md says what we write instead",
			check: checkOfficious,
			bad: []string{
				"-- domain/x/words/en.json --\n{\"a\": \"Saved successfully\"}\n",
				"-- domain/x/words/en.json --\n{\"a\": {\"one\": \"one user\", \"other\": \"more\"}}\n",
				"-- domain/x/x.go --\npackage x\nvar a = i18n.Text{EN: \"Submit\", ES: \"Enviar\", AR: \"أرسل\"}\n",
				"-- domain/x/x.go --\npackage x\nvar a = i18n.Text{\"Go\", \"Cliente\", \"أرسل\"}\n",
				"-- surface/cli/x.go --\npackage cli\nfunc a() { say(\"the case is closed\") }\n",
			},
			good: []string{
				"-- domain/x/words/en.json --\n{\"a\": \"Ask the case manager, in case you wish.\"}\n",
				"-- domain/x/x.go --\npackage x\nfunc a() { e(\"user\") }\n",
			},
		},
		{
			name:  "words of cards",
			why:   "a card is read by the person it speaks to: the words of their own pages hold for it, too",
			check: checkCards,
			bad: []string{
				"-- domain/x/cards/a.json --\n{\"en\": {\"title\": \"Clean needles\"}}\n",
				"-- domain/x/cards/a.json --\n{\"es\": {\"lines\": [\"Una dosis\"]}}\n",
				"-- domain/x/cards/a.json --\n{\"ar\": {\"lines\": [\"كلمة\", \"جرعة\"]}}\n",
				"-- domain/x/cards/a.json --\n{\"en\": {\"lines\": [\"" + strings.Repeat("word ", maxSentence) + "more.\"]}}\n",
				"-- domain/x/cards/a.json --\n{\"en\": {\"title\": \"Organizational confidentiality\", \"lines\": [\"Authorization.\"]}}\n",
				"-- domain/x/cards/a.json --\n{\"en\": \n",
			},
			good: []string{"-- domain/x/cards/a.json --\n{\"en\": {\"title\": \"An overdose\", \"lines\": [\"Stay.\"]}, \"ar\": {\"title\": \"جرعة زائدة\"}, \"sources\": [{\"title\": \"Case report\"}]}\n"},
		},
		{
			name:  "refused words are explained",
			why:   "a rule about words that gives no reason only moves the harm to another word",
			check: checkGlossary,
			bad:   []string{"-- GLOSSARY.md --\n| addict |\n"},
		},
		{
			name:  "easy to read",
			why:   "grade 6 or lower: short sentences and short words, read by someone who has not slept",
			check: checkReading,
			bad: []string{
				"-- domain/x/words/en.json --\n{\"a\": \"" + strings.Repeat("word ", maxSentence) + "more.\"}\n",
				"-- domain/x/words/en.json --\n{\"a\": \"Organizational confidentiality documentation requires authorization.\"}\n",
			},
			good: []string{words},
		},
	}
}

// said cuts a text into words, folded, one space between, so that a phrase can
// be looked for whole. Titles are taken out.
func said(s string) string {
	parts := strings.FieldsFunc(strings.ToLower(plainText(s)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	out := " " + strings.Join(parts, " ") + " "
	for title := range titles() {
		out = strings.ReplaceAll(out, " "+title+" ", " ")
	}
	return out
}

func firstOf(list []string, text string) string {
	flat := said(text)
	for _, w := range list {
		if strings.Contains(flat, " "+w+" ") {
			return w
		}
	}
	return ""
}

func checkHarmful(t *tree) []finding {
	var out []finding
	keep := func(s *source) bool {
		return !s.isTest() && s.isHand() && s.path != "GLOSSARY.md" && !s.under("tool/bench") && s.ext() != ".txt"
	}
	for _, s := range t.where(keep) {
		for i, line := range strings.Split(s.text, "\n") {
			if w := firstOf(harmful(), line); w != "" {
				out = append(out, found(s.path+" "+w, i+1, "%q", w))
			}
		}
	}
	return out
}

func checkOfficious(t *tree) []finding {
	var out []finding
	for _, w := range wordFiles(t) {
		for key, texts := range w.texts {
			if bad := firstOf(officious(), strings.Join(texts, " . ")); bad != "" {
				out = append(out, found(w.source.path+" "+key, 1, "%s says %q", key, bad))
			}
		}
	}
	eachShown(t, func(s *source, line int, text string) {
		if bad := firstOf(officious(), text); bad != "" {
			out = append(out, found(s.path+" "+bad, line, "%q says %q", text, bad))
		}
	})
	return out
}

// checkCards reads the cards in plain words that come with the program.
func checkCards(t *tree) []finding {
	var out []finding
	refused := slices.Concat(harmful(), officious(), onPage())
	for _, s := range t.where(func(s *source) bool { return strings.Contains(s.path, "/cards/") && s.ext() == ".json" }) {
		var card map[string]json.RawMessage
		if err := json.Unmarshal([]byte(s.text), &card); err != nil {
			out = append(out, found(s.path, 1, "cannot be read: %v", err))
		}
		for _, lang := range []string{"en", "es", "ar"} {
			text := cardText(card[lang])
			if bad := firstOf(refused, text); bad != "" {
				out = append(out, found(s.path+" "+lang, 1, "says %q", bad))
			}
			if lang == "en" {
				out = append(out, hardToRead(s.path, text)...)
			}
		}
	}
	return out
}

// cardText is the title and the lines of a card in one language.
func cardText(raw json.RawMessage) string {
	var words struct {
		Title string
		Lines []string
	}
	if json.Unmarshal(raw, &words) != nil {
		return ""
	}
	return words.Title + "\n" + strings.Join(words.Lines, "\n")
}

// eachShown calls do for strings in Go that a person may read: the texts of
// tables, and on the command line whatever has a space in it.
func eachShown(t *tree, do func(s *source, line int, text string)) {
	hand := func(s *source) bool { return s.isHand() && program(s) }
	for _, s := range t.goFiles(hand) {
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			if c, ok := n.(*ast.CompositeLit); ok && c.Type != nil && strings.HasSuffix(dotted(c.Type), "Text") {
				for _, e := range c.Elts {
					do(s, t.line(e), literal(e))
				}
			}
			return true
		})
	}
	spoken := func(s *source) bool { return hand(s) && s.under("cmd", "app", "surface/cli") }
	eachText(t, spoken, func(s *source, line int, text string) {
		if strings.Contains(text, " ") {
			do(s, line, text)
		}
	})
}

func literal(e ast.Expr) string {
	if kv, ok := e.(*ast.KeyValueExpr); ok {
		e = kv.Value
	}
	if b, ok := e.(*ast.BasicLit); ok {
		s, _ := strconv.Unquote(b.Value)
		return s
	}
	return ""
}

func checkGlossary(t *tree) []finding {
	g := t.file("GLOSSARY.md")
	if g == nil {
		return []finding{found("GLOSSARY.md", 1, "there is no glossary")}
	}
	var out []finding
	text := said(g.text)
	for _, list := range [][]string{harmful()[:10], officious()[:10], onPage()[:4]} {
		for _, w := range list {
			if !strings.Contains(text, " "+w+" ") {
				out = append(out, found("GLOSSARY.md "+w, 1, "%q is refused, and not explained", w))
			}
		}
	}
	return out
}
