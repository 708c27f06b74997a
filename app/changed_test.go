package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/domain/access"
)

// TestAnOpenHandoffSaysThatItChanged: somebody else takes a step while a peer has the
// hand-off open. Its stream says so, with the way to see it; it brings nothing else, so
// that what is being typed stays.
func TestAnOpenHandoffSaysThatItChanged(t *testing.T) {
	w := newTown(t)
	peer, lead := w.guest("here", access.Peer, own), w.guest("here", access.Supervisor, own)
	id := w.ids["here"]["handoff"]
	body := w.ask(peer, http.MethodGet, "/handoff/"+id, nil).body
	_, at, _ := strings.Cut(body, `data-live="`)
	at, _, _ = strings.Cut(at, `"`)
	if !strings.HasPrefix(at, "/handoff/"+id+"/live?at=") || strings.Contains(body, "See it as it is now") {
		t.Fatalf("its stream is %q", at)
	}
	open := w.follow(peer, at)
	shown := ""
	for !strings.Contains(shown, "changed") { // the stream may not listen yet
		w.posted(lead, "/handoff/"+id+"/beside", url.Values{"beside": {"overdose"}})
		shown = open.next(t)
	}
	for _, want := range []string{"This has changed", "/handoff/" + id} {
		if !strings.Contains(shown, want) {
			t.Errorf("it says %q", shown)
		}
	}
	if strings.Contains(shown, "<form") || strings.Contains(shown, "<h1") {
		t.Errorf("it brings more than that: %q", shown)
	}
}
