package app

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"alongside/platform/browsertest"
)

// TestBackFromAFormIsAPage: the answer to a form cannot be come back to. Who goes
// back on a person's phone is at the page that has the form, and not at words of the
// browser's own.
func TestBackFromAFormIsAPage(t *testing.T) {
	w := newFive(t, browsertest.Browser(t))
	_, link := w.participant()
	p := browsertest.Open(t, w.browser, link, browsertest.Options{})
	p.Click("main form .button")
	p.Go(w.addr + "/mine/allow")
	p.Click("main .button-go")
	p.Press(`main input[value="` + string(w.to) + `"]`)
	p.Click("main .button-go")
	p.Follow(chromedp.NavigateBack())
	if says := p.Text("body"); p.Path() != "/mine/allow" || !strings.Contains(says, "Step 1 of 7") {
		t.Errorf("back from the third step, at %s:\n%s", p.Path(), says)
	}
	p.Click("main .button-go")
	if says := p.Text("main"); !strings.Contains(says, "Step 2 of 7") {
		t.Errorf("on again:\n%s", says)
	}
}

// TestBackFromAFormAtWork: a worker's phone has pages for when there is no network.
// Going back asks for none, so it must not say that there is none.
func TestBackFromAFormAtWork(t *testing.T) {
	w := newFive(t, browsertest.Browser(t))
	person, _ := w.participant()
	p := browsertest.Open(t, w.browser, w.signIn["Cosmo"], browsertest.Options{})
	p.Click("main form .button")
	browsertest.Eval[bool](p, `navigator.serviceWorker.ready.then(() => true)`)
	p.Go(w.addr + "/consents/" + string(person) + "/new")
	p.Click("main .button-go")
	p.Click("main .button-go") // refused: nobody was picked
	p.Go(w.addr + "/board")
	p.Follow(chromedp.NavigateBack())
	if says := p.Text("body"); !strings.Contains(says, "step 1 of 6") || strings.Contains(says, "no network") {
		t.Errorf("back to the form, at %s:\n%s", p.Path(), says)
	}
}

// TestBackSendsNoStepAgain: a step that was refused is not sent anew by going back, and
// does not rest on the phone to be sent later.
func TestBackSendsNoStepAgain(t *testing.T) {
	y := newYard(t)
	h := y.walked("Plovermead")
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	p.Go(y.addr + "/handoff/" + string(h))
	met(p)
	form := `form[action$="/close"]`
	y.opened(p, form)
	if status := p.Click(form + " button"); status != http.StatusUnprocessableEntity {
		t.Fatalf("an end without a reason: %d", status)
	}
	p.Go(y.addr + "/board")
	p.Follow(chromedp.NavigateBack())
	p.Go(y.addr + "/today")
	met(p)
	if n := browsertest.Eval[int](p, `document.querySelectorAll("[data-resting] li").length`); n != 0 {
		t.Errorf("%d rest on the phone: %s", n, p.Text("[data-resting]"))
	}
}
