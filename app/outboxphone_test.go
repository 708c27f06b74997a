package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/engagement"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/browsertest"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// yard is the program in a browser, with a network that can be cut.
type yard struct {
	*testing.T
	a      *App
	addr   string
	cut    atomic.Bool
	deaf   atomic.Bool       // what is sent arrives, and no answer comes back
	hangs  atomic.Bool       // nothing comes back, and nothing says so
	op     context.Context   // the operator, in the organisation
	rosa   context.Context   // Rosa at work
	signIn map[string]string // by name
	person ref.Person
}

func newYard(t *testing.T) *yard {
	t.Helper()
	y := &yard{T: t, signIn: map[string]string{}}
	var h http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if y.cut.Load() {
			panic(http.ErrAbortHandler) // the connection ends without an answer
		}
		if y.hangs.Load() {
			select {
			case <-r.Context().Done():
			case <-y.Context().Done():
			}
			panic(http.ErrAbortHandler)
		}
		if y.deaf.Load() && r.Method == http.MethodPost {
			h.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		h.ServeHTTP(rw, r)
	}))
	t.Cleanup(server.Close)
	y.addr = server.URL
	a, err := Make(t.Context(), Config{Data: t.TempDir(), Log: slog.New(slog.DiscardHandler), Demo: true, Origin: func() string { return y.addr }})
	y.must(err)
	t.Cleanup(func() { a.Close() })
	h, err = a.Handler()
	y.must(err)
	y.a = a
	y.settle()
	return y
}

func (y *yard) must(err error) {
	y.Helper()
	if err != nil {
		y.Fatal(err)
	}
}

// settle lets Rosa walk with someone whom she promised to call. Ines is a peer
// who walks with nobody.
func (y *yard) settle() {
	y.Helper()
	ctx := scope.With(y.Context(), scope.Scope{Actor: "operator:test", Role: "operator", Purpose: scope.Operations})
	o, err := y.a.Tenants.Create(ctx, "Lanternford Alongside", "US", "UTC")
	y.must(err)
	y.op = operator(ctx, o)
	y.invite("Ines")
	rosa := y.invite("Rosa")
	y.rosa = scope.With(y.Context(), scope.Scope{Tenant: string(o.ID), Actor: string(rosa), Role: access.Peer, Purpose: scope.Treatment})
	y.must(y.a.DB.Write(y.rosa, func(tx *db.Tx) error {
		p, err := people.New().Add(tx, people.Person{Name: "Zebrafinch"})
		y.person = p.ID
		if err != nil {
			return err
		}
		return y.a.Day.Begin(tx, p.ID, rosa)
	}))
	_, err = y.a.Day.Note(y.rosa, engagement.Contact{
		SentAs: id.New(time.Now()), Person: y.person, Way: engagement.Call, Reached: true, Minutes: 5,
		Next: "i_call", NextAt: time.Now().Add(time.Hour), Note: "Likes the heron pond.",
	})
	y.must(err)
}

func (y *yard) invite(name string) ref.Account {
	y.Helper()
	inv, err := y.a.Access.Invite(y.op, access.Newcomer{Name: name, Email: name + "@lanternford.example", Roles: []string{access.Peer}}, id.New(time.Now()))
	y.must(err)
	link, err := y.a.Access.DemoLink(y.op, inv.Account.ID)
	y.must(err)
	y.signIn[name] = y.addr + access.LinkPath(link.Token)
	return inv.Account.ID
}

// comeIn signs someone in and waits until the phone has met the program.
func (y *yard) comeIn(p *browsertest.Page, name string) {
	y.Helper()
	p.Go(y.signIn[name])
	p.Click("main form .button")
	browsertest.Eval[bool](p, `navigator.serviceWorker.ready.then(() => true)`)
	p.Go(y.addr + "/today")
	met(p)
}

// met waits until the page has met the network, or found none.
func met(p *browsertest.Page) { p.WaitFor(`document.documentElement.dataset.met === "yes"`) }

// stored is all that pages have stored in this browser, as text: every cache and
// every row, bytes both as they are and in base64.
const stored = `(async () => {
	let out = "";
	const say = (x) => {
		if (typeof x === "string") { out += x + "\n"; try { out += atob(x) + "\n"; } catch {} }
		else if (x instanceof ArrayBuffer || ArrayBuffer.isView(x)) out += new TextDecoder("latin1").decode(x) + "\n";
		else if (x && typeof x === "object" && !(x instanceof CryptoKey)) Object.values(x).forEach(say);
	};
	for (const name of await caches.keys()) {
		const c = await caches.open(name);
		for (const r of await c.keys()) out += r.url + "\n" + await (await c.match(r)).text() + "\n";
	}
	for (const { name } of await indexedDB.databases()) {
		const db = await new Promise((ok) => { indexedDB.open(name).onsuccess = (e) => ok(e.target.result); });
		for (const s of db.objectStoreNames) {
			const all = (m) => new Promise((ok) => { db.transaction(s).objectStore(s)[m]().onsuccess = (e) => ok(e.target.result); });
			out += s + " " + (await all("getAllKeys")).join(" ") + "\n";
			say(await all("getAll"));
		}
		db.close();
	}
	return out + JSON.stringify(Object.assign({}, localStorage, sessionStorage));
})()`

// Nothing about anyone stands in what the browser has stored.
func (y *yard) nothingPlain(p *browsertest.Page, rows ...string) {
	y.Helper()
	all := browsertest.Eval[string](p, stored)
	for _, word := range []string{"Zebrafinch", "Plovermead", "heron", "kestrel", "cellar", "stairs", "Rosa", string(y.person)} {
		if strings.Contains(all, word) {
			y.Errorf("%q is stored on the phone in plain text", word)
		}
	}
	for _, row := range rows {
		if !strings.Contains(all, row) {
			y.Errorf("this test does not see all that is stored: no %q", row)
		}
	}
}

// A note is written without a network, the tab is killed, the network comes
// back: exactly one note, under the right name.
func TestANoteWithoutANetwork(t *testing.T) {
	y := newYard(t)
	browser := browsertest.Browser(t)
	hand := browsertest.Open(t, browser, y.addr, browsertest.Options{})
	y.comeIn(hand, "Rosa")
	hand.Shot("today-online")
	y.nothingPlain(hand, "/offline?lang=ar", "Crisis help", "pages ")

	y.cut.Store(true)
	tab := hand.Tab(y.addr + "/today")
	hand.Go("about:blank")
	if got := tab.Text("main"); !strings.Contains(got, "Zebrafinch") || !strings.Contains(got, "without a network") {
		t.Fatalf("Today without a network says: %s", got)
	}
	tab.Go(fmt.Sprintf("%s/walk/%s", y.addr, y.person))
	if got := tab.Text("main"); !strings.Contains(got, "heron pond") {
		t.Errorf("the person's page without a network says: %s", got)
	}
	tab.Shot("walk-offline")
	y.write(tab, "A kestrel over the yard.")
	if got := tab.Text("[data-resting]"); tab.Path() != "/today" || !strings.Contains(got, "waiting for a network") {
		t.Errorf("after it was written, at %s: %s", tab.Path(), got)
	}
	tab.Shot("today-waiting")
	y.nothingPlain(tab, "waiting")
	y.others(tab)
	tab.Close()

	y.cut.Store(false)
	hand.Go(y.addr + "/today")
	met(hand)
	hand.WaitFor(`document.querySelector("[data-resting]").textContent.includes("sent")`)
	hand.Shot("today-sent")
	hand.Go(y.addr + "/today")
	met(hand)
	y.one("A kestrel over the yard.")

	hand.Click(`form[action="/sign-out"] button`)
	y.cut.Store(true)
	hand.Go(y.addr + "/today")
	if got := hand.Text("body"); strings.Contains(got, "Zebrafinch") || !strings.Contains(got, "There is no network here") {
		t.Errorf("after signing out the phone says: %s", got)
	}
	if left := browsertest.Eval[string](hand, stored); strings.Contains(left, "CryptoKey") || !strings.Contains(left, "me \n") || !strings.Contains(left, "pages \n") {
		t.Error("after signing out pages or their key are still on the phone")
	}
}

func (y *yard) write(tab *browsertest.Page, words string) {
	y.Helper()
	y.writeOf(tab, y.person, words)
}

func (y *yard) writeOf(tab *browsertest.Page, person ref.Person, words string) {
	y.Helper()
	tab.Go(fmt.Sprintf("%s/walk/%s/note", y.addr, person))
	tab.Shot("note-offline")
	browsertest.Eval[bool](tab, `(() => {
		document.querySelector('input[name="way"][value="call"]').checked = true;
		document.querySelector('input[name="long"][value="15"]').checked = true;
		document.querySelector('textarea[name="note"]').value = `+fmt.Sprintf("%q", words)+`;
		return true;
	})()`)
	tab.Click("main form .button-go")
	met(tab)
}

// others are the pages that are at hand for everyone, and those that are not.
func (y *yard) others(tab *browsertest.Page) {
	y.Helper()
	tab.Go(y.addr + "/crisis/us")
	if got := tab.Text("main"); !strings.Contains(got, "988") {
		y.Errorf("crisis help without a network says: %s", got)
	}
	tab.Click(`button[value="es"]`)
	if got := tab.Text("main"); !strings.Contains(got, "Ayuda") {
		y.Errorf("crisis help in Spanish without a network says: %s", got)
	}
	tab.Click(`button[value="en"]`)
	tab.Go(y.addr + "/caseload")
	if got := tab.Text("main"); !strings.Contains(got, "There is no network here") || strings.Contains(got, "Zebrafinch") {
		y.Errorf("a page that is not kept says: %s", got)
	}
	tab.Shot("offline")
}

// one: the note is there exactly once, by Rosa, and nothing waits.
func (y *yard) one(words string) {
	y.Helper()
	c, err := y.a.Day.With(y.rosa, y.person)
	y.must(err)
	n := 0
	for _, got := range c.Contacts {
		if got.Note == words {
			n++
		}
		if got.Peer != ref.Account(mustScope(y.rosa).Actor) {
			y.Errorf("a note is under another name: %s", got.Peer)
		}
	}
	list, err := y.a.Outbox.Kept(y.rosa)
	y.must(err)
	if n != 1 || len(c.Contacts) != 2 || len(list.Waiting) != 0 {
		y.Errorf("%d times, of %d notes; %d wait", n, len(c.Contacts), len(list.Waiting))
	}
}

// A phone is handed to a colleague while something waits on it, and comes back.
func TestAPhoneThatIsHandedOn(t *testing.T) {
	y := newYard(t)
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	y.cut.Store(true)
	y.write(p, "A merlin over the yard.")
	p.Click(`form[action="/sign-out"] button`)
	p.Go(y.addr + "/today")
	if got := p.Text("body"); strings.Contains(got, "Zebrafinch") {
		t.Errorf("signed out without a network, and the phone says: %s", got)
	}
	y.cut.Store(false)
	p.Go(y.addr + "/today")
	if p.Path() != "/sign-in" {
		t.Errorf("a sign-out without a network was forgotten: the phone is at %s", p.Path())
	}
	y.comeIn(p, "Ines")
	if got := p.Text("main"); strings.Contains(got, "without a network") || strings.Contains(got, "Zebrafinch") {
		t.Errorf("Ines is shown what is Rosa's: %s", got)
	}
	y.nothingPlain(p, "waiting")
	if c, err := y.a.Day.With(y.rosa, y.person); err != nil || len(c.Contacts) != 1 {
		t.Errorf("sent while Ines is signed in: %d %v", len(c.Contacts), err)
	}
	p.Click(`form[action="/sign-out"] button`)
	y.comeIn(p, "Rosa")
	p.WaitFor(`document.querySelector("[data-resting]").textContent.includes("sent")`)
	y.one("A merlin over the yard.")
}

func mustScope(ctx context.Context) scope.Scope {
	sc, _ := scope.From(ctx)
	return sc
}
