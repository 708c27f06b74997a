package app

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/browsertest"
	"alongside/platform/db"
	"alongside/platform/soak"
)

// TestACardFromPageToPage: a peer makes a card for a person they walk with; on another
// phone the person types what stands on it, and is on their own page. After a new card
// the old one is dead, and whoever was signed in by it is out. In English and Arabic,
// outside a soak in one of them.
func TestACardFromPageToPage(t *testing.T) {
	browser := browsertest.Browser(t)
	for _, lang := range soak.Some(t, 4, "en", "ar") {
		t.Run(lang, func(t *testing.T) {
			w := newFive(t, browser)
			w.cardPath(lang)
		})
	}
}

func (w *fiveAtOnce) cardPath(lang string) {
	w.t.Helper()
	person := w.walkedWithRosa()
	peer := browsertest.Open(w.t, w.browser, w.signIn["Rosa"], browsertest.Options{Lang: lang, Dark: lang == "ar"})
	peer.Click("main form .button")
	peer.Go(w.addr + "/people/" + string(person))
	peer.Click(`main a[href$="/card"]`)
	peer.Good()
	peer.Shot("card-form-" + lang)
	first := w.makeCard(peer, "Blue Heron")
	peer.Good()
	peer.Shot("card-paper-" + lang)
	for _, size := range browsertest.Papers() {
		if n := peer.Sheets(size); n != 1 {
			w.t.Errorf("a card is printed on %d sheets", n)
		}
	}

	own := w.cardDoor(lang, "Nobody", first)
	if own.Path() != "/sign-in/card" {
		w.t.Errorf("another alias leads to %s", own.Path())
	}
	own.Good()
	own.Shot("card-door-wrong-" + lang)
	own = w.cardDoor(lang, "blue heron", strings.ToUpper(strings.ReplaceAll(first, " ", ", ")))
	if own.Path() != "/mine" {
		w.t.Fatalf("the card leads to %s", own.Path())
	}
	own.Good()
	own.Shot("card-mine-" + lang)
	own.Go(w.addr + "/mine/held")
	if held := own.Text("main"); !strings.Contains(held, "Blue Heron") || strings.Contains(held, strings.Fields(first)[4]) {
		w.t.Errorf("what is held does not speak of the card, or says its words:\n%s", held)
	}
	own.Go(w.addr + "/mine/looks")
	if !strings.Contains(own.Text("main"), "Rosa") {
		w.t.Error("who made the card is not among those who looked and changed")
	}
	own.Go(w.addr + "/account")
	own.Good()
	own.Shot("card-account-" + lang)
	w.clk.Add(2 * time.Minute)
	peer.Go(w.addr + "/people/" + string(person) + "/card")
	w.cardAnew(peer, own, lang, first)
}

// cardAnew makes a second card, by which the first one dies.
func (w *fiveAtOnce) cardAnew(peer, own *browsertest.Page, lang, first string) {
	w.t.Helper()
	peer.Good()
	second := w.makeCard(peer, "Blue Heron")
	own.Go(w.addr + "/mine")
	if own.Path() != "/sign-in" {
		w.t.Errorf("after a new card, who came by the old one sees %s", own.Path())
	}
	own.Good()
	own.Shot("card-away-" + lang)
	own.Click(`main a[href^="/sign-in/card"]`)
	w.typeCard(own, "Blue Heron", first)
	if own.Path() != "/sign-in/card" {
		w.t.Errorf("the old card leads to %s", own.Path())
	}
	w.typeCard(own, "Blue Heron", second)
	if own.Path() != "/account/sign-ins" || !strings.Contains(own.Text("main"), "Rosa") {
		w.t.Errorf("the new card leads to %s, where is said who made it", own.Path())
	}
	own.Good()
	own.Shot("card-told-" + lang)
}

// walkedWithRosa is a person who walks with the peer.
func (w *fiveAtOnce) walkedWithRosa() (person ref.Person) {
	w.t.Helper()
	err := w.a.DB.Write(w.operate(), func(tx *db.Tx) error {
		p, err := people.New().Add(tx, people.Person{Name: "Kittiwake"})
		if err != nil {
			return err
		}
		person = p.ID
		return w.a.Day.Begin(tx, p.ID, w.rosa)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return person
}

// makeCard fills the form in, and reads the words off the page.
func (w *fiveAtOnce) makeCard(p *browsertest.Page, alias string) string {
	w.t.Helper()
	p.Type(`main input[name="alias"]`, alias)
	if status := p.Click("main .button-go"); status != http.StatusOK {
		w.t.Fatalf("making a card: %d", status)
	}
	words := browsertest.Eval[[]string](p, `[...document.querySelectorAll("main ol li")].map((e) => e.textContent)`)
	if len(words) != 5 {
		w.t.Fatalf("words on the card: %q", words)
	}
	return strings.Join(words, " ")
}

// cardDoor is another phone, on which a card is typed in.
func (w *fiveAtOnce) cardDoor(lang, alias, words string) *browsertest.Page {
	w.t.Helper()
	p := browsertest.Open(w.t, w.browser, w.addr+"/sign-in", browsertest.Options{Lang: lang})
	p.Click(`main a[href^="/sign-in/card"]`)
	p.Good()
	p.Shot("card-door-" + lang)
	w.typeCard(p, alias, words)
	return p
}

func (w *fiveAtOnce) typeCard(p *browsertest.Page, alias, words string) {
	w.t.Helper()
	p.Type(`main input[name="alias"]`, alias)
	p.Do(chromedp.SendKeys(chromedp.CSS(`main textarea[name="words"]`), words))
	p.Click("main .button-go")
}

// TestTheCardIsInTheLanguageTheyAskedFor: who makes a card need not think of it. Who
// asked for no language of ours gets that of the page.
func TestTheCardIsInTheLanguageTheyAskedFor(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	path := "/people/" + w.ids["here"]["person"] + "/card"
	for speaks, want := range map[string]string{"": "en", "fr": "en", "fr es": "es", "ar en": "ar"} {
		w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
			p, err := people.New().Find(tx, ref.Person(w.ids["here"]["person"]))
			w.must(err)
			after := p
			after.Languages = strings.Fields(speaks)
			changes, err := people.New().Update(tx, p, after)
			w.must(err)
			return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "people.edit", Subjects: []string{w.ids["here"]["person"]}, Changes: changes})
		}))
		form := w.see(g, path, nil)
		if at := regexp.MustCompile(`value="(\w\w)"[^>]* checked`).FindStringSubmatch(form); len(at) != 2 || at[1] != want {
			t.Errorf("someone who speaks %q: %q, want %s", speaks, at, want)
		}
	}
}
