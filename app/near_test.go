package app

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// A peer sees who somebody is and what they allowed while the person is on a
// hand-off, for any peer may have to step in. When it is over they do no more,
// unless they walk together; the list of what waits to be read back leaves the
// others out.
func TestAPeerSeesWhoIsNear(t *testing.T) {
	w := newTown(t)
	w.settleMates()
	org := string(w.orgs["here"].ID)
	rosa, sol := w.guest("here", access.Peer, own), w.guest("here", access.Supervisor, own)
	as := scope.With(t.Context(), scope.Scope{Tenant: org, Actor: string(rosa.account), Role: access.Peer, Purpose: scope.Treatment})
	h := ref.Handoff(w.ids["here"]["handoff"])
	var person ref.Person
	w.must(w.a.DB.Read(w.operator("here"), func(tx *db.Tx) (err error) {
		person, err = w.a.Handoffs.About(tx, h)
		return err
	}))
	sees := func(g guest, when string, want int) {
		t.Helper()
		for _, path := range []string{"/people/", "/consents/"} {
			if a := w.ask(g, http.MethodGet, path+string(person), nil); a.status != want {
				t.Errorf("%s, %s: %d, want %d", when, path, a.status, want)
			}
		}
		a := w.ask(g, http.MethodGet, "/handoff/"+string(h), nil)
		if leads := strings.Contains(a.body, `"/consents/`); a.status != want || leads != (want == http.StatusOK) {
			t.Errorf("%s: the hand-off's page leads there: %v (%d)", when, leads, a.status)
		}
	}
	sees(rosa, "while somebody waits", http.StatusOK)
	w.must(w.a.Handoffs.Take(as, h, handoff.StepNotNow, handoff.Input{Act: id.New(time.Now()), Contact: handoff.ContactNone}))
	sees(rosa, "not now", http.StatusNotFound)
	sees(sol, "not now", http.StatusOK)

	list := w.ask(rosa, http.MethodGet, "/consents", nil)
	if !strings.Contains(list.body, w.ids["here"]["person"]) || strings.Contains(list.body, w.ids[mates]["person"]) || strings.Contains(list.body, "Quillfeather") {
		t.Errorf("what waits to be read back, for a peer: %s", list.body)
	}
	if list = w.ask(sol, http.MethodGet, "/consents", nil); !strings.Contains(list.body, w.ids[mates]["person"]) {
		t.Errorf("what waits to be read back, for a supervisor: %s", list.body)
	}
}
