package app

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/browsertest"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// walksWith makes a person whom a peer walks with.
func walksWith(t *testing.T, a *App, tenant string, peer ref.Account, p people.Person) (out ref.Person) {
	t.Helper()
	ctx := scope.With(t.Context(), scope.Scope{Tenant: tenant, Actor: string(peer), Role: access.Peer, Purpose: scope.Treatment})
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		made, err := people.New().Add(tx, p)
		if err != nil {
			return err
		}
		out = made.ID
		if err := audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "people.add", Subjects: []string{string(out)}}); err != nil {
			return err
		}
		return a.Day.Begin(tx, out, peer)
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Sent one to ten times, in another order, from two phones: one note for each,
// in the peer's own name; other words under the same id are kept, and said.
func TestNotesFromTwoPhones(t *testing.T) {
	w := newTown(t)
	phone := w.guest("here", access.Peer, own)
	blue := walksWith(t, w.a, string(w.orgs["here"].ID), phone.account, people.Person{Name: "Blue"})
	in, err := w.a.Access.Link(w.operator("here"), phone.account, id.New(time.Now()))
	w.must(err)
	second, err := w.a.Access.OpenLink(w.Context(), in.Token, id.New(time.Now()), access.Device{Agent: "another phone"})
	w.must(err)
	phones := []guest{phone, {account: phone.account, session: second.Session, cookie: second.Token}}
	path := "/walk/" + string(blue) + "/note"
	var all []url.Values
	for n := range 12 {
		f := url.Values{"act": {page.NewAct(noon())}, "way": {"call"}, "long": {"15"}, "note": {fmt.Sprint("Zebra ", n)}}
		for range 1 + n%10 {
			all = append(all, f)
		}
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for n, f := range all {
		if got := w.ask(phones[n%2], http.MethodPost, path, f); got.status != http.StatusSeeOther {
			t.Fatalf("note %d: %d\n%s", n, got.status, got.body)
		}
	}
	page := w.see(phone, "/walk/"+string(blue), nil)
	for n := range 12 {
		if c := strings.Count(page, fmt.Sprintf("Zebra %d<", n)); c != 1 {
			t.Errorf("note %d is there %d times", n, c)
		}
	}
	other := url.Values{"act": all[0]["act"], "way": {"call"}, "long": {"30"}, "note": {"Other words"}}
	for range 3 {
		if got := w.ask(phones[1], http.MethodPost, path, other); got.status != http.StatusConflict || !strings.Contains(got.body, "Both are kept") {
			t.Fatalf("other words under the same id: %d", got.status)
		}
	}
	page = w.see(phone, "/walk/"+string(blue), []string{"Notes were written apart", "Decide how it was"})
	if strings.Count(page, "Other words") != 1 {
		t.Error("the other words are not there once")
	}
	stranger := w.guest("here", access.Peer, own)
	if got := w.ask(stranger, http.MethodPost, path, all[0]); got.status != http.StatusNotFound {
		t.Errorf("someone who does not walk along: %d", got.status)
	}
}

// A way that the person did not choose is refused in words, and what was typed
// is still there.
func TestAWrongWayIsSaidBeforeItIsKept(t *testing.T) {
	w := newTown(t)
	peer := w.guest("here", access.Peer, own)
	blue := walksWith(t, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Blue", Phone: "555-0100"})
	page := w.see(peer, "/walk/"+string(blue), []string{"No voicemail, no text", "tel:555", "hang up"}, "sms:")
	if strings.Contains(page, "sms:") {
		t.Error("a way to text someone who wants no texts")
	}
	f := url.Values{"act": {id.New(noon())}, "way": {"text"}, "long": {"5"}, "note": {"Zebra crossing"}}
	got := w.ask(peer, http.MethodPost, "/walk/"+string(blue)+"/note", f)
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "They did not choose texts") || !strings.Contains(got.body, "Zebra crossing") {
		t.Fatalf("%d\n%s", got.status, got.body)
	}
	hush := walksWith(t, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Hush", Phone: "555-0190", NoCalls: true})
	w.see(peer, "/walk/"+string(hush), []string{"No calls, no voicemail, no text", "They asked us not to call"}, "tel:555")
	f.Set("agreed", "1")
	if got := w.ask(peer, http.MethodPost, "/walk/"+string(blue)+"/note", f); got.status != http.StatusSeeOther {
		t.Errorf("they said yes: %d", got.status)
	}
}

// A note as long as its field takes is kept whole, line ends and all; one that
// is longer is refused in words, and stands on the page as it was written.
func TestALongNoteIsKeptOrRefusedButNeverEmptied(t *testing.T) {
	w := newTown(t)
	peer := w.guest("here", access.Peer, own)
	path := "/walk/" + string(walksWith(t, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Blue"}))
	send := func(note string) answer {
		return w.ask(peer, http.MethodPost, path+"/note", url.Values{"act": {id.New(noon())}, "way": {"call"}, "long": {"5"}, "note": {note}})
	}
	most := strings.Repeat("Zebra\r\n", 666) + "four" // 4000, with each line's end as one
	got := send(most + "x")
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "four"+"x</textarea>") || !strings.Contains(got.body, "4000") {
		t.Fatalf("one letter too long: %d", got.status)
	}
	w.see(peer, path, []string{"Nothing is noted yet"}, "Zebra")
	if got := send(most); got.status != http.StatusSeeOther {
		t.Fatalf("as long as the field takes: %d", got.status)
	}
	w.see(peer, path, []string{"Zebra\nfour"})
}

// Two lengths are not one of them, silently.
func TestTwoLengthsAreAsked(t *testing.T) {
	w := newTown(t)
	peer := w.guest("here", access.Peer, own)
	path := "/walk/" + string(walksWith(t, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Blue"}))
	f := url.Values{"act": {id.New(noon())}, "way": {"call"}, "long": {"45"}, "minutes": {"20"}}
	if got := w.ask(peer, http.MethodPost, path+"/note", f); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "Two lengths are given") {
		t.Fatalf("%d", got.status)
	}
	f.Set("minutes", "45")
	if got := w.ask(peer, http.MethodPost, path+"/note", f); got.status != http.StatusSeeOther {
		t.Errorf("the same twice: %d", got.status)
	}
}

// Who met in a hand-off walk together, and a hand-off stands on Today.
func TestWhoMeetWalkTogether(t *testing.T) {
	w := newTown(t)
	peer := w.newcomer("here", access.Peer, own)
	ctx := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(peer.account), Role: access.Peer, Purpose: scope.Treatment})
	h := ref.Handoff(w.ids["here"]["handoff"])
	const name = "<bdi>Zanzibarquay</bdi></h2>"
	take := func(step string) {
		t.Helper()
		w.must(w.a.Handoffs.Take(ctx, h, step, handoff.Input{Act: id.New(time.Now())}))
	}
	w.see(peer, "/today", []string{"Nothing presses"}, name)
	take(handoff.StepAck)
	w.see(peer, "/today", []string{name, "You said you would be there by"})
	w.see(peer, "/caseload", []string{"Nobody yet"})
	take(handoff.StepMeet)
	w.see(peer, "/caseload", []string{name})
	w.must(w.a.Handoffs.Take(ctx, h, handoff.StepClose, handoff.Input{Act: id.New(time.Now()), ClosedReason: "died"}))
	w.see(peer, "/caseload", []string{"Nobody yet"}, name)
}

// A person sees who walks with them, and asks for someone else with one button.
func TestAPersonSeesWhoWalksWithThem(t *testing.T) {
	w := newTown(t)
	g, peer := w.person(), w.guest("here", access.Peer, own)
	ctx := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(peer.account), Role: access.Peer, Purpose: scope.Treatment})
	w.must(w.a.DB.Write(ctx, func(tx *db.Tx) error { return w.a.Day.Begin(tx, ref.Person(w.ids["here"]["person"]), peer.account) }))
	body := w.see(g, "/mine", []string{" walks with you", "peer of here", "/mine/plan", "Yes, someone else please"})
	_, rest, _ := strings.Cut(body, `action="/mine/walk/`)
	walk, _, _ := strings.Cut(rest, "/")
	for _, what := range []string{"hello", "change"} {
		if got := w.ask(g, http.MethodPost, "/mine/walk/"+walk+"/"+what, filled("")); got.status != http.StatusSeeOther {
			t.Errorf("%s: %d", what, got.status)
		}
	}
	w.see(g, "/mine", []string{"We are looking for someone else"}, "Yes, someone else please", "I’d like to talk", "You asked to talk")
	w.see(peer, "/today", []string{"They would like to hear from you", "They asked"}, "someone else", "A promise")
	w.see(peer, "/walk/"+w.ids["here"]["person"], []string{"They would like to talk"})
	w.see(w.guest("here", access.Coordinator, own), "/coverage", []string{"Asked for someone else", "No reason is needed"})
	for _, what := range []string{"hello", "change"} {
		back := filled("")
		back.Set("back", "1")
		if got := w.ask(g, http.MethodPost, "/mine/walk/"+walk+"/"+what, back); got.status != http.StatusSeeOther {
			t.Errorf("%s, taken back: %d", what, got.status)
		}
	}
	w.see(g, "/mine", []string{"know I’d like to talk", "Yes, someone else please"}, "You asked to talk", "looking for someone else")
}

// What someone wrote alone is theirs, with its lines, and a number in it is called
// by one tap when it is needed.
func TestAPersonsOwnWords(t *testing.T) {
	w := newTown(t)
	g := w.person()
	for part, body := range map[string]string{"matters": "Kites.\r\nMy sister.", "call": "Aunt Wren\r\n555-0177"} {
		f := filled("")
		f.Set("body", body)
		if got := w.ask(g, http.MethodPost, "/mine/plan/part/"+part, f); got.status != http.StatusSeeOther {
			t.Fatalf("%s: %d", part, got.status)
		}
	}
	w.see(g, "/mine/plan", []string{"Written by you", "Kites.\nMy sister."}, "Written with")
	peer := w.guest("here", access.Peer, own)
	w.see(peer, "/walk/"+w.ids["here"]["person"]+"/plan", []string{"Written by the person", "Kites.\nMy sister."}, "Written with")
	w.see(g, "/mine/hard", []string{`href="tel:5550177"`, "Aunt Wren\n"})
}

// Four taps from the list of people to a note that is kept, and what a screen
// reader hears on the way.
func TestANoteInFourTaps(t *testing.T) {
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
	link, blue := rosaWalks(t, a, clk)
	p := browsertest.Open(t, browsertest.Browser(t), server.URL+link, browsertest.Options{})
	p.Click(`main button[type=submit]`)
	p.Go(server.URL + "/caseload")
	p.Good()
	begun, taps := time.Now(), 0
	tap := func(how func(string) int, sel string) { taps++; how(sel) }
	press := func(sel string) int {
		if !browsertest.Eval[bool](p, `(document.querySelector(`+"`"+sel+"`"+`).click(), true)`) {
			t.Fatal("cannot press ", sel)
		}
		return 0
	}
	tap(p.Click, `a[href="/walk/`+string(blue)+`/note"]`)
	p.Good()
	tap(press, `input[name=way][value=call]`)
	tap(press, `input[name=long][value="15"]`)
	tap(p.Click, `form[action$="/note"] > button[type=submit]`)
	took := time.Since(begun)
	if taps != 4 || p.Path() != "/walk/"+string(blue) || !strings.Contains(p.Text("main"), "Call · 15 min") {
		t.Errorf("%d taps, and then %s", taps, p.Path())
	}
	p.Good()
	t.Logf("four taps took the program %v; twenty seconds leave the rest to the person", took)
}

// rosaWalks makes an organisation in which Rosa walks with Blue.
func rosaWalks(t *testing.T, a *App, clk clock.Clock) (link string, blue ref.Person) {
	t.Helper()
	ctx := scope.With(t.Context(), scope.Scope{Actor: "operator:test", Role: "operator", Purpose: scope.Operations})
	o, err := a.Tenants.Create(ctx, "Lanternford Alongside", "US", "America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	inv, err := a.Access.Invite(operator(ctx, o), access.Newcomer{Name: "Rosa", Email: "rosa@lanternford.example", Roles: []string{access.Peer}}, id.New(clk.Now()))
	if err != nil {
		t.Fatal(err)
	}
	again, err := a.Access.DemoLink(operator(ctx, o), inv.Account.ID)
	if err != nil {
		t.Fatal(err)
	}
	return access.LinkPath(again.Token), walksWith(t, a, string(o.ID), inv.Account.ID, people.Person{Name: "Blue"})
}

// Every reason that a hand-off gives has its words.
func TestHandoffsSayWhy(t *testing.T) {
	for _, s := range handoff.States() {
		i, ok := handoffLine(handoff.Handoff{ID: "h1", State: s.Name, SlotAt: noon()})
		if ok && (i.Why == "" || i.Key == "" || i.Rank < engagement.Safety || i.What.EN == "") {
			t.Errorf("%s: %+v", s.Name, i)
		}
	}
	if i := followLine(handoff.FollowUp{Handoff: "h1", Hours: 720}); i.Why != "handoff-follow" || i.Count != 30 {
		t.Errorf("%+v", i)
	}
}
