package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
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
	"alongside/platform/page"
	"alongside/platform/scope"
	"alongside/platform/seal/sealtest"
)

// phone is a phone's outbox without a browser around it.
type phone struct {
	w    *town
	g    guest
	user string
	key  []byte
	slip string
}

func (w *town) phone(g guest) phone {
	w.Helper()
	var k struct {
		User, Slip string
		Key        []byte
	}
	a := w.ask(g, http.MethodGet, "/outbox/key", nil)
	w.must(json.Unmarshal([]byte(a.body), &k))
	return phone{w, g, k.User, k.Key, k.Slip}
}

// send sends a form as it was locked on the phone, with a cookie or none.
func (p phone) send(g guest, path string, form url.Values) answer {
	p.w.Helper()
	act := form.Get(page.ActField)
	box := sealtest.Box(p.w, p.key, act+" "+p.user, []byte(path+"\n"+form.Encode()))
	body, err := json.Marshal(map[string]any{"id": act, "slip": p.slip, "box": box})
	p.w.must(err)
	r, err := http.NewRequestWithContext(p.w.Context(), http.MethodPost, p.w.url+"/outbox", bytes.NewReader(body))
	p.w.must(err)
	if g.cookie != "" {
		r.AddCookie(&http.Cookie{Name: "__Host-alongside", Value: g.cookie})
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	p.w.must(err)
	defer res.Body.Close()
	said, err := io.ReadAll(res.Body)
	p.w.must(err)
	return answer{status: res.StatusCode, body: string(said)}
}

func note(words string) url.Values {
	return url.Values{"act": {page.NewAct(noon())}, "way": {"call"}, "long": {"15"}, "note": {words}}
}

// With the program's own pages: a note, a step, what may not wait, and a role
// that is taken away before the phone finds a network.
func TestWhatWasWrittenWithoutANetwork(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	person := ref.Person(w.ids["here"]["person"])
	w.must(w.a.DB.Write(scope.With(t.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(g.account), Role: access.Peer, Purpose: scope.Treatment}),
		func(tx *db.Tx) error { return w.a.Day.Begin(tx, person, g.account) }))
	p, path := w.phone(g), "/walk/"+string(person)+"/note"

	form := note("Kestrels over the yard.")
	for n := range 10 {
		if a := p.send(g, path, form); a.status != http.StatusOK || !strings.Contains(a.body, "taken") {
			t.Fatalf("number %d: %d %s", n, a.status, a.body)
		}
	}
	w.see(g, "/walk/"+string(person), []string{"Kestrels over the yard."}, "Yellowmarsh")
	other := note("Kites over the yard.")
	other.Set("act", form.Get("act"))
	if a := p.send(g, path, other); a.status != http.StatusConflict {
		t.Errorf("other words under the id: %d %s", a.status, a.body)
	}
	w.see(g, "/kept", []string{"Kites over the yard.", "sent twice"})

	step := url.Values{"act": {page.NewAct(noon())}}
	if a := p.send(g, "/handoff/"+w.ids["here"]["handoff"]+"/acknowledge", step); a.status != http.StatusOK {
		t.Errorf("a step: %d %s", a.status, a.body)
	}
	if a := p.send(g, "/account/password", note("")); a.status != http.StatusUnprocessableEntity {
		t.Errorf("what may not be sent later: %d %s", a.status, a.body)
	}
	text := note("They texted.")
	text.Set("way", "text")
	if a := p.send(g, path, text); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "needs") {
		t.Errorf("a way that was not chosen: %d %s", a.status, a.body)
	}
	w.see(g, "/today", []string{"wrote without a network"})

	if a := p.send(w.guest("here", access.Peer, own), path, note("Not mine.")); a.status != http.StatusNotFound {
		t.Errorf("a colleague on the same phone: %d", a.status)
	}
	if a := p.send(w.guest("there", access.Peer, own), path, note("Not ours.")); a.status != http.StatusNotFound {
		t.Errorf("another organisation: %d", a.status)
	}
	if a := p.send(guest{}, path, note("Later.")); a.status != http.StatusUnauthorized {
		t.Errorf("signed out: %d", a.status)
	}
	_, err := w.a.Access.SetRoles(w.operator("here"), g.account, []string{access.Evaluator})
	w.must(err)
	if a := p.send(g, path, note("She means to go to the coast.")); a.status != http.StatusForbidden || !strings.Contains(a.body, `"wipe":true`) {
		t.Errorf("without the role: %d %s", a.status, a.body)
	}
	w.see(w.guest("here", access.Coordinator, own), "/kept", []string{"Zanzibarquay", "may not do so now"}, "to the coast")
	w.see(w.guest("here", access.Supervisor, own), "/kept", []string{"She means to go to the coast."})
	w.see(w.guest("there", access.Supervisor, own), "/kept", []string{"Nothing waits"}, "coast")
}

// yard is the program in a browser, with a network that can be cut.
type yard struct {
	*testing.T
	a      *App
	addr   string
	cut    atomic.Bool
	rosa   context.Context
	signIn string
	person ref.Person
}

func newYard(t *testing.T) *yard {
	t.Helper()
	y := &yard{T: t}
	var h http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if y.cut.Load() {
			panic(http.ErrAbortHandler) // the connection ends without an answer
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

// settle lets Rosa walk with someone whom she promised to call.
func (y *yard) settle() {
	y.Helper()
	ctx := scope.With(y.Context(), scope.Scope{Actor: "operator:test", Role: "operator", Purpose: scope.Operations})
	o, err := y.a.Tenants.Create(ctx, "Lanternford Alongside", "US", "UTC")
	y.must(err)
	ctx = operator(ctx, o)
	inv, err := y.a.Access.Invite(ctx, access.Newcomer{Name: "Rosa", Email: "rosa@lanternford.example", Roles: []string{access.Peer}}, id.New(time.Now()))
	y.must(err)
	link, err := y.a.Access.DemoLink(ctx, inv.Account.ID)
	y.must(err)
	y.signIn = y.addr + access.LinkPath(link.Token)
	y.rosa = scope.With(y.Context(), scope.Scope{Tenant: string(o.ID), Actor: string(inv.Account.ID), Role: access.Peer, Purpose: scope.Treatment})
	y.must(y.a.DB.Write(y.rosa, func(tx *db.Tx) error {
		p, err := people.New().Add(tx, people.Person{Name: "Zebrafinch"})
		y.person = p.ID
		if err != nil {
			return err
		}
		return y.a.Day.Begin(tx, p.ID, inv.Account.ID)
	}))
	_, err = y.a.Day.Note(y.rosa, engagement.Contact{
		SentAs: id.New(time.Now()), Person: y.person, Way: engagement.Call, Reached: true, Minutes: 5,
		Next: "i_call", NextAt: time.Now().Add(time.Hour), Note: "Likes the heron pond.",
	})
	y.must(err)
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
	for _, word := range []string{"Zebrafinch", "heron", "kestrel", "Rosa", string(y.person)} {
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
	hand := browsertest.Open(t, browser, y.signIn, browsertest.Options{})
	hand.Click("main form .button")
	browsertest.Eval[bool](hand, `navigator.serviceWorker.ready.then(() => true)`)
	hand.Go(y.addr + "/today")
	met(hand)
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
	tab.Go(fmt.Sprintf("%s/walk/%s/note", y.addr, y.person))
	tab.Shot("note-offline")
	browsertest.Eval[bool](tab, `(() => {
		document.querySelector('input[name="way"][value="call"]').checked = true;
		document.querySelector('input[name="long"][value="15"]').checked = true;
		document.querySelector('textarea[name="note"]').value = `+fmt.Sprintf("%q", words)+`;
		return true;
	})()`)
	tab.Click("main form .button-go")
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

func mustScope(ctx context.Context) scope.Scope {
	sc, _ := scope.From(ctx)
	return sc
}
