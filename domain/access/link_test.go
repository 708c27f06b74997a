package access

import (
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/platform/errs"
	"alongside/platform/id"
)

func TestALinkOpensOnce(t *testing.T) {
	onBoth(t, func(w *world) {
		a, token := w.invite(email, Peer)
		in, err := w.openLink(token)
		w.must(err)
		if in.Account != a.ID || in.Role != Peer || !w.in(in.Token) {
			w.Errorf("the link did not sign in: %+v", in.Who)
		}
		w.clk.Add(aWhile)
		_, err = w.openLink(token)
		if !errs.Is(err, errs.NotFound) {
			w.Errorf("a link used twice: %v", err)
		}
		w.quiet(err)
		if n := w.count(`SELECT COUNT(*) FROM access_session WHERE account = $1`, a.ID); n != 1 {
			w.Errorf("%d sign-ins, want 1", n)
		}
		if h := w.history(a.ID); !slices.Contains(h, "account.sign-in") || !slices.Contains(h, "account.invite") {
			w.Errorf("not on record: %v", h)
		}
	})
}

func TestTheSameButtonPressedTwiceIsOneSignIn(t *testing.T) {
	onBoth(t, func(w *world) {
		a, token := w.invite(email, Peer)
		act := id.New(w.clk.Now())
		first, err := w.OpenLink(w.Context(), token, act, phone)
		w.must(err)
		w.clk.Add(time.Second)
		second, err := w.OpenLink(w.Context(), token, act, phone)
		w.must(err)
		if w.in(first.Token) || !w.in(second.Token) {
			w.Error("the second answer must hold the secret that opens, and only it")
		}
		if n := w.count(`SELECT COUNT(*) FROM access_session WHERE account = $1`, a.ID); n != 1 {
			w.Errorf("%d sign-ins, want 1", n)
		}
		w.clk.Add(pressWindow)
		if _, err := w.OpenLink(w.Context(), token, act, phone); !errs.Is(err, errs.NotFound) {
			w.Errorf("the same press much later: %v", err)
		}
	})
}

func TestALinkExpiresAtItsSecondAndStaysSo(t *testing.T) {
	onBoth(t, func(w *world) {
		_, first := w.invite("one@x.example", Peer)
		_, second := w.invite("two@x.example", Peer)
		w.clk.Add(linkLasts - time.Microsecond)
		if _, err := w.openLink(first); err != nil {
			w.Errorf("in its last moment: %v", err)
		}
		w.clk.Add(time.Microsecond)
		if _, err := w.openLink(second); !errs.Is(err, errs.NotFound) {
			w.Errorf("expired: %v", err)
		}
	})
}

func TestAClockSetBackDoesNotReviveALink(t *testing.T) {
	onBoth(t, func(w *world) {
		_, token := w.invite(email, Peer)
		w.clk.Add(linkLasts)
		w.invite("someone.else@x.example", Peer) // the record now speaks of this instant
		w.clk.Add(-time.Hour)
		if _, err := w.openLink(token); !errs.Is(err, errs.NotFound) {
			w.Errorf("revived: %v", err)
		}
	})
}

func TestANewLinkEndsTheOldOne(t *testing.T) {
	onBoth(t, func(w *world) {
		a, old := w.invite(email, Peer)
		w.clk.Add(aWhile)
		in, err := w.Link(w.operator(), a.ID, id.New(w.clk.Now()))
		w.must(err)
		if _, err := w.openLink(old); !errs.Is(err, errs.NotFound) {
			w.Errorf("the old link: %v", err)
		}
		if _, err := w.openLink(in.Token); err != nil {
			w.Errorf("the new link: %v", err)
		}
	})
}

// A link that never was, one of another organisation, a changed one and one
// that is no link at all have one answer.
func TestLinksThatOpenNothingAreAlike(t *testing.T) {
	onBoth(t, func(w *world) {
		_, token := w.invite(email, Peer)
		_, secret, _ := strings.Cut(token, ".")
		for _, bad := range []string{
			"", ".", "t1.", "t1." + id.Secret(16), "t2." + secret, "t9." + secret, "T1." + secret,
			token + "0", strings.ToUpper(token), token[:len(token)-1], "t1/" + secret,
		} {
			_, err := w.openLink(bad)
			if !errs.Is(err, errs.NotFound) {
				w.Errorf("%q: %v", bad, err)
			}
			w.quiet(err)
		}
		if _, err := w.openLink(token); err != nil {
			w.Errorf("and the right one was used up by that: %v", err)
		}
	})
}

func TestInvitingTwiceWithOneFormIsOneAccountAndOneLink(t *testing.T) {
	onBoth(t, func(w *world) {
		act := id.New(w.clk.Now())
		n := Newcomer{Name: "Rosa Demo", Email: email, Roles: []string{Peer}}
		first, err := w.Invite(w.operator(), n, act)
		w.must(err)
		second, err := w.Invite(w.operator(), n, act)
		w.must(err)
		if first.Token != second.Token || first.Account.ID != second.Account.ID {
			w.Error("the same form sent twice must show the same link")
		}
		_, err = w.Invite(w.operator(), n, id.New(w.clk.Now()))
		if !errs.Is(err, errs.Invalid) {
			w.Errorf("the same address in another form: %v", err)
		}
		w.quiet(err)
		n.Email = " ROSA.quayle@Lanternford.EXAMPLE "
		if _, err = w.Invite(w.operator(), n, id.New(w.clk.Now())); !errs.Is(err, errs.Invalid) {
			w.Errorf("the same address written otherwise: %v", err)
		}
	})
}

func TestACommandThatIsRunAgainMakesANewLink(t *testing.T) {
	onBoth(t, func(w *world) {
		n := Newcomer{Name: "Rosa Demo", Email: email, Roles: []string{Peer}}
		first, err := w.Admit(w.operator(), n, id.New(w.clk.Now()))
		w.must(err)
		n.Roles = []string{Coordinator}
		second, err := w.Admit(w.operator(), n, id.New(w.clk.Now()))
		w.must(err)
		if first.Account.ID != second.Account.ID || first.Token == second.Token {
			w.Error("want the same account and another link")
		}
		in, err := w.openLink(second.Token)
		w.must(err)
		if !slices.Equal(in.Roles, []string{Peer, Coordinator}) || in.Role != "" {
			w.Errorf("roles %v, acting as %q", in.Roles, in.Role)
		}
	})
}

func TestALinkThatWorksTwiceIsForAMadeUpWorldOnly(t *testing.T) {
	onBoth(t, func(w *world) {
		a, _ := w.invite(email, Peer)
		if _, err := w.DemoLink(w.operator(), a.ID); err == nil {
			w.Error("made outside the demo")
		}
		w.Demo = true
		in, err := w.DemoLink(w.operator(), a.ID)
		w.must(err)
		for range 3 {
			w.clk.Add(aWhile)
			if _, err := w.openLink(in.Token); err != nil {
				w.Fatal(err)
			}
		}
		w.Demo = false
		if _, err := w.openLink(in.Token); !errs.Is(err, errs.NotFound) {
			w.Errorf("opened outside the demo: %v", err)
		}
	})
}
