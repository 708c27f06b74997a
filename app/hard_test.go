package app

import (
	"net/http"
	"net/url"
	"testing"

	"alongside/domain/access"
	"alongside/platform/page"
)

// Whoever is asked to listen and is then paused: the one who asked reads on their first
// page that they can ask someone else, until they do, and nobody else reads it.
func TestWhoeverWasToListenIsPaused(t *testing.T) {
	w := newTown(t)
	peer, other, lead := w.guest("here", access.Peer, own), w.guest("here", access.Peer, own), w.guest("here", access.Supervisor, own)
	const gone = "Whom you asked to talk with is not here now."
	ask := func(form url.Values) {
		t.Helper()
		form.Set("act", page.NewAct(w.a.Clock.Now()))
		if a := w.ask(peer, http.MethodPost, "/rota/hard", form); a.status != http.StatusSeeOther {
			t.Fatal(a.status)
		}
	}
	ask(url.Values{"listener": {string(lead.account)}, "days": {"0"}})
	w.see(peer, "/today", nil, gone)
	w.see(lead, "/today", []string{"would like to talk with you"})
	w.must(w.a.Access.Pause(w.operator("here"), lead.account))
	w.see(peer, "/today", []string{gone, `href="/rota/hard"`})
	w.see(peer, "/rota/hard", []string{gone})
	w.see(other, "/today", nil, gone)
	w.see(other, "/rota/hard?other=1", nil, gone)
	ask(url.Values{"days": {"1"}})
	w.see(peer, "/today", nil, gone)
}
