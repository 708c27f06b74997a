package app

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/disclose"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/page"
)

func agreedForm() url.Values {
	return url.Values{
		"act": {page.NewAct(noon())}, "kind": {"audit"}, "who": {"Made-up Auditor"}, "body": {"Made-up Health Board"}, "ground": {"agency"}, "aim": {"Are people met in time?"},
		"paper": {"Signed, blue binder"}, "promises": {"back-only"}, "what": {"status"}, "days": {"30"},
	}
}

// An administrator writes an agreement down, a coordinator approves it and shows
// what it names, the person sees it, and its end is the end.
func TestAnAgreementOnPages(t *testing.T) {
	w := newTown(t)
	admin, lead, person := w.guest("here", access.Administrator, own), w.guest("here", access.Coordinator, own), w.guest("here", access.Participant, own)
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		return w.a.Door.Belong(tx, person.account, ref.Person(w.ids["here"]["person"]))
	}))
	checked := "/checked/" + w.ids["here"]["person"]
	w.see(lead, checked, []string{"No agreement is open"}, "<fieldset")
	less := agreedForm()
	less.Del("promises")
	if a := w.ask(admin, http.MethodPost, "/agreements/new", less); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "The paper must promise") || !strings.Contains(a.body, "Made-up Auditor") {
		t.Errorf("without a promise: %d %s", a.status, a.body)
	}
	w.lacksPromises(admin)
	if a := w.ask(admin, http.MethodPost, "/agreements/new", agreedForm()); a.status != http.StatusSeeOther {
		t.Fatalf("%d %s", a.status, a.body)
	}
	w.see(admin, "/agreements", []string{"Made-up Auditor", "Waits for a second person"}, "/approve")
	list := w.see(lead, "/agreements", []string{"Made-up Auditor", "42 CFR 2.53(a)(1)(i)", "not checked against the text of 2024"}, `action="/agreements/new"`)
	_, rest, _ := strings.Cut(list, `action="/agreements/`)
	id, _, _ := strings.Cut(rest, "/")
	show := url.Values{"agreement": {id}, "told": {"status", "name"}, "way": {"page"}, "act": {page.NewAct(noon())}}
	if a := w.ask(lead, http.MethodPost, checked, show); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "No agreement is open") {
		t.Errorf("before it is approved: %d", a.status)
	}
	if a := w.ask(lead, http.MethodPost, "/agreements/"+id+"/approve", nil); a.status != http.StatusSeeOther {
		t.Fatalf("approve: %d", a.status)
	}
	w.see(lead, checked, []string{"Made-up Auditor", "How things stand", `name="act"`}, "The name in use", "As a file")
	if a := w.ask(lead, http.MethodPost, checked, show); a.status != http.StatusOK || !strings.Contains(a.body, "42 CFR 2.53(f)") {
		t.Errorf("show: %d %s", a.status, a.body)
	}
	w.pressedAgain(lead, checked, show)
	w.see(person, "/mine", []string{"Made-up Auditor", "How things stand", "You were not asked: the law lets us show this"})
	w.see(admin, "/agreements", []string{"<summary>End it now</summary>", "Yes, end it"})
	if a := w.ask(admin, http.MethodPost, "/agreements/"+id+"/end", nil); a.status != http.StatusSeeOther {
		t.Fatalf("end: %d", a.status)
	}
	if a := w.ask(lead, http.MethodPost, checked, show); a.status != http.StatusUnprocessableEntity {
		t.Errorf("after its end: %d", a.status)
	}
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		lines, err := w.a.Door.Accounting(tx, ref.Person(w.ids["here"]["person"]), "all")
		if len(lines) != 1 || lines[0].Basis != disclose.ByAudit {
			t.Errorf("account: %+v", lines)
		}
		return err
	}))
}

// pressedAgain: the same form shows the same once more and tells nothing anew;
// with other words it is refused.
func (w *town) pressedAgain(lead guest, checked string, show url.Values) {
	w.Helper()
	if a := w.ask(lead, http.MethodPost, checked, show); a.status != http.StatusOK || !strings.Contains(a.body, "42 CFR 2.53(f)") {
		w.Errorf("pressed twice: %d %s", a.status, a.body)
	}
	other := maps.Clone(show)
	other["way"] = []string{"spoken"}
	if a := w.ask(lead, http.MethodPost, checked, other); a.status != http.StatusConflict {
		w.Errorf("the same form with other words: %d %s", a.status, a.body)
	}
}

// Where another law binds, the page says why nothing can be written down.
func TestAnAgreementUnderAnotherLaw(t *testing.T) {
	w := newTown(t)
	admin := w.guest("here", access.Administrator, own)
	w.must(w.a.Tenants.Rule(w.operator("here"), w.orgs["here"].ID, "hipaa", "We take no federal money, made up for this test."))
	if a := w.ask(admin, http.MethodPost, "/agreements/new", agreedForm()); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Only Part 2 has this rule") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// lacksPromises asks for an agreement whose paper promises too little: what is
// missing is named, and nothing that is there. The form says of neither list
// that it can be skipped.
func (w *town) lacksPromises(admin guest) {
	w.Helper()
	form := agreedForm()
	form.Set("kind", "research")
	form.Set("ground", "board")
	a := w.ask(admin, http.MethodPost, "/agreements/new", form)
	_, says, _ := strings.Cut(a.body, "The paper must promise this too: ")
	says, _, _ = strings.Cut(says, "<")
	if a.status != http.StatusUnprocessableEntity || !strings.Contains(says, "Keeps records as long") || !strings.Contains(says, "Names nobody in a report") ||
		strings.Contains(says, "Uses it for this alone") {
		w.Errorf("%d %q", a.status, says)
	}
	if strings.Contains(w.see(admin, "/agreements", []string{"What the paper promises"}), "you can skip this") {
		w.Error("the form says that something can be skipped")
	}
}
