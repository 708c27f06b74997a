package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/people"
	"alongside/platform/db"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// A form of the bridge that comes twice with other words: the first is where it
// belongs, the second is on its writer's own list, sealed, and on no colleague's.
func TestBothFormsOfTheBridgeAreKept(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	blue := walksWith(t, w.a, string(w.orgs["here"].ID), g.account, people.Person{Name: "Blue"})
	for _, path := range []string{"/walk/" + string(blue) + "/advice", "/advice/new"} {
		form := url.Values{"act": {page.NewAct(noon())}, "team": {"Ward four"}, "said": {"Plumtree, ask first."}}
		if a := w.ask(g, http.MethodPost, path, form); a.status != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", path, a.status, a.body)
		}
		form.Set("said", "Quincetree, at "+path)
		for range 3 {
			if a := w.ask(g, http.MethodPost, path, form); a.status != http.StatusConflict || !strings.Contains(a.body, "Both are kept") {
				t.Fatalf("%s: %d %s", path, a.status, a.body)
			}
		}
		w.see(g, "/kept", []string{"Quincetree, at " + path, "sent twice"}, "Plumtree")
		w.see(w.guest("here", access.Peer, own), "/kept", nil, "Quincetree")
	}
	sc := scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(g.account), Role: access.Peer, Purpose: scope.Treatment}
	w.must(w.a.DB.Read(scope.With(t.Context(), sc), func(tx *db.Tx) error {
		n, plain := 0, 0
		err := tx.Row("SELECT COUNT(*), COALESCE(SUM(CASE WHEN CAST(words AS TEXT) LIKE '%Quince%' THEN 1 ELSE 0 END), 0) FROM outbox_item WHERE tenant = $1").Scan(&n, &plain)
		if n != 2 || plain != 0 {
			t.Errorf("%d rows, %d of them plain", n, plain)
		}
		return err
	}))
}

// An emergency and a demand that come twice make one record; with other words the
// second is kept for its writer, who may have told something else.
func TestASecondFormAtTheDoorIsOneRecord(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Supervisor, own)
	person := w.ids["here"]["person"]
	for path, form := range map[string]url.Values{
		"/emergency/" + person: {"to_whom": {"Dr Plumtree"}, "facility": {"Made-up General"}, "nature": {"not breathing"}, "unable": {"not awake"}, "told": {"name"}},
		"/demands":             {"person": {person}, "kind": {"subpoena"}, "from_whom": {"Plumtree Court"}, "decider": {string(g.account)}},
	} {
		form.Set("act", page.NewAct(noon()))
		for range 2 {
			if a := w.ask(g, http.MethodPost, path, form); a.status >= 400 {
				t.Fatalf("%s: %d %s", path, a.status, a.body)
			}
		}
		other := url.Values{}
		for k, v := range form {
			other[k] = v
		}
		other["to_whom"], other["from_whom"] = []string{"Dr Quincetree"}, []string{"Quincetree Court"}
		for range 2 {
			if a := w.ask(g, http.MethodPost, path, other); a.status != http.StatusConflict || !strings.Contains(a.body, "Both are kept") {
				t.Fatalf("%s: %d %s", path, a.status, a.body)
			}
		}
	}
	w.see(g, "/kept", []string{"Dr Quincetree", "Quincetree Court", "sent twice"}, "Dr Plumtree")
	w.must(w.a.DB.Read(w.operator("here"), func(tx *db.Tx) error {
		n := 0
		w.must(tx.Row("SELECT COUNT(*) FROM outbox_item WHERE tenant = $1 AND person = $2", person).Scan(&n))
		if n != 1 { // a demand has a lock of its own, here as where it is kept
			t.Errorf("%d of the two lie under the person's own key, and are gone with them", n)
		}
		return nil
	}))
	admin := w.guest("here", access.Administrator, own)
	paper := url.Values{
		"act": {page.NewAct(noon())}, "kind": {"audit"}, "who": {"Plumtree Checkers"}, "body": {"Board"}, "ground": {"agency"}, "aim": {"how it goes"},
		"paper": {"12, in the safe"}, "promises": {"back-only"}, "what": {"status"}, "days": {"30"},
	}
	for range 2 {
		if a := w.ask(admin, http.MethodPost, "/agreements/new", paper); a.status != http.StatusSeeOther {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	paper.Set("aim", "something else")
	if a := w.ask(admin, http.MethodPost, "/agreements/new", paper); a.status != http.StatusConflict {
		t.Errorf("other words: %d", a.status)
	}
	w.must(w.a.DB.Read(w.operator("here"), func(tx *db.Tx) error {
		for _, table := range []string{"disclose_disclosure", "disclose_demand", "disclose_agreement"} {
			n := 0
			w.must(tx.Row("SELECT COUNT(*) FROM " + table + " WHERE tenant = $1").Scan(&n))
			if n != 1 {
				t.Errorf("%s has %d rows", table, n)
			}
		}
		return nil
	}))
}
