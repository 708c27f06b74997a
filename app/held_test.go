package app

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/handoff"
	"alongside/domain/mine"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/fhir"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// walker is a guest whose own account is that of the person of the hand-off,
// with a name, a note and a telephone that nothing else in the test holds.
func (w *town) walker() (g guest, person ref.Person) {
	w.Helper()
	g = w.guest("here", access.Participant, own)
	peer := w.guest("here", access.Peer, own)
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		w.must(tx.Row("SELECT person FROM handoff_handoff WHERE tenant = $1 AND handoff = $2", w.ids["here"]["handoff"]).Scan(&person))
		return w.a.Door.Belong(tx, g.account, person)
	}))
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		p, err := people.New().Find(tx, person)
		w.must(err)
		after := p
		after.LegalName, after.Phone, after.Safety, after.Languages = "Quillfeather Legal", "555-0190", "Quillfeather: after six", []string{"es"}
		changes, err := people.New().Update(tx, p, after)
		w.must(err)
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "people.edit", Subjects: []string{string(person)}, Changes: changes})
	}))
	as := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(peer.account), Role: access.Peer, Purpose: scope.Treatment})
	for _, step := range []struct {
		name string
		in   handoff.Input
	}{{handoff.StepAck, handoff.Input{Act: page.NewAct(noon())}}, {handoff.StepMeet, handoff.Input{Act: page.NewAct(noon()), Note: "Quillfeather note"}}} {
		w.must(w.a.Handoffs.Take(as, ref.Handoff(w.ids["here"]["handoff"]), step.name, step.in))
	}
	return g, person
}

// All that is held is there by its labels, what a person is not shown is named,
// and what is another's is not there.
func TestAPersonSeesAllThatIsHeld(t *testing.T) {
	w := newTown(t)
	g, _ := w.walker()
	body := w.see(g, "/mine/held", []string{
		"Quillfeather Legal", "555-0190", "after six", "Quillfeather note", "bay 7", "A peer said yes", "Who you are, and how to reach you", "/leave",
	}, "Yellowmarsh", "[")
	if strings.Contains(body, w.ids["here"]["person"]) {
		t.Error("it shows somebody else's id")
	}
	stranger := w.guest("here", access.Participant, own)
	w.see(stranger, "/mine/held", []string{"We hold nothing about you here"}, "Quillfeather")
}

// TestEveryRecordAboutAPersonIsFound holds the tables against the field lists:
// a table with a column "person" that no record has would be forgotten.
func TestEveryRecordAboutAPersonIsFound(t *testing.T) {
	listed := map[string]bool{
		"people_source": true, // marks without words; they go when the person leaves
		"people_token":  true, // as above
		"people_mark":   true, // as above

		"people_pending": true, // what waits to be looked for; it goes when the person leaves
		"people_unmet":   true, // an id that waits for somebody to walk with them; it goes when the person leaves
	}
	for _, m := range Modules() {
		for _, r := range m.Records {
			if _, about := r.About(); about {
				listed[r.Name()] = true
			}
		}
	}
	files, err := filepath.Glob("../domain/*/migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	table := regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)`)
	found := 0
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range table.FindAllStringSubmatch(string(text), -1) {
			if !regexp.MustCompile(`(?m)^\s+person\s`).MatchString(m[2]) {
				continue
			}
			if found++; !listed[m[1]] {
				t.Errorf("%s has a column person, and no record shows it to that person", m[1])
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d tables about people were found", found)
	}
	rules, err := mine.Rules()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		if r.Record != "" && !listed[r.Record] {
			t.Errorf("rules.json speaks of %s, which is no record about people", r.Record)
		}
	}
}

var wrongRow = regexp.MustCompile(`/mine/wrong\?row=([^"]+)`)

// What a person says of a row stands beside it, for them and for who walks with
// them, and is answered; nobody else's row can be spoken of.
func TestAPersonSaysThatItIsNotRight(t *testing.T) {
	w := newTown(t)
	g, _ := w.walker()
	peer := w.guest("here", access.Peer, own)
	row := ""
	for _, m := range wrongRow.FindAllStringSubmatch(w.see(g, "/mine/held", nil), -1) {
		if one, err := url.QueryUnescape(m[1]); err == nil && strings.HasPrefix(one, "handoff_event/") {
			row = one
		}
	}
	w.see(g, "/mine/wrong?row="+url.QueryEscape(row), []string{"What is right, in your words"})
	form := url.Values{"act": {page.NewAct(noon())}, "row": {row}, "says": {"Kittiwake says Tuesday"}}
	for range 2 { // a double press is once
		if a := w.ask(g, http.MethodPost, "/mine/wrong", form); a.status != http.StatusSeeOther {
			t.Fatalf("%d: %s", a.status, a.body)
		}
	}
	if n := strings.Count(w.see(g, "/mine/held", []string{"Quillfeather note"}), "Kittiwake says Tuesday"); n != 1 {
		t.Errorf("it stands there %d times", n)
	}
	w.see(peer, "/handoff/"+w.ids["here"]["handoff"], []string{"Quillfeather note", "They say it is not right", "Kittiwake says Tuesday"})
	id := regexp.MustCompile(`/said/(\w+)/answer`).FindStringSubmatch(w.see(peer, "/said", []string{"Kittiwake says Tuesday"}))
	w.see(peer, "/said", []string{`href="/handoff/` + w.ids["here"]["handoff"] + `"`, "A step on the way, and what was noted"})
	if a := w.ask(peer, http.MethodPost, "/said/"+id[1]+"/answer", url.Values{"answer": {"Godwit will ask"}}); a.status != http.StatusSeeOther {
		t.Fatalf("answer: %d", a.status)
	}
	w.see(g, "/mine/held", []string{"Kittiwake says Tuesday", "Godwit will ask"})
	w.see(peer, "/said", []string{"Nothing to answer"}, "Kittiwake")
	other := w.person()
	for _, bad := range []string{row, "people_person/" + w.ids["here"]["person"] + "x", "access_account/" + string(g.account), "mine_dispute/" + id[1]} {
		form := url.Values{"act": {page.NewAct(noon())}, "row": {bad}, "says": {"mine"}}
		if a := w.ask(other, http.MethodPost, "/mine/wrong", form); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", bad, a.status)
		}
	}
}

// A receipt is for its person alone, and holds without the data.
func TestAReceiptIsKeptAndHolds(t *testing.T) {
	w := newTown(t)
	g, person := w.walker()
	links := regexp.MustCompile(`/mine/receipts/\d+`).FindAllString(w.see(g, "/mine/receipts", []string{"A peer wrote something"}), -1)
	if len(links) < 3 {
		t.Fatalf("%d receipts", len(links))
	}
	a := w.ask(g, http.MethodGet, links[0], nil)
	if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment; filename=\"receipt-") {
		t.Fatalf("%d %v", a.status, a.header)
	}
	var out bytes.Buffer
	if code, err := audit.RunReceipt(audit.Checking{File: []byte(a.body)}, &out); code != 0 || err != nil || !strings.HasPrefix(out.String(), "ok\t") {
		t.Errorf("%d %v %s", code, err, out.String())
	}
	bad := strings.Replace(a.body, string(person), w.ids["here"]["person"], 1)
	if code, _ := audit.RunReceipt(audit.Checking{File: []byte(bad)}, &out); code == 0 {
		t.Error("a receipt holds for somebody else")
	}
	other := w.person()
	path := links[0]
	w.same("another's receipt", w.ask(other, http.MethodGet, path, nil).like(path), w.ask(other, http.MethodGet, "/no/such/page", nil).like("/no/such/page"))
}

// What a person takes along: a page, a bundle, receipts; no one else in it.
func TestAPersonTakesTheirDataAlong(t *testing.T) {
	w := newTown(t)
	g, person := w.walker()
	a := w.ask(g, http.MethodPost, "/mine/take", url.Values{})
	if a.status != http.StatusOK || a.header.Get("Content-Type") != "application/zip" || a.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v", a.status, a.header)
	}
	files := unzipped(t, []byte(a.body))
	html := files["index.html"]
	for _, s := range []string{"Quillfeather Legal", "Quillfeather note", "555-0190", "A peer wrote something"} {
		if !strings.Contains(html, s) {
			t.Errorf("the page does not say %q", s)
		}
	}
	for name, text := range files {
		for _, s := range []string{"Yellowmarsh", w.ids["here"]["person"], "peer of here", "Worker"} {
			if strings.Contains(text, s) {
				t.Errorf("%s says %q", name, s)
			}
		}
	}
	if strings.Contains(html, "http:") || strings.Contains(html, "https:") || strings.Contains(html, "src=") {
		t.Error("the page asks a server for something")
	}
	w.bundle(files["fhir-bundle.json"], person)
	var out bytes.Buffer
	if code, err := audit.RunReceipt(audit.Checking{File: []byte(files["receipts.json"])}, &out); code != 0 || err != nil {
		t.Errorf("%d %v %s", code, err, out.String())
	}
	w.see(g, "/mine/looks", []string{"You"})
}

func unzipped(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}

// bundle checks the FHIR of what is taken along, and that every field with a
// place in a Patient is there.
func (w *town) bundle(text string, person ref.Person) {
	w.Helper()
	var b struct {
		Entry []struct {
			Resource json.RawMessage `json:"resource"`
		} `json:"entry"`
	}
	w.must(json.Unmarshal([]byte(text), &b))
	kinds := map[string]int{}
	for _, e := range b.Entry {
		for _, f := range fhir.Check(e.Resource) {
			w.Errorf("%v", f)
		}
		var head struct{ ResourceType, ID string }
		w.must(json.Unmarshal(e.Resource, &head))
		kinds[head.ResourceType]++
	}
	if kinds["Patient"] != 1 || kinds["Task"] != 1 {
		w.Errorf("%v", kinds)
	}
	for _, s := range []string{string(person), "Quillfeather Legal", "555-0190", `"es"`, "Zanzibarquay"} {
		if !strings.Contains(text, s) {
			w.Errorf("the bundle does not hold %q", s)
		}
	}
}

// The page says who sees it: a peer who is not near reads nothing of it and answers
// nothing. Those who lead here do.
func TestWhatIsNotRightIsForThoseWhoAreNear(t *testing.T) {
	w := newTown(t)
	g := w.person()
	near, far, lead := w.guest("here", access.Peer, own), w.guest("here", access.Peer, afar), w.guest("here", access.Supervisor, afar)
	form := url.Values{"act": {page.NewAct(noon())}, "row": {"people_person/" + w.ids["here"]["person"]}, "says": {"Kittiwake is not my name"}}
	if a := w.ask(g, http.MethodPost, "/mine/wrong", form); a.status != http.StatusSeeOther {
		t.Fatalf("%d: %s", a.status, a.body)
	}
	there := `href="/people/` + w.ids["here"]["person"] + `"`
	id := regexp.MustCompile(`/said/(\w+)/answer`).FindStringSubmatch(w.see(near, "/said", []string{"Kittiwake is not my name", there, "Who you are, and how to reach you"}))
	w.see(lead, "/said", []string{"Kittiwake is not my name"})
	w.see(far, "/said", []string{"Nothing to answer"}, "Kittiwake")
	answer := url.Values{"answer": {"Godwit looked"}}
	if a := w.ask(far, http.MethodPost, "/said/"+id[1]+"/answer", answer); a.status != http.StatusNotFound {
		t.Errorf("a peer who is not near answers: %d", a.status)
	}
	w.see(g, "/mine/held", []string{"Kittiwake is not my name"}, "Godwit looked")
}
