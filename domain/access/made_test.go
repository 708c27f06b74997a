package access

import (
	"net/http/httptest"
	"strings"
	"testing"

	"alongside/platform/id"
)

// Whoever made a link for a colleague stands on that colleague's page of
// sign-ins, also after it was used, and the colleague is led there when they next
// come in by a way of their own: not whoever comes in by the link. An invitation
// is nobody's surprise; once there is another link it stands beside it, since somebody may
// have come in by it first.
func TestALinkMadeForSomeoneIsTold(t *testing.T) {
	onBoth(t, func(w *world) {
		a, in := w.signedIn(email, Peer)
		if list, err := w.WaysMade(w.as(in.Token)); err != nil || len(list) != 0 {
			w.Errorf("an invitation is told: %+v %v", list, err)
		}
		key := w.password(a, "a long walk by the river")
		door := &Web{S: w.Service}
		enter := func() string {
			w.clk.Add(codeStep * 3)
			got, err := w.SignIn(w.Context(), Typed{email, "a long walk by the river", codeAt(key, stepOf(w.clk.Now()))}, phone)
			w.must(err)
			return door.arrive(httptest.NewRecorder(), httptest.NewRequest("POST", "/sign-in", nil), got, "/board")
		}
		if to := enter(); to != "/board" {
			w.Errorf("nothing was made, and they are led to %s", to)
		}
		w.clk.Add(aWhile)
		_, admin := w.signedIn("ada@x.example", Administrator)
		_, err := w.Link(w.operator(), a.ID, id.New(w.clk.Now()))
		w.must(err)
		w.clk.Add(aWhile)
		link, err := w.Link(w.as(admin.Token), a.ID, id.New(w.clk.Now()))
		w.must(err)
		thief, err := w.openLink(link.Token)
		w.must(err)
		if !thief.Told {
			w.Error("whoever came in by the link takes the notice away")
		}
		if to := enter(); to != "/account/sign-ins" {
			w.Errorf("they are led to %s", to)
		}
		list, err := w.WaysMade(w.as(in.Token))
		if err != nil || len(list) != 3 || list[0].By != "Rosa Demo" || list[0].Used.IsZero() || list[1].By != "" || !list[1].Used.IsZero() || list[2].Used.IsZero() {
			w.Errorf("%+v %v", list, err)
		}
		if to := enter(); to != "/board" {
			w.Errorf("told once, and led to %s", to)
		}
		w.quiet()
	})
}

// A participant who was away is told how to come in again, and sees no form that
// asks for what they never had. Whoever has it finds it.
func TestAParticipantsTimeOutSaysHowToComeBack(t *testing.T) {
	onBoth(t, func(w *world) {
		s := w.site()
		for to, form := range map[string]bool{"/mine": false, "/mine/plan": false, "/board": true, "/minex": true, "": true, "/mine&other=1": true} {
			body := s.browser().get("/sign-in?to=" + to).body
			if has := strings.Contains(body, `name="password"`); has != form {
				w.Errorf("to %q: a form for a password: %v", to, has)
			}
			if !form && (!strings.Contains(body, "To come in again") || !strings.Contains(body, "/crisis")) {
				w.Errorf("to %q: no way on", to)
			}
		}
	})
}
