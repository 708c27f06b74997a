package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// Alone, on their own phone, one thing at a time: what cannot be kept private is
// read before anything is asked, a skipped page is asked again, a double press
// is one consent, and nothing that was chosen stands in an address.
func TestAPersonAllowsSomethingAlone(t *testing.T) {
	w := newTown(t)
	g := w.person()
	service := w.ids["here"]["service"]
	w.see(g, "/mine/allow", []string{"What we cannot keep to ourselves", "A judge can order us", "Step 1 of 7"}, "Who may be told?", "A law can make us tell")
	form := url.Values{"act": {page.NewAct(noon())}, "step": {"know"}}
	for _, s := range []struct {
		step, asks string
		adds       url.Values
	}{
		{"who", "Who may be told?", url.Values{"recipient": {service}}},
		{"what", "What may they know?", url.Values{"what": {consent.Name, consent.Status}}},
		{"touch", "Also when it touches on this?", nil},
		{"why", "What for?", url.Values{"purpose": {scope.Treatment}}},
		{"until", "For how long?", url.Values{"days": {"30"}}},
		{"sign", "Sign with your name", url.Values{"signed_as": {"Kittiwake"}, "age": {"yes"}}},
	} {
		a := w.ask(g, http.MethodPost, "/mine/allow", form)
		if a.status != http.StatusOK || !strings.Contains(a.body, s.asks) || a.header.Get("Cache-Control") != "no-store" {
			t.Fatalf("before %s: %d", s.step, a.status)
		}
		if form.Set("step", s.step); s.adds != nil {
			w.again(g, form, s.step)
		}
		for k, v := range s.adds {
			form[k] = v
		}
	}
	w.allowed(false, service, "before they signed")
	for range 2 {
		a := w.ask(g, http.MethodPost, "/mine/allow", form)
		if a.status != http.StatusSeeOther || !regexp.MustCompile(`^/mine/consents/\w{26}/copy$`).MatchString(a.header.Get("Location")) {
			t.Fatalf("signing: %d %v", a.status, a.header)
		}
		w.see(g, a.header.Get("Location"), []string{"Your copy", "Kittiwake", "Zanzibarquay Clinic", "You can take this back at any time", "Zanzibarquay Org"})
	}
	w.allowed(true, service, "after it")
	if n := len(regexp.MustCompile(`href="/mine/consents/\w{26}"`).FindAllString(w.see(g, "/mine", nil), -1)); n != 2 { // one was there before
		t.Errorf("%d consents", n)
	}
}

// again: a page whose answer is missing is shown once more, in words.
func (w *town) again(g guest, form url.Values, step string) {
	w.Helper()
	a := w.ask(g, http.MethodPost, "/mine/allow", form)
	if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `value="`+step+`"`) {
		w.Errorf("%s left out: %d", step, a.status)
	}
}

func (w *town) allowed(want bool, recipient, when string) {
	w.Helper()
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		got, err := w.a.Consents.Covers(tx, consent.Ask{
			Person: ref.Person(w.ids["here"]["person"]), Recipient: ref.Recipient(recipient), Purpose: scope.Treatment, What: []string{consent.Name, consent.Status},
		})
		if got != want {
			w.Errorf("%s: %v", when, got)
		}
		return err
	}))
}

// What another organisation's list holds, what nobody offers, and a counsellor's
// notes cannot be slipped into the form.
func TestTheWizardTakesOnlyWhatItOffers(t *testing.T) {
	w := newTown(t)
	g := w.person()
	whole := url.Values{
		"act": {page.NewAct(noon())}, "step": {"sign"}, "recipient": {w.ids["here"]["service"]}, "what": {consent.Name},
		"purpose": {scope.Treatment}, "days": {"30"}, "signed_as": {"K"}, "age": {"yes"},
	}
	for name, bad := range map[string]url.Values{
		"another's recipient": {"recipient": {w.ids["there"]["service"]}}, "a counsellor's notes": {"what": {consent.Counsel}},
		"research": {"purpose": {scope.Research}}, "for good": {"days": {"9999"}}, "no name": {"signed_as": {" "}}, "a name that nobody sees": {"signed_as": {"\u200b \u3164\u00ad"}},
		"no age": {"age": {""}}, "not of age": {"age": {"not-yet"}}, "a label nobody knows": {"labels": {"XYZ"}},
	} {
		form := url.Values{}
		for k, v := range whole {
			form[k] = v
		}
		for k, v := range bad {
			form[k] = v
		}
		if a := w.ask(g, http.MethodPost, "/mine/allow", form); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	w.allowed(false, w.ids["here"]["service"], "after all that")
}

// A worker sees what cannot be kept private before they ask, prints the copy,
// ends a consent when its event came, and notes who treats the person.
func TestAWorkerEndsCopiesAndNotes(t *testing.T) {
	w := newTown(t)
	peer, person := w.guest("here", access.Peer, own), w.ids["here"]["person"]
	w.see(peer, "/consents/"+person+"/new", []string{"What we cannot keep to ourselves", "A judge can order us"})
	service := w.ids["here"]["service"]
	var byEvent consent.Consent
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) (err error) {
		byEvent, err = w.a.Consents.Give(tx, consent.Consent{
			Person: ref.Person(person), RecipientKind: consent.ByClass, Class: consent.Provider, What: []string{consent.Name, consent.Status}, Purpose: scope.Treatment,
			UntilEvent: "arrived", How: consent.Signed, SignedAs: "Kittiwake", Language: "en", Rights: consent.Read, Warned: true, Copied: "paper",
		})
		return err
	}))
	w.allowed(false, service, "nobody noted that it treats them")
	path := "/consents/" + person
	if a := w.ask(peer, http.MethodPost, path+"/treats", url.Values{"recipient": {service}}); a.status != http.StatusSeeOther {
		t.Fatalf("treats: %d", a.status)
	}
	w.allowed(true, service, "noted as theirs")
	w.see(peer, path+"/"+string(byEvent.ID)+"/copy", []string{"Your copy", "Kittiwake", "When I have arrived there"})
	w.see(peer, path, []string{"It has come: "})
	if a := w.ask(peer, http.MethodPost, path+"/"+string(byEvent.ID)+"/end", nil); a.status != http.StatusSeeOther {
		t.Fatalf("end: %d", a.status)
	}
	w.allowed(false, service, "the event came")
}
