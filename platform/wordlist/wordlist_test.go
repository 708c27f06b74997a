package wordlist

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hbollon/go-edlib"

	"alongside/platform/fold"
	"alongside/platform/i18n"
)

func TestTheLists(t *testing.T) {
	for _, lang := range i18n.Langs() {
		list := lists()[lang]
		if len(list) != Size {
			t.Errorf("%s has %d words, want %d", lang, len(list), Size)
		}
		var before []said
		for _, w := range list {
			one := said{fold.Letters(w), heard(lang, fold.Letters(w))}
			if n := len([]rune(one.letters)); n < 3 || n > 8 {
				t.Errorf("%s: %s has %d letters", lang, w, n)
			}
			for _, other := range before {
				one.apart(t, other)
			}
			before = append(before, one)
		}
	}
}

// said is a word as it is typed and roughly as it is heard.
type said struct{ letters, heard string }

// apart fails for two words that a slip of one letter, or an ear, takes for one
// another.
func (s said) apart(t *testing.T, o said) {
	t.Helper()
	if edlib.LevenshteinDistance(s.letters, o.letters) < 2 {
		t.Errorf("%s and %s are one letter apart", s.letters, o.letters)
	}
	if edlib.LevenshteinDistance(s.heard, o.heard) < 2 {
		t.Errorf("%s and %s sound alike", s.letters, o.letters)
	}
}

var twice = regexp.MustCompile(`aa|bb|cc|dd|ee|ff|gg|ii|kk|ll|mm|nn|oo|pp|rr|ss|tt|uu`)

// heard writes a word roughly as it is heard.
func heard(lang i18n.Lang, w string) string {
	switch lang {
	case i18n.Arabic:
		return strings.NewReplacer("ص", "س", "ث", "ت", "ط", "ت", "ض", "د", "ظ", "ز", "ذ", "ز", "ق", "ك", "ح", "ه").Replace(w)
	case i18n.Spanish:
		w = strings.NewReplacer("h", "", "v", "b", "z", "s", "ce", "se", "ci", "si", "qu", "k", "c", "k", "ll", "y", "ge", "je", "gi", "ji").Replace(w)
	default:
		w = strings.NewReplacer("ph", "f", "ck", "k", "qu", "kw", "gh", "", "kn", "n", "wr", "r", "c", "k", "x", "ks", "z", "s",
			"ee", "i", "ea", "i", "ie", "i", "oo", "u", "ou", "u", "ai", "e", "ay", "e", "oa", "o", "ow", "o", "y", "i").Replace(w)
		w = strings.TrimSuffix(w, "e")
	}
	return twice.ReplaceAllStringFunc(w, func(s string) string { return s[:1] })
}

// Words that say something of recovery or harm, or that mean so in the street, do not
// stand in a list; the list of what must not be there is not complete, and cannot be.
func TestWordsAreAboutNothing(t *testing.T) {
	for lang, list := range map[i18n.Lang]string{
		i18n.English: "addict clean dirty relapse sober drunk beer wine bottle needle spoon foil pipe pill powder rock ice snow crystal candy sugar " +
			"weed grass pot joint coke speed crack horse dope smoke lighter straw poppy mushroom bridge rope knife blade gun bullet fire home house " +
			"mother father baby church cross hospital police prison court peer mentor user client case dose loss lost failed refused declined",
		i18n.Spanish: "adicto limpio sucio recaída sobrio borracho cerveza vino botella aguja cuchara pipa pastilla polvo piedra hielo nieve cristal " +
			"hierba maría porro perico mono caballo chocolate coca goma bellota papel rueda amapola puente cuerda cuchillo hierro granada fuego casa " +
			"madre padre iglesia cruz hospital policía cárcel par usuario caso dosis",
		i18n.Arabic: "مدمن نظيف قذر انتكاسة خمر كأس بيرة زجاجة إبرة ملاعق حبة مسحوق ثلج بلور سكر حشيش عشب دخان تبغ فطر جسر حبل سكين نار بيت منزل أم أب " +
			"مسجد كنيسة صليب مستشفى شرطة سجن مرافق جرعة",
	} {
		for _, w := range strings.Fields(list) {
			has := func(in string) bool { return fold.Letters(in) == fold.Letters(w) }
			if slices.ContainsFunc(lists()[lang], has) {
				t.Errorf("%s: %s stands in the list", lang, w)
			}
		}
	}
}

func TestPick(t *testing.T) {
	if got := Pick(i18n.English, []byte{0, 255, 1}); len(got) != 3 || got[0] != "acorn" || got[1] != "yogurt" || got[2] != "almond" {
		t.Errorf("%v", got)
	}
	if got := Pick("xx", []byte{0}); got[0] != "acorn" {
		t.Errorf("a language without a list: %v", got)
	}
}
