package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"alongside/platform/browsertest"
)

// A network that hangs is as good as none: what is kept is shown after some
// seconds, what is written waits at once, and all of it is there once when the
// network is back.
func TestANetworkThatHangs(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	y.hangs.Store(true)
	from := time.Now()
	p.Go(y.addr + "/today")
	if got := p.Text("main"); !strings.Contains(got, "without a network") || time.Since(from) > 30*time.Second {
		t.Errorf("after %s Today says: %s", time.Since(from), got)
	}
	p.Shot("today-hangs")
	p.Go(fmt.Sprintf("%s/walk/%s/note", y.addr, y.person))
	browsertest.Eval[bool](p, `(() => {
		document.querySelector('input[name="way"][value="call"]').checked = true;
		document.querySelector('input[name="long"][value="15"]').checked = true;
		document.querySelector('textarea[name="note"]').value = "A kestrel in the lift.";
		return true;
	})()`)
	from = time.Now()
	p.Click("main form .button-go")
	p.WaitFor(`document.querySelectorAll('[data-resting] li[data-state="waiting"]').length === 1`)
	if took := time.Since(from); p.Path() != "/today" || took > 20*time.Second {
		t.Errorf("Save took %s, to %s", took, p.Path())
	}
	p.Shot("today-hangs-waiting")
	y.nothingPlain(p, "waiting")
	y.hangs.Store(false)
	p.Go(y.addr + "/today")
	p.WaitFor(`document.querySelector("[data-resting]")?.textContent.includes("sent")`)
	y.one("A kestrel in the lift.")
}
