package app

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/domain/rota"
	"alongside/platform/browsertest"
	"alongside/platform/id"
)

// TestANightInABrowser: two peers, a supervisor and a nurse, each in a tab of
// their own. The ladder runs while the clock is moved on; the nurse's page and the
// supervisor's follow without being loaded again, and without JavaScript on the
// next load.
func TestANightInABrowser(t *testing.T) {
	t.Parallel()
	w := newLadderTown(t)
	idris := w.another(t, access.Peer, "idris@made-up.example")
	shift := rota.Shift{ID: ref.Shift(id.New(w.clk.Now())), Site: w.site.ID, Peer: idris, From: "2026-01-01", Repeats: rota.Daily}
	if err := w.Rota.Add(w.as(t, access.Coordinator, "cosmo"), shift); err != nil {
		t.Fatal(err)
	}
	h, err := w.Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	browser := browsertest.Browser(t)
	tab := func(who ref.Account, path string) *browsertest.Page { return w.tab(t, browser, server.URL, who, path) }
	rosa, other, sol := tab(w.rosa, "/rota/mine"), tab(idris, "/rota/mine"), tab(w.sol, "/overview")
	nurse := browsertest.Open(t, browser, server.URL+"/ask/"+w.token, browsertest.Options{})
	nurse.Press(`input[name="answer"][value="yes"]`)
	nurse.Type(`input[name="whereabouts"]`, "Bay 7")
	nurse.Click("main form .button-go")

	sees := func(p *browsertest.Page, words string) {
		t.Helper()
		p.WaitFor(`document.querySelector("main").textContent.includes(` + "`" + words + "`" + `)`)
	}
	w.wait(t, 5*time.Second)
	sees(nurse, "A peer on duty was asked")
	w.wait(t, 3*time.Minute)
	sees(nurse, "A second peer was asked")
	w.wait(t, 8*time.Minute)
	sees(nurse, "The supervisors were told (1)")
	sees(sol, "Waiting for a peer")
	const lamps = `document.querySelectorAll('main section.card-lamp').length === `
	for _, p := range []*browsertest.Page{rosa, other} {
		p.WaitFor(lamps + "1")
	}
	without := browsertest.Open(t, browser, server.URL+nurse.Path(), browsertest.Options{NoJS: true})
	if text := without.Text("main"); !strings.Contains(text, "The supervisors were told (1)") {
		t.Errorf("without JavaScript: %s", text)
	}
	other.Click(`a[href^="/handoff/"]`)
	other.Click(`form[action$="/acknowledge"] .button`)
	sees(nurse, "A peer said yes")
	rosa.WaitFor(lamps + "0")
	w.wait(t, 10*time.Second)
	if got := w.asking(t, ref.Handoff(other.Path()[len("/handoff/"):])); len(got) != 0 {
		t.Errorf("after a yes the ladder still asks %v", got)
	}
	for name, p := range map[string]*browsertest.Page{"night-nurse": nurse, "night-overview": sol} {
		p.Shot(name)
		p.Good()
	}
}

// another makes one more account of a role.
func (w *ladderTown) another(t testing.TB, role, email string) ref.Account {
	t.Helper()
	inv, err := w.Access.Invite(operatorOf(t, w.tenant), access.Newcomer{Name: "Idris", Email: email, Roles: []string{role}}, id.New(w.clk.Now()))
	if err != nil {
		t.Fatal(err)
	}
	return inv.Account.ID
}

// tab is a tab in which an account has signed in and opened a page.
func (w *ladderTown) tab(t *testing.T, browser context.Context, base string, who ref.Account, path string) *browsertest.Page {
	t.Helper()
	link, err := w.Access.Link(operatorOf(t, w.tenant), who, id.New(w.clk.Now()))
	if err != nil {
		t.Fatal(err)
	}
	p := browsertest.Open(t, browser, base+"/sign-in/link/"+link.Token, browsertest.Options{})
	p.Click("main form .button")
	p.Go(base + path)
	return p
}
