package access

import (
	"encoding/json"
	"strings"
	"testing"

	"alongside/platform/browsertest"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

const button = "[data-passkey] button"

// A real browser with a made-up device: in by a link, a passkey made, out, in
// with the passkey, and out of the passkey again.
func TestPasskeyInABrowser(t *testing.T) {
	chromium := browsertest.Browser(t)
	onBoth(t, func(w *world) {
		a, token := w.invite(email, Peer)
		s := w.site()
		p := browsertest.Open(w.T, chromium, s.url+LinkPath(token), browsertest.Options{})
		p.Passkeys()
		p.Click("form button")
		if p.Path() != "/account" {
			w.Fatalf("after the link: %s", p.Path())
		}
		p.Click(button)
		p.WaitFor(`document.querySelector("#passkeys form") !== null`)
		if n := w.count(`SELECT COUNT(*) FROM access_passkey WHERE account = $1`, a.ID); n != 1 {
			w.Fatalf("%d passkeys", n)
		}
		w.must(w.EndOthers(scope.With(w.Context(), scope.Scope{Tenant: "t1", Actor: string(a.ID), Role: Peer})))
		p.Go(s.url + "/sign-in?to=/account/sign-ins")
		p.Click(button)
		p.WaitFor(`location.pathname === "/account/sign-ins"`)
		if says := p.Text("body"); !strings.Contains(says, "with a passkey") {
			w.Errorf("signed in, and the list says %s", says)
		}
		p.Go(s.url + "/account")
		p.Click("#passkeys form button")
		p.Go(s.url + "/sign-in?again=1")
		p.Do(browsertest.Keys(""))
		p.Press(button)
		p.WaitFor(`document.querySelector("[data-passkey] [role=status]").textContent.includes("did not work")`)
		p.NoThirdParty()
		p.NoInline()
	})
}

// Whatever is handed in that is not an answer to a question of ours is refused
// alike.
func TestAnswersThatAreNoAnswers(t *testing.T) {
	onBoth(t, func(w *world) {
		_, in := w.signedIn(email, Peer)
		ctx := w.as(in.Token)
		sign, err := w.AskForKey(w.Context(), phone)
		w.must(err)
		add, err := w.AskToAdd(ctx, phone)
		w.must(err)
		for _, bad := range []struct{ token, answer string }{
			{"", "{}"}, {"nonsense", "{}"}, {sign.Token, "not JSON"}, {sign.Token, "{}"}, {add.Token, "{}"}, {in.Token, "{}"},
		} {
			_, err := w.SignInByKey(w.Context(), bad.token, json.RawMessage(bad.answer), phone)
			if err == nil || err.Error() != notThisKey().Error() {
				w.Errorf("%+v: %v", bad, err)
			}
			w.quiet(err)
		}
		_, other := w.signedIn("other@x.example", Peer)
		if err := w.Add(w.as(other.Token), add.Token, []byte("{}"), phone); !errs.Is(err, errs.NotFound) {
			w.Errorf("someone else's question: %v", err)
		}
		w.clk.Add(ceremonyLasts)
		if err := w.Add(w.as(in.Token), add.Token, []byte("{}"), phone); !errs.Is(err, errs.NotFound) {
			w.Errorf("a question too old: %v", err)
		}
	})
}

func TestPasskeysNeedAName(t *testing.T) {
	for origin, want := range map[string]bool{
		"https://alongside.example": true, "http://localhost:8080": true, "https://192.0.2.7": false,
		"http://127.0.0.1:8080": false, "http://alongside.example": false, "https://[2001:db8::1]": false, "": false,
	} {
		s := New(Deps{Origin: func() string { return origin }})
		if s.PasskeysWork() != want {
			t.Errorf("%q: %v", origin, !want)
		}
	}
}

func TestDevices(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36":                     "Chrome, Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0":     "Edge, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/604.1": "Safari, iPhone",
		"Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0":                                                      "Firefox, Android",
		"curl/8": "", "": "",
	} {
		if got := family(agent); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
