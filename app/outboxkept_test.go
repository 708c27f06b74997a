package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/people"
	"alongside/platform/page"
)

// What came late says why it could not be taken. Its words stand in the form when
// it is written once more, and nothing is kept by looking. A step says what was
// pressed in words, and leads to its hand-off.
func TestWhatCameLateIsWrittenOnceMore(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	blue := walksWith(t, w.a, string(w.orgs["here"].ID), g.account, people.Person{Name: "Blue", Phone: "555-0100"})
	p, path := w.phone(g), "/walk/"+string(blue)+"/note"
	text := note("They texted of\nthe ferry.")
	text.Set("way", "text")
	text.Set("written", "1763000000000")
	p.send(g, path, text)
	empty := note("Nothing but words.")
	empty.Del("way")
	empty.Del("long")
	p.send(g, path, empty)
	h := w.ids["here"]["handoff"]
	p.send(g, "/handoff/"+h+"/meet", url.Values{"act": {page.NewAct(noon())}, "mode": {"room"}, "present": {"3"}})

	kept := w.see(g, "/kept", []string{"Why: ", "They did not choose texts", "the ferry", "Pick one", "Together in a room", "/handoff/" + h + `"`, "/walk/" + string(blue) + `"`})
	for _, never := range []string{"-1 min", ">room<", "· -"} {
		if strings.Contains(kept, never) {
			t.Errorf("/kept says %q", never)
		}
	}
	again := url.Values{"act": {page.NewAct(noon())}, page.LookField: {"yes"}, "way": {"text"}, "long": {"15"}, "note": {"They texted of\r\nthe ferry."}}
	got := w.ask(g, http.MethodPost, path, again)
	if got.status != http.StatusOK || !strings.Contains(got.body, "They texted of\nthe ferry.</textarea>") || strings.Contains(got.body, again.Get("act")) {
		t.Errorf("written once more: %d\n%s", got.status, got.body)
	}
	if got := w.see(g, "/walk/"+string(blue), nil); strings.Contains(got, "the ferry") {
		t.Error("a look keeps it")
	}
	part := "/walk/" + string(blue) + "/plan/part/matters"
	plan := url.Values{"act": {page.NewAct(noon())}, page.LookField: {"yes"}, "body": {"Herons."}}
	if got := w.ask(g, http.MethodPost, part, plan); got.status != http.StatusOK || !strings.Contains(got.body, "Herons.</textarea>") {
		t.Errorf("in the plan: %d", got.status)
	}
	if got := w.see(g, "/walk/"+string(blue)+"/plan", nil); strings.Contains(got, "Herons") {
		t.Error("a look writes in the plan")
	}
}

// What came late goes from the list only by who can read it, and not by one
// press; who can read it writes it into the person's story from there.
func TestWhoPutsAwayWhatCameLate(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	blue := walksWith(t, w.a, string(w.orgs["here"].ID), g.account, people.Person{Name: "Blue"})
	p, path, form := w.phone(g), "/walk/"+string(blue)+"/note", note("Likes the ferry.")
	_, err := w.a.Access.SetRoles(w.operator("here"), g.account, []string{access.Evaluator})
	w.must(err)
	p.send(g, path, form)
	cosmo, sol := w.guest("here", access.Coordinator, own), w.guest("here", access.Supervisor, own)
	if got := w.see(cosmo, "/kept", []string{"A supervisor can read it"}); strings.Contains(got, "/kept/placed") || strings.Contains(got, "/walk/") {
		t.Error("who cannot read it is offered to put it away, or led to the person")
	}
	put := url.Values{"item": {form.Get("act")}, "take": {"0"}}
	if got := w.ask(cosmo, http.MethodPost, "/kept/placed", put); got.status < 400 {
		t.Errorf("who cannot read it puts it away: %d", got.status)
	}
	w.see(sol, "/kept", []string{"Likes the ferry.", "Write it into their story", "<details", "Yes, it is done"})
	look := url.Values{"act": {page.NewAct(noon())}, page.LookField: {"yes"}, "way": {"call"}, "long": {"15"}, "note": {"Likes the ferry."}}
	if got := w.ask(sol, http.MethodPost, path, look); got.status != http.StatusOK || !strings.Contains(got.body, "Likes the ferry.</textarea>") {
		t.Errorf("a supervisor writes it into the story: %d", got.status)
	}
	if got := w.ask(sol, http.MethodPost, "/kept/placed", put); got.status != http.StatusSeeOther {
		t.Errorf("a supervisor says that it is done: %d", got.status)
	}
}
