package app

import (
	"strings"
	"testing"

	"alongside/platform/browsertest"
)

// Without a network crisis help has the numbers of the phone's own country, from
// every way in, and "Try again" leads to the page that was wanted.
func TestTheNumbersOfOnesOwnCountry(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	y.cut.Store(true)
	for _, path := range []string{"/crisis", "/crisis/us", "/caseload?from=a&to=b"} {
		p.Go(y.addr + path)
		if got := p.Text("main"); !strings.Contains(got, "988") || !strings.Contains(got, "911") {
			t.Errorf("%s without a network has no numbers: %s", path, got)
		}
	}
	p.Shot("offline-numbers")
	p.Click(`button[value="es"]`)
	if got := p.Text("main"); p.Path() != "/caseload" || !strings.Contains(got, "Aquí no hay red") || !strings.Contains(got, "988") {
		t.Errorf("in Spanish, at %s: %s", p.Path(), got)
	}
	p.Click(`main a[href^="/crisis"]`)
	if got := p.Text("main"); !strings.Contains(got, "988") {
		t.Errorf("crisis help in Spanish: %s", got)
	}
	p.Go(y.addr + "/caseload?from=a&to=b")
	y.cut.Store(false)
	p.Click(`main a[href="/caseload?from=a&to=b"]`)
	if got := p.Text("main"); p.Path() != "/caseload" || !strings.Contains(got, "Zebrafinch") {
		t.Errorf("tried again, at %s: %s", p.Path(), got)
	}
}

// Who signs out without a network is told what is on the phone now.
func TestSignedOutWithoutANetwork(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	y.cut.Store(true)
	p.Click(`form[action="/sign-out"] button`)
	if got := p.Text("main"); !strings.Contains(got, "You are signed out") || !strings.Contains(got, "keeps no page of yours") || !strings.Contains(got, "988") {
		t.Errorf("signed out without a network, and it says: %s", got)
	}
	p.Shot("offline-out")
	if left := browsertest.Eval[string](p, stored); strings.Contains(left, "CryptoKey") || !strings.Contains(left, "pages \n") {
		t.Error("and that is not true")
	}
}
