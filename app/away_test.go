package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/platform/db"
)

// While the database is away nobody who is signed in is asked to sign in once more: they
// would type again what they sent, and a phone would take it for a refusal and drop the
// pages it keeps. Who is not signed in is.
func TestWhoIsSignedInIsNotAskedToSignInWhileTheDatabaseIsAway(t *testing.T) {
	w := newTown(t)
	g, _ := w.walker()
	if got := w.ask(g, http.MethodGet, "/mine", nil); got.status != http.StatusOK {
		t.Fatal(got.status)
	}
	w.must(w.a.DB.Close())
	for path, form := range map[string]url.Values{"/mine": nil, "/mine/wrong": {"act": {"a"}}} {
		method := http.MethodGet
		if form != nil {
			method = http.MethodPost
		}
		got := w.ask(g, method, path, form)
		if got.status != http.StatusServiceUnavailable || !strings.Contains(got.body, "We cannot do this right now") {
			t.Errorf("%s %s: %d %.200s", method, path, got.status, got.header.Get("Location"))
		}
	}
	if got := w.ask(guest{}, http.MethodGet, "/mine", nil); got.status != http.StatusSeeOther {
		t.Error("who is not signed in:", got.status)
	}
}

// Whoever left on one phone is signed out on the other: no error, and no cookie.
func TestWhoLeftIsSignedOutOnTheOtherPhone(t *testing.T) {
	w := newTown(t)
	g, _ := w.walker()
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		_, err := w.a.Access.EndOwn(tx, g.account)
		return err
	}))
	got := w.ask(g, http.MethodGet, "/mine", nil)
	if got.status != http.StatusSeeOther || !strings.Contains(got.header.Get("Set-Cookie"), "Max-Age=0") {
		t.Error(got.status, got.header.Get("Set-Cookie"))
	}
}
