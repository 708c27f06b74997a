package access

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"alongside/platform/errs"
)

func asError(err error, e **errs.Error) bool { return errors.As(err, e) }

func (w *world) guess(mail, net string) error {
	_, err := w.SignIn(w.Context(), Typed{mail, "guess", "1"}, Device{Net: net})
	return err
}

// until counts how many guesses are taken before the door says to slow down.
func (w *world) until(most int, guess func(i int) error) int {
	w.Helper()
	for i := range most {
		err := guess(i)
		if errs.Is(err, errs.TooMany) {
			return i
		}
		if !errs.Is(err, errs.Invalid) {
			w.Fatal(err)
		}
	}
	return most
}

func TestGuessingIsSlowedAndARestartDoesNotHelp(t *testing.T) {
	onBoth(t, func(w *world) {
		a, _ := w.invite(email, Peer)
		key := w.password(a, phrase)
		here, _, _ := limits()
		if n := w.until(100, func(int) error { return w.guess(email, "203.0.113.0/24") }); n != here.burst {
			w.Errorf("%d guesses were taken, want %d", n, here.burst)
		}
		again := w.restarted()
		slow := again.slow
		err := again.guess(email, "203.0.113.0/24")
		if !errs.Is(err, errs.TooMany) || again.slow != slow {
			w.Errorf("after a restart: %v, %d slow comparisons", err, again.slow-slow)
		}
		w.quiet(err)
		if err := again.signIn(email, phrase, codeAt(key, stepOf(w.clk.Now()))); !errs.Is(err, errs.TooMany) {
			w.Errorf("the right password while slowed: %v", err)
		}
		again.clk.Add(here.every)
		if err := again.signIn(email, phrase, codeAt(key, stepOf(w.clk.Now()))); err != nil {
			w.Errorf("after the wait: %v", err)
		}
		if n := again.until(100, func(int) error { return again.guess(email, "203.0.113.0/24") }); n != here.burst {
			w.Errorf("after a good sign-in %d guesses were taken, want %d", n, here.burst)
		}
	})
}

// An address without an account is slowed just like one with.
func TestBeingSlowedTellsNothing(t *testing.T) {
	onBoth(t, func(w *world) {
		a, _ := w.invite(email, Peer)
		w.password(a, phrase)
		known := w.until(100, func(int) error { return w.guess(email, "198.51.100.0/24") })
		unknown := w.until(100, func(int) error { return w.guess("nobody@x.example", "203.0.113.0/24") })
		if known != unknown {
			w.Errorf("%d and %d guesses were taken", known, unknown)
		}
	})
}

// Who came in from a place before is answered there like anybody else once its tries are
// spent: else whoever shares their home network could ask of an address, or an alias,
// whether it is known here (0133).
func TestAPlaceDoesNotTellWhoCameIn(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		const home = "203.0.113.0/24"
		c := w.card("t1", w.person("t1"), "Blue", "en")
		a, _ := w.invite(email, Peer)
		key := w.password(a, phrase)
		_, err := w.SignInByCard(w.Context(), TypedCard{"Blue", said(c)}, Device{Net: home})
		w.must(err)
		_, err = w.SignIn(w.Context(), Typed{email, phrase, codeAt(key, stepOf(w.clk.Now()))}, Device{Net: home})
		w.must(err)
		w.until(200, func(i int) error { return w.guess(fmt.Sprintf("p%d@x.example", i), home) })
		for _, mail := range []string{email, "nobody@x.example"} {
			if err := w.guess(mail, home); !errs.Is(err, errs.TooMany) {
				w.Errorf("%s: %v", mail, err)
			}
		}
		for _, alias := range []string{"Blue", "Nobody"} {
			if _, err := w.SignInByCard(w.Context(), TypedCard{alias, "river lamp bread olive moon"}, Device{Net: home}); !errs.Is(err, errs.TooMany) {
				w.Errorf("%s: %v", alias, err)
			}
		}
	})
}

func TestGuessingFromManyPlacesAndForManyAddresses(t *testing.T) {
	onBoth(t, func(w *world) {
		_, mail, place := limits()
		if n := w.until(200, func(i int) error { return w.guess(email, fmt.Sprintf("10.0.%d.0/24", i)) }); n != mail.burst {
			w.Errorf("from many places: %d guesses, want %d", n, mail.burst)
		}
		if n := w.until(200, func(i int) error { return w.guess(fmt.Sprintf("p%d@x.example", i), "192.0.2.0/24") }); n != place.burst {
			w.Errorf("for many addresses: %d guesses, want %d", n, place.burst)
		}
	})
}

func TestAClockSetBackDoesNotShutTheDoor(t *testing.T) {
	onBoth(t, func(w *world) {
		here, _, _ := limits()
		w.until(100, func(int) error { return w.guess(email, "203.0.113.0/24") })
		w.clk.Add(-365 * 24 * time.Hour)
		if err := w.guess(email, "203.0.113.0/24"); !errs.Is(err, errs.TooMany) && !errs.Is(err, errs.Invalid) {
			w.Fatal(err)
		}
		w.clk.Add(time.Duration(here.burst+1) * here.every)
		if err := w.guess(email, "203.0.113.0/24"); !errs.Is(err, errs.Invalid) {
			w.Errorf("the door stays shut until the old time comes: %v", err)
		}
	})
}

func TestAddressesAreNotInTheTableOfTries(t *testing.T) {
	onBoth(t, func(w *world) {
		w.guess(email, "203.0.113.0/24")
		for _, text := range []string{foldEmail(email), "203.0.113.0/24"} {
			if n := w.count(`SELECT COUNT(*) FROM access_attempt WHERE who = $1`, []byte(text)); n != 0 {
				w.Errorf("%s is kept", text)
			}
		}
		if w.count(`SELECT COUNT(*) FROM access_attempt`) != 3 {
			w.Error("three tries must be counted")
		}
	})
}
