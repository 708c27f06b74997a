package access

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/scope"
)

func TestARequestHasTheScopeOfItsSignIn(t *testing.T) {
	onBoth(t, func(w *world) {
		a, in := w.signedIn(email, Peer)
		ctx := w.as(in.Token)
		sc, _ := scope.From(ctx)
		want := scope.Scope{Tenant: "t1", Actor: string(a.ID), Role: Peer, Purpose: scope.Treatment, Session: string(in.Session)}
		if sc != want {
			w.Errorf("scope %+v, want %+v", sc, want)
		}
		if who, _ := Current(ctx); who.Name != "Rosa Demo" {
			w.Errorf("name %q", who.Name)
		}
		if _, ok := scope.From(w.as("")); ok {
			w.Error("a visitor has a scope")
		}
	})
}

func TestWhatOpensNothingIsAVisitorAndLosesTheCookie(t *testing.T) {
	onBoth(t, func(w *world) {
		_, in := w.signedIn(email, Peer)
		_, secret, _ := strings.Cut(in.Token, ".")
		for _, bad := range []string{"nonsense", "t1." + id.Secret(32), "t2." + secret, in.Token + "0", string(in.Session), "t1." + string(in.Session)} {
			ctx, rec := w.ask(bad)
			if _, ok := Current(ctx); ok {
				w.Errorf("%q opened", bad)
			}
			if c := rec.Header().Get("Set-Cookie"); !strings.Contains(c, "Max-Age=0") {
				w.Errorf("%q was left in the browser: %q", bad, c)
			}
		}
	})
}

func TestTheSecretIsNotInTheDatabase(t *testing.T) {
	onBoth(t, func(w *world) {
		_, in := w.signedIn(email, Peer)
		_, secret, _ := strings.Cut(in.Token, ".")
		if n := w.count(`SELECT COUNT(*) FROM access_session WHERE session = $1 OR session = $2`, secret, in.Token); n != 0 {
			w.Error("the secret itself is kept")
		}
	})
}

func TestAnEndedSignInIsObeyedAtTheNextRequest(t *testing.T) {
	onBoth(t, func(w *world) {
		_, first := w.signedIn(email, Peer)
		ctx := w.as(first.Token)
		if w.Over(ctx) {
			w.Fatal("a live sign-in is over")
		}
		w.must(w.SignOut(ctx))
		if w.in(first.Token) {
			w.Error("a request after signing out")
		}
		if !w.Over(ctx) {
			w.Error("a stream goes on after signing out")
		}
		w.must(w.SignOut(w.Context()))
	})
}

func TestWhereYouAreSignedIn(t *testing.T) {
	onBoth(t, func(w *world) {
		a, here := w.signedIn(email, Peer)
		var others []Arrival
		for range 2 {
			w.clk.Add(aWhile)
			link, err := w.Link(w.operator(), a.ID, id.New(w.clk.Now()))
			w.must(err)
			in, err := w.openLink(link.Token)
			w.must(err)
			others = append(others, in)
		}
		_, stranger := w.signedIn("stranger@x.example", Peer)

		ctx := w.as(here.Token)
		list, err := w.SignIns(ctx)
		w.must(err)
		this := slices.IndexFunc(list, func(s SignIn) bool { return s.This })
		if len(list) != 3 || this < 0 || list[this].ID != here.Session || list[0].Agent != phone.Agent || list[0].Net != phone.Net {
			w.Fatalf("list %+v", list)
		}
		w.must(w.EndSignIn(ctx, others[0].Session))
		if w.in(others[0].Token) || !w.in(others[1].Token) || !w.in(here.Token) {
			w.Error("the one that was named must end, and no other")
		}
		if err := w.EndSignIn(ctx, stranger.Session); !errs.Is(err, errs.Denied) || !w.in(stranger.Token) {
			w.Errorf("ended a stranger's sign-in: %v", err)
		}
		if err := w.EndSignIn(ctx, "nosuch"); !errs.Is(err, errs.NotFound) {
			w.Errorf("one that is not there: %v", err)
		}
		w.must(w.EndOthers(ctx))
		if w.in(others[1].Token) || !w.in(here.Token) || !w.in(stranger.Token) {
			w.Error("all others of this account must end, and none else")
		}
	})
}

// A sign-in's name from another organisation is answered like one that does not
// exist.
func TestAnotherOrganisationsSignIn(t *testing.T) {
	onBoth(t, func(w *world) {
		_, here := w.signedIn(email, Peer)
		in, err := w.Invite(scope.With(w.Context(), Operator("t2", "root")), Newcomer{Name: "Fern", Email: email, Roles: []string{Peer}}, id.New(w.clk.Now()))
		w.must(err)
		there, err := w.openLink(in.Token)
		w.must(err)
		none := w.EndSignIn(w.as(here.Token), "nosuch")
		other := w.EndSignIn(w.as(here.Token), there.Session)
		if none.Error() != other.Error() || !errs.Is(other, errs.NotFound) || !w.in(there.Token) {
			w.Errorf("%v and %v must be alike", none, other)
		}
	})
}

func TestTimeEndsASignIn(t *testing.T) {
	onBoth(t, func(w *world) {
		_, person := w.signedIn("person@x.example", Participant)
		_, peer := w.signedIn("peer@x.example", Peer)
		w.clk.Add(5*time.Minute - time.Second)
		if !w.in(person.Token) {
			w.Error("a participant was signed out too soon")
		}
		w.clk.Add(5*time.Minute - time.Second)
		if !w.in(person.Token) {
			w.Error("a look must count")
		}
		w.clk.Add(5 * time.Minute)
		if w.in(person.Token) {
			w.Error("a participant's sign-in outlived five quiet minutes")
		}
		w.clk.Add(-3 * time.Minute)
		if w.in(person.Token) {
			w.Error("a clock set back revived a sign-in")
		}
		w.clk.Add(3 * time.Minute)
		for range 23 {
			w.clk.Add(30 * time.Minute)
			w.in(peer.Token)
		}
		if !w.in(peer.Token) {
			w.Error("a peer was signed out within the shift")
		}
		w.clk.Add(15*time.Minute + 2*time.Second)
		if w.in(peer.Token) {
			w.Error("a peer's sign-in outlived twelve hours")
		}
	})
}

// Fifty looks within a minute are one write at most.
func TestALookDoesNotWriteEachTime(t *testing.T) {
	onBoth(t, func(w *world) {
		_, in := w.signedIn(email, Peer)
		before := w.DB.Stats().Commits
		for range 50 {
			w.clk.Add(time.Second)
			if !w.in(in.Token) {
				w.Fatal("signed out")
			}
		}
		if n := w.DB.Stats().Commits - before; n > 1 {
			w.Errorf("%d writes for 50 looks", n)
		}
	})
}

func TestAPausedAccountIsOutAtOnce(t *testing.T) {
	onBoth(t, func(w *world) {
		a, in := w.signedIn(email, Peer)
		link, err := w.Link(w.operator(), a.ID, id.New(w.clk.Now()))
		w.must(err)
		key := w.password(a, "a long walk by the river")
		w.clk.Add(aWhile)
		w.must(w.Pause(w.operator(), a.ID))
		if w.in(in.Token) {
			w.Error("still signed in")
		}
		if _, err := w.openLink(link.Token); !errs.Is(err, errs.NotFound) {
			w.Errorf("the link still opens: %v", err)
		}
		if _, err := w.Link(w.operator(), a.ID, id.New(w.clk.Now())); !errs.Is(err, errs.Conflict) {
			w.Errorf("a new link: %v", err)
		}
		paused := w.signIn(email, "a long walk by the river", codeAt(key, stepOf(w.clk.Now())))
		nobody := w.signIn("nobody@x.example", "a long walk by the river", "123456")
		if paused == nil || paused.Error() != nobody.Error() {
			w.Errorf("%v and %v must be alike", paused, nobody)
		}
		w.must(w.Reopen(w.operator(), a.ID))
		if w.in(in.Token) {
			w.Error("an old sign-in came back to life")
		}
		if err := w.signIn(email, "a long walk by the river", codeAt(key, stepOf(w.clk.Now()))); err != nil {
			w.Errorf("after reopening: %v", err)
		}
	})
}

func TestARoleTakenAwayIsGoneAtTheNextRequest(t *testing.T) {
	onBoth(t, func(w *world) {
		a, in := w.signedIn(email, Peer)
		_, err := w.SetRoles(w.operator(), a.ID, []string{Evaluator})
		w.must(err)
		if w.in(in.Token) {
			w.Error("still acts as a peer")
		}
		if _, err := w.SetRoles(w.operator(), a.ID, []string{"operator"}); !errs.Is(err, errs.Invalid) {
			w.Errorf("a role that no account can hold: %v", err)
		}
	})
}

func TestSomeoneWithTwoRolesActsInOneAtATime(t *testing.T) {
	onBoth(t, func(w *world) {
		_, in := w.signedIn(email, Peer, Administrator)
		ctx := w.as(in.Token)
		if w.AllowRoute(ctx, "handoff.board") == nil || w.AllowRoute(ctx, "account.list") == nil {
			w.Error("before picking a role, neither is open")
		}
		w.clk.Add(aWhile)
		peer, err := w.ActAs(ctx, Peer)
		w.must(err)
		if w.in(in.Token) || !w.in(peer.Token) {
			w.Error("a new role needs a new secret")
		}
		ctx = w.as(peer.Token)
		if w.AllowRoute(ctx, "handoff.board") != nil || w.AllowRoute(ctx, "account.list") == nil {
			w.Error("as a peer: the board, and no accounts")
		}
		if _, err := w.ActAs(ctx, Coordinator); !errs.Is(err, errs.Denied) {
			w.Errorf("a role they do not hold: %v", err)
		}
		admin, err := w.ActAs(ctx, Administrator)
		w.must(err)
		if !w.Over(ctx) {
			w.Error("a stream opened as a peer goes on as an administrator")
		}
		if w.AllowRoute(w.as(admin.Token), "handoff.board") == nil {
			w.Error("an administrator sees the board")
		}
	})
}

func TestCookies(t *testing.T) {
	onBoth(t, func(w *world) {
		_, rec := w.ask("nonsense")
		c, err := http.ParseSetCookie(rec.Header().Get("Set-Cookie"))
		w.must(err)
		if c.Name != "__Host-alongside" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			w.Errorf("over TLS: %v", c)
		}
		w.Origin = func() string { return "http://127.0.0.1:8080" }
		if w.cookieName() != "alongside" || w.secure() {
			w.Error("on one's own machine without TLS the cookie has its plain name")
		}
		for role, want := range map[string]bool{Peer: true, Participant: false} {
			rule, _ := RuleOf(role)
			if kept := rule.keep() > 0; kept != want {
				w.Errorf("%s: the cookie outlives the browser: %v", role, kept)
			}
		}
	})
}

// Without a database the door is shut, and nobody is signed out by that.
func TestADatabaseThatIsAwayIsTrouble(t *testing.T) {
	onBoth(t, func(w *world) {
		_, in := w.signedIn(email, Peer)
		w.must(w.DB.Close())
		soon, stop := context.WithTimeout(w.Context(), time.Second)
		defer stop()
		ctx, rec := w.askWithin(soon, in.Token)
		if _, ok := Current(ctx); ok || Trouble(ctx) == nil || rec.Header().Get("Set-Cookie") != "" {
			w.Error("want a visitor with trouble, and the cookie left alone")
		}
		w.quiet()
	})
}

func TestOwnAccountNames(t *testing.T) {
	onBoth(t, func(w *world) {
		_, in := w.signedIn(email, Peer)
		ctx := w.as(in.Token)
		w.must(w.SetProfile(ctx, Profile{Name: "Rosa Q.", Language: "es"}))
		who, _ := Current(w.as(in.Token))
		if who.Name != "Rosa Q." || who.Language != "es" {
			w.Errorf("%+v", who)
		}
		a, err := w.Own(ctx)
		w.must(err)
		if a.Email != email {
			w.Error("the address was lost")
		}
	})
}

func TestTheFieldListMatchesTheTable(t *testing.T) {
	onBoth(t, func(w *world) {
		for _, bad := range w.accounts.Check() {
			w.Error(bad)
		}
		w.must(w.DB.Read(w.operator(), func(tx *db.Tx) error {
			bad, err := w.accounts.CheckTable(tx)
			for _, b := range bad {
				w.Error(b)
			}
			return err
		}))
	})
}

func TestSweep(t *testing.T) {
	onBoth(t, func(w *world) {
		_, in := w.signedIn(email, Peer)
		w.signIn("nobody@x.example", "x", "1")
		w.clk.Add(keepOver - time.Hour)
		w.must(w.Sweep(w.Context()))
		if w.count(`SELECT COUNT(*) FROM access_attempt`) != 0 {
			w.Error("old tries are kept")
		}
		if w.count(`SELECT COUNT(*) FROM access_session WHERE session = $1`, in.Session) != 1 {
			w.Error("a sign-in was forgotten too soon")
		}
		w.clk.Add(linkLasts + 24*time.Hour)
		w.must(w.Sweep(context.Background()))
		if w.count(`SELECT COUNT(*) FROM access_session`)+w.count(`SELECT COUNT(*) FROM access_link`) != 0 {
			w.Error("what is long over is kept")
		}
	})
}
