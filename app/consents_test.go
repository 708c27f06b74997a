package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// complete is the form on which a consent is read back, filled in.
func complete(answer string) url.Values {
	return url.Values{
		"answer": {answer}, "signed_as": {"Rene Made-Up"}, "how": {"paper"}, "paper": {"blue folder"}, "language": {"es"},
		"rights": {"heard"}, "warned": {"1"}, "copied": {"paper"},
	}
}

func (w *town) inForce(want bool, when string) {
	w.Helper()
	c := w.consentOf(w.ids["here"]["consent"])
	w.must(w.a.DB.Read(w.operator("here"), func(tx *db.Tx) error {
		got, err := w.a.Consents.Covers(tx, consent.Ask{Person: c.Person, Recipient: c.Recipient, Purpose: scope.Treatment, What: []string{consent.Name}})
		if got != want {
			w.Errorf("%s: in force %v", when, got)
		}
		return err
	}))
}

func (w *town) consentOf(id string) (c consent.Consent) {
	w.Helper()
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		var err error
		if c, err = w.a.Consents.One(tx, ref.Consent(id)); err == nil {
			tx.Settle(string(c.Person))
		}
		return err
	}))
	return c
}

// A peer reads a consent back: what is missing is named, a yes makes it whole,
// and a word takes it back.
func TestReadingBackOnAPage(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	ofPerson := "/consents/" + w.ids["here"]["person"]
	form := ofPerson + "/" + w.ids["here"]["consent"] + "/read-back"
	waiting := w.ask(g, http.MethodGet, "/consents", nil)
	if !strings.Contains(waiting.body, form) || !strings.Contains(waiting.body, "Zanzibarquay Clinic") {
		t.Errorf("what waits: %s", waiting.body)
	}
	part := complete("yes")
	part.Del("copied")
	if a := w.ask(g, http.MethodPost, form, part); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Give them a copy") || !strings.Contains(a.body, "blue folder") {
		t.Errorf("without a copy: %d %s", a.status, a.body)
	}
	unseen := complete("yes")
	unseen.Set("signed_as", "\u2060\u115f")
	if a := w.ask(g, http.MethodPost, form, unseen); a.status != http.StatusUnprocessableEntity {
		t.Errorf("signed with a name that nobody sees: %d", a.status)
	}
	if a := w.ask(g, http.MethodPost, form, complete("yes")); a.status != http.StatusSeeOther {
		t.Errorf("a yes: %d %s", a.status, a.body)
	}
	w.a.Clock.(*clock.Fake).Add(8 * 24 * time.Hour)
	w.inForce(true, "a week later")
	g = w.guest("here", access.Peer, own)
	if a := w.ask(g, http.MethodGet, form, nil); a.status != http.StatusNotFound {
		t.Errorf("the form once it was read back: %d", a.status)
	}
	if a := w.ask(g, http.MethodPost, strings.Replace(form, "read-back", "take-back", 1), nil); a.status != http.StatusSeeOther {
		t.Errorf("taken back: %d", a.status)
	}
	w.inForce(false, "taken back")
	if a := w.ask(g, http.MethodGet, ofPerson, nil); !strings.Contains(a.body, "Taken back") || strings.Contains(a.body, "Rene Made-Up") {
		t.Errorf("the person's page: %s", a.body)
	}
}

// A no lets it lapse at once, whatever else the form says.
func TestReadingBackAndNoOnAPage(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	form := "/consents/" + w.ids["here"]["person"] + "/" + w.ids["here"]["consent"] + "/read-back"
	w.inForce(true, "before")
	if a := w.ask(g, http.MethodPost, form, complete("no")); a.status != http.StatusSeeOther {
		t.Errorf("a no: %d", a.status)
	}
	w.inForce(false, "after a no")
	if a := w.ask(g, http.MethodGet, "/consents", nil); strings.Contains(a.body, form) {
		t.Error("it still waits")
	}
}

// asked is a whole consent as the form sends it.
func asked(w *town, recipient string) url.Values {
	f := complete("")
	f.Del("answer")
	for k, v := range map[string]string{
		"act": page.NewAct(noon()), "recipient_kind": "named", "recipient": recipient, "what": "plan", "labels": "SUD",
		"purpose": "TREAT", "days": "30", "signer": "self", "step": "sign",
	} {
		f.Set(k, v)
	}
	return f
}

// throughSteps goes through the pages one by one, and back again: each asks its own,
// what was answered is not lost, nothing is kept and no address says any of it.
func (w *town) throughSteps(g guest, form, recipient string) {
	w.Helper()
	w.see(g, form, []string{"step 1 of 6", "What we cannot keep to ourselves"}, "Who may be told", "Yellowmarsh")
	f := url.Values{"act": {page.NewAct(noon())}, "step": {"know"}}
	whole := asked(w, recipient)
	for _, s := range []struct {
		step, asks string
		fields     []string
	}{
		{"who", "Zanzibarquay Clinic", []string{"recipient_kind", "recipient"}},
		{"what", "What may be told", []string{"what", "labels"}},
		{"why", "Ends after (days)", []string{"purpose", "days"}},
		{"rights", "What to know before you sign", []string{"language", "rights", "warned"}},
		{"sign", "Who signs", nil},
	} {
		a := w.ask(g, http.MethodPost, form, f)
		if a.status != http.StatusOK || !strings.Contains(a.body, s.asks) || !strings.Contains(a.body, `name="step" value="`+s.step+`"`) {
			w.Fatalf("%s: %d %s", s.step, a.status, a.body)
		}
		if f.Set("step", s.step); s.fields != nil && s.step != "rights" {
			w.reasked(g, form, f, s.step)
		}
		for _, name := range s.fields {
			f[name] = whole[name]
		}
	}
	f.Set("go", "back")
	for _, step := range []string{"rights", "why", "what", "who", "know"} {
		a := w.ask(g, http.MethodPost, form, f)
		if a.status != http.StatusOK || !strings.Contains(a.body, `name="step" value="`+step+`"`) || !strings.Contains(a.body, `value="`+recipient+`"`) || !strings.Contains(a.body, `value="30"`) {
			w.Errorf("back to %s: %d", step, a.status)
		}
		f.Set("step", step)
	}
	w.see(g, "/consents/"+w.ids["here"]["person"], nil, "The plan")
}

// reasked: a page whose answer is missing is shown once more, in words.
func (w *town) reasked(g guest, form string, f url.Values, step string) {
	w.Helper()
	if a := w.ask(g, http.MethodPost, form, f); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `name="step" value="`+step+`"`) {
		w.Errorf("%s left out: %d", step, a.status)
	}
}

// Another language in the middle: the same page again, in it, with what was
// answered here and before, and nothing is taken.
func TestAnotherLanguageKeepsWhatWasSaid(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	form := "/consents/" + w.ids["here"]["person"] + "/new"
	f := asked(w, string(w.consentOf(w.ids["here"]["consent"]).Recipient))
	f.Set("step", "why")
	for query, words := range map[string]string{"?lang=es": "Para qué es y cuándo termina.", "?theme=dark": `data-theme="dark"`} {
		a := w.ask(g, http.MethodPost, form+query, f)
		for _, want := range []string{words, `name="step" value="why"`, `value="` + f.Get("recipient") + `"`, `value="30"`, `name="act" value="` + f.Get("act") + `"`, `form="wizard" formaction="?lang=ar"`} {
			if a.status != http.StatusOK || !strings.Contains(a.body, want) {
				t.Errorf("%s: %d, no %s", query, a.status, want)
			}
		}
	}
	w.see(g, "/consents/"+w.ids["here"]["person"], nil, "The plan")
}

// A consent is written down beside the person: what is missing is named and
// nothing that was typed is gone; the same form twice is one consent.
func TestAConsentIsWrittenDownOnAPage(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	form := "/consents/" + w.ids["here"]["person"] + "/new"
	recipient := string(w.consentOf(w.ids["here"]["consent"]).Recipient)
	w.throughSteps(g, form, recipient)
	for field, say := range map[string]string{"rights": "take it back", "copied": "Give them a copy", "what": "Pick at least one thing that may be told.", "days": "number of days"} {
		f := asked(w, recipient)
		f.Set(field, "")
		if field == "days" {
			f.Set(field, "soon")
		}
		if a := w.ask(g, http.MethodPost, form, f); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, say) || !strings.Contains(a.body, "blue folder") {
			t.Errorf("without %s: %d\n%s", field, a.status, a.body)
		}
	}
	f := asked(w, recipient)
	f.Set("how", "spoken")
	if a := w.ask(g, http.MethodPost, form, f); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "asks them to sign") {
		t.Errorf("only spoken, under Part 2: %d", a.status)
	}
	f = asked(w, recipient)
	f.Del("how")
	f.Del("copied")
	if a := w.ask(g, http.MethodPost, form, f); strings.Count(a.body, "Pick how they said so.") < 2 || strings.Count(a.body, "Give them a copy, and say how.") < 2 {
		t.Errorf("what is missing on one page is not said at once, above and beside it: %d", a.status)
	}
	f = asked(w, recipient)
	for range 2 {
		if a := w.ask(g, http.MethodPost, form, f); a.status != http.StatusSeeOther {
			t.Errorf("whole: %d %s", a.status, a.body)
		}
	}
	w.see(g, "/consents/"+w.ids["here"]["person"]+"/"+f.Get("act")+"/copy", []string{"Su copia", "Rene Made-Up", "/consents/" + w.ids["here"]["person"]})
	list := w.see(g, "/consents/"+w.ids["here"]["person"], []string{"The plan"}, "blue folder")
	if n := strings.Count(list, "The plan"); n != 1 {
		t.Errorf("the same form twice made %d", n)
	}
	if a := w.ask(g, http.MethodPost, "/consents/06ekxdz75a07ae0gphtzmmmkv4/new", asked(w, recipient)); a.status != http.StatusNotFound {
		t.Errorf("for someone who is not here: %d", a.status)
	}
}

// Wherever what was allowed is shown, it says to whom: on the worker's pages and
// copy, under what is held, and in what is taken along.
func TestAConsentSaysToWhom(t *testing.T) {
	w := newTown(t)
	peer, me := w.guest("here", access.Peer, own), w.person()
	ofPerson := "/consents/" + w.ids["here"]["person"]
	whom := w.ids["here"]["consent"]
	for path, g := range map[string]guest{
		ofPerson: peer, ofPerson + "/" + whom + "/copy": peer, "/mine": me, "/mine/consents/" + whom: me, "/mine/held": me,
	} {
		w.see(g, path, []string{"Who may be told", "Zanzibarquay Clinic"}, "One, by name")
	}
	a := w.ask(me, http.MethodPost, "/mine/take", url.Values{})
	for name, text := range unzipped(t, []byte(a.body)) {
		if strings.Contains(text, "One, by name") || name == "index.html" && !strings.Contains(text, "Zanzibarquay Clinic") {
			t.Errorf("%s leaves out whom: %s", name, text)
		}
	}
}
