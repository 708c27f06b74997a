package app

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/handoff"
)

// TestAPeerJoinsTwoAsksAndPartsThem: after it they are on the page of the one that
// goes on, which says so and leads back; who walks with the person may part them.
func TestAPeerJoinsTwoAsksAndPartsThem(t *testing.T) {
	w := newLadderTown(t)
	h, err := w.Handler()
	if err != nil {
		t.Fatal(err)
	}
	first := w.ask(t, w.Handoffs, 1).ID
	if err := w.Handoffs.Take(w.as(t, access.Peer, w.rosa), first, handoff.StepAck, handoff.Input{Act: "ack"}); err != nil {
		t.Fatal(err)
	}
	w.wait(t, time.Minute)
	second := w.ask(t, w.Handoffs, 2).ID
	rosa := w.visitor(t, h, w.rosa)
	one, other := "/handoff/"+string(first), "/handoff/"+string(second)
	rosa.offers(other, other+"/join", true)
	if rec := rosa.send(http.MethodPost, other+"/join", url.Values{"same_as": {string(first)}}); rec.Header().Get("Location") != one {
		t.Fatalf("%d %s", rec.Code, rec.Header().Get("Location"))
	}
	rosa.offers(one, other+"/part", true)
	rosa.offers(other, other+"/part", true)
	if rec := rosa.send(http.MethodPost, other+"/part", url.Values{}); rec.Code != http.StatusSeeOther {
		t.Fatal(rec.Code)
	}
	rosa.offers(one, other+"/part", false)
	rosa.offers(other, other+"/acknowledge", true)
}
