package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"alongside/platform/browsertest"
	"alongside/platform/crashtest"
)

// city is the made-up world, running as its visitors meet it.
type city struct {
	Addr     string
	Accounts []struct{ Org, Role, Name, Link string }
	AskLinks []string `json:"ask_links"`
}

func openCity(t *testing.T) city {
	t.Helper()
	p, err := crashtest.Start(build(t), "demo", "--addr", "127.0.0.1:0", "--json")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	line, err := p.FirstLine(time.Minute)
	if err != nil {
		t.Fatal(err, p.Said())
	}
	var c city
	if err := json.Unmarshal([]byte(line), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c city) link(t *testing.T, name string) string {
	t.Helper()
	for _, a := range c.Accounts {
		if a.Name == name {
			return a.Link
		}
	}
	t.Fatalf("nobody is called %s", name)
	return ""
}

// TestTheWholePathInABrowser walks from the nurse to the service, in English and
// in Arabic, each in a tab of their own, and looks at every page on the way.
func TestTheWholePathInABrowser(t *testing.T) {
	c := openCity(t)
	browser := browsertest.Browser(t)
	t.Run("English, light", func(t *testing.T) { walk(t, c, browser, browsertest.Options{}) })
	t.Run("Arabic, dark", func(t *testing.T) { walk(t, c, browser, browsertest.Options{Lang: "ar", Dark: true}) })
	t.Run("on a wide screen", func(t *testing.T) {
		p := signIn(t, c, browser, browsertest.Options{Width: 1280}, "Dana Demo")
		p.Go(c.Addr + "/board")
		look(p, "board-wide")
	})
	t.Run("without JavaScript", func(t *testing.T) { nurseAlone(t, c, browser) })
}

func walk(t *testing.T, c city, browser context.Context, opt browsertest.Options) {
	nurse := ask(t, c, browser, opt)
	peer := signIn(t, c, browser, opt, "Rosa Demo")
	peer.Go(c.Addr + "/board")
	look(peer, "board")
	peer.Click(`#` + cardOf(peer, "Zebrafinch") + ` .button-go`)
	look(peer, "acknowledged")
	until(t, nurse, `document.querySelectorAll(".stone-walked").length >= 1`)
	peer.Click(`form[action$="/set_out"] .button`)
	peer.Click(`form[action$="/meet"] .button`)
	until(t, nurse, `document.querySelectorAll(".stone-walked").length === 4`)
	look(nurse, "asked-together")
	before := nurse.Text("#status")

	peer.Press("#" + browsertest.Eval[string](peer, `[...document.querySelectorAll('form[action$="/agree"] label')].find((l) => l.textContent.includes("Quay Clinic")).htmlFor`))
	peer.Press(`form[action$="/agree"] input[name="how"][value="signed"]`)
	look(peer, "agree")
	peer.Click(`form[action$="/agree"] .button`)
	service := desk(t, c, browser, opt)
	look(service, "service")
	service.Click(their("accept"))
	peer.Go(c.Addr + peer.Path())
	peer.Press(`form[action$="/introduce"] input[name="mode"]`)
	peer.Click(`form[action$="/introduce"] .button`)
	service.Go(c.Addr + service.Path())
	service.Click(their("connect"))
	look(service, "service-arrived")
	peer.Go(c.Addr + peer.Path())
	look(peer, "arrived")

	nurse.Go(c.Addr + nurse.Path())
	if after := nurse.Text("#status"); after != before {
		t.Errorf("whoever asked sees what is not theirs:\n%s\nbefore:\n%s", after, before)
	}
}

// their is the button of a step in the card of the person at the top of a
// service's page: who said yes last stands first.
func their(step string) string { return `main section form[action$="/` + step + `"] .button` }

// desk opens the page of the first service on a device of its own. A coordinator
// makes a new link for it, which ends whatever an earlier walk left behind.
func desk(t *testing.T, c city, browser context.Context, opt browsertest.Options) *browsertest.Page {
	t.Helper()
	lead := signIn(t, c, browser, opt, "Cosmo Demo")
	lead.Go(c.Addr + "/places")
	look(lead, "places")
	lead.Go(c.Addr + browsertest.Eval[string](lead, `[...document.querySelectorAll('a[href^="/places/service/"]')].find((a) => a.closest("section")?.textContent.includes("Quay Clinic")).getAttribute("href")`))
	lead.Press("main details summary")
	lead.Click(`form[action$="/link"] .button`)
	look(lead, "place")
	service := browsertest.Open(t, browser, lead.Text(".address"), opt)
	look(service, "service-unbound")
	service.Click(`form[action$="/bind"] .button`)
	return service
}

// ask asks for a peer by keyboard alone.
func ask(t *testing.T, c city, browser context.Context, opt browsertest.Options) *browsertest.Page {
	t.Helper()
	nurse := browsertest.Open(t, browser, c.AskLinks[0], opt)
	look(nurse, "ask")
	nurse.Press("summary")
	nurse.Keyboard()
	nurse.Press("#f-answer")
	nurse.Type("#f-whereabouts", "Bay 7")
	nurse.Type("#f-name", "Zebrafinch")
	nurse.Click(`main .button-go`)
	if !strings.HasPrefix(nurse.Path(), "/asked/") {
		t.Fatalf("after asking the page is %s", nurse.Path())
	}
	look(nurse, "asked")
	return nurse
}

func signIn(t *testing.T, c city, browser context.Context, opt browsertest.Options, name string) *browsertest.Page {
	t.Helper()
	p := browsertest.Open(t, browser, c.link(t, name), opt)
	look(p, "sign-in-link")
	p.Click("main form .button")
	return p
}

// look takes the picture and asks everything the program promises of a page.
func look(p *browsertest.Page, name string) {
	p.Shot(name)
	p.Good()
}

// cardOf finds the card that names someone.
func cardOf(p *browsertest.Page, name string) string {
	return browsertest.Eval[string](p, fmt.Sprintf(
		`[...document.querySelectorAll("section.card-lamp")].filter((s) => s.textContent.includes(%q)).at(-1)?.id ?? "nobody"`, name))
}

// until waits for a page that keeps itself fresh; it does not reload it.
func until(t *testing.T, p *browsertest.Page, js string) {
	t.Helper()
	ok := browsertest.Eval[bool](p, `new Promise((done) => {
		const ask = (n) => (`+js+`) ? done(true) : n ? setTimeout(ask, 100, n - 1) : done(false);
		ask(400);
	})`)
	if !ok {
		t.Errorf("the page never came to: %s\n%s", js, p.Text("main"))
	}
}

// nurseAlone asks and follows without JavaScript, and changes their mind.
func nurseAlone(t *testing.T, c city, browser context.Context) {
	nurse := browsertest.Open(t, browser, c.AskLinks[1], browsertest.Options{NoJS: true})
	nurse.Click(`main .button-go`)
	if !strings.Contains(nurse.Text("main"), "There is a problem") && !strings.Contains(nurse.Text("#problems"), "\n") {
		t.Errorf("an empty form says: %s", nurse.Text("main"))
	}
	nurse.Press("#f-answer")
	nurse.Type("#f-whereabouts", "Room 12")
	nurse.Click(`main .button-go`)
	if !strings.Contains(nurse.Text("main"), "A peer is being asked") {
		t.Fatalf("after asking it says: %s", nurse.Text("main"))
	}
	nurse.Press(`main details:has(form[action$="/not_now"]) > summary`)
	nurse.Click(`form[action$="/not_now"] .button`)
	if !strings.Contains(nurse.Text("main"), "No peer is coming now") {
		t.Errorf("after they changed their mind it says: %s", nurse.Text("main"))
	}
	nurse.Click(`form[action$="/reopen"] .button`)
	if !strings.Contains(nurse.Text("main"), "A peer is being asked") {
		t.Errorf("asked again, it says: %s", nurse.Text("main"))
	}
}
