package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/platform/cputest"
	"alongside/platform/id"
	"alongside/platform/seal/sealtest"
)

// BenchmarkPages is what the pages that the aims speak of cost by the whole
// program, without the network: a peer's board of fifty, a nurse's ask, a peer's
// list of fifty people they walk with, and a note of a contact.
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
	b.Run("board", func(b *testing.B) { pageEach(b, h, "/board", cookie) })
	n := 50
	with := walkWith(b, h, cookie, 50)
	b.Run("caseload", func(b *testing.B) { pageEach(b, h, "/caseload", cookie) })
	b.Run("note", func(b *testing.B) {
		defer cputest.Each(b)()
		for b.Loop() {
			n++
			byForm(b, h, cookie, with[n%len(with)]+"/note", url.Values{
				"way": {"call"}, "long": {"15"}, "about": {"listening"}, "went": {"well"}, "note": {fmt.Sprint("We spoke of the weather: ", n)},
			})
		}
	})
	b.Run("outbox-hundred", func(b *testing.B) { outboxEach(b, h, cookie, with) })
	b.Run("ask", func(b *testing.B) {
		defer cputest.Each(b)()
		for b.Loop() {
			n++
			askByForm(b, w, h, n)
		}
	})
	b.Run("ask-sixteen-at-once", func(b *testing.B) {
		defer cputest.Each(b)()
		turn := atomic.Int64{}
		turn.Store(int64(n))
		b.SetParallelism(max(1, 16/runtime.GOMAXPROCS(0)))
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				askByForm(b, w, h, int(turn.Add(1)))
			}
		})
	})
}

// outboxEach sends a hundred notes at once, as a phone does, in each turn.
func outboxEach(b *testing.B, h http.Handler, cookie *http.Cookie, with []string) {
	var k struct {
		User, Slip string
		Key        []byte
	}
	if err := json.Unmarshal(pageOf(b, h, "/outbox/key", cookie).Bytes(), &k); err != nil {
		b.Fatal(err)
	}
	defer cputest.Each(b)()
	for b.Loop() {
		b.StopTimer()
		var items []map[string]any
		for n := range 100 {
			act := id.New(time.Now())
			form := url.Values{"act": {act}, "way": {"call"}, "long": {"15"}, "about": {"listening"}, "went": {"well"}, "note": {fmt.Sprint("Without a network: ", n)}}
			box := sealtest.Box(b, k.Key, act+" "+k.User, []byte(with[n%len(with)]+"/note\n"+form.Encode()))
			items = append(items, map[string]any{"id": act, "slip": k.Slip, "box": box})
		}
		body, err := json.Marshal(map[string]any{"items": items})
		if err != nil {
			b.Fatal(err)
		}
		req := httptest.NewRequest(http.MethodPost, "/outbox", bytes.NewReader(body))
		req.AddCookie(cookie)
		rec := httptest.NewRecorder()
		b.StartTimer()
		if h.ServeHTTP(rec, req); rec.Code != http.StatusOK || strings.Count(rec.Body.String(), `"taken"`) != 100 {
			b.Fatal(rec.Code, rec.Body.String())
		}
	}
}

func pageEach(b *testing.B, h http.Handler, path string, cookie *http.Cookie) {
	defer cputest.Each(b)()
	for b.Loop() {
		pageOf(b, h, path, cookie)
	}
}

func pageOf(b *testing.B, h http.Handler, path string, cookie *http.Cookie) *bytes.Buffer {
	b.Helper()
	req := httptest.NewRequest(http.MethodGet, path, nil)
	req.AddCookie(cookie)
	rec := httptest.NewRecorder()
	if h.ServeHTTP(rec, req); rec.Code != http.StatusOK {
		b.Fatal(rec.Code, rec.Body.String())
	}
	return rec.Body
}

// walkWith goes to so many who wait and returns the paths of the people that the
// peer now walks with.
func walkWith(b *testing.B, h http.Handler, cookie *http.Cookie, n int) []string {
	b.Helper()
	waiting := regexp.MustCompile(`action="(/handoff/[^"/]+)/acknowledge"`).FindAllStringSubmatch(pageOf(b, h, "/board", cookie).String(), n)
	for _, m := range waiting {
		byForm(b, h, cookie, m[1]+"/acknowledge", nil)
		byForm(b, h, cookie, m[1]+"/meet", nil)
	}
	var with []string
	for _, m := range regexp.MustCompile(`href="(/walk/[^"/]+)"`).FindAllStringSubmatch(pageOf(b, h, "/caseload", cookie).String(), -1) {
		with = append(with, m[1])
	}
	if len(with) < n {
		b.Fatal("walks with", len(with))
	}
	return with
}

func byForm(b *testing.B, h http.Handler, cookie *http.Cookie, path string, form url.Values) {
	b.Helper()
	if form == nil {
		form = url.Values{}
	}
	form.Set("act", id.New(time.Now()))
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.AddCookie(cookie)
	rec := httptest.NewRecorder()
	if h.ServeHTTP(rec, req); rec.Code != http.StatusSeeOther {
		b.Fatal(path, rec.Code, rec.Body.String())
	}
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
