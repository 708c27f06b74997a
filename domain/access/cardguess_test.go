package access

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
)

func TestGuessingACardIsSlowedAndARestartDoesNotHelp(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		c := w.card("t1", w.person("t1"), "Blue", "en")
		here, one, place := limits()
		guess := func(on *world, alias, net string) error {
			_, err := on.SignInByCard(w.Context(), TypedCard{alias, "river lamp bread olive moon"}, Device{Net: net})
			return err
		}
		known := w.until(200, func(int) error { return guess(w.world, "Blue", "203.0.113.0/24") })
		unknown := w.until(200, func(int) error { return guess(w.world, "Nobody", "198.51.100.0/24") })
		if known != here.burst || unknown != known {
			w.Errorf("%d and %d guesses were taken, want %d", known, unknown, here.burst)
		}
		again := w.restarted()
		if err := guess(again, "b l u e", "203.0.113.0/24"); !errs.Is(err, errs.TooMany) || again.slow != 0 {
			w.Errorf("after a restart: %v, %d slow comparisons", err, again.slow)
		}
		right := func() error {
			_, err := again.SignInByCard(w.Context(), TypedCard{"Blue", said(c)}, Device{Net: "203.0.113.0/24"})
			return err
		}
		if err := right(); !errs.Is(err, errs.TooMany) {
			w.Errorf("the right words while slowed: %v", err)
		}
		w.clk.Add(here.every)
		w.must(right())
		if n := w.until(200, func(i int) error { return guess(w.world, "Anyone", fmt.Sprintf("10.0.%d.0/24", i)) }); n != one.burst {
			w.Errorf("from many places: %d guesses, want %d", n, one.burst)
		}
		if n := w.until(200, func(i int) error { return guess(w.world, fmt.Sprint("alias", i), "192.0.2.0/24") }); n != place.burst {
			w.Errorf("for many aliases: %d guesses, want %d", n, place.burst)
		}
		if n := w.until(200, func(i int) error { return w.guess(fmt.Sprintf("p%d@x.example", i), "192.0.2.0/24") }); n != 0 {
			w.Errorf("and %d more for passwords from the same place", n)
		}
	})
}

func TestCardAnswersAreAlike(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		paused := w.person("t1")
		c, cp := w.card("t1", w.person("t1"), "Blue", "en"), w.card("t1", paused, "Green", "en")
		w.must(w.Pause(w.operator(), w.own[paused].Account))
		s := w.site()
		try := func(alias, words string) shows {
			p := s.browser().post(CardDoorPath, "alias", alias, "words", words, "to", "/mine")
			if strings.Contains(p.body, words) {
				w.Error("the words are written back into the page")
			}
			p.body = strings.ReplaceAll(p.body, html.EscapeString(alias), "ALIAS")
			return p
		}
		known := try("Blue", "river lamp bread olive moon")
		known.says(w.world, "These do not fit together")
		for _, p := range []shows{try("Nobody", said(c)), try("Green", said(cp))} {
			if p.status != known.status || p.alike() != known.alike() {
				w.Errorf("%d and %d\n%s\n%s", known.status, p.status, known.body, p.body)
			}
		}
		if known.status != http.StatusUnprocessableEntity {
			w.Errorf("status %d", known.status)
		}
		w.quiet()
	})
}

// The page for a card leads nowhere but to a page of one's own, and who signs in on a
// phone on which someone else is signed in gets a sign-in of their own.
func TestTheNextOneAtASharedPhone(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		a, b := w.card("t1", w.person("t1"), "Blue", "en"), w.card("t1", w.person("t1"), "Green", "en")
		s := w.site()
		phone := s.browser()
		if p := phone.post(CardDoorPath, "alias", "Blue", "words", said(a), "to", "https://elsewhere.example/"); p.path != "/mine" {
			w.Errorf("led to %s", p.path)
		}
		first := phone.cookie()
		if p := phone.get(CardDoorPath + "?to=/board"); p.path != CardDoorPath || !strings.Contains(p.body, `name="to" value="/mine"`) {
			w.Errorf("the next one sees %s", p.path)
		}
		if p := phone.post(CardDoorPath, "alias", "Green", "words", said(b), "to", "/mine/plan"); p.path != "/mine/plan" {
			w.Errorf("led to %s", p.path)
		}
		if w.in(first) || first == phone.cookie() {
			w.Error("the one before is still signed in there")
		}
	})
}

// On paper the words stand once, in the card's language; the answer may not be kept.
func TestThePageOfACard(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		p := w.person("t1")
		_, in := w.signedIn(email, Peer)
		s := w.site()
		rosa := s.browser()
		rosa.wear(in.Token)
		path, act := cardPath(p), id.New(w.clk.Now())
		if got := rosa.post(path, "act", act, "alias", "", "language", "ar"); got.status != 422 || strings.Contains(got.body, "<ol") {
			w.Errorf("without an alias: %d", got.status)
		}
		made := rosa.post(path, "act", act, "alias", "Blue Heron", "language", "ar")
		words := regexp.MustCompile(`<li>([^<]+)</li>`).FindAllStringSubmatch(made.body, -1)
		if made.status != 200 || len(words) != 5 || !strings.Contains(made.body, `lang="ar" dir="rtl"`) {
			w.Fatalf("%d %v\n%s", made.status, words, made.body)
		}
		typed := ""
		for _, m := range words {
			typed += m[1] + " "
		}
		if _, err := w.enter("Blue Heron", typed); err != nil {
			w.Errorf("what stands on paper does not open: %v", err)
		}
		w.clk.Add(pressWindow)
		late := rosa.post(path, "act", act, "alias", "Blue Heron", "language", "ar")
		form := rosa.get(path)
		for _, later := range []shows{late, form} {
			for _, m := range words {
				if strings.Contains(later.body, m[1]) {
					w.Errorf("%d shows %s again", later.status, m[1])
				}
			}
		}
		if late.status != http.StatusConflict {
			w.Errorf("the same form later: %d", late.status)
		}
	})
}

func TestTheFieldListOfCardsMatchesTheTable(t *testing.T) {
	onBoth(t, func(w *world) {
		for _, bad := range w.cards.Check() {
			w.Error(bad)
		}
		w.must(w.DB.Read(w.operator(), func(tx *db.Tx) error {
			bad, err := w.cards.CheckTable(tx)
			for _, b := range bad {
				w.Error(b)
			}
			return err
		}))
	})
}
