package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/platform/id"
)

// TestAWrongBedIsPutRight: a nurse says by her page that the bed is another, and
// a peer beside an entry that the name was. Both read what stood there and what
// is so; the nurse's form shows nothing of what she wrote before.
func TestAWrongBedIsPutRight(t *testing.T) {
	w := newTown(t)
	marker := w.markers["here"]
	page, hand := "/asked/"+w.ids["here"]["status"], "/handoff/"+w.ids["here"]["handoff"]
	rosa := w.guest("here", access.Peer, own)
	act := func(more url.Values) url.Values {
		more.Set("act", id.New(time.Now()))
		return more
	}
	if form := w.ask(guest{}, http.MethodGet, page, nil).body; !strings.Contains(form, page+"/correct") || strings.Contains(form, `value="`+marker) {
		t.Error("the nurse's page has no way to put it right, or shows what she wrote")
	}
	for _, empty := range []url.Values{{}, {"whereabouts": {" "}, "name": {""}}} {
		if got := w.ask(guest{}, http.MethodPost, page+"/correct", act(empty)); got.status != http.StatusSeeOther {
			t.Errorf("an empty form was answered by %d", got.status)
		}
	}
	if got := w.ask(guest{}, http.MethodPost, page+"/correct", act(url.Values{"whereabouts": {"Bay 12"}, "corrects": {"2"}})); got.status != http.StatusSeeOther {
		t.Fatalf("another bed was answered by %d", got.status)
	}
	entry := w.ask(rosa, http.MethodGet, hand+"/entry/1", nil)
	if entry.status != http.StatusOK || !strings.Contains(entry.body, `value="Bay 12"`) || !strings.Contains(entry.body, `value="`+marker+`"`) {
		t.Errorf("the entry's page (%d) does not have what stands there", entry.status)
	}
	right := url.Values{"corrects": {"1"}, "name": {"Quill"}, "answer": {"by owl"}}
	if got := w.ask(rosa, http.MethodPost, hand+"/correct", act(right)); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `name="corrects" value="1"`) {
		t.Errorf("an answer that nobody offered was answered by %d", got.status)
	}
	right.Set("answer", "yes")
	if got := w.ask(rosa, http.MethodPost, hand+"/correct", act(right)); got.status != http.StatusSeeOther {
		t.Fatalf("another name was answered by %d", got.status)
	}
	got := w.ask(rosa, http.MethodGet, hand, nil).body
	for _, both := range []string{marker + " bay 7", "Bay 12", "Quill", "later corrected", hand + "/entry/1"} {
		if !strings.Contains(got, both) {
			t.Errorf("the hand-off does not have %q", both)
		}
	}
	for _, none := range []string{hand + "/entry/2", hand + "/entry/99", hand + "/entry/x"} {
		if got := w.ask(rosa, http.MethodGet, none, nil); got.status != http.StatusNotFound {
			t.Errorf("%s was answered by %d", none, got.status)
		}
	}
}
