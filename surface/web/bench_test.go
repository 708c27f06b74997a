package web

import (
	"net/http/httptest"
	"testing"

	"alongside/platform/page"
)

// BenchmarkPage is the frame's own cost: a small page through everything.
func BenchmarkPage(b *testing.B) {
	t := &testing.T{}
	w := newWorld(t, nil)
	w.signed = &page.Signed{Name: "Rosa", Role: "peer"}
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest("GET", "/open", nil)
		r.Header.Set("Accept-Language", "es-MX,es;q=0.9,en;q=0.8")
		rec := httptest.NewRecorder()
		w.server.ServeHTTP(rec, r)
		if rec.Code != 200 {
			b.Fatal(rec.Code)
		}
	}
}
