package bridge

import (
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/platform/errs"
	"alongside/platform/i18n"
)

func TestACardIsWrittenAnewAndTheOldStays(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		was := w.story("c01")
		if was.Number != 0 || was.reviewed() || !was.open() || len(was.Sources) == 0 {
			t.Fatalf("as it came: %+v", was.Card)
		}
		mine := w.words("c01", "Breathe")
		for range 2 { // twice is once
			made, err := w.c.Write(by("rosa"), mine, 0)
			w.must(err)
			if made.Number != 1 || made.WrittenBy != "rosa" || made.reviewed() {
				t.Fatalf("%+v", made)
			}
		}
		s := w.story("c01")
		if s.Number != 0 || s.Newer != 1 || s.title(i18n.English) == "Breathe" {
			t.Errorf("shown before anyone read it: %+v", s.Card)
		}
		w.must(w.c.Review(by("ines"), "c01", 1))
		s = w.story("c01")
		if s.Number != 1 || s.Newer != 0 || s.ReviewedBy != "ines" || s.title(i18n.English) != "Breathe" {
			t.Errorf("after it was read: %+v", s.Card)
		}
		if old, ok := s.version(0); !ok || old.TitleEN != was.TitleEN || old.BodyAR != was.BodyAR {
			t.Error("the words that came with the program are gone")
		}
		second := w.words("c01", "Breathe slowly")
		_, err := w.c.Write(by("ines"), second, 1)
		w.must(err)
		s = w.story("c01")
		if one, _ := s.version(1); s.TitleEN != "Breathe" || one.TitleEN != "Breathe" || s.Newer != 2 {
			t.Errorf("a draft took the place of what was read: %+v", s.Card)
		}
	})
}

func TestWhoWroteACardDoesNotReviewIt(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		_, err := w.c.Write(by("rosa"), w.words("c02", "A new day"), 0)
		w.must(err)
		w.wants(w.c.Review(by("rosa"), "c02", 1), errs.Denied, "who wrote it")
		w.wants(w.c.Review(actor("rosa", access.Supervisor), "c02", 1), errs.Denied, "who wrote it, in another role")
		w.wants(w.c.Review(actor("carol", access.Coordinator), "c02", 1), errs.Denied, "a coordinator")
		w.wants(w.c.Review(by("ines"), "c02", 0), errs.Invalid, "a version that is not the newest")
		w.wants(w.c.Review(by("ines"), "c99", 1), errs.NotFound, "a card that there is not")
		if s := w.story("c02"); s.reviewed() || s.mayReview(s.Versions[1]) {
			t.Errorf("%+v", s.Card)
		}
		for range 2 {
			w.must(w.c.Review(by("ines"), "c02", 1))
		}
		if s := w.story("c02"); s.ReviewedBy != "ines" {
			t.Errorf("%+v", s.Card)
		}
	})
}

// What came with the program is copied when it is reviewed.
func TestAStarterIsReviewedAsItIs(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		w.must(w.c.Review(by("rosa"), "c03", 0))
		s := w.story("c03")
		if len(s.Versions) != 2 || s.Number != 1 || !s.reviewed() || s.WrittenBy != "" || s.BodyES != s.Versions[0].BodyES {
			t.Errorf("%+v", s.Card)
		}
		w.c.starters[2].EN.Lines[0] = "The next program says this."
		if s := w.story("c03"); strings.Contains(s.BodyEN, "next program") {
			t.Error("what was reviewed changed with the program")
		}
	})
}

func TestWhatIsHardToReadStaysADraft(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		e := w.words("", "Authorization")
		e.BodyEN = "Institutional confidentiality obligations necessitate individualized documentation."
		made, err := w.c.Write(by("rosa"), e, 0)
		w.must(err)
		w.wants(w.c.Review(by("ines"), made.Card, 1), errs.Invalid, "hard English")
		e = w.words("", "")
		e.TitleEN, e.BodyEN, e.TitleES, e.BodyES = "", "", "Respire", "Siéntese."
		made, err = w.c.Write(by("rosa"), e, 0)
		w.must(err)
		w.must(w.c.Review(by("ines"), made.Card, 1))
	})
}

// A machine's words say so until somebody changed them, and whoever reads a
// version over sees what did not change with the rest.
func TestAMachinesWordsAreMarkedUntilTheyChange(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		e := w.story("c09").Edition
		e.Row, e.BodyEN, e.BodyAR = w.id(), e.BodyEN+"\nAsk at our desk.", e.BodyAR+"\nاسأل عندنا."
		_, err := w.c.Write(by("rosa"), e, 0)
		w.must(err)
		w.must(w.c.Review(by("ines"), "c09", 1))
		s := w.story("c09")
		if !s.machine(s.Came, i18n.Spanish) || s.machine(s.Came, i18n.Arabic) || s.machine(s.Came, i18n.English) {
			t.Error("which words are a machine's is not right")
		}
		if got := (storyForm{CardStory: s, Read: s.Edition}).stale(); got != "Español" {
			t.Errorf("left as they were: %q", got)
		}
		own, err := w.c.Write(by("rosa"), w.words("", "Kites"), 0)
		w.must(err)
		if s := w.story(own.Card); s.machine(s.Came, i18n.Arabic) || (storyForm{CardStory: s, Read: s.Edition}).stale() != "" {
			t.Error("a card of one's own was put into words by a machine")
		}
	})
}

func TestWhatACardNeeds(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		for what, spoil := range map[string]func(*Edition){
			"no language":      func(e *Edition) { e.TitleEN, e.BodyEN = "", "" },
			"half a language":  func(e *Edition) { e.TitleAR = "عنوان" },
			"the other half":   func(e *Edition) { e.BodyES = "Texto." },
			"a kind we lack":   func(e *Edition) { e.Kind = "other" },
			"a card we lack":   func(e *Edition) { e.Card = "c99" },
			"seen another one": func(e *Edition) { e.Card = "c01" },
		} {
			e := w.words("", "Rest")
			spoil(&e)
			_, err := w.c.Write(by("rosa"), e, 7)
			if !errs.Is(err, errs.Invalid) && !errs.Is(err, errs.NotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err := w.c.Write(actor("carol", access.Coordinator), w.words("", "Rest"), 0)
		w.wants(err, errs.Denied, "a coordinator writes")
		_, err = w.c.Write(blueSelf(), w.words("", "Rest"), 0)
		w.wants(err, errs.Denied, "a participant writes")
	})
}

// Two who write at once: the second is told, and no version is lost.
func TestTwoWriteACardAtOnce(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		_, err := w.c.Write(by("rosa"), w.words("c04", "Hers"), 0)
		w.must(err)
		theirs := w.words("c04", "Theirs")
		_, err = w.c.Write(by("ines"), theirs, 0)
		w.wants(err, errs.Invalid, "over words that were not seen")
		_, err = w.c.Write(by("ines"), theirs, 1)
		w.must(err)
		if s := w.story("c04"); len(s.Versions) != 3 || s.Versions[1].TitleEN != "Hers" || s.Versions[2].TitleEN != "Theirs" {
			t.Errorf("%+v", s.Versions)
		}
	})
}

func TestCardsAreFoundByAWordInAnyLanguage(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		for word, want := range map[string]string{"NALOXONE": "c01", "metadóna": "c05", "التهاب الكبد": "c10", "zebra": ""} {
			list, err := w.c.List(by("rosa"), false, Wanted{Word: word})
			w.must(err)
			if want == "" && len(list) > 0 || want != "" && (len(list) != 1 || list[0].Card != want) {
				t.Errorf("%q finds %d", word, len(list))
			}
		}
		list, err := w.c.List(blueSelf(), true, Wanted{Kind: CardRights})
		w.must(err)
		if len(list) != 1 || list[0].Card != "c18" {
			t.Errorf("%+v", list)
		}
		made, err := w.c.Write(by("rosa"), w.words("", "Kites"), 0)
		w.must(err)
		_, err = w.c.One(blueSelf(), true, made.Card)
		w.wants(err, errs.NotFound, "a participant reads what nobody has read yet")
		if list, _ := w.c.List(blueSelf(), true, Wanted{Word: "kites"}); len(list) > 0 {
			t.Error("a participant is shown it in the list")
		}
		if list, _ := w.c.List(by("ines"), false, Wanted{Word: "kites"}); len(list) != 1 {
			t.Error("a peer is not")
		}
		_, err = w.c.List(actor("adam", access.Administrator), false, Wanted{})
		w.wants(err, errs.Denied, "an administrator")
	})
}

// The same form with other words is a conflict, and the words before stay.
func TestACardWithOtherWordsUnderOneFormIsAConflict(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		e := w.words("", "Kites")
		first, err := w.c.Write(by("rosa"), e, 0)
		w.must(err)
		e.BodyEN += " And more."
		_, err = w.c.Write(by("rosa"), e, 0)
		w.wants(err, errs.Conflict, "other words")
		e = w.words("", "Boats")
		e.Row = first.Row
		_, err = w.c.Write(by("rosa"), e, 0)
		w.wants(err, errs.Conflict, "another title")
	})
}
