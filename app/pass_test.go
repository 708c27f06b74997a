package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/id"
)

// visitor is someone's browser: signed in, without a script.
type visitor struct {
	*testing.T
	w      *ladderTown
	h      http.Handler
	cookie []*http.Cookie
}

func (w *ladderTown) visitor(t *testing.T, h http.Handler, who ref.Account) *visitor {
	t.Helper()
	inv, err := w.Access.Link(operatorOf(t, w.tenant), who, id.New(w.clk.Now()))
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{T: t, w: w, h: h}
	v.cookie = v.send(http.MethodPost, access.LinkPath(inv.Token), url.Values{}).Result().Cookies()
	return v
}

func (v *visitor) send(method, path string, form url.Values) *httptest.ResponseRecorder {
	form.Set("act", id.New(v.w.clk.Now()))
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for _, c := range v.cookie {
		r.AddCookie(c)
	}
	rec := httptest.NewRecorder()
	v.h.ServeHTTP(rec, r)
	return rec
}

// offers: the page shows the form that says "not this one", or not.
func (v *visitor) offers(page, form string, want bool) {
	v.Helper()
	rec := v.send(http.MethodGet, page, url.Values{})
	if rec.Code != http.StatusOK {
		v.Fatalf("%s: %d", page, rec.Code)
	}
	if strings.Contains(rec.Body.String(), `action="`+form+`"`) != want {
		v.Errorf("%s offers %s: %v", page, form, !want)
	}
}

// TestNotThisOneOnThePageThatTodayLeadsTo: whoever is asked says no where they read
// who waits, and nobody else is offered it there. The ladder moves at once.
func TestNotThisOneOnThePageThatTodayLeadsTo(t *testing.T) {
	w := newWardTown(t)
	rosa, sol := w.visitor(t, w.h, w.rosa), w.visitor(t, w.h, w.sol)
	w.ask(t, w.Handoffs, 1)
	w.asks()
	w.wait(t, 5*time.Second)
	day, err := w.Day.Today(w.as(t, access.Peer, w.rosa))
	if err != nil || len(day.Lines) != 2 {
		t.Fatalf("%+v %v", day.Lines, err)
	}
	for _, l := range day.Lines {
		form := "/rota/asked/" + l.Path[strings.LastIndex(l.Path, "/")+1:] + "/pass"
		sol.offers(l.Path, form, false) // not asked yet
		rosa.offers(l.Path, form, true)
		rosa.offers("/today", form, true)
		if err := w.Day.PutOff(w.as(t, access.Peer, w.rosa), l.Key, time.Hour, "not_today"); !errs.Is(err, errs.NotFound) {
			t.Errorf("what one is asked for is put off, with a reason: %v", err)
		}
		if rec := rosa.send(http.MethodPost, form, url.Values{"day": {"1"}}); rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != "/today" {
			t.Errorf("%s: %d %s", form, rec.Code, rec.Header().Get("Location"))
		}
		w.wait(t, 5*time.Second)
		rosa.offers(l.Path, form, false)
		sol.offers(l.Path, form, true)
	}
	for who, want := range map[context.Context]int{w.as(t, access.Peer, w.rosa): 0, w.as(t, access.Supervisor, w.sol): 2} {
		if mine, err := w.Rota.Mine(who); err != nil || len(mine.Asked) != want {
			t.Errorf("%d are asked of, want %d (%v)", len(mine.Asked), want, err)
		}
	}
}

// TestWhoeverAskedSaysWhereTheyAreNow: somebody whom a peer could not find is there
// after all, elsewhere. Their page takes the place, and the peer who looked for them
// is asked again.
func TestWhoeverAskedSaysWhereTheyAreNow(t *testing.T) {
	w := newWardTown(t)
	rosa := w.as(t, access.Peer, w.rosa)
	r := w.ask(t, w.Handoffs, 1)
	for _, step := range []string{handoff.StepAck, handoff.StepNotFound} {
		if err := w.Handoffs.Take(rosa, r.ID, step, handoff.Input{Act: step, Tried: []string{"ward"}}); err != nil {
			t.Fatal(err)
		}
	}
	w.says("/asked/"+r.Token, true, "The peer could not find them", `name="where_now"`)
	again := url.Values{"act": {id.New(w.clk.Now())}, "where_now": {"Smoking area"}}
	if rec := w.request(http.MethodPost, "/asked/"+r.Token+"/look_again", again); rec.Code != http.StatusSeeOther {
		t.Fatal(rec.Code)
	}
	w.wait(t, 5*time.Second)
	w.says("/asked/"+r.Token, true, "Smoking area", "A peer on duty was asked")
	if kinds, _ := w.asked(access.Peer, w.rosa); len(kinds) != 1 {
		t.Errorf("the peer who looked for them is asked for %v", kinds)
	}
}
