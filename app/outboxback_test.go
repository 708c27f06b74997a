package app

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"alongside/platform/browsertest"
)

// fill says in the form of a note what a thumb would: how, how long, and words.
func fill(p *browsertest.Page, words string) {
	browsertest.Eval[bool](p, fmt.Sprintf(`(() => {
		document.querySelector('input[name="way"][value="call"]').checked = true;
		document.querySelector('input[name="long"][value="15"]').checked = true;
		document.querySelector('textarea[name="note"]').value = %q;
		return true;
	})()`, words))
}

// times: the note is there exactly once.
func (y *yard) times(words string) {
	y.Helper()
	c, err := y.a.Day.With(y.rosa, y.person)
	y.must(err)
	n := 0
	for _, got := range c.Contacts {
		if got.Note == words {
			n++
		}
	}
	if n != 1 {
		y.Errorf("%q is there %d times, of %d notes", words, n, len(c.Contacts))
	}
}

// TestBackThenSave: whoever goes back to a note and saves it again has the same
// form in hand. The same words are one note; other words are both kept, and the
// page says so. Without a network neither is written over.
func TestBackThenSave(t *testing.T) {
	y := newYard(t)
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	save := func(words string, back bool) {
		if back {
			p.Follow(chromedp.NavigateBack())
		} else {
			p.Go(fmt.Sprintf("%s/walk/%s/note", y.addr, y.person))
		}
		fill(p, words)
		p.Click("main form .button-go")
	}
	save("A heron on the roof.", false)
	save("A heron on the roof.", true)
	y.times("A heron on the roof.")
	if got := p.Path(); strings.HasSuffix(got, "/note") {
		t.Errorf("the same words again end at %s", got)
	}
	save("A heron on the stairs.", true)
	if got := p.Text("main"); !strings.Contains(got, "Both are kept") {
		t.Errorf("other words: %s", got)
	}
	y.times("A heron on the roof.")
	y.times("A heron on the stairs.")

	waits := func(n int) {
		p.WaitFor(fmt.Sprintf(`document.querySelectorAll('[data-resting] li[data-state="waiting"]').length === %d`, n))
	}
	y.cut.Store(true)
	save("An owl in the yard.", false)
	waits(1)
	save("An owl in the yard.", true)
	waits(1)
	save("An owl in the hall.", true)
	waits(2)
	p.Shot("today-back-waiting")
	y.nothingPlain(p, "waiting", "waiting")
	y.cut.Store(false)
	p.Go(y.addr + "/today")
	p.WaitFor(`document.querySelector("[data-resting]")?.textContent.includes("sent")`)
	waits(0)
	y.times("An owl in the yard.")
	y.times("An owl in the hall.")
}
