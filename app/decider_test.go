package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/platform/db"
	"alongside/platform/page"
)

// demanded writes a demand down, and returns the status of the answer.
func (w *town) demanded(g guest, adds url.Values) int {
	w.Helper()
	form := url.Values{
		"act": {page.NewAct(noon())}, "person": {w.ids["here"]["person"]}, "kind": {"court-order"}, "from_whom": {"County Court"}, "at-hand": {"ordered"},
	}
	for k, v := range adds {
		form[k] = v
	}
	return w.ask(g, http.MethodPost, "/demands", form).status
}

// about is where a demand on the page is decided, or obeyed.
func (w *town) about(g guest, end string) string {
	w.Helper()
	_, rest, found := strings.Cut(w.see(g, "/demands", nil), `action="/demands/`)
	id, _, _ := strings.Cut(rest, "/")
	if !found {
		return ""
	}
	return "/demands/" + id + end
}

// Nobody can be named to decide about a demand who answers for nothing: it could never be
// decided, and nothing about the person would leave again.
func TestADemandIsDecidedByWhoAnswersForIt(t *testing.T) {
	w := newTown(t)
	lead := w.guest("here", access.Supervisor, own)
	for name, who := range map[string]string{
		"a peer": string(w.guest("here", access.Peer, own).account), "nobody": "06ekxdz75a07ae0gphtzmmmkv4",
		"of elsewhere": string(w.guest("there", access.Supervisor, own).account),
	} {
		if got := w.demanded(lead, url.Values{"decider": {who}}); got != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, got)
		}
	}
	w.inForce(true, "after all that")
}

// Whoever was named to decide about a demand leaves before it is decided, or before it was
// done: then those who answer for what leaves find it, and until then it is not there for
// them.
func TestADemandWhoseDeciderIsGone(t *testing.T) {
	w := newTown(t)
	gone, other := w.guest("here", access.Coordinator, own), w.guest("here", access.Supervisor, own)
	for range 2 {
		if got := w.demanded(other, url.Values{"decider": {string(gone.account)}}); got != http.StatusSeeOther {
			t.Fatal(got)
		}
	}
	yes := url.Values{"decision": {"comply"}, "basis": {"2.64"}}
	if a := w.ask(gone, http.MethodPost, w.about(gone, "/decide"), yes); a.status != http.StatusSeeOther {
		t.Fatalf("%d %s", a.status, a.body)
	}
	w.must(w.a.DB.Read(w.operator("here"), func(tx *db.Tx) error {
		var plain string
		var sealed []byte
		err := tx.Row("SELECT basis, ground FROM disclose_demand WHERE tenant = $1 AND decided_at <> 0").Scan(&plain, &sealed)
		if plain != "" || len(sealed) == 0 || strings.Contains(string(sealed), "2.64") {
			t.Errorf("which order it is lies in the open: %q %q", plain, sealed)
		}
		return err
	}))
	if at := w.about(other, "/decide"); at != "" {
		t.Errorf("it is there while another decides: %s", at)
	}
	w.must(w.a.Access.Pause(w.operator("here"), gone.account))
	w.see(other, "/demands", []string{"/decide", "/obey"})
	told := url.Values{"act": {page.NewAct(noon())}, "told": {"name"}, "way": {"print"}}
	if a := w.ask(other, http.MethodPost, w.about(other, "/decide"), url.Values{"decision": {"refuse"}}); a.status != http.StatusSeeOther {
		t.Errorf("%d %s", a.status, a.body)
	}
	w.inForce(true, "once it is decided")
	if a := w.ask(other, http.MethodPost, w.about(other, "/obey"), told); a.status != http.StatusSeeOther {
		t.Errorf("what was decided, and is to be done: %d %s", a.status, a.body)
	}
	if at := w.about(other, ""); at != "" {
		t.Errorf("something is left: %s", at)
	}
}
