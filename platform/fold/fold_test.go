package fold

import "testing"

func TestWords(t *testing.T) {
	for in, want := range map[string]string{
		"José  Ángel Muñoz":           "jose angel munoz",
		"O'Brien-Smith, Zoë":          "obrien smith zoe",
		"Straße ÆØŁ":                  "strasse aeol",
		"أحمد إبراهيم آدم ٱلله":       "احمد ابراهيم ادم الله",
		"فاطِمَة":                     "فاطمه",
		"محمـــد":                     "محمد",
		"مُصْطَفَى":                   "مصطفي",
		"رقم ٠١٢٣ ۴۵":                 "رقم 0123 45",
		"\u200fسلمى\u200e":            "سلمي",
		"李小龍":                         "李小龍",
		"  ":                          "",
		"José" /* e and an accent */ : "jose",
	} {
		if got := Words(in); got != want {
			t.Errorf("Words(%q) = %q, want %q", in, got, want)
		}
	}
}

// However the words of a card are typed, they are the same.
func TestLetters(t *testing.T) {
	for _, in := range []string{"river lamp bread", "River, Lamp; BREAD.", "riverlampbread", " river-lamp\n\nbread ", "ríver  làmp bread"} {
		if got := Letters(in); got != "riverlampbread" {
			t.Errorf("Letters(%q) = %q", in, got)
		}
	}
	if got := Letters("نَهْر، مِصبَاح، أرز"); got != "نهرمصباحارز" {
		t.Errorf("Arabic: %q", got)
	}
}
