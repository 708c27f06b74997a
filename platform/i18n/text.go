package i18n

// Lang is a language the program speaks.
type Lang string

// The languages, English first. Arabic is written from right to left.
const (
	English Lang = "en"
	Spanish Lang = "es"
	Arabic  Lang = "ar"
)

// Langs lists the languages in the order they are offered.
func Langs() []Lang { return []Lang{English, Spanish, Arabic} }

// Dir returns "rtl" or "ltr", as HTML's dir attribute takes it.
func (l Lang) Dir() string {
	if l == Arabic {
		return "rtl"
	}
	return "ltr"
}

// Text is one short text in every language. It stands inside tables (fields,
// steps, choices), where the words belong to the row; longer page texts live in
// the words folder of their domain.
type Text struct{ EN, ES, AR string }

// In returns the text in a language, English where that one is empty.
func (t Text) In(l Lang) string {
	switch {
	case l == Spanish && t.ES != "":
		return t.ES
	case l == Arabic && t.AR != "":
		return t.AR
	}
	return t.EN
}

// Complete reports whether no language is missing.
func (t Text) Complete() bool { return t.EN != "" && t.ES != "" && t.AR != "" }
