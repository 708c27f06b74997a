package app

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/page"
)

// An emergency is written down by one, found by another, and cannot be reviewed
// by whoever wrote it.
func TestAnEmergencyOnPages(t *testing.T) {
	w := newTown(t)
	one, two := w.guest("here", access.Supervisor, own), w.guest("here", access.Supervisor, own)
	path := "/emergency/" + w.ids["here"]["person"]
	w.see(one, path, []string{"Zanzibarquay", "Who was told, and why"})
	form := url.Values{"act": {page.NewAct(noon())}, "to_whom": {"Dr Made-Up"}, "facility": {"Mercy"}, "nature": {"not breathing"}, "unable": {"not awake"}, "told": {"name"}}
	part := url.Values{"act": {page.NewAct(noon())}, "to_whom": {"Dr Made-Up"}, "told": {"name"}}
	if a := w.ask(one, http.MethodPost, path, part); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Say where they work") {
		t.Errorf("without a place: %d", a.status)
	}
	if a := w.ask(one, http.MethodPost, "/emergency/06ekxdz75a07ae0gphtzmmmkv4", form); a.status != http.StatusNotFound {
		t.Errorf("of someone who is not here: %d", a.status)
	}
	if a := w.ask(one, http.MethodPost, path, form); a.status != http.StatusOK {
		t.Errorf("whole: %d %s", a.status, a.body)
	}
	list := w.see(two, "/emergencies", []string{"Dr Made-Up", "not breathing", "Who told it", w.workName(one), "/consents/" + w.ids["here"]["person"]}, "Yellowmarsh")
	_, rest, _ := strings.Cut(list, `action="/emergencies/`)
	id, _, _ := strings.Cut(rest, "/")
	verdict := url.Values{"review": {"right"}, "review_note": {"they were blue"}}
	if a := w.ask(one, http.MethodPost, "/emergencies/"+id+"/review", verdict); a.status != http.StatusConflict {
		t.Errorf("by whoever did it: %d", a.status)
	}
	if a := w.ask(two, http.MethodPost, "/emergencies/"+id+"/review", verdict); a.status != http.StatusSeeOther {
		t.Errorf("by another: %d", a.status)
	}
	w.see(two, "/emergencies", []string{"The person does not know yet", "Mercy"}, "What a second person", "Nothing to look at")
	if a := w.ask(one, http.MethodPost, "/emergencies/"+id+"/review", url.Values{"review": {"known"}}); a.status != http.StatusSeeOther {
		t.Errorf("told in words: %d", a.status)
	}
	w.see(two, "/emergencies", []string{"Nothing to look at"}, "Mercy")
	w.see(w.person(), "/mine", []string{"Dr Made-Up"})
}

// A demand stops everything until the one who was named decides.
func TestADemandOnPages(t *testing.T) {
	w := newTown(t)
	lead, other := w.guest("here", access.Coordinator, own), w.guest("here", access.Supervisor, own)
	w.inForce(true, "before")
	form := url.Values{
		"person": {w.ids["here"]["person"]}, "kind": {"subpoena"}, "from_whom": {"County Court"}, "reference": {"12/34"}, "at-hand": {"compelled"}, "decider": {string(lead.account)},
	}
	w.demands(other, form)
	w.inForce(false, "while it is open")
	w.see(other, "/demands", []string{"We do not say who is known here"}, "/decide")
	list := w.see(lead, "/demands", []string{"County Court", "12/34", "Subpoena", "/consents/" + w.ids["here"]["person"], "/decide"}, "All is stopped")
	_, rest, _ := strings.Cut(list, `action="/demands/`)
	id, _, _ := strings.Cut(rest, "/")
	decide := "/demands/" + id + "/decide"
	if a := w.ask(other, http.MethodPost, decide, url.Values{"decision": {"refuse"}}); a.status != http.StatusNotFound {
		t.Errorf("by another: %d", a.status)
	}
	a := w.ask(lead, http.MethodPost, decide, url.Values{"decision": {"comply"}, "basis": {"they insist"}})
	_, card, _ := strings.Cut(a.body, `action="`+decide)
	card, _, _ = strings.Cut(card, "</form>")
	if a.status != http.StatusUnprocessableEntity || !strings.Contains(card, "a subpoena is not enough") || !strings.Contains(card, "they insist") {
		t.Errorf("a subpoena alone, said at that decision: %d %s", a.status, a.body)
	}
	w.inForce(false, "after a decision that was refused")
	if a := w.ask(lead, http.MethodPost, decide, url.Values{"decision": {"refuse"}}); a.status != http.StatusSeeOther {
		t.Errorf("no: %d", a.status)
	} else {
		w.see(lead, a.header.Get("Location"), []string{"It is decided, and on record"}, "County Court")
	}
	w.inForce(true, "once it is decided")
}

// demands comes to the form by the page of the person, and posts it: without a
// person, without who decides, about somebody elsewhere, and whole.
func (w *town) demands(g guest, form url.Values) {
	w.Helper()
	w.see(g, "/demands", []string{"First open the page of the person", `href="/people"`}, `name="from_whom"`)
	way := "/demands?person=" + w.ids["here"]["person"]
	w.see(g, "/consents/"+w.ids["here"]["person"], []string{way})
	w.see(g, way, []string{`name="from_whom"`}, "All is stopped")
	for lacks, says := range map[string]string{"person": "Say whom it is about", "decider": "Name one person"} {
		part := maps.Clone(form)
		part.Set("act", page.NewAct(noon()))
		delete(part, lacks)
		if a := w.ask(g, http.MethodPost, "/demands", part); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, says) {
			w.Errorf("without a %s: %d %s", lacks, a.status, a.body)
		}
	}
	elsewhere := maps.Clone(form)
	elsewhere.Set("act", page.NewAct(noon()))
	elsewhere.Set("person", w.ids["there"]["person"])
	if a := w.ask(g, http.MethodPost, "/demands", elsewhere); a.status != http.StatusNotFound {
		w.Errorf("about someone of another organisation: %d", a.status)
	}
	form.Set("act", page.NewAct(noon()))
	a := w.ask(g, http.MethodPost, "/demands", form)
	if a.status != http.StatusSeeOther {
		w.Errorf("%d %s", a.status, a.body)
	}
	w.see(g, a.header.Get("Location"), []string{"All is stopped", "nothing about this person leaves"}, "/decide")
}

// workName is the name of a guest's account, as their colleagues read it.
func (w *town) workName(g guest) (name string) {
	w.Helper()
	w.must(w.a.DB.Read(w.operator("here"), func(tx *db.Tx) error {
		names, err := w.a.workNames(tx, []ref.Account{g.account})
		name = names[g.account]
		return err
	}))
	if name == "" {
		w.Fatal("no name")
	}
	return name
}

// The person reads what the second person found of an emergency, and not who
// found it.
func TestThePersonReadsWhatWasFoundOfAnEmergency(t *testing.T) {
	w := newTown(t)
	one, two, me := w.guest("here", access.Supervisor, own), w.guest("here", access.Supervisor, own), w.person()
	form := url.Values{"act": {page.NewAct(noon())}, "to_whom": {"Dr Made-Up"}, "facility": {"Mercy"}, "nature": {"not breathing"}, "unable": {"not awake"}, "told": {"name"}}
	if a := w.ask(one, http.MethodPost, "/emergency/"+w.ids["here"]["person"], form); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	w.see(me, "/mine", []string{"Someone else here will look"}, "should not have been told")
	_, rest, _ := strings.Cut(w.see(two, "/emergencies", nil), `action="/emergencies/`)
	id, _, _ := strings.Cut(rest, "/")
	if a := w.ask(two, http.MethodPost, "/emergencies/"+id+"/review", url.Values{"review": {"wrong"}, "review_note": {"they were awake"}}); a.status != http.StatusSeeOther {
		t.Fatalf("%d %s", a.status, a.body)
	}
	w.see(me, "/mine", []string{"it should not have been told"}, "will look at whether", "they were awake")
}
