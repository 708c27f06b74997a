package access

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/alexedwards/argon2id"

	"alongside/platform/id"
	"alongside/platform/module"
	"alongside/platform/page"
)

func TestLookingAtALinkUsesNothingUp(t *testing.T) {
	onBoth(t, func(w *world) {
		_, token := w.invite(email, Peer)
		s := w.site()
		scanner, rosa, other := s.browser(), s.browser(), s.browser()
		for range 3 {
			if p := scanner.get(LinkPath(token)); p.status != 200 {
				w.Errorf("the page of the link: %d", p.status)
			}
		}
		r, err := http.Head(s.url + LinkPath(token))
		w.must(err)
		r.Body.Close()
		if w.count(`SELECT COUNT(*) FROM access_session`) != 0 {
			w.Fatal("looking signed someone in")
		}
		p := rosa.post(LinkPath(token))
		if p.path != "/account" || p.status != 200 || rosa.cookie() == "" {
			w.Fatalf("%s %d", p.path, p.status)
		}
		w.clk.Add(aWhile)
		p = other.post(LinkPath(token))
		p.says(w, "This link does not open any more")
		if p.status != 404 || other.cookie() != "" {
			w.Errorf("the second time: %d", p.status)
		}
	})
}

// The page of a link, and what is answered when it does not open, tell nobody
// whether there ever was such a link.
func TestLinksTellNothing(t *testing.T) {
	onBoth(t, func(w *world) {
		_, good := w.invite(email, Peer)
		_, used := w.invite("two@x.example", Peer)
		_, err := w.openLink(used)
		w.must(err)
		w.clk.Add(aWhile)
		s := w.site()
		none := "t1." + id.Secret(16)
		plain := func(p shows, token string) string { return strings.ReplaceAll(p.alike(), token, "TOKEN") }
		for _, token := range []string{used, none, "nonsense"} {
			if plain(s.browser().get(LinkPath(good)), good) != plain(s.browser().get(LinkPath(token)), token) {
				w.Errorf("the page of %s differs", token)
			}
			a, b := s.browser().post(LinkPath(used)), s.browser().post(LinkPath(token))
			if a.status != b.status || a.alike() != b.alike() {
				w.Errorf("the answer to %s differs: %d and %d", token, a.status, b.status)
			}
		}
	})
}

func TestSignInAnswersAreAlike(t *testing.T) {
	onBoth(t, func(w *world) {
		a, _ := w.invite(email, Peer)
		w.password(a, phrase)
		s := w.site()
		try := func(mail string) shows {
			p := s.browser().post("/sign-in", "email", mail, "password", "wrong", "code", "000000", "to", "/")
			p.body = strings.ReplaceAll(p.body, html.EscapeString(mail), "MAIL")
			return p
		}
		known, unknown, odd := try(email), try("nobody.here@x.example"), try("no address")
		known.says(w, "These do not fit together")
		for _, p := range []shows{unknown, odd} {
			if p.status != known.status || p.alike() != known.alike() {
				w.Errorf("%d and %d\n%s\n%s", known.status, p.status, known.body, p.body)
			}
		}
		if known.status != http.StatusUnprocessableEntity {
			w.Errorf("status %d", known.status)
		}
		if strings.Contains(known.body, "wrong") {
			w.Error("the password is written back into the page")
		}
		w.quiet()
	})
}

// A passkey is offered before anything that can be typed, and with a password
// a code of one use is asked.
func TestPasskeysStandFirst(t *testing.T) {
	onBoth(t, func(w *world) {
		body := w.site().browser().get("/sign-in").body
		key, password, code := strings.Index(body, `data-passkey="use"`), strings.Index(body, `name="password"`), strings.Index(body, `name="code"`)
		if key < 0 || password < key || code < password {
			w.Errorf("passkey at %d, password at %d, code at %d", key, password, code)
		}
	})
}

func TestSigningInIsAlwaysANewSignIn(t *testing.T) {
	onBoth(t, func(w *world) {
		_, mine := w.invite(email, Peer)
		_, planted := w.signedIn("planted@x.example", Participant)
		s := w.site()
		rosa := s.browser()
		rosa.wear(planted.Token)
		rosa.post(LinkPath(mine))
		if rosa.cookie() == planted.Token || rosa.cookie() == "" {
			w.Error("the browser kept the secret it came with")
		}
		if w.in(planted.Token) {
			w.Error("the sign-in this browser had before goes on")
		}
	})
}

func TestNobodyIsSentElsewhere(t *testing.T) {
	onBoth(t, func(w *world) {
		a, _ := w.invite(email, Peer)
		key := w.password(a, phrase)
		s := w.site()
		for _, to := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)"} {
			w.clk.Add(codeStep)
			p := s.browser().post("/sign-in", "email", email, "password", phrase, "code", codeAt(key, stepOf(w.clk.Now())), "to", to)
			if p.path != "/" || p.status != 200 {
				w.Errorf("%s led to %s (%d)", to, p.path, p.status)
			}
		}
	})
}

var shownLink = regexp.MustCompile(`(/sign-in/link/[^<\s]+)`)

// A day with the door: invited, in by the link, a password set, out, in again
// with a code, and a look at where one is signed in.
func TestADayAtTheDoor(t *testing.T) {
	onBoth(t, func(w *world) {
		w.hasher.compare = argon2id.ComparePasswordAndHash
		s := w.site()
		_, token := w.invite("ada@x.example", Administrator)
		ada := s.browser()
		ada.post(LinkPath(token))
		ada.get("/accounts").says(w, "Rosa Demo", "Administrator")
		act := page.NewAct(w.clk.Now())
		form := []string{"act", act, "name", "Idris Demo", "email", "idris@x.example", "roles", Peer, "roles", Coordinator}
		made := ada.post("/accounts/invite", form...)
		made.says(w, "Hand this link over", "Idris Demo")
		link := shownLink.FindString(made.body)
		if again := ada.post("/accounts/invite", form...); shownLink.FindString(again.body) != link || link == "" {
			w.Error("the form sent twice must show the same link")
		}
		ada.post("/accounts/invite", "name", "Idris Demo", "email", "idris@x.example", "roles", Peer).says(w, "This e-mail has an account here")

		idris := s.browser()
		if p := idris.post(link); p.path != "/sign-in/role" {
			w.Fatalf("someone with two roles was led to %s", p.path)
		}
		if p := idris.post("/sign-in/role", "role", Peer, "to", "/account"); p.path != "/account" {
			w.Fatalf("led to %s", p.path)
		}
		offer := idris.get("/account/password")
		letters := regexp.MustCompile(`(?:[A-Z2-7]{4} ?){8}`).FindString(offer.body)
		key := keyOf(letters)
		code := func() string { return codeAt(key, stepOf(w.clk.Now())) }
		idris.post("/account/password", "password", "short", "code", code()).says(w, "twelve letters or longer")
		if p := idris.post("/account/password", "password", phrase, "code", code()); p.path != "/account" {
			w.Fatalf("%s %d\n%s", p.path, p.status, p.body)
		}
		old := idris.cookie()
		idris.post("/sign-out")
		if w.in(old) || idris.cookie() != "" {
			w.Error("signing out left something behind")
		}
		if p := idris.get("/account"); p.path != "/sign-in" {
			w.Errorf("after signing out: %s", p.path)
		}
		w.clk.Add(codeStep)
		idris.post("/sign-in", "email", "idris@x.example", "password", phrase, "code", code(), "to", "/account")
		idris.post("/sign-in/role", "role", Coordinator, "to", "/account/sign-ins").says(w, "This one", "with a password", "Coordinator")
		w.quiet()
		if strings.Contains(w.log.String(), "idris@") || strings.Contains(w.log.String(), link) {
			w.Error("the log holds an address or a link")
		}
	})
}

func TestParticipantsAreNotThereForAnAdministrator(t *testing.T) {
	onBoth(t, func(w *world) {
		blue, _ := w.invite("blue@x.example", Participant)
		_, token := w.invite("ada@x.example", Administrator)
		s := w.site()
		ada := s.browser()
		ada.post(LinkPath(token))
		if strings.Contains(ada.get("/accounts").body, "blue") {
			w.Error("a participant is on the list")
		}
		none := "0000000000000000000000000a"
		for _, what := range []string{"", "/link", "/pause", "/reopen", "/roles"} {
			ask := func(account string) shows {
				if what == "" {
					return ada.get("/accounts/" + account)
				}
				return ada.post("/accounts/"+account+what, "roles", Peer)
			}
			there, not := ask(string(blue.ID)), ask(none)
			if there.status != 404 || there.status != not.status || there.alike() != not.alike() {
				w.Errorf("%s: %d and %d\n%s\n%s", what, there.status, not.status, there.body, not.body)
			}
		}
		if p := ada.post("/accounts/invite", "name", "B", "email", "b@x.example", "roles", Participant); p.status != 422 {
			w.Errorf("an administrator made a participant: %d", p.status)
		}
	})
}

func TestOnlyWhoMayComesToThePagesOfAccounts(t *testing.T) {
	onBoth(t, func(w *world) {
		ada, _ := w.invite("ada@x.example", Administrator)
		s := w.site()
		for _, role := range []string{Participant, Peer, Supervisor, Coordinator, Evaluator} {
			_, token := w.invite(role+"@x.example", role)
			b := s.browser()
			b.post(LinkPath(token))
			for _, path := range []string{"/accounts", "/accounts/invite", "/accounts/" + string(ada.ID)} {
				if p := b.get(path); p.status != 404 {
					w.Errorf("%s came to %s: %d", role, path, p.status)
				}
			}
			if p := b.post("/accounts/" + string(ada.ID) + "/pause"); p.status != 404 {
				w.Errorf("%s paused an account: %d", role, p.status)
			}
		}
	})
}

func TestEveryRouteSaysWhoMayCome(t *testing.T) {
	p, err := ReadPolicy(Policies())
	if err != nil {
		t.Fatal(err)
	}
	m := Module(&Web{})
	if f := m.Forgotten(); len(f) > 0 {
		t.Errorf("forgotten: %v", f)
	}
	for _, r := range m.Routes {
		known := p.known[r.Action]
		if r.Access == 0 || r.Access == module.SignedIn && !known {
			t.Errorf("%s %s: access %d, action %q", r.Method, r.Pattern, r.Access, r.Action)
		}
	}
}
