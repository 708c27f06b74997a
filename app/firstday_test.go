package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/domain/rota"
	"alongside/platform/id"
)

// TestTheFirstPageSaysWhatToDoFirst: whoever sets an organisation up is led to
// accounts, places and the rota until an ask reaches a peer, and no longer.
func TestTheFirstPageSaysWhatToDoFirst(t *testing.T) {
	w := newLadderTown(t)
	h, err := w.Handler()
	if err != nil {
		t.Fatal(err)
	}
	o, err := w.Tenants.Create(operatorOf(t, ""), "Next Door", "US", "America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	w.tenant = string(o.ID)
	ada := w.visitor(t, h, w.worker(t, access.Administrator))
	ada.leads("/accounts/invite", "/places/site/new")
	cosmo := w.visitor(t, h, w.worker(t, access.Coordinator))
	cosmo.leads("/places/site/new")
	peer := w.worker(t, access.Peer)
	w.worker(t, access.Supervisor)
	ada.leads("/places/site/new")
	lead := w.as(t, access.Coordinator, "cosmo")
	site, _, err := w.Handoffs.AddSite(lead, handoff.Site{Name: "Mercy"})
	if err != nil {
		t.Fatal(err)
	}
	cosmo.leads("/rota")
	ada.leads() // it is still said, and a coordinator does it
	if body := ada.send(http.MethodGet, "/", url.Values{}).Body.String(); !strings.Contains(body, "A coordinator does that") {
		t.Error("the administrator is not told who makes the rota")
	}
	if err := w.Rota.Add(lead, rota.Shift{ID: ref.Shift(id.New(w.clk.Now())), Site: site.ID, Peer: peer, From: "2026-01-01", Repeats: rota.Daily}); err != nil {
		t.Fatal(err)
	}
	for _, v := range []*visitor{ada, cosmo} {
		if body := v.send(http.MethodGet, "/", url.Values{}).Body.String(); strings.Contains(body, "Before someone asks") {
			t.Error("what is done is still asked for")
		}
	}
}

// leads: the first page shows exactly these ways to what is lacking, and each of
// them opens.
func (v *visitor) leads(paths ...string) {
	v.Helper()
	_, body, ok := strings.Cut(v.send(http.MethodGet, "/", url.Values{}).Body.String(), "Before someone asks")
	body, _, _ = strings.Cut(body, "</section>")
	if !ok || strings.Count(body, "href=") != len(paths) {
		v.Fatalf("want ways to %q: %s", paths, body)
	}
	for _, p := range paths {
		if !strings.Contains(body, `href="`+p+`"`) || v.send(http.MethodGet, p, url.Values{}).Code != http.StatusOK {
			v.Errorf("%s is not there, or does not open", p)
		}
	}
}
