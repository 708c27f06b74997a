package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// A yes that is only spoken is offered where the law takes one for that purpose, and
// nowhere else: on the form beside the person and at the bedside. Where it is not
// offered, the page says what can be done instead.
func TestAloudIsOfferedWhereTheLawTakesIt(t *testing.T) {
	w := newTown(t)
	peer := w.guest("here", access.Peer, own)
	bedside := "/handoff/" + string(w.besideSomeone(peer.account))
	for _, c := range []struct {
		law, purpose string
		form, beside bool
	}{
		{tenant.Part2, scope.Treatment, false, false},
		{tenant.HIPAAOnly, scope.Treatment, true, true},
		{tenant.HIPAAOnly, scope.Research, false, true},
		{tenant.GDPR, scope.Research, true, true},
	} {
		w.must(w.a.Tenants.Rule(w.operator("here"), w.orgs["here"].ID, c.law, "A made-up reason for a made-up town."))
		f := asked(w, w.ids["here"]["service"])
		f.Set("purpose", c.purpose)
		f.Set("step", "rights")
		form := w.ask(peer, http.MethodPost, "/consents/"+w.ids["here"]["person"]+"/new", f)
		if form.status != http.StatusOK || !strings.Contains(form.body, `name="step" value="sign"`) {
			t.Fatalf("%s, %s: %d", c.law, c.purpose, form.status)
		}
		for where, shown := range map[string]string{"the form": form.body, "the bedside": w.see(peer, bedside, []string{"How did they say yes?"})} {
			want := where == "the form" && c.form || where == "the bedside" && c.beside
			if got := strings.Contains(shown, `value="spoken"`); got != want {
				t.Errorf("under %s, for %s, %s offers aloud: %v", c.law, c.purpose, where, got)
			}
			if said := strings.Contains(shown, "The law here asks them to sign"); said == want {
				t.Errorf("under %s, for %s, %s says that they have to sign: %v", c.law, c.purpose, where, said)
			}
		}
	}
}

// besideSomeone is a hand-off of somebody whom a peer has met.
func (w *town) besideSomeone(peer ref.Account) ref.Handoff {
	w.Helper()
	h := w.walked(ref.Site(w.ids["here"]["site"]), peer)
	as := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(peer), Role: access.Peer, Purpose: scope.Treatment})
	for _, step := range []string{handoff.StepSetOut, handoff.StepMeet} {
		w.must(w.a.Handoffs.Take(as, h, step, handoff.Input{Act: id.New(w.a.Clock.Now())}))
	}
	return h
}

// What a page lacks is said beside the question that lacks it, in words for that
// question, and of nothing that was not asked yet.
func TestEachPageSaysWhatItLacks(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	form := "/consents/" + w.ids["here"]["person"] + "/new"
	for name, c := range map[string]struct {
		step      string
		change    url.Values
		says, not string
	}{
		"nobody is picked":       {"who", url.Values{"recipient_kind": nil, "recipient": nil}, "Pick who may be told.", "Say who agreed"},
		"one, but not which":     {"who", url.Values{"recipient": nil}, "Pick which one may be told.", "Say who agreed"},
		"no purpose and no end":  {"why", url.Values{"purpose": nil, "days": nil}, "Pick what it is for.", "For this purpose"},
		"research without end":   {"why", url.Values{"purpose": {scope.Research}, "days": nil}, "For this purpose, say when it ends: after some days, or with something.", "Pick what it is for."},
		"an end of both sorts":   {"why", url.Values{"until_event": {"arrived"}}, "It can end after some days or with something, not both.", "say when it ends"},
		"no name to sign with":   {"sign", url.Values{"signed_as": nil}, "Write the name they sign with.", "on the paper."},
		"who signs for them not": {"sign", url.Values{"signer": {"guardian"}, "signer_why": {"A judge said so."}}, "Write the name of who signs.", "Say why"},
	} {
		f := asked(w, w.ids["here"]["service"])
		f.Set("step", c.step)
		for k, v := range c.change {
			f[k] = v
		}
		a := w.ask(g, http.MethodPost, form, f)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `name="step" value="`+c.step+`"`) {
			t.Errorf("%s: %d", name, a.status)
		}
		if strings.Count(a.body, c.says) != 2 || strings.Contains(a.body, c.not) {
			t.Errorf("%s: says %q %d times, %q %v", name, c.says, strings.Count(a.body, c.says), c.not, strings.Contains(a.body, c.not))
		}
	}
}

// An answer that another answer made void is not on the consent: the kind of those who
// may be told where one is named, where a paper is kept that nobody signed, who signs
// for somebody who signs alone. And an end that was picked can be let go of.
func TestAnAnswerMakesWayForAnother(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	form := "/consents/" + w.ids["here"]["person"]
	f := asked(w, w.ids["here"]["service"])
	for k, v := range map[string]string{"class": "plan", "how": "signed", "paper": "blue folder", "signer_name": "Aunt Made-Up", "signer_why": "A judge said so.", "until_event": ""} {
		f.Set(k, v)
	}
	if a := w.ask(g, http.MethodPost, form+"/new", f); a.status != http.StatusSeeOther {
		t.Fatalf("%d %s", a.status, a.body)
	}
	w.see(g, form+"/"+f.Get("act")+"/copy?in=en", []string{"Zanzibarquay Clinic"}, "My health plan", "blue folder", "Aunt Made-Up", "A judge said so.")
	f.Set("step", "rights")
	f.Set("go", "back")
	a := w.ask(g, http.MethodPost, form+"/new", f)
	if !strings.Contains(a.body, `name="until_event" value=""`) {
		t.Errorf("an end with something cannot be let go of: %s", a.body)
	}
}

// A go-between is named with those behind it, each on the page and on the copy; without
// them it is refused where they are asked for. A counsellor's notes are agreed to by
// themselves: with anything else they are refused, where both were ticked.
func TestAGoBetweenAndACounsellorsNotesOnAPage(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	path := "/consents/" + w.ids["here"]["person"]
	f := asked(w, w.ids["here"]["service"])
	if first := w.ask(g, http.MethodPost, path+"/new", url.Values{"act": f["act"], "step": {"know"}}); strings.Contains(first.body, "A go-between") {
		t.Error("a go-between is offered where there is none")
	}
	between, behind := w.goBetween()
	f.Set("recipient_kind", "intermediary")
	f.Set("recipient", between)
	f.Set("step", "who")
	if a := w.ask(g, http.MethodPost, path+"/new", f); a.status != http.StatusUnprocessableEntity || strings.Count(a.body, "Name those behind the go-between") != 2 || !strings.Contains(a.body, `name="members" value="`+behind+`"`) {
		t.Errorf("nobody behind it: %d", a.status)
	}
	f.Set("members", behind)
	f.Set("recipient", w.ids["here"]["service"])
	if a := w.ask(g, http.MethodPost, path+"/new", f); a.status != http.StatusUnprocessableEntity || strings.Count(a.body, "This one does not pass things on.") != 2 {
		t.Errorf("a clinic as a go-between: %d", a.status)
	}
	f.Set("recipient", between)
	f["members"] = []string{behind, w.recipient(consent.Recipient{Kind: consent.Kin, Name: "Made-Up Sister"})}
	if a := w.ask(g, http.MethodPost, path+"/new", f); a.status != http.StatusUnprocessableEntity || strings.Count(a.body, "One of these is not reached") != 2 || !strings.Contains(a.body, `href="#f-members"`) {
		t.Errorf("a friend behind a go-between: %d", a.status)
	}
	f.Set("members", behind)
	f.Set("step", "sign")
	if a := w.ask(g, http.MethodPost, path+"/new", f); a.status != http.StatusSeeOther {
		t.Fatalf("a go-between: %d %s", a.status, a.body)
	}
	w.see(g, path+"/"+f.Get("act")+"/copy?in=en", []string{"Made-Up Exchange", "And those behind it", "Zanzibarquay Ward"}, "One, by name")
	w.see(g, path, []string{"Made-Up Exchange", "Zanzibarquay Ward"})

	notes := asked(w, w.ids["here"]["service"])
	notes["what"] = []string{consent.Counsel, consent.Plan}
	for _, step := range []string{"what", "sign"} {
		notes.Set("step", step)
		a := w.ask(g, http.MethodPost, path+"/new", notes)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `name="step" value="what"`) || strings.Count(a.body, "own notes need a consent of their own") != 2 {
			t.Errorf("notes with the plan, from the page %s: %d", step, a.status)
		}
	}
	notes["what"] = []string{consent.Counsel}
	notes.Set("act", page.NewAct(noon().Add(time.Minute)))
	if a := w.ask(g, http.MethodPost, path+"/new", notes); a.status != http.StatusSeeOther {
		t.Fatalf("notes alone: %d", a.status)
	}
	if c := w.consentOf(notes.Get("act")); c.Sort != consent.Notes {
		t.Errorf("a consent of its own: %q", c.Sort)
	}
}

// The page of somebody one walks with leads to what they allowed. A tablet by which
// people ask is nobody who could be told.
func TestWhatSomebodyAllowedIsFoundAndATabletIsNobody(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	path := "/consents/" + w.ids["here"]["person"]
	w.see(g, "/walk/"+w.ids["here"]["person"], []string{`href="` + path + `"`})
	_, _, err := w.a.Handoffs.AddSite(w.operator("here"), handoff.Site{Name: "Tablet in the hall", Door: handoff.DoorTablet})
	w.must(err)
	w.see(g, path, []string{"Zanzibarquay Clinic"}, "Tablet in the hall")
	if a := w.ask(g, http.MethodPost, path+"/new", url.Values{"act": {page.NewAct(noon())}, "step": {"know"}}); !strings.Contains(a.body, "Zanzibarquay Clinic") || strings.Contains(a.body, "Tablet in the hall") {
		t.Errorf("who may be told: %d", a.status)
	}
}

// Only one who treats people is taken for one who treats this person.
func TestAFriendTreatsNobody(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	path := "/consents/" + w.ids["here"]["person"] + "/treats"
	for want, who := range map[int]string{
		http.StatusNotFound: w.recipient(consent.Recipient{Kind: consent.Kin, Name: "Made-Up Sister"}),
		http.StatusSeeOther: w.recipient(consent.Recipient{Kind: consent.Provider, Name: "Zanzibarquay Ward"}),
	} {
		if a := w.ask(g, http.MethodPost, path, url.Values{"recipient": {who}, "act": {page.NewAct(noon())}}); a.status != want {
			t.Errorf("%d, want %d", a.status, want)
		}
	}
}

// goBetween is one who passes on, and somebody behind them.
func (w *town) goBetween() (between, behind string) {
	w.Helper()
	between = w.recipient(consent.Recipient{Kind: consent.Intermediary, Name: "Made-Up Exchange"})
	return between, w.recipient(consent.Recipient{Kind: consent.Provider, Name: "Zanzibarquay Ward", Via: ref.Recipient(between)})
}

func (w *town) recipient(r consent.Recipient) string {
	w.Helper()
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) (err error) {
		r, err = w.a.Consents.AddRecipient(tx, r)
		return err
	}))
	return string(r.ID)
}
