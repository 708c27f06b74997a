package access

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/scope"
)

const phrase = "a long walk by the river"

func TestPasswordAndCodeSignIn(t *testing.T) {
	onBoth(t, func(w *world) {
		a, _ := w.invite(email, Peer)
		key := w.password(a, phrase)
		in, err := w.SignIn(w.Context(), Typed{" ROSA.Quayle@lanternford.example", phrase, codeAt(key, stepOf(w.clk.Now()))}, phone)
		w.must(err)
		if in.Account != a.ID || !in.Other || !w.in(in.Token) {
			w.Errorf("%+v", in)
		}
	})
}

// Whatever is wrong, the answer and the work are the same: one slow comparison.
func TestWhateverIsWrongTheAnswerAndTheWorkAreTheSame(t *testing.T) {
	onBoth(t, func(w *world) {
		a, _ := w.invite(email, Peer)
		w.invite("no.password@x.example", Peer)
		key := w.password(a, phrase)
		right := codeAt(key, stepOf(w.clk.Now()))
		wrong := "000000"
		for _, try := range []Typed{
			{"nobody@x.example", phrase, right},
			{"no.password@x.example", phrase, right},
			{"not an address", phrase, right},
			{"", "", ""},
			{email, "another phrase", right},
			{email, phrase, wrong},
			{email, "another phrase", wrong},
			{email, phrase, ""},
			{email, strings.Repeat("x", 5000), right},
		} {
			before := w.slow
			_, err := w.SignIn(w.Context(), try, Device{Net: id.New(w.clk.Now())})
			if err == nil || err.Error() != notThese().Error() || errs.KindOf(err) != errs.Invalid {
				w.Errorf("%q: %v", try.Email, err)
			}
			if w.slow != before+1 {
				w.Errorf("%q: %d slow comparisons, want 1", try.Email, w.slow-before)
			}
			w.quiet(err)
		}
	})
}

func TestACodeOpensOnce(t *testing.T) {
	onBoth(t, func(w *world) {
		a, _ := w.invite(email, Peer)
		key := w.password(a, phrase)
		now := stepOf(w.clk.Now())
		w.must(w.signIn(email, phrase, codeAt(key, now)))
		if err := w.signIn(email, phrase, codeAt(key, now)); !errs.Is(err, errs.Invalid) {
			w.Errorf("the same code again: %v", err)
		}
		if err := w.signIn(email, phrase, codeAt(key, now-1)); !errs.Is(err, errs.Invalid) {
			w.Errorf("an earlier code after a later one: %v", err)
		}
		w.must(w.signIn(email, phrase, codeAt(key, now+1)))
		w.clk.Add(2 * codeStep)
		if err := w.signIn(email, phrase, codeAt(key, stepOf(w.clk.Now())-2)); !errs.Is(err, errs.Invalid) {
			w.Errorf("a code too old: %v", err)
		}
		w.must(w.signIn(email, phrase, codeAt(key, stepOf(w.clk.Now()))))
	})
}

// Two presses at the same moment with one code are one sign-in.
func TestACodeRacesItself(t *testing.T) {
	onBoth(t, func(w *world) {
		a, _ := w.invite(email, Peer)
		key := w.password(a, phrase)
		code := codeAt(key, stepOf(w.clk.Now()))
		w.hasher.compare = func(password, hash string) (bool, error) { return hash == "hash of "+password, nil }
		done := make(chan error)
		for range 4 {
			go func() { done <- w.signIn(email, phrase, code) }()
		}
		opened := 0
		for range 4 {
			if <-done == nil {
				opened++
			}
		}
		if opened != 1 {
			w.Errorf("one code opened %d times", opened)
		}
	})
}

func TestOneAddressInTwoOrganisations(t *testing.T) {
	onBoth(t, func(w *world) {
		a, _ := w.invite(email, Peer)
		w.password(a, phrase)
		in, err := w.Invite(scope.With(w.Context(), Operator("t2", "root")), Newcomer{Name: "Rosa", Email: email, Roles: []string{Supervisor}}, id.New(w.clk.Now()))
		w.must(err)
		there, err := w.openLink(in.Token)
		w.must(err)
		ctx := w.as(there.Token)
		key, _, err := w.OfferKey(ctx)
		w.must(err)
		other := "quite another long walk"
		w.must(w.SetPassword(ctx, other, codeAt(key, stepOf(w.clk.Now()))))
		w.hasher.compare = argon2id.ComparePasswordAndHash
		w.clk.Add(codeStep)
		got, err := w.SignIn(w.Context(), Typed{email, other, codeAt(key, stepOf(w.clk.Now()))}, phone)
		w.must(err)
		if got.Tenant != "t2" || got.Account != in.Account.ID {
			w.Errorf("signed in to %s", got.Tenant)
		}
	})
}

func TestSettingAPassword(t *testing.T) {
	onBoth(t, func(w *world) {
		a, in := w.signedIn(email, Peer)
		ctx := w.as(in.Token)
		key, name, err := w.OfferKey(ctx)
		w.must(err)
		again, _, err := w.OfferKey(ctx)
		w.must(err)
		if string(key) != string(again) || len(key) != 20 || name != "Rosa Demo" {
			w.Errorf("the page loaded twice must offer one key: %x %x", key, again)
		}
		code := codeAt(key, stepOf(w.clk.Now()))
		for _, bad := range []struct{ password, code, place string }{
			{"short", code, "password"},
			{strings.Repeat("x", 300), code, "password"},
			{"aaaaaaaaaaaaaaaa", code, "password"},
			{"my password is long", code, "password"},
			{"rosa.quayle is here", code, "password"},
			{phrase, "000000", "code"},
			{phrase, "", "code"},
		} {
			err := w.SetPassword(ctx, bad.password, bad.code)
			var e *errs.Error
			if !asError(err, &e) || e.Kind != errs.Invalid || e.Place != bad.place {
				w.Errorf("%q %q: %v", bad.password, bad.code, err)
			}
			w.quiet(err)
		}
		w.must(w.SetPassword(ctx, phrase, code))
		if next, _, err := w.OfferKey(ctx); err != nil || string(next) == string(key) {
			w.Error("a key in use is offered again")
		}
		if h := w.history(a.ID); !slices.Contains(h, "account.password") {
			w.Errorf("not on record: %v", h)
		}
		w.hasher.compare = argon2id.ComparePasswordAndHash
		if err := w.signIn(email, phrase, code); !errs.Is(err, errs.Invalid) {
			w.Errorf("the code typed to set the app up opens once more: %v", err)
		}
		w.clk.Add(codeStep)
		w.must(w.signIn(email, phrase, codeAt(key, stepOf(w.clk.Now()))))
		if ways, err := w.Ways(ctx); err != nil || ways.PasswordSince.IsZero() {
			w.Errorf("%+v %v", ways, err)
		}
		w.must(w.DropPassword(ctx))
		w.clk.Add(codeStep)
		if err := w.signIn(email, phrase, codeAt(key, stepOf(w.clk.Now()))); !errs.Is(err, errs.Invalid) {
			w.Errorf("after it was taken away: %v", err)
		}
	})
}

func TestLongAfterSigningInOneSignsInAgainFirst(t *testing.T) {
	onBoth(t, func(w *world) {
		_, in := w.signedIn(email, Peer)
		w.clk.Add(Fresh + time.Second)
		ctx := w.as(in.Token)
		for name, err := range map[string]error{
			"set a password":  w.SetPassword(ctx, phrase, "1"),
			"drop a password": w.DropPassword(ctx),
			"drop a passkey":  w.DropPasskey(ctx, "x"),
		} {
			if !errs.Is(err, errs.Conflict) {
				w.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestTheDecoyCostsWhatARealHashCosts(t *testing.T) {
	p, salt, key, err := argon2id.DecodeHash(decoy)
	if err != nil {
		t.Fatal(err)
	}
	want := strength()
	if *p != *want || len(salt) != int(want.SaltLength) || len(key) != int(want.KeyLength) {
		t.Errorf("%+v, want %+v", *p, *want)
	}
}

// RFC 6238, appendix B, shortened to six digits.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	key := []byte("12345678901234567890")
	for unix, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got := codeAt(key, stepOf(time.Unix(unix, 0))); got != want {
			t.Errorf("at %d: %s, want %s", unix, got, want)
		}
	}
	now := time.Unix(1111111109, 0)
	for _, typed := range []string{"081804", " 081 804 ", "٠٨١٨٠٤", "۰۸۱۸۰۴"} {
		if _, ok := codeMatches(key, typed, now); !ok {
			t.Errorf("%q was not taken", typed)
		}
	}
	if _, ok := codeMatches(nil, "", now); ok {
		t.Error("without a key, nothing matches")
	}
}
