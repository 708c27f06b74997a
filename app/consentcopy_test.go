package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/page"
)

// titles are what a copy is called in each language.
func titles() map[string]string {
	return map[string]string{"en": "Your copy", "es": "Su copia", "ar": "نسختك"}
}

// The copy that a worker prints is in the language in which the person read it or heard
// it; where that was none of ours, or it was not read yet, in one that they speak. It
// speaks to them, and there is a way to the other languages.
func TestACopyOpensInThePersonsLanguage(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	person := w.ids["here"]["person"]
	for _, c := range []struct{ speaks, read, want string }{
		{"", "es", "es"}, {"es", "ar", "ar"}, {"fr ar", "other", "ar"}, {"fr", "other", "en"}, {"es", "", "es"},
	} {
		w.speaks(ref.Person(person), c.speaks)
		which := w.ids["here"]["consent"] // an early one, that was not read yet
		if c.read != "" {
			f := asked(w, w.ids["here"]["service"])
			f.Set("language", c.read)
			w.a.Clock.(*clock.Fake).Add(time.Second)
			f.Set("act", page.NewAct(w.a.Clock.Now()))
			which = f.Get("act")
			if a := w.ask(g, http.MethodPost, "/consents/"+person+"/new", f); a.status != http.StatusSeeOther {
				t.Fatalf("%+v: %d", c, a.status)
			}
		}
		path := "/consents/" + person + "/" + which + "/copy"
		says := []string{`<div lang="` + c.want + `"`, titles()[c.want]}
		for _, l := range []string{"en", "es", "ar"} {
			if l != c.want {
				says = append(says, path+"?in="+l)
			}
			w.see(g, path+"?in="+l, []string{`<div lang="` + l + `"`, titles()[l]})
		}
		w.see(g, path, says, path+"?in="+c.want)
	}
}

func (w *town) speaks(person ref.Person, languages string) {
	w.Helper()
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		before, err := people.New().Find(tx, person)
		if err != nil {
			return err
		}
		after := before
		after.Languages = strings.Fields(languages)
		_, err = people.New().Update(tx, before, after)
		tx.Settle(string(person))
		return err
	}))
}

// Where a person reads what they allowed, it speaks to them, not of them, and says with
// what it ends when it ends with nothing but their word.
func TestWhatAPersonAllowedSpeaksToThem(t *testing.T) {
	w := newTown(t)
	me := w.person()
	act := page.NewAct(noon())
	form := url.Values{
		"act": {act}, "step": {"why"}, "recipient": {w.ids["here"]["service"]}, "what": {consent.Attendance}, "purpose": {"TREAT"},
		"days": {"30"}, "signed_as": {"Kittiwake"}, "age": {"yes"},
	}
	for _, step := range []string{"why", "sign"} {
		form.Set("step", step)
		a := w.ask(me, http.MethodPost, "/mine/allow", form)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `name="step" value="why"`) || strings.Count(a.body, "Proof that you came is given only when you ask for it.") != 2 || !strings.Contains(a.body, "At your own request") {
			t.Errorf("proof of coming, for care, from the page %s: %d", step, a.status)
		}
	}
	form.Set("purpose", "PATRQT")
	if a := w.ask(me, http.MethodPost, "/mine/allow", form); a.status != http.StatusSeeOther {
		t.Fatalf("signing: %d", a.status)
	}
	w.see(me, "/mine/consents/"+act+"/copy", []string{"At your own request", "You signed on a screen", "You read it"}, "They signed", "The person", "the person’s own")
	w.see(me, "/mine", []string{"At your own request"}, "the person’s own")
	w.see(me, "/mine/consents/"+act, []string{"At your own request"}, "the person’s own", "Taken back on")
	if a := w.ask(me, http.MethodPost, "/mine/consents/"+act+"/take-back", nil); a.status != http.StatusSeeOther {
		t.Fatalf("taken back: %d", a.status)
	}
	w.see(me, "/mine/consents/"+act, []string{"Taken back on"})
	peer := w.guest("here", access.Peer, own)
	open := asked(w, w.ids["here"]["service"])
	open.Set("days", "")
	if a := w.ask(peer, http.MethodPost, "/consents/"+w.ids["here"]["person"]+"/new", open); a.status != http.StatusSeeOther {
		t.Fatalf("without an end: %d", a.status)
	}
	for _, path := range []string{"/mine", "/mine/held", "/mine/consents/" + open.Get("act"), "/mine/consents/" + open.Get("act") + "/copy"} {
		w.see(me, path, []string{"When it is taken back"})
	}
	const other, all = "There is another yes for the same place or person.", "is told nothing more. What was told"
	pages := []string{"/mine", "/mine/consents/" + open.Get("act")}
	w.see(me, pages[1], []string{all}, other)
	narrow := asked(w, w.ids["here"]["service"])
	if a := w.ask(peer, http.MethodPost, "/consents/"+w.ids["here"]["person"]+"/new", narrow); a.status != http.StatusSeeOther {
		t.Fatalf("a second one: %d", a.status)
	}
	for _, path := range pages {
		w.see(me, path, []string{other}, all)
	}
	w.see(peer, "/consents/"+w.ids["here"]["person"], []string{other})
	if a := w.ask(me, http.MethodPost, "/mine/consents/"+narrow.Get("act")+"/take-back", nil); a.status != http.StatusSeeOther {
		t.Fatalf("the other one, taken back: %d", a.status)
	}
	for _, path := range pages {
		w.see(me, path, nil, other)
	}
}

// An early yes that is over says why it ended: because nobody read it back in time, or
// because it was read back and there was no yes. One that was read back, or taken back
// before, does not say that it could still end that way.
func TestALapsedYesSaysWhyItEnded(t *testing.T) {
	const still, unread, answered = "Ends unless it is read back by", "nobody read it back in time", "when it was read back and there was no yes"
	pages := func(w *town) []string {
		return []string{"/mine/held", "/mine", "/mine/consents/" + w.ids["here"]["consent"], "/mine/consents/" + w.ids["here"]["consent"] + "/copy"}
	}
	for name, c := range map[string]struct {
		before    func(w *town, one string)
		later     time.Duration
		says, not []string
	}{
		"a moment before":    {nil, consent.ReadBackBy - time.Microsecond, []string{still}, []string{unread, answered}},
		"nobody read it":     {nil, consent.ReadBackBy, []string{unread}, []string{still, answered}},
		"read back, and no":  {func(w *town, one string) { w.answered(one, "no") }, time.Hour, []string{answered}, []string{still, unread}},
		"read back, and yes": {func(w *town, one string) { w.answered(one, "yes") }, consent.ReadBackBy, []string{"Read back on"}, []string{still, unread, answered}},
		"taken back before": {func(w *town, one string) {
			w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error { return w.a.Consents.Revoke(tx, ref.Consent(one), consent.Spoken) }))
		}, consent.ReadBackBy, []string{"Taken back on"}, []string{still, unread, answered}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			if c.before != nil {
				c.before(w, w.ids["here"]["consent"])
			}
			w.a.Clock.(*clock.Fake).Add(c.later)
			me := w.person()
			for _, path := range pages(w) {
				w.see(me, path, nil, c.not...)
				if path != "/mine/held" && name == "read back, and yes" && !strings.HasSuffix(path, "/copy") {
					continue // when it was read back stands on the copy, and under what is held
				}
				w.see(me, path, c.says)
			}
			for path, text := range unzipped(t, []byte(w.ask(me, http.MethodPost, "/mine/take", url.Values{}).body)) {
				if path == "index.html" && !strings.Contains(text, c.says[0]) {
					t.Errorf("what is taken along does not say %q", c.says[0])
				}
			}
			if peer := w.guest("here", access.Peer, own); name == "nobody read it" {
				w.see(peer, "/consents/"+w.ids["here"]["person"], []string{unread}, still)
			}
		})
	}
}

// answered says on the worker's page what somebody said when it was read back to them.
func (w *town) answered(one, answer string) {
	w.Helper()
	path := "/consents/" + w.ids["here"]["person"] + "/" + one + "/read-back"
	if a := w.ask(w.guest("here", access.Peer, own), http.MethodPost, path, complete(answer)); a.status != http.StatusSeeOther {
		w.Fatalf("read back: %d", a.status)
	}
}
