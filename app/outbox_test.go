package app

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/page"
	"alongside/platform/scope"
	"alongside/platform/seal/sealtest"
)

// phone is a phone's outbox without a browser around it.
type phone struct {
	w    *town
	g    guest
	user string
	key  []byte
	slip string
}

func (w *town) phone(g guest) phone {
	w.Helper()
	var k struct {
		User, Slip string
		Key        []byte
	}
	a := w.ask(g, http.MethodGet, "/outbox/key", nil)
	w.must(json.Unmarshal([]byte(a.body), &k))
	return phone{w, g, k.User, k.Key, k.Slip}
}

// send sends a form as it was locked on the phone, with a cookie or none.
func (p phone) send(g guest, path string, form url.Values) answer {
	p.w.Helper()
	act := form.Get(page.ActField)
	box := sealtest.Box(p.w, p.key, act+" "+p.user, []byte(path+"\n"+form.Encode()))
	body, err := json.Marshal(map[string]any{"id": act, "slip": p.slip, "box": box})
	p.w.must(err)
	return p.post(g, body)
}

// post sends what a phone's script sends.
func (p phone) post(g guest, body []byte) answer {
	p.w.Helper()
	r, err := http.NewRequestWithContext(p.w.Context(), http.MethodPost, p.w.url+"/outbox", bytes.NewReader(body))
	p.w.must(err)
	if g.cookie != "" {
		r.AddCookie(&http.Cookie{Name: "__Host-alongside", Value: g.cookie})
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	p.w.must(err)
	defer res.Body.Close()
	said, err := io.ReadAll(res.Body)
	p.w.must(err)
	return answer{status: res.StatusCode, body: string(said)}
}

func note(words string) url.Values {
	return url.Values{"act": {page.NewAct(noon())}, "way": {"call"}, "long": {"15"}, "note": {words}}
}

// With the program's own pages: a note, a step, what may not wait, and a role
// that is taken away before the phone finds a network.
func TestWhatWasWrittenWithoutANetwork(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	person := ref.Person(w.ids["here"]["person"])
	w.must(w.a.DB.Write(scope.With(t.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(g.account), Role: access.Peer, Purpose: scope.Treatment}),
		func(tx *db.Tx) error { return w.a.Day.Begin(tx, person, g.account) }))
	p, path := w.phone(g), "/walk/"+string(person)+"/note"

	form := note("Kestrels over the yard.")
	for n := range 10 {
		if a := p.send(g, path, form); a.status != http.StatusOK || !strings.Contains(a.body, "taken") {
			t.Fatalf("number %d: %d %s", n, a.status, a.body)
		}
	}
	w.see(g, "/walk/"+string(person), []string{"Kestrels over the yard."}, "Yellowmarsh")
	other := note("Kites over the yard.")
	other.Set("act", form.Get("act"))
	if a := p.send(g, path, other); a.status != http.StatusConflict {
		t.Errorf("other words under the id: %d %s", a.status, a.body)
	}
	w.see(g, "/kept", []string{"Kites over the yard.", "sent twice"})

	step := url.Values{"act": {page.NewAct(noon())}}
	if a := p.send(g, "/handoff/"+w.ids["here"]["handoff"]+"/acknowledge", step); a.status != http.StatusOK {
		t.Errorf("a step: %d %s", a.status, a.body)
	}
	if a := p.send(g, "/account/password", note("")); a.status != http.StatusUnprocessableEntity {
		t.Errorf("what may not be sent later: %d %s", a.status, a.body)
	}
	text := note("They texted.")
	text.Set("way", "text")
	if a := p.send(g, path, text); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "needs") {
		t.Errorf("a way that was not chosen: %d %s", a.status, a.body)
	}
	w.see(g, "/today", []string{"wrote without a network"})

	if a := p.send(w.guest("here", access.Peer, own), path, note("Not mine.")); a.status != http.StatusNotFound {
		t.Errorf("a colleague on the same phone: %d", a.status)
	}
	if a := p.send(w.guest("there", access.Peer, own), path, note("Not ours.")); a.status != http.StatusNotFound {
		t.Errorf("another organisation: %d", a.status)
	}
	if a := p.send(guest{}, path, note("Later.")); a.status != http.StatusUnauthorized {
		t.Errorf("signed out: %d", a.status)
	}
	_, err := w.a.Access.SetRoles(w.operator("here"), g.account, []string{access.Evaluator})
	w.must(err)
	if a := p.send(g, path, note("She means to go to the coast.")); a.status != http.StatusForbidden || !strings.Contains(a.body, `"wipe":true`) {
		t.Errorf("without the role: %d %s", a.status, a.body)
	}
	w.see(w.guest("here", access.Coordinator, own), "/kept", []string{"Zanzibarquay", "may not do so now"}, "to the coast")
	w.see(w.guest("here", access.Supervisor, own), "/kept", []string{"She means to go to the coast."})
	w.see(w.guest("there", access.Supervisor, own), "/kept", []string{"Nothing waits"}, "coast")
}

// sendAll sends notes about one path, many at once, with a cookie or none.
func (p phone) sendAll(g guest, path string, forms ...url.Values) answer {
	p.w.Helper()
	items := []map[string]any{}
	for _, form := range forms {
		act := form.Get(page.ActField)
		items = append(items, map[string]any{"id": act, "slip": p.slip, "box": sealtest.Box(p.w, p.key, act+" "+p.user, []byte(path+"\n"+form.Encode()))})
	}
	body, err := json.Marshal(map[string]any{"items": items})
	p.w.must(err)
	return p.post(g, body)
}

// Many at once, by the program's own pages: each is answered in its place, what
// the page does not take stops nothing, and half an answer is no harm.
func TestManyNotesAtOnce(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	person := walksWith(t, w.a, string(w.orgs["here"].ID), g.account, people.Person{Name: "Blue"})
	p, path := w.phone(g), "/walk/"+string(person)+"/note"
	texted := note("They texted.")
	texted.Set("way", "text")
	all := []url.Values{note("Kestrels, one."), note("Kestrels, two."), texted, note("Kestrels, four.")}
	for n := range 3 {
		a := p.sendAll(g, path, all...)
		if states := regexp.MustCompile(`"state":"(\w+)"`).FindAllStringSubmatch(a.body, -1); a.status != http.StatusOK || len(states) != 4 || states[2][1] != "needs" || states[3][1] != "taken" {
			t.Fatalf("number %d: %d %s", n, a.status, a.body)
		}
	}
	got := w.ask(g, http.MethodGet, "/walk/"+string(person), nil).body
	if strings.Count(got, "Kestrels, one.") != 1 || strings.Count(got, "Kestrels, four.") != 1 || strings.Contains(got, "They texted.") {
		t.Error("the person's page holds them otherwise than once each")
	}
	w.see(g, "/kept", []string{"They texted."}, "Kestrels")
	if a := p.sendAll(w.guest("here", access.Peer, own), path, note("Not mine.")); a.status != http.StatusNotFound {
		t.Errorf("a colleague on the same phone: %d", a.status)
	}
	if a := p.sendAll(guest{}, path, note("Later.")); a.status != http.StatusUnauthorized || !strings.Contains(a.body, "sign-in") {
		t.Errorf("signed out: %d %s", a.status, a.body)
	}
	if a := p.post(g, []byte(`{"items":[{"id":"`)); a.status != http.StatusUnprocessableEntity {
		t.Errorf("cut short: %d", a.status)
	}
	if a := p.post(g, []byte(`{"items":[`+strings.Repeat(" ", 600<<10)+`]}`)); a.status != http.StatusRequestEntityTooLarge || !strings.Contains(a.body, "too much") && !strings.Contains(a.body, "too big") && !strings.Contains(a.body, "too long") {
		t.Errorf("too much: %d %.300s", a.status, a.body)
	}
}
