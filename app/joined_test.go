package app

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/scope"
)

var receiptLink = regexp.MustCompile(`/mine/receipts/\d+`)

// second is another record, with a consent, something told under it and a peer's
// looks at it, all of which speak of Wigeon and nothing else does.
func (w *town) second(peer guest) (person ref.Person, given ref.Consent) {
	w.Helper()
	person, given = w.consent("here", "Wigeon")
	c := w.consentOf(string(given))
	w.begin(person, peer.account)
	as := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(peer.account), Role: access.Peer, Purpose: scope.Treatment})
	w.must(w.a.DB.Write(as, func(tx *db.Tx) error {
		_, err := w.a.Door.Tell(tx, disclose.Telling{
			Person: person, Recipient: c.Recipient, Purpose: scope.Treatment, Way: "page", Items: []disclose.Item{{Kind: consent.Name}},
		})
		return err
	}))
	for range 7 {
		w.see(peer, "/consents/"+string(person), nil)
	}
	return person, given
}

// holds checks every receipt of a file.
func holds(t *testing.T, name string, file []byte) {
	t.Helper()
	var out bytes.Buffer
	if code, err := audit.RunReceipt(audit.Checking{File: file}, &out); code != 0 || err != nil {
		t.Errorf("%s: %d %v\n%s", name, code, err, out.String())
	}
}

// Two records that were joined are one person: what was allowed, what was told,
// who looked and the proof of it are there for both, whichever of them the
// account belongs to. Parted, each has its own again.
func TestJoinedRecordsShowTheLooksOfBoth(t *testing.T) {
	w := newTown(t)
	g, peer := w.person(), w.guest("here", access.Peer, own)
	first := ref.Person(w.ids["here"]["person"])
	second, given := w.second(peer)
	one := "/mine/consents/" + string(given)
	before := receiptLink.FindAllString(w.see(g, "/mine/receipts", nil), -1)
	w.see(g, "/mine", []string{"Zanzibarquay Clinic"}, "Wigeon Clinic")

	var m people.Merge
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) (err error) {
		m, err = people.New().Merge(tx, second, first) // the account's own record is the one that is joined
		return err
	}))
	w.see(g, "/mine", []string{"Zanzibarquay Clinic", "was told this: The name in use", one})
	w.see(g, one, []string{"Wigeon Clinic"})
	w.see(g, "/mine/looks", []string{"looked 7 times", "told someone once"})
	joined := receiptLink.FindAllString(w.see(g, "/mine/receipts", nil), -1)
	if len(joined) < len(before)+9 {
		t.Errorf("%d receipts of one record, %d of both", len(before), len(joined))
	}
	for _, path := range joined {
		holds(t, path, []byte(w.ask(g, http.MethodGet, path, nil).body))
	}
	taken := unzipped(t, []byte(w.ask(g, http.MethodPost, "/mine/take", url.Values{}).body))
	for name, of := range map[string]ref.Person{"receipts.json": second, "receipts-2.json": first} {
		if holds(t, name, []byte(taken[name])); !strings.Contains(taken[name], string(of)) {
			t.Errorf("%s is not about %s", name, of)
		}
	}
	if b := taken["fhir-bundle.json"]; !strings.Contains(b, string(second)) || !strings.Contains(b, string(first)) {
		t.Errorf("the bundle has not both: %s", b)
	}

	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		_, err := people.New().Unmerge(tx, m.ID)
		return err
	}))
	w.see(g, "/mine", []string{"Zanzibarquay Clinic"}, "Wigeon", one)
	w.see(g, "/mine/looks", nil, "looked 7 times")
	none := w.ask(g, http.MethodGet, "/no/such/page", nil).like("/no/such/page")
	left := receiptLink.FindAllString(w.see(g, "/mine/receipts", nil), -1)
	for _, path := range append(joined, one) {
		if !slices.Contains(left, path) {
			w.same(path+" once parted", w.ask(g, http.MethodGet, path, nil).like(path), none)
		}
	}
	if a := w.ask(g, http.MethodPost, one+"/take-back", nil); a.status != http.StatusNotFound {
		t.Errorf("taken back once parted: %d", a.status)
	}
}

// While a court's demand about one record is open, nothing about the other leaves
// either: they are one person.
func TestADemandHoldsEveryRecord(t *testing.T) {
	w := newTown(t)
	first := ref.Person(w.ids["here"]["person"])
	lead := w.guest("here", access.Supervisor, own)
	w.inForce(true, "before")
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		other, err := people.New().Add(tx, people.Person{Name: "Wigeon"})
		w.must(err)
		_, err = w.a.Door.Hold(tx, disclose.Demand{Kind: "police", FromWhom: "A made-up office", Person: other.ID, Decider: lead.account})
		w.must(err)
		_, err = people.New().Merge(tx, other.ID, first)
		return err
	}))
	w.inForce(false, "while a court asks about their other record")
}
