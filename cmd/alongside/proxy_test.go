package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/platform/crashtest"
)

// Behind a proxy that speaks https for its name the program is reached as with a
// certificate of its own: cookies that only this host gets, links that lead to the
// name, also those that another command prints. Whoever comes past the name is refused.
func TestBehindAProxyThatSpeaksTLS(t *testing.T) {
	h := newHouse(t)
	host := strings.TrimPrefix(h.addr, "http://")
	p, err := crashtest.Start(h.bin, "serve", "--data", h.data, "--addr", host, "--domain", "peers.example", "--proxy", "127.0.0.1, ::1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	if line, err := p.FirstLine(time.Minute); err != nil || line != "Alongside answers on https://peers.example" {
		t.Fatal(line, err)
	}
	h.throughProxy(t, host)

	link := h.run(t, "user", "add", "--data", h.data, "--org", "Made-up Org", "--role", "peer", "--email", "rosa@made-up.example")
	_, path, found := strings.Cut(link, "https://peers.example/sign-in/link/")
	if !found {
		t.Fatalf("a link that is printed leads elsewhere: %s", link)
	}
	h.addr = "https://peers.example"
	in := h.comeIn(t, "/sign-in/link/"+strings.Fields(path)[0])
	got, err := in.web.Get(h.addr + "/today")
	if err != nil {
		t.Fatal(err)
	}
	got.Body.Close()
	if sent := got.Request.Header.Get("Cookie"); got.StatusCode != http.StatusOK || !strings.Contains(sent, "__Host-alongside=") {
		t.Errorf("%d, with the cookies %q", got.StatusCode, sent)
	}
	if got.Header.Get("Strict-Transport-Security") == "" {
		t.Error("browsers are not told to stay with https")
	}
	if code, _, _, err := h.body(t.Context(), http.MethodGet, "https://other.example/", nil); code != http.StatusMisdirectedRequest || err != nil {
		t.Errorf("another name: %d %v", code, err)
	}
}

// throughProxy makes h's browser reach every name by a proxy with a certificate, which
// passes on what it is asked to the program at host, under the name it was asked for.
func (h *house) throughProxy(t *testing.T, host string) {
	t.Helper()
	proxy := httptest.NewTLSServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: host})
		r.SetXForwarded()
		r.Out.Host = r.In.Host
	}})
	t.Cleanup(proxy.Close)
	carrier := proxy.Client().Transport.(*http.Transport).Clone()
	carrier.TLSClientConfig.InsecureSkipVerify = true // its certificate is made up, and it is our own
	carrier.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, proxy.Listener.Addr().String())
	}
	h.web.Transport = carrier
}
