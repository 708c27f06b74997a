package access

import (
	"log/slog"
	"slices"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/job"
)

// ending gives a peer an account that ends in an hour, signs them in, and gives
// them a link more.
func (w *world) ending() (a Account, in Arrival, link string) {
	w.Helper()
	a, in = w.signedIn(email, Peer)
	more, err := w.Link(w.operator(), a.ID, id.New(w.clk.Now()))
	w.must(err)
	w.must(w.SetUntil(w.operator(), a.ID, w.clk.Now().Add(time.Hour)))
	return a, in, more.Token
}

// holds reports whether the account is one of those who are told and asked.
func (w *world) holds(a Account) (out bool) {
	w.Helper()
	w.must(w.DB.Read(w.operator(), func(tx *db.Tx) error {
		all, err := w.Holders(tx, Peer)
		if err != nil {
			return err
		}
		roles, err := w.Held(tx, a.ID)
		if out = slices.Contains(all, a.ID); out != (len(roles) > 0) {
			w.Errorf("among the holders: %v, holds %v", out, roles)
		}
		return err
	}))
	return out
}

// At the second of its end an account is as if paused: the next request, an open
// stream, a link, a message that waits. A clock set back brings none of it back,
// whether the bell rang or somebody came.
func TestAnAccountEndsAtItsSecond(t *testing.T) {
	for _, by := range []string{"the bell", "a request"} {
		onBoth(t, func(w *world) {
			a, in, link := w.ending()
			left := 0
			w.Left = func(*db.Tx, ref.Account) error { left++; return nil }
			w.clk.Add(time.Hour - time.Second)
			ctx := w.as(in.Token)
			if !w.in(in.Token) || w.Over(ctx) || !w.holds(a) {
				w.Fatal("out a second too soon")
			}
			w.clk.Add(time.Second)
			if !w.Over(ctx) || w.holds(a) {
				w.Error("a stream goes on, or messages do")
			}
			if by == "the bell" {
				_, err := job.NewRunner(w.DB, w.clk, slog.New(slog.DiscardHandler), map[string]job.Handler{untilBell: w.comeToEnd}).Sweep(w.Context())
				w.must(err)
			} else if w.in(in.Token) {
				w.Error("a request after the end")
			}
			if left != 1 {
				w.Errorf("those they walked with were thought of %d times", left)
			}
			w.clk.Add(-30 * time.Minute)
			if w.in(in.Token) || w.holds(a) {
				w.Error("a clock set back revived it")
			}
			if _, err := w.openLink(link); !errs.Is(err, errs.NotFound) {
				w.Errorf("the link still opens: %v", err)
			}
		})
	}
}

// An end can be put off before it comes, and not into the past. What came to its
// end is opened again by a person, and then has no end.
func TestAnEndIsPutOff(t *testing.T) {
	onBoth(t, func(w *world) {
		a, in, _ := w.ending()
		w.must(w.SetUntil(w.operator(), a.ID, w.clk.Now().Add(2*time.Hour)))
		if err := w.SetUntil(w.operator(), a.ID, w.clk.Now()); !errs.Is(err, errs.Invalid) {
			w.Errorf("an end that is over: %v", err)
		}
		runner := job.NewRunner(w.DB, w.clk, slog.New(slog.DiscardHandler), map[string]job.Handler{untilBell: w.comeToEnd})
		w.clk.Add(59 * time.Minute)
		w.in(in.Token)
		w.clk.Add(time.Minute)
		_, err := runner.Sweep(w.Context())
		w.must(err)
		if !w.in(in.Token) {
			w.Error("it ended at the first end")
		}
		w.clk.Add(time.Hour)
		_, err = runner.Sweep(w.Context())
		w.must(err)
		if w.in(in.Token) {
			w.Error("it goes on after its end")
		}
		w.must(w.Reopen(w.operator(), a.ID))
		link, err := w.Link(w.operator(), a.ID, id.New(w.clk.Now()))
		w.must(err)
		again, err := w.openLink(link.Token)
		w.must(err)
		w.clk.Add(10 * time.Minute)
		if !w.in(again.Token) {
			w.Error("opened again, and out again")
		}
	})
}

// The last day is a whole day where the organisation is, also on the day on
// which clocks change.
func TestTheLastDayIsWhole(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	got, err := dayAfter("2026-11-01", zone) // 25 hours long
	if want := time.Date(2026, 11, 2, 5, 0, 0, 0, time.UTC); err != nil || !got.Equal(want) {
		t.Errorf("%v, want %v, %v", got, want, err)
	}
	if _, err := dayAfter("soon", zone); !errs.Is(err, errs.Invalid) {
		t.Errorf("a day that is none: %v", err)
	}
}
