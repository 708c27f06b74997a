package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"alongside/domain/access"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// shift is what rosa's phone sends of n notes, in order.
func (w *world) shift(n int) []Sent {
	w.Helper()
	var out []Sent
	for i := range n {
		out = append(out, w.sent("rosa", w.id(), fmt.Sprintf("note %d", i)))
	}
	return out
}

func (w *world) takeAll(ctx context.Context, all []Sent) []Answer {
	w.Helper()
	done, err := w.s.TakeAll(ctx, all)
	w.must(err)
	return done
}

const allRows = "SELECT COUNT(*) FROM outbox_item WHERE tenant = $1"

// A shift's notes come in order, share commits, and are taken once however often
// and in whatever pieces they come.
func TestAShiftIsTakenOnceInOrder(t *testing.T) {
	each(t, func(w *world) {
		all := w.shift(40)
		before := w.d.Stats().Groups
		done := w.takeAll(w.rosa(), all)
		if groups := w.d.Stats().Groups - before; w.d.Engine() == db.SQLite && groups > 2 {
			w.Errorf("forty notes needed %d commits", groups)
		}
		if len(done) != 40 || slices.ContainsFunc(done, func(a Answer) bool { return a.State != Taken }) {
			w.Fatalf("%+v", done)
		}
		if !slices.IsSortedFunc(w.order, func(a, b string) int { return number(a) - number(b) }) || len(w.order) != 40 {
			w.Errorf("the page took them as %v", w.order)
		}
		rapid.Check(t, func(rt *rapid.T) {
			again := rapid.Permutation(all).Draw(rt, "order")[:rapid.IntRange(1, 40).Draw(rt, "most")]
			if done, err := w.s.TakeAll(w.rosa(), again); err != nil || len(done) != len(again) {
				rt.Fatal(len(done), err)
			}
		})
		if n := w.count(allRows); n != 40 || len(w.order) != 40 {
			w.Errorf("%d rows, %d notes", n, len(w.order))
		}
	})
}

func number(words string) (n int) {
	fmt.Sscanf(words, "note %d", &n)
	return n
}

// What cannot be taken now stops a batch; those before it are on disk, and it is
// taken on from there. The middle of a batch that is told "needs", is damaged or
// stands apart stops nothing.
func TestABatchIsTakenOnFromWhereItStood(t *testing.T) {
	each(t, func(w *world) {
		all := w.shift(9)
		all[2].Box = all[2].Box[:70]
		w.take(w.rosa(), w.sent("rosa", all[3].ID, "other words, from another phone"))
		w.sayAt(all[4].ID, errs.New(errs.Invalid, "page", ""))
		w.sayAt(all[6].ID, errs.New(errs.Unavailable, "page", ""))
		done, err := w.s.TakeAll(w.rosa(), all)
		if got := statesOf(done); !errs.Is(err, errs.Unavailable) || got != "taken taken damaged apart needs taken" {
			w.Fatalf("%s, %v", got, err)
		}
		if n := w.count(allRows); n != 6 {
			w.Errorf("%d rows", n)
		}
		w.sayAt(all[6].ID, nil)
		if got := statesOf(w.takeAll(w.rosa(), all)); got != "taken taken damaged apart needs taken taken taken taken" {
			w.Errorf("the second time: %s", got)
		}
		if n := w.count(allRows); n != 9 {
			w.Errorf("%d rows for nine writings", n)
		}
	})
}

func statesOf(done []Answer) string {
	var out []string
	for _, a := range done {
		out = append(out, a.State)
	}
	return strings.Join(out, " ")
}

// One with which the others cannot share a commit is taken alone, and so are they.
func TestOneThatBreaksTheWholeHoldsUpNothing(t *testing.T) {
	each(t, func(w *world) {
		all := w.shift(5)
		w.breaks = all[2].ID
		done, err := w.s.TakeAll(w.rosa(), all)
		if got := statesOf(done); got != "taken taken" || err == nil {
			w.Fatalf("%s, %v", got, err)
		}
		w.breaks = ""
		if got := statesOf(w.takeAll(w.rosa(), all)); got != "taken taken taken taken taken" {
			w.Error(got)
		}
	})
}

// Another's items among one's own are not taken, nor are those after them; more
// than a phone sends are refused.
func TestABatchOfAnother(t *testing.T) {
	each(t, func(w *world) {
		all := w.shift(3)
		all[1] = w.sent("ines", w.id(), "Not hers.")
		done, err := w.s.TakeAll(w.rosa(), all)
		if w.absent(err, "a colleague's item"); len(done) != 1 {
			w.Errorf("%+v", done)
		}
		if _, err := w.s.TakeAll(w.Context(), w.shift(2)); !errors.Is(err, errSignIn) {
			w.Error("signed out:", err)
		}
		if _, err := w.s.TakeAll(w.rosa(), make([]Sent, MostAtOnce+1)); !errs.Is(err, errs.Invalid) {
			w.Error("too many:", err)
		}
		if n := w.count(allRows); n != 1 {
			w.Errorf("%d rows", n)
		}
		w.writes["rosa"] = false
		gone := w.takeAll(w.Context(), w.shift(3))
		if statesOf(gone) != "refused refused refused" || !gone[0].Gone {
			w.Errorf("%+v", gone)
		}
		if list := w.kept(w.as("sol", access.Supervisor)).Waiting; len(list) != 3 {
			w.Errorf("%d wait", len(list))
		}
	})
}

// Two tabs send the same shift at the same time.
func TestTheSameShiftAtTheSameInstant(t *testing.T) {
	each(t, func(w *world) {
		all := w.shift(20)
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				done, err := w.s.TakeAll(w.rosa(), all)
				if err != nil || len(done) != len(all) {
					w.Errorf("%d %v", len(done), err)
				}
			})
		}
		wait.Wait()
		if n := w.count(allRows); n != 20 {
			w.Errorf("%d rows for twenty items", n)
		}
	})
}
