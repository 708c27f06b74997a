package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/platform/cputest"
	"alongside/platform/id"
)

// BenchmarkPages is what the two pages that the aims speak of cost by the whole
// program, without the network: a nurse's ask, and a peer's board of fifty.
func BenchmarkPages(b *testing.B) {
	w := newLadderTown(b)
	h, err := w.Handler()
	if err != nil {
		b.Fatal(err)
	}
	for n := range 50 {
		askByForm(b, w, h, n)
	}
	cookie := signedIn(b, w)
	b.Run("board", func(b *testing.B) {
		defer cputest.Each(b)()
		for b.Loop() {
			req := httptest.NewRequest(http.MethodGet, "/board", nil)
			req.AddCookie(cookie)
			rec := httptest.NewRecorder()
			if h.ServeHTTP(rec, req); rec.Code != http.StatusOK {
				b.Fatal(rec.Code, rec.Body.String())
			}
		}
	})
	n := 50
	b.Run("ask", func(b *testing.B) {
		defer cputest.Each(b)()
		for b.Loop() {
			n++
			askByForm(b, w, h, n)
		}
	})
}

func askByForm(b *testing.B, w *ladderTown, h http.Handler, n int) {
	b.Helper()
	form := url.Values{
		"act": {id.New(time.Now())}, "answer": {"yes"}, "name": {fmt.Sprintf("Robin %d", n)},
		"whereabouts": {"Bed 12, behind the desk"}, "language": {"en"}, "know": {"Speaks softly."}, "asker": {"Nurse on nights"},
	}
	req := httptest.NewRequest(http.MethodPost, "/ask/"+w.token, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	rec := httptest.NewRecorder()
	if h.ServeHTTP(rec, req); rec.Code != http.StatusSeeOther {
		b.Fatal(rec.Code, rec.Body.String())
	}
	if n%5 == 0 {
		w.clk.Add(time.Minute) // or the asks are a flood, and kept for someone to look at
	}
}

func signedIn(b *testing.B, w *ladderTown) *http.Cookie {
	b.Helper()
	inv, err := w.Access.Link(operatorOf(b, w.tenant), w.rosa, id.New(time.Now()))
	if err != nil {
		b.Fatal(err)
	}
	in, err := w.Access.OpenLink(b.Context(), inv.Token, id.New(time.Now()), access.Device{Agent: "test"})
	if err != nil {
		b.Fatal(err)
	}
	return &http.Cookie{Name: "alongside", Value: in.Token}
}
