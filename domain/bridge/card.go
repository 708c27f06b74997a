package bridge

import (
	"slices"
	"strings"
	"time"

	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/reading"
)

// The kinds of card.
const (
	CardCare     = "care"
	CardPlan     = "plan"
	CardRecovery = "recovery"
	CardRights   = "rights"
)

// CardKinds lists them in the order of the page.
func CardKinds() []field.Option {
	return []field.Option{
		{Value: CardCare, Label: i18n.Text{EN: "Health and medicine", ES: "Salud y medicinas", AR: "الصحة والدواء"}},
		{Value: CardPlan, Label: i18n.Text{EN: "Treatment and plans", ES: "Tratamiento y planes", AR: "العلاج والخطط"}},
		{Value: CardRecovery, Label: i18n.Text{EN: "Recovery, day by day", ES: "Recuperación, día a día", AR: "التعافي يوما بيوم"}},
		{Value: CardRights, Label: i18n.Text{EN: "Your rights", ES: "Sus derechos", AR: "حقوقك"}},
	}
}

// Edition is one version of a card in plain words. Its words are never changed;
// who wants other words writes the next version. Number 0 is a card as it came
// with the program; it is not in the table.
type Edition struct {
	Row        string
	Card       string // which card
	Number     int64
	Kind       string
	TitleEN    string
	BodyEN     string // one thing a line
	TitleES    string
	BodyES     string
	TitleAR    string
	BodyAR     string
	Sources    string // one a line
	WrittenBy  string // "" for words that came with the program
	WrittenAt  time.Time
	ReviewedBy string // someone other than who wrote it
	ReviewedAt time.Time
	Version    int64
}

// Editions says what that record holds. It is about nobody.
func Editions() *field.Record[Edition] {
	ref := func(column string, at func(*Edition) any) field.Field[Edition] {
		return field.Field[Edition]{Column: column, Kind: field.Ref, At: at}
	}
	title := func(column string, label i18n.Text, at func(*Edition) any) field.Field[Edition] {
		return field.Field[Edition]{Column: column, Kind: field.Text, Asked: true, Limit: 80, Label: label, At: at}
	}
	body := func(column string, label i18n.Text, at func(*Edition) any) field.Field[Edition] {
		return field.Field[Edition]{
			Column: column, Kind: field.Long, Asked: true, Limit: 1200, Label: label, At: at,
			Hint: i18n.Text{EN: "One thing on each line. Six lines are enough.", ES: "Una cosa en cada línea. Seis líneas bastan.", AR: "شيء واحد في كل سطر. ستة أسطر تكفي."},
		}
	}
	return field.Define("bridge_card", field.Keys[Edition]{ID: []string{"edition"}},
		ref("edition", func(e *Edition) any { return &e.Row }),
		ref("card", func(e *Edition) any { return &e.Card }),
		field.Field[Edition]{
			Column: "number", Kind: field.Number, Label: i18n.Text{EN: "Version", ES: "Versión", AR: "النسخة"},
			At: func(e *Edition) any { return &e.Number },
		},
		field.Field[Edition]{
			Column: "kind", Kind: field.Choice, Required: true, Asked: true, Options: CardKinds(),
			Label: i18n.Text{EN: "What is it about?", ES: "¿De qué trata?", AR: "عمّ تتحدث؟"},
			At:    func(e *Edition) any { return &e.Kind },
		},
		title("title_en", i18n.Text{EN: "Title in English", ES: "Título en inglés", AR: "العنوان بالإنجليزية"}, func(e *Edition) any { return &e.TitleEN }),
		body("body_en", i18n.Text{EN: "Text in English", ES: "Texto en inglés", AR: "النص بالإنجليزية"}, func(e *Edition) any { return &e.BodyEN }),
		title("title_es", i18n.Text{EN: "Title in Spanish", ES: "Título en español", AR: "العنوان بالإسبانية"}, func(e *Edition) any { return &e.TitleES }),
		body("body_es", i18n.Text{EN: "Text in Spanish", ES: "Texto en español", AR: "النص بالإسبانية"}, func(e *Edition) any { return &e.BodyES }),
		title("title_ar", i18n.Text{EN: "Title in Arabic", ES: "Título en árabe", AR: "العنوان بالعربية"}, func(e *Edition) any { return &e.TitleAR }),
		body("body_ar", i18n.Text{EN: "Text in Arabic", ES: "Texto en árabe", AR: "النص بالعربية"}, func(e *Edition) any { return &e.BodyAR }),
		field.Field[Edition]{
			Column: "sources", Kind: field.Long, Asked: true, Required: true, Limit: 2000,
			Label: i18n.Text{EN: "Where do you know it from?", ES: "¿De dónde lo sabe?", AR: "من أين عرفت ذلك؟"},
			Hint:  i18n.Text{EN: "One on each line: who says so, where, in which year.", ES: "Una en cada línea: quién lo dice, dónde, en qué año.", AR: "واحد في كل سطر: من قاله وأين وفي أي سنة."},
			At:    func(e *Edition) any { return &e.Sources },
		},
		ref("written_by", func(e *Edition) any { return &e.WrittenBy }),
		field.Field[Edition]{
			Column: "written_at", Kind: field.Instant, Label: i18n.Text{EN: "Written", ES: "Escrita", AR: "كُتبت"},
			At: func(e *Edition) any { return &e.WrittenAt },
		},
		ref("reviewed_by", func(e *Edition) any { return &e.ReviewedBy }),
		field.Field[Edition]{
			Column: "reviewed_at", Kind: field.Instant, Label: i18n.Text{EN: "Reviewed", ES: "Revisada", AR: "رُوجعت"},
			At: func(e *Edition) any { return &e.ReviewedAt },
		},
		field.Field[Edition]{Column: "version", Kind: field.Version, At: func(e *Edition) any { return &e.Version }},
	)
}

// reviewed reports whether a second person has read it.
func (e Edition) reviewed() bool { return e.ReviewedBy != "" }

// in is the text in one language; ok is false when there is none.
func (e Edition) in(l i18n.Lang) (title, body string, ok bool) {
	switch l {
	case i18n.Spanish:
		title, body = e.TitleES, e.BodyES
	case i18n.Arabic:
		title, body = e.TitleAR, e.BodyAR
	default:
		title, body = e.TitleEN, e.BodyEN
	}
	return title, body, title != "" && body != ""
}

// best is the language nearest to the one that is asked for.
func (e Edition) best(l i18n.Lang) i18n.Lang {
	for _, l := range append([]i18n.Lang{l}, i18n.Langs()...) {
		if _, _, ok := e.in(l); ok {
			return l
		}
	}
	return l
}

// langs are the languages it is written in.
func (e Edition) langs() []i18n.Lang {
	var out []i18n.Lang
	for _, l := range i18n.Langs() {
		if _, _, ok := e.in(l); ok {
			out = append(out, l)
		}
	}
	return out
}

// title is what the card is called, in the language nearest to l.
func (e Edition) title(l i18n.Lang) string {
	title, _, _ := e.in(e.best(l))
	return title
}

// grade is the school year of its English; ok is false when there is none.
func (e Edition) grade() (year float64, ok bool) {
	title, body, ok := e.in(i18n.English)
	return reading.Grade(title + "\n" + body), ok
}

// hard reports whether its English is too hard to read.
func (e Edition) hard() bool {
	year, ok := e.grade()
	return ok && year > reading.Easy
}

// says reports whether a language has the same words as in another version.
func (e Edition) says(other Edition, l i18n.Lang) bool {
	title, body, _ := e.in(l)
	title2, body2, _ := other.in(l)
	return title == title2 && slices.Equal(lines(body), lines(body2))
}

// machine reports whether the words of a language are a machine's: those that
// came with the program, in every language but the first.
func (e Edition) machine(came Edition, l i18n.Lang) bool {
	_, _, ok := came.in(l)
	return ok && l != i18n.English && e.says(came, l)
}

// lines cuts a text into what stands on each line.
func lines(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
