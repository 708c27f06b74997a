package app

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/platform/browsertest"
	"alongside/platform/clock"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// fiveAtOnce is an organisation of which five people have a page open at once: the
// person, the nurse, the peer, the service and the coordinator. Its clock moves
// when told.
type fiveAtOnce struct {
	t       *testing.T
	a       *App
	org     ref.Tenant
	to      ref.Destination
	clk     *clock.Fake
	addr    string
	ask     string
	service string
	signIn  map[string]string
	rosa    ref.Account
	browser context.Context

	nurse, peer, lead, desk, person *browsertest.Page
}

func newFive(t *testing.T, browser context.Context) *fiveAtOnce {
	t.Helper()
	w := &fiveAtOnce{t: t, clk: clock.NewFake(time.Date(2026, 3, 2, 22, 0, 0, 0, time.UTC)), signIn: map[string]string{}, browser: browser}
	var h http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { h.ServeHTTP(rw, r) }))
	t.Cleanup(server.Close)
	w.addr = server.URL
	a, err := Make(context.Background(), Config{Data: t.TempDir(), Clock: w.clk, Demo: true, Origin: func() string { return server.URL }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if h, err = a.Handler(); err != nil {
		t.Fatal(err)
	}
	w.a = a
	w.settle(a)
	return w
}

// settle makes the organisation, its workers, a site and a service.
func (w *fiveAtOnce) settle(a *App) {
	w.t.Helper()
	ctx := scope.With(context.Background(), scope.Scope{Actor: "operator:test", Role: "operator", Purpose: scope.Operations})
	o, err := a.Tenants.Create(ctx, "Lanternford Alongside", "US", "America/New_York")
	if err != nil {
		w.t.Fatal(err)
	}
	w.org, ctx = o.ID, operator(ctx, o)
	for name, role := range map[string]string{"Rosa": access.Peer, "Cosmo": access.Coordinator} {
		inv, err := a.Access.Invite(ctx, access.Newcomer{Name: name, Email: name + "@lanternford.example", Roles: []string{role}}, id.New(w.clk.Now()))
		if err != nil {
			w.t.Fatal(err)
		}
		again, err := a.Access.DemoLink(ctx, inv.Account.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		if role == access.Peer {
			w.rosa = inv.Account.ID
		}
		w.signIn[name] = w.addr + access.LinkPath(again.Token)
	}
	_, token, err := a.Handoffs.AddSite(ctx, handoff.Site{Name: "Mercy, emergency", Duty: "555-0140"})
	if err != nil {
		w.t.Fatal(err)
	}
	d, err := a.Handoffs.AddDestination(ctx, handoff.Destination{Name: "Quay Clinic"})
	if err != nil {
		w.t.Fatal(err)
	}
	w.to = d.ID
	p, err := a.Handoffs.Places(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	w.ask, w.service = w.addr+"/ask/"+token, w.addr+"/service/"+p.Desks[d.ID]
}

func (w *fiveAtOnce) open(address string) *browsertest.Page {
	return browsertest.Open(w.t, w.browser, address, browsertest.Options{})
}

func (w *fiveAtOnce) comeIn(name string) *browsertest.Page {
	p := w.open(w.signIn[name])
	p.Click("main form .button")
	return p
}

// begin is everyone at their page, up to a peer beside the person.
func (w *fiveAtOnce) begin() {
	w.t.Helper()
	w.nurse = w.open(w.ask)
	w.nurse.Press("#f-answer")
	w.nurse.Type("#f-whereabouts", "Bay 7")
	w.nurse.Type("#f-name", "Zebrafinch")
	w.nurse.Click("main .button-go")
	w.desk = w.open(w.service)
	w.desk.Click(`form[action$="/bind"] .button`)
	w.lead = w.comeIn("Cosmo")
	w.peer = w.comeIn("Rosa")
	w.peer.Go(w.addr + "/board")
	w.peer.Click(`form[action$="/acknowledge"] .button`)
	w.clk.Add(4 * time.Minute)
	w.step(w.peer, "set_out")
	w.clk.Add(12 * time.Minute)
	w.step(w.peer, "meet")
	path := w.peer.Path()
	w.peer.Go(w.addr + path + "/card")
	w.person = w.open(w.peer.Text(".address"))
	w.peer.Go(w.addr + path)
}

// step presses a step's button on a worker's page, answering what it asks by
// the selectors given.
func (w *fiveAtOnce) step(p *browsertest.Page, step string, answers ...string) {
	w.t.Helper()
	p.Go(w.addr + p.Path())
	form := fmt.Sprintf(`form[action$="/%s"]`, step)
	browsertest.Eval[bool](p, fmt.Sprintf(`(() => { const d = document.querySelector('%s').closest("details"); if (d) d.open = true; return true; })()`, form))
	for _, a := range answers {
		p.Press(form + " " + a)
	}
	p.Click(form + " .button")
}

func (w *fiveAtOnce) sees(who string, p *browsertest.Page, words ...string) {
	w.t.Helper()
	p.Go(w.addr + p.Path())
	browsertest.Eval[bool](p, `(() => { document.querySelectorAll("details#others").forEach((d) => { d.open = true; }); return true; })()`)
	text := strings.NewReplacer("\u2068", "", "\u2069", "").Replace(p.Text("main"))
	for _, want := range words {
		if gone, not := strings.CutPrefix(want, "not:"); not {
			if strings.Contains(text, gone) {
				w.t.Errorf("%s sees %q:\n%s", who, gone, text)
			}
			continue
		}
		if !strings.Contains(text, want) {
			w.t.Errorf("%s does not see %q:\n%s", who, want, text)
		}
	}
}

// TestFiveAtOnce walks four endings with everyone's page open: what each sees
// at each step, and what they must not see.
func TestFiveAtOnce(t *testing.T) {
	t.Parallel()
	browser := browsertest.Browser(t)
	for name, walk := range map[string]func(*fiveAtOnce){
		"connected":                        endsConnected,
		"not now, and again a month later": endsNotNow,
		"did not come, and found again":    endsFoundAgain,
		"died":                             endsInDeath,
	} {
		t.Run(name, func(t *testing.T) {
			w := newFive(t, browser)
			w.begin()
			walk(w)
		})
	}
}

func endsConnected(w *fiveAtOnce) {
	w.sees("the service", w.desk, "Nobody is on the way", "not:Zebrafinch")
	w.step(w.peer, "agree", `input[name="destination"]`, `input[name="how"]`)
	w.sees("the service", w.desk, "Zebrafinch", "42 CFR part 2", "not:Bay 7", "not:Mercy")
	w.sees("the person", w.person, "You said yes to a service", "Quay Clinic may know the name you use")
	w.desk.Go(w.addr + w.desk.Path())
	browsertest.Eval[bool](w.desk, `(document.querySelector('input[name="slot"]').value = "2026-03-04T10:30", true)`)
	w.desk.Click(`form[action$="/accept"] .button`)
	w.sees("the service", w.desk, "10:30")
	w.sees("the person", w.person, "10:30", "Rosa walks with you", "555-0140")
	w.step(w.peer, "introduce", `input[name="mode"]`)
	w.sees("the nurse", w.nurse, "A peer has met them", "not:Quay Clinic", "not:service")
	w.step(w.desk, "connect")
	w.sees("the person", w.person, "You have arrived")
	w.sees("the peer", w.peer, "The service said so", "Together in a room")
	on := w.peer.Path()
	w.clk.Add(31 * 24 * time.Hour)
	w.sees("the service, whose consent was never read back and lapsed", w.desk, "not:Zebrafinch")
	w.peer = w.again("Rosa", on)
	w.step(w.peer, "stayed_30", `input[value="person"]`)
	w.sees("the person", w.person, "A month on")
	w.lead = w.comeIn("Cosmo")
	w.lead.Go(w.addr + "/board")
	w.sees("the coordinator", w.lead, "Nobody is waiting", "not:Zebrafinch")
}

func endsNotNow(w *fiveAtOnce) {
	w.step(w.person, "not_now")
	w.sees("the person", w.person, "Nobody gets in touch", "not:Quay Clinic")
	w.sees("the nurse", w.nurse, "A peer has met them", "not:Not now")
	w.clk.Add(30 * 24 * time.Hour)
	w.sees("the nurse", w.nurse, "not:Zebrafinch", "not:Bay 7", "not:peer is with")
	w.sees("the person", w.person, "I would like a peer now")
	w.person.Type(`form[action$="/reopen"] [name="where_now"]`, "Library, ground floor")
	w.person.Click(`form[action$="/reopen"] .button`)
	w.peer = w.comeIn("Rosa")
	w.peer.Go(w.addr + "/board")
	w.sees("the peer", w.peer, "Zebrafinch", "Library, ground floor", "I will go", "not:Bay 7")
}

func endsFoundAgain(w *fiveAtOnce) {
	w.step(w.peer, "agree", `input[name="destination"]`, `input[name="how"]`)
	w.step(w.desk, "accept")
	w.step(w.peer, "introduce", `input[name="mode"]`)
	w.step(w.desk, "not_there")
	w.sees("the person", w.person, "It did not work out that day", "not:missed", "not:failed")
	w.step(w.peer, "out_of_touch", `input[name="tried"]`)
	w.lead.Go(w.addr + "/board")
	w.sees("the coordinator", w.lead, "Zebrafinch", "Out of touch", "Rosa goes")
	on := w.peer.Path()
	w.clk.Add(9 * 24 * time.Hour)
	w.step(w.person, "back_in_touch")
	w.peer = w.again("Rosa", on)
	w.step(w.peer, "agree", `input[name="destination"]`, `input[name="how"]`)
	w.step(w.desk, "accept")
	w.step(w.peer, "introduce", `input[name="mode"]`)
	w.step(w.desk, "connect")
	w.sees("the peer", w.peer, "Out of touch", "Back in touch", "First visit")
}

func endsInDeath(w *fiveAtOnce) {
	w.step(w.peer, "agree", `input[name="destination"]`, `input[name="how"]`)
	w.sees("the service", w.desk, "Zebrafinch")
	w.step(w.peer, "close", `input[value="died"]`)
	w.sees("the service", w.desk, "Nobody is on the way", "not:Zebrafinch", "not:died")
	w.sees("whoever holds the card", w.person, "not:Zebrafinch", "not:died", "not:peer here")
	w.sees("the nurse", w.nurse, "A peer has met them", "not:died")
	w.sees("the peer", w.peer, "They died")
}

// again is a worker who signs in once more and opens the page they had open: it has
// left it by itself when their sign-in ended.
func (w *fiveAtOnce) again(name, path string) *browsertest.Page {
	fresh := w.comeIn(name)
	fresh.Go(w.addr + path)
	return fresh
}
