package app

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/domain/rota"
	"alongside/domain/tenant"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/i18n"
	"alongside/platform/id"
	"alongside/platform/job"
	"alongside/platform/module"
	"alongside/platform/notify"
	"alongside/platform/page"
	"alongside/platform/scope"
)

func (w *town) pause(org string, stop bool) {
	w.Helper()
	w.must(w.a.Tenants.Pause(w.operator(org), w.orgs[org].ID, stop, "Made up for this test, and for now."))
}

// content is what nobody may read of an organisation that is paused. Its name is
// no secret to who works there.
func content(marker string) []string {
	return []string{marker + " bay 7", marker + " General", marker + " Clinic", marker + " Worker"}
}

// TestAPauseSaysWhoIsLeftAlone: before an account is paused its page says with how many
// people it walks, and of them nothing else.
func TestAPauseSaysWhoIsLeftAlone(t *testing.T) {
	w := newTown(t)
	admin, peer := w.guest("here", access.Administrator, own), w.newcomer("here", access.Peer, own)
	path := "/accounts/" + string(peer.account)
	w.see(admin, path, []string{"Pause this account"}, "They walk with")
	a := w.ask(peer, http.MethodPost, "/handoff/"+w.ids["here"]["handoff"]+"/acknowledge", url.Values{"act": {page.NewAct(noon())}})
	if a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	w.see(admin, path, []string{"They walk with 1 person", "Ask a supervisor"}, "Zanzibarquay bay 7")
	w.see(admin, path, nil, "/overview/peers/") // nothing that the administrator cannot open
	w.must(w.a.Access.Pause(w.operator("here"), peer.account))
	w.see(admin, path, []string{"This account is paused"}, "They walk with")
}

// TestEveryRouteOfAPausedOrganisation asks for every route in every role that may
// come to it: nothing is shown or taken, in words, and crisis help is on the page.
// The organisation beside it goes on.
func TestEveryRouteOfAPausedOrganisation(t *testing.T) {
	w := newTown(t)
	guests := map[string]guest{}
	for _, role := range everyone {
		guests[role] = w.guest("here", role, own)
		guests["there "+role] = w.guest("there", role, own)
	}
	before := w.rows()
	w.pause("here", true)
	for _, route := range allRoutes() {
		promise := routeTable()[route.Method+" "+route.Pattern]
		for _, role := range promise.who {
			w.stopped(route, promise, guests[role], role)
		}
		if promise.who == nil {
			w.stopped(route, promise, guest{}, "nobody")
		}
	}
	if after := w.rows(); after != before {
		t.Errorf("rows before %s, after %s", before, after)
	}
	w.see(guests["there "+access.Peer], "/board", []string{"Yellowmarsh"}, "paused")
	if a := w.ask(guest{}, http.MethodGet, "/ask/"+w.ids["there"]["token"], nil); a.status != http.StatusOK {
		t.Errorf("asking next door: %d", a.status)
	}
	for _, path := range []string{"/crisis", "/", "/sign-in"} {
		if a := w.ask(guests[access.Peer], http.MethodGet, path, nil); a.status != http.StatusOK && a.status != http.StatusSeeOther {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	w.pause("here", false)
	w.see(guests[access.Peer], "/board", []string{"Zanzibarquay"}, "is paused")
}

// rows counts what a page could have written.
func (w *town) rows() string {
	w.Helper()
	var handoffs, events, people, consents int64
	w.must(w.a.DB.Read(scope.AsSystem(w.Context(), "test"), func(tx *db.Tx) error {
		return tx.SysRow(`SELECT (SELECT COUNT(*) FROM handoff_handoff), (SELECT COUNT(*) FROM handoff_event),
			(SELECT COUNT(*) FROM people_person), (SELECT COUNT(*) FROM consent_consent)`).Scan(&handoffs, &events, &people, &consents)
	}))
	return fmt.Sprint(handoffs, events, people, consents)
}

func (w *town) stopped(route module.Route, promise row, g guest, role string) {
	w.Helper()
	name := route.Method + " " + route.Pattern + " as " + role
	path := w.path(route.Pattern, promise.id, "here", g)
	if strings.HasPrefix(path, "/asked/") {
		path = strings.ReplaceAll(path, w.ids["here"]["token"], w.ids["here"]["status"])
	}
	a := w.ask(g, route.Method, path, filled(role))
	for _, secret := range content("Zanzibarquay") {
		if strings.Contains(a.body, secret) {
			w.Errorf("%s says %q", name, secret)
		}
	}
	told := a.status == http.StatusServiceUnavailable && strings.Contains(a.body, "paused") && strings.Contains(a.body, "/crisis")
	switch {
	case strings.HasPrefix(route.Pattern, "/ask"):
		if !told || !strings.Contains(a.body, "No one comes by this way now") {
			w.Errorf("%s: %d %.300s", name, a.status, a.body)
		}
	case route.Access == module.SignedIn && a.status < 400 && !quiet(route):
		w.Errorf("%s: %d", name, a.status)
	case route.Access == module.SignedIn && route.Method == http.MethodGet && !told && a.status != http.StatusNotFound && !quiet(route):
		w.Errorf("%s: no words: %d %.300s", name, a.status, a.body)
	case route.Access == module.ByLink && a.status < 400 && !strings.HasPrefix(route.Pattern, "/sign-in"):
		w.Errorf("%s: %d", name, a.status)
	}
}

// quiet are pages that read nothing of the organisation before they are drawn,
// and streams, which have tests of their own.
func quiet(r module.Route) bool {
	switch r.Method + " " + r.Pattern {
	case "GET /accounts/invite", "GET /account/password", "GET /sign-in/role", "POST /account/passkey/ask", "GET /people", "GET /mine/take", "GET /cards/new":
		return true
	}
	return strings.HasSuffix(r.Pattern, "/live")
}

// Whoever asks for a peer learns that nobody comes, and whom to call; nothing is
// kept of what they sent, what was asked before is there again afterwards, and a
// wrong link says no more than a page that does not exist.
func TestAskingInAPausedOrganisation(t *testing.T) {
	w := newTown(t)
	lead := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: "cosmo", Role: access.Coordinator, Purpose: scope.Treatment})
	site, token, err := w.a.Handoffs.AddSite(lead, handoff.Site{Name: "Duty ward", Duty: "555-0199"})
	w.must(err)
	link := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: "link:" + token[len(token)-8:], Purpose: scope.Treatment})
	receipt, err := w.a.Handoffs.Ask(link, handoff.Ask{
		Handoff: handoff.Handoff{Answer: "yes", Where: "bay 9"}, Person: people.Person{Name: "Wren"}, Act: id.New(time.Now()), Site: site.ID,
	})
	w.must(err)
	ward := w.ask(guest{}, http.MethodPost, "/moment/"+token, url.Values{"act": {id.New(time.Now())}, "about": {"calm"}, "whereabouts": {"bay 9"}})
	open := map[string]following{}
	for _, path := range []string{"/asked/" + receipt.Token, "/own/" + receipt.Own, ward.header.Get("Location")} {
		open[path] = w.follow(guest{}, path+"/live")
	}
	before := w.rows()
	w.pause("here", true)
	form := url.Values{"act": {id.New(time.Now())}, "answer": {"yes"}, "whereabouts": {"bay 10"}, "name": {"Kittiwake"}}
	for _, c := range []struct{ method, path string }{
		{http.MethodGet, "/ask/" + token},
		{http.MethodPost, "/ask/" + token},
		{http.MethodGet, "/asked/" + receipt.Token},
		{http.MethodGet, "/own/" + receipt.Own},
		{http.MethodGet, "/moment/" + token},
	} {
		a := w.ask(guest{}, c.method, c.path, form)
		if a.status != http.StatusServiceUnavailable || !strings.Contains(a.body, `href="tel:5550199"`) || !strings.Contains(a.body, ">555-0199</bdi>") || !strings.Contains(a.body, "No one comes by this way now") ||
			strings.Contains(a.body, "Wren") || strings.Contains(a.body, "bay 9") {
			t.Errorf("%s %s: %d %s", c.method, c.path, a.status, a.body)
		}
		if sent := strings.Contains(a.body, "What you sent just now was not taken"); sent != (c.method == http.MethodPost) {
			t.Errorf("%s %s says that something was sent: %v", c.method, c.path, sent)
		}
	}
	w.a.liveChanged(string(w.orgs["here"].ID))
	for path, stream := range open { // a page loads itself anew at this event, and at no other that comes here
		if said := stream.rest(t); !strings.HasSuffix(said, "event: over\ndata: over\n\n") {
			t.Errorf("the open page %s hears %q", path, said)
		}
	}
	wrong := "/ask/" + token[:len(token)-1] + flip(token[len(token)-1])
	none := w.ask(guest{}, http.MethodGet, "/no/such/page", nil)
	w.same("a wrong link", w.ask(guest{}, http.MethodGet, wrong, nil).like(wrong), none.like("/no/such/page"))
	if after := w.rows(); after != before {
		t.Errorf("rows before %s, after %s", before, after)
	}
	w.pause("here", false)
	if a := w.ask(guest{}, http.MethodGet, "/asked/"+receipt.Token, nil); a.status != http.StatusOK || !strings.Contains(a.body, "A peer is being asked") {
		t.Errorf("afterwards: %d %s", a.status, a.body)
	}
}

// A board that stands open shows not one word more.
func TestAnOpenBoardOfAPausedOrganisation(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	board := w.follow(g, "/board/live")
	shown := ""
	for n := 0; !strings.Contains(shown, "Wren"); n++ { // the stream may not listen yet
		w.asks(fmt.Sprint("Wren ", n))
		shown = board.next(t)
	}
	w.pause("here", true)
	token := w.ids["here"]["token"]
	link := scope.Always(scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: "link:" + token[len(token)-8:], Purpose: scope.Treatment}))
	_, err := w.a.Handoffs.Ask(link, handoff.Ask{
		Handoff: handoff.Handoff{Answer: "yes", Where: "bay 9"}, Person: people.Person{Name: "Kittiwake"}, Act: id.New(time.Now()), Site: ref.Site(w.ids["here"]["site"]),
	})
	w.must(err)
	if rest := board.rest(t); strings.Contains(rest, "Kittiwake") || !strings.HasSuffix(rest, "event: over\ndata: over\n\n") {
		t.Errorf("it hears %q", rest)
	}
}

// What was queued does not go while the organisation is paused, and goes
// afterwards while it is of use.
func TestAQueuedMessageOfAPausedOrganisation(t *testing.T) {
	w := newTown(t)
	post := &posted{}
	w.a.Gate.Channels[notify.Mail] = post
	posts := map[string]string{}
	for org := range w.orgs {
		w.must(w.a.openChannel(w.operator(org), notify.Mail, notify.NotNeeded, "a post of our own"))
		peer := string(w.account(org, access.Peer, "Peer of "+org))
		posts[org] = peer
		w.must(w.a.DB.Write(w.operator(org), func(tx *db.Tx) error {
			if _, err := notify.AddDevice(tx, notify.Device{Account: peer, Channel: notify.Mail, Address: peer + "@made-up.example", Language: i18n.English}); err != nil {
				return err
			}
			return w.a.Gate.Send(tx, notify.Message{Key: "k", Word: rota.Says()[0], Path: "/board", To: []string{peer}, Channels: []string{notify.Mail}, Useful: time.Hour})
		}))
	}
	w.pause("here", true)
	runner := job.NewRunner(w.a.DB, w.a.Clock, slog.New(slog.DiscardHandler), w.a.bells()).In(job.Outside)
	sweep := func(want ...string) {
		t.Helper()
		_, err := runner.Sweep(t.Context())
		w.must(err)
		if strings.Join(post.to, " ") != strings.Join(want, " ") {
			t.Errorf("it went to %v, want %v", post.to, want)
		}
	}
	sweep(posts["there"])
	w.a.Clock.(*clock.Fake).Add(10 * time.Minute)
	sweep(posts["there"])
	w.pause("here", false)
	w.a.Clock.(*clock.Fake).Add(pauseLook)
	sweep(posts["there"], posts["here"])
}

// The ladder of someone who waits stands still, and climbs on afterwards.
func TestTheLadderOfAPausedOrganisation(t *testing.T) {
	w := newLadderTown(t)
	w.runner = job.NewRunner(w.DB, w.clk, slog.New(slog.DiscardHandler), w.bells())
	w.beyond = w.runner.In(job.Outside)
	w.ask(t, w.Handoffs, 1)
	w.wait(t, 10*time.Second)
	rungs := func() (n int64) {
		err := w.DB.Read(scope.AsSystem(t.Context(), "test"), func(tx *db.Tx) error { return tx.SysRow("SELECT COUNT(*) FROM rota_step").Scan(&n) })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	first := rungs()
	stop := func(stop bool) {
		t.Helper()
		if err := w.Tenants.Pause(operatorOf(t, w.tenant), ref.Tenant(w.tenant), stop, "Made up for this test, and for now."); err != nil {
			t.Fatal(err)
		}
	}
	stop(true)
	w.wait(t, 20*time.Minute)
	if n := rungs(); n != first || first == 0 {
		t.Errorf("%d rungs before, %d while it was paused", first, n)
	}
	stop(false)
	w.wait(t, pauseLook+10*time.Second)
	if n := rungs(); n <= first {
		t.Errorf("afterwards: %d rungs", n)
	}
}

// An export that is under way stops at its next piece.
func TestAnExportOfAPausedOrganisation(t *testing.T) {
	w := newTown(t)
	n := 0
	err := w.a.Handoffs.Lines(w.operator("here"), func(handoff.Line) error {
		n++
		w.pause("here", true)
		return nil
	})
	if n != 1 || !tenant.IsPaused(err) {
		t.Errorf("%d lines, then %v", n, err)
	}
	err = w.a.Handoffs.Lines(w.operator("there"), func(handoff.Line) error { n++; return nil })
	if n != 2 || err != nil {
		t.Errorf("next door: %d %v", n, err)
	}
}

// A phone's outbox keeps what it has, and is not told to forget anything.
func TestAnOutboxOfAPausedOrganisation(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	p := w.phone(g)
	w.pause("here", true)
	path := "/walk/" + w.ids["here"]["person"] + "/note"
	form := note("Kestrels over the yard.")
	if a := p.send(g, path, form); a.status != http.StatusServiceUnavailable {
		t.Errorf("paused: %d %s", a.status, a.body)
	}
	w.pause("here", false)
	if a := p.send(g, path, form); a.status >= http.StatusInternalServerError {
		t.Errorf("afterwards: %d %s", a.status, a.body)
	}
}

// TestWhatWasDoneIsSaid after a shift was added, who is asked after whom was saved, and
// a way to be told was added.
func TestWhatWasDoneIsSaid(t *testing.T) {
	w := newTown(t)
	lead := w.guest("here", access.Coordinator, own)
	act := func() url.Values { return url.Values{"act": {page.NewAct(noon())}} }
	shift, ladder, mail := act(), act(), act()
	for k, v := range map[string]string{"from_day": "2026-11-21", "begins": "08:00", "ends": "08:00", "repeats": "weekly", "site": w.ids["here"]["site"]} {
		shift.Set(k, v)
	}
	if a := w.ask(lead, http.MethodPost, "/rota/add", shift); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "is 24 hours") || !strings.Contains(a.body, `name="whole"`) {
		t.Errorf("a whole day is not asked back: %d", a.status)
	}
	shift.Set("whole", "1")
	for k, v := range map[string]string{"who0": "duty", "wait0": "60", "channels0": "app", "who1": "telephone", "wait1": "60", "channels1": "app"} {
		ladder.Set(k, v)
	}
	mail.Set("mail", "cosmo@made-up.example")
	for path, c := range map[string]struct {
		form url.Values
		says string
	}{
		"/rota/add":        {shift, "The shift is on the rota."},
		"/rota/ladder":     {ladder, "Saved."},
		"/rota/reach/mail": {mail, "This way to tell you is added."},
	} {
		a := w.ask(lead, http.MethodPost, path, c.form)
		if a.status != http.StatusSeeOther {
			t.Errorf("%s: %d", path, a.status)
			continue
		}
		to := a.header.Get("Location")
		w.see(lead, to, []string{c.says})
		w.see(lead, strings.ReplaceAll(to, "done=", "x="), nil, c.says)
	}
}
