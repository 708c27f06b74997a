package engagement

import (
	"context"
	"testing"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
)

// What is around someone is told as far as the policies let whoever asks see it.
func TestWhatIsAroundSomeoneIsForWhoMaySeeIt(t *testing.T) {
	each(t, func(w *world) {
		w.note(w.call(w.blue))
		for _, c := range []struct {
			who     context.Context
			what    string
			peers   int
			lastToo bool
		}{
			{rosa(), "who walks with them", 1, true},
			{ines(), "another peer", 0, false},
			{as("sol", access.Supervisor), "a supervisor", 1, true},
			{cosmo(), "a coordinator", 1, false},
			{as("eve", access.Evaluator), "an evaluator", 0, false},
		} {
			var got map[ref.Person]Around
			w.must(w.d.Write(c.who, func(tx *db.Tx) (err error) {
				if got, err = w.s.Around(tx, []ref.Person{w.blue, w.fern}); err != nil {
					return err
				}
				return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "people.search"}, string(w.blue), string(w.fern))
			}))
			if a := got[w.blue]; len(a.Peers) != c.peers || a.Last.IsZero() == c.lastToo || len(got[w.fern].Peers) != 0 {
				t.Errorf("%s: %+v", c.what, a)
			}
		}
	})
}
