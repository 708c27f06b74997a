package app

import (
	"fmt"
	"strings"
	"testing"

	"alongside/platform/browsertest"
)

// A note that is sent later cannot be asked back: what it lacks, and a way that
// the person did not choose, is said before it waits, and they may have said yes
// this time.
func TestWhatANoteLacksIsSaidWithoutANetwork(t *testing.T) {
	y := newYard(t)
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	y.cut.Store(true)
	p.Go(fmt.Sprintf("%s/walk/%s/note", y.addr, y.person))
	press := func(picked string, want ...string) {
		t.Helper()
		browsertest.Eval[bool](p, `(() => {`+picked+`; document.querySelector("main form .button-go").click(); return true; })()`)
		for _, words := range want {
			if got := p.Text("main"); !strings.Contains(got, words) || !strings.HasSuffix(p.Path(), "/note") {
				t.Errorf("it does not say %q, at %s: %s", words, p.Path(), got)
			}
		}
	}
	pick := func(name, value string) string {
		return fmt.Sprintf(`document.querySelector('input[name=%q][value=%q]').checked = true`, name, value)
	}
	press("", "Pick one", "How long was it?")
	press(pick("way", "voicemail")+";"+pick("long", "5"), "They did not choose voicemail", "Choose “No answer”", "They said yes to this, this time")
	p.Shot("note-lacks-offline")
	press(pick("long", "0"), "They did not choose voicemail")
	browsertest.Eval[bool](p, `(document.querySelector('input[name="agreed"]').checked = true)`)
	p.Click("main form .button-go")
	y.waits(p, 1)
	y.cut.Store(false)
	p.Go(y.addr + "/today")
	y.waits(p, 0)
	list, err := y.a.Outbox.Kept(y.rosa)
	y.must(err)
	if c, err := y.a.Day.With(y.rosa, y.person); err != nil || len(c.Contacts) != 2 || len(list.Waiting) != 0 {
		t.Errorf("%d notes, %d wait, %v", len(c.Contacts), len(list.Waiting), err)
	}
}
