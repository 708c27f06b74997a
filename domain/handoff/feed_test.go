package handoff

import (
	"context"
	"testing"

	"alongside/platform/page"
)

// What is read in the moment in which the right to it ends is not shown: the end
// may come between the question and the answer.
func TestWhatIsReadAfterTheEndIsNotSent(t *testing.T) {
	ended := false
	web := &Web{Over: func(context.Context) bool { return ended }}
	changed, out := make(chan struct{}, 1), make(chan page.Event, 2)
	changed <- struct{}{}
	web.feed(t.Context(), changed, out, func(context.Context) (page.Event, error) {
		ended = true
		return page.Event{Name: page.EventPart, Data: "who came since"}, nil
	})
	var sent []page.Event
	for e := range out {
		sent = append(sent, e)
	}
	if len(sent) != 1 || sent[0] != page.Over() {
		t.Errorf("after the end it sends %+v, want only that it is over", sent)
	}
}
