package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/domain/access"
)

// An emergency is written down by one, found by another, and cannot be reviewed
// by whoever wrote it.
func TestAnEmergencyOnPages(t *testing.T) {
	w := newTown(t)
	one, two := w.guest("here", access.Supervisor, own), w.guest("here", access.Supervisor, own)
	path := "/emergency/" + w.ids["here"]["person"]
	form := url.Values{"to_whom": {"Dr Made-Up"}, "facility": {"Mercy"}, "nature": {"not breathing"}, "unable": {"not awake"}, "told": {"name"}}
	part := url.Values{"to_whom": {"Dr Made-Up"}, "told": {"name"}}
	if a := w.ask(one, http.MethodPost, path, part); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Say where they work") {
		t.Errorf("without a place: %d", a.status)
	}
	if a := w.ask(one, http.MethodPost, "/emergency/06ekxdz75a07ae0gphtzmmmkv4", form); a.status != http.StatusNotFound {
		t.Errorf("of someone who is not here: %d", a.status)
	}
	if a := w.ask(one, http.MethodPost, path, form); a.status != http.StatusOK {
		t.Errorf("whole: %d %s", a.status, a.body)
	}
	list := w.see(two, "/emergencies", []string{"Dr Made-Up", "not breathing"}, "Yellowmarsh")
	_, rest, _ := strings.Cut(list, `action="/emergencies/`)
	id, _, _ := strings.Cut(rest, "/")
	verdict := url.Values{"review": {"right"}, "review_note": {"they were blue"}}
	if a := w.ask(one, http.MethodPost, "/emergencies/"+id+"/review", verdict); a.status != http.StatusConflict {
		t.Errorf("by whoever did it: %d", a.status)
	}
	if a := w.ask(two, http.MethodPost, "/emergencies/"+id+"/review", verdict); a.status != http.StatusSeeOther {
		t.Errorf("by another: %d", a.status)
	}
	w.see(two, "/emergencies", []string{"Nothing to look at"}, "Dr Made-Up")
}

// A demand stops everything until the one who was named decides.
func TestADemandOnPages(t *testing.T) {
	w := newTown(t)
	lead, other := w.guest("here", access.Coordinator, own), w.guest("here", access.Supervisor, own)
	w.inForce(true, "before")
	form := url.Values{
		"person": {w.ids["here"]["person"]}, "kind": {"subpoena"}, "from_whom": {"County Court"}, "at-hand": {"compelled"}, "decider": {string(lead.account)},
	}
	if a := w.ask(other, http.MethodPost, "/demands", url.Values{"kind": {"subpoena"}, "from_whom": {"County Court"}}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("without a name who decides: %d", a.status)
	}
	if a := w.ask(other, http.MethodPost, "/demands", form); a.status != http.StatusSeeOther {
		t.Errorf("%d %s", a.status, a.body)
	}
	w.inForce(false, "while it is open")
	w.see(other, "/demands", []string{"We do not say who is known here"}, "/decide")
	list := w.see(lead, "/demands", []string{"County Court", "/decide"})
	_, rest, _ := strings.Cut(list, `action="/demands/`)
	id, _, _ := strings.Cut(rest, "/")
	decide := "/demands/" + id + "/decide"
	if a := w.ask(other, http.MethodPost, decide, url.Values{"decision": {"refuse"}}); a.status != http.StatusNotFound {
		t.Errorf("by another: %d", a.status)
	}
	if a := w.ask(lead, http.MethodPost, decide, url.Values{"decision": {"comply"}, "basis": {"they insist"}}); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "a subpoena is not enough") {
		t.Errorf("a subpoena alone: %d %s", a.status, a.body)
	}
	w.inForce(false, "after a decision that was refused")
	if a := w.ask(lead, http.MethodPost, decide, url.Values{"decision": {"refuse"}}); a.status != http.StatusSeeOther {
		t.Errorf("no: %d", a.status)
	}
	w.inForce(true, "once it is decided")
}
