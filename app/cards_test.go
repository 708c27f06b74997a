package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/bridge"
	"alongside/domain/people"
	"alongside/platform/browsertest"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/i18n"
	"alongside/platform/id"
	"alongside/platform/soak"
)

// A peer gives a card; the person finds it on their own page, at an address and
// under a title that say nothing, and puts it away. Nobody else can.
func TestACardFromAPeerToAPerson(t *testing.T) {
	w := newTown(t)
	peer, blue := w.guest("here", access.Peer, own), w.guest("here", access.Participant, own)
	person := walksWith(t, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Marigold"})
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error { return w.a.Door.Belong(tx, blue.account, person) }))
	given := "/walk/" + string(person) + "/cards"
	w.see(peer, "/walk/"+string(person), []string{given})
	w.see(peer, given, []string{"Marigold", "No card was given yet", "Your first visit to a methadone clinic"}, "They want to hear of it")
	f := url.Values{"act": {id.New(noon())}, "card": {"c05"}}
	for range 2 {
		if a := w.ask(peer, http.MethodPost, given, f); a.status != http.StatusSeeOther || a.header.Get("Location") != given {
			t.Fatalf("%d\n%s", a.status, a.body)
		}
	}
	if body := w.see(peer, given, []string{"Given on"}); strings.Count(body, "<h2><bdi>Your first visit") != 1 {
		t.Error("given twice")
	}
	w.see(blue, "/mine", []string{"Cards for you", "/mine/cards/c05"})
	w.see(blue, "/mine/cards", []string{"Cards for you", "Put it away", "What naloxone does"}, "Write a new card")
	sheet := w.see(blue, "/mine/cards/c05", []string{"<title>Your page</title>", "lock it up", "Nobody here has read it over yet", "/leave"}, "Marigold")
	if strings.Contains(sheet, "methadone</title>") {
		t.Error("the title names the card")
	}
	w.see(blue, "/mine/held", []string{"Cards you were given", "Your first visit to a methadone clinic"})
	g := f.Get("act")
	other := w.guest("here", access.Participant, own)
	if a := w.ask(other, http.MethodPost, "/mine/cards/"+g+"/away", url.Values{"act": {id.New(noon())}}); a.status != http.StatusNotFound {
		t.Errorf("another puts it away: %d", a.status)
	}
	if a := w.ask(blue, http.MethodPost, "/mine/cards/"+g+"/away", url.Values{"act": {id.New(noon())}}); a.status != http.StatusSeeOther {
		t.Errorf("they put it away: %d", a.status)
	}
	w.see(blue, "/mine/cards", nil, "Put it away")
}

// A card is written, read over by somebody else, and only then shown.
func TestACardIsReadOverBeforeItIsShown(t *testing.T) {
	w := newTown(t)
	writer, second, who := w.guest("here", access.Peer, own), w.guest("here", access.Supervisor, own), w.guest("here", access.Participant, own)
	act := id.New(noon())
	f := url.Values{"act": {act}, "after": {"0"}, "kind": {bridge.CardRecovery}, "title_en": {"Kites help"}, "body_en": {"Go out.\nLook up."}, "sources": {"We tried it."}}
	a := w.ask(writer, http.MethodPost, "/cards/new", url.Values{"act": {act}, "kind": {bridge.CardRecovery}, "title_en": {"Kites help"}, "sources": {"We tried it."}})
	if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "only half of it") || !strings.Contains(a.body, "Kites help") {
		t.Errorf("half a card: %d", a.status)
	}
	version := "/cards/" + act + "/version/1"
	if a := w.ask(writer, http.MethodPost, "/cards/new", f); a.header.Get("Location") != version {
		t.Fatalf("%d %s", a.status, a.body)
	}
	w.see(writer, version, []string{"Nobody else has read it yet", "You wrote this", "Reads at school grade"}, "I read it, and it fits here")
	w.see(who, "/mine/cards", nil, "Kites help")
	if a := w.ask(writer, http.MethodPost, version+"/review", url.Values{"act": {id.New(noon())}}); a.status != http.StatusNotFound {
		t.Errorf("who wrote it: %d", a.status)
	}
	w.see(second, version, []string{"I read it, and it fits here"})
	if a := w.ask(second, http.MethodPost, version+"/review", url.Values{"act": {id.New(noon())}}); a.status != http.StatusSeeOther {
		t.Errorf("a second reader: %d", a.status)
	}
	w.see(who, "/mine/cards", []string{"Kites help"})
	w.see(second, "/cards/"+act, []string{"Read and found good here"}, "Awaits")
	found := w.ask(who, http.MethodPost, "/mine/cards", url.Values{"word": {"KITES"}})
	if found.status != http.StatusOK || !strings.Contains(found.body, "Kites help") || strings.Contains(found.body, "What naloxone does") {
		t.Errorf("looked for: %d", found.status)
	}
	w.see(w.guest("there", access.Peer, own), "/cards", nil, "Kites help")
}

// Every card, in every language, fits one sheet of the smallest and the widest
// paper, and the page knows nobody; outside a soak in one language each, by chance.
func TestEveryCardFitsOneSheet(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake(noon())
	var h http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { h.ServeHTTP(rw, r) }))
	t.Cleanup(server.Close)
	a, err := Make(t.Context(), Config{Data: t.TempDir(), Clock: clk, Demo: true, Origin: func() string { return server.URL }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if h, err = a.Handler(); err != nil {
		t.Fatal(err)
	}
	link, _ := rosaWalks(t, a, clk)
	p := browsertest.Open(t, browsertest.Browser(t), server.URL+link, browsertest.Options{})
	p.Click(`main button[type=submit]`)
	starters, err := bridge.Starters()
	if err != nil {
		t.Fatal(err)
	}
	for n, s := range starters {
		for m, l := range soak.Some(t, uint64(100+n), i18n.Langs()...) {
			at := "/cards/" + s.ID + "/show/" + string(l)
			p.Go(server.URL + at)
			for _, size := range browsertest.Papers() {
				if sheets := p.Sheets(size); sheets != 1 {
					t.Errorf("%s takes %d sheets of %v", at, sheets, size)
				}
			}
			if text := p.Text("body"); strings.Contains(text, "Rosa") || strings.Contains(text, "Blue") || browsertest.Eval[string](p, "document.title") != "Card · Alongside" {
				t.Errorf("%s knows somebody: %s", at, text)
			}
			if n%len(i18n.Langs()) == m {
				p.Good()
			}
		}
	}
}
