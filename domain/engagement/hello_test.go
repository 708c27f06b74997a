package engagement

import (
	"testing"
	"time"
)

// TestAHelloAfterAnAnswerIsANewOne: pressed twice while it waits it is told once in a day;
// pressed after somebody was in touch, the peer hears of it again.
func TestAHelloAfterAnAnswerIsANewOne(t *testing.T) {
	each(t, func(w *world) {
		w.selves["blue-account"] = w.blue
		own := as("blue-account", "participant")
		m, err := w.s.Mine(own)
		w.must(err)
		hello := func(told int) {
			w.Helper()
			w.clk.Add(time.Minute)
			w.must(w.s.Hello(own, m.Walks[0].ID))
			if n := w.count("SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND account = 'rosa' AND channel = 'app' AND message LIKE 'hello/%'"); n != told {
				w.Errorf("the peer was told %d times, want %d", n, told)
			}
		}
		hello(1)
		hello(1)
		w.clk.Add(time.Minute)
		w.note(w.call(w.blue))
		hello(2)
	})
}
