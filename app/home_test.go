package app

import (
	"net/http"
	"strings"
	"testing"

	"alongside/platform/scope"
)

// Whoever is not signed in reads whom to call, as long as one country is that of
// everyone here. Where there are two, no number is taken for right.
func TestWhoIsNotSignedInHasANumberToCall(t *testing.T) {
	w := newTown(t)
	reads := func(want bool) {
		t.Helper()
		w.a.lookHome(t.Context())
		if body := w.ask(guest{}, http.MethodGet, "/crisis", nil).body; strings.Contains(body, `href="tel:988"`) != want {
			t.Errorf("a number is %v, want %v", !want, want)
		}
	}
	reads(true)
	maker := scope.With(t.Context(), scope.Scope{Actor: "operator:test", Role: "operator", Purpose: scope.Operations})
	_, err := w.a.Tenants.Create(maker, "Made-up Ward", "DE", "Europe/Berlin")
	w.must(err)
	reads(false)
	if body := w.ask(guest{}, http.MethodGet, "/crisis/us", nil).body; !strings.Contains(body, `href="tel:988"`) {
		t.Error("an address that names a country has no number")
	}
}
