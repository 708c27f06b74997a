package tlsauto

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/platform/errs"
)

const domain = "peers.example.org"

// site is a program that answers under a domain, with an issuer to ask.
type site struct {
	*testing.T
	issuer *issuer
	data   string
	https  string
	http   string
	log    *lines
	port   net.Listener
}

// lines is a log that tests can read while it is written.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// open starts the program; its addresses are known only then, so the issuer
// that tests ask at once is held back until it knows them too.
func open(t *testing.T, i *issuer, data, httpAddr string) *site {
	t.Helper()
	s := &site{T: t, issuer: i, data: data, log: &lines{}}
	i.mu.Lock()
	l, err := ListenWith(t.Context(), Options{
		Domain: domain, Data: data, HTTPS: "127.0.0.1:0", HTTP: httpAddr, Directory: i.URL + "/directory",
		Log: slog.New(slog.NewTextHandler(s.log, nil)),
	})
	if err != nil {
		i.mu.Unlock()
		t.Fatal(err)
	}
	s.port, s.https = l, l.Addr().String()
	if second := l.(*listener).second; second != nil {
		s.http = second.Addr
	}
	i.https, i.http = s.https, s.http
	i.mu.Unlock()
	web := &http.Server{ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "hello by "+r.Proto)
	})}
	go web.Serve(l)
	t.Cleanup(func() { s.asked(); web.Close(); l.Close() })
	return s
}

// asked waits until the program has its certificate, on disk too, or has said
// that it got none.
func (s *site) asked() {
	for !strings.Contains(s.log.String(), "certificate") {
		time.Sleep(time.Millisecond)
	}
}

func (s *site) get(url string) (string, error) {
	s.Helper()
	r, err := s.issuer.browser(s.https).Get(url)
	if err != nil {
		return "", err
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	return string(b), err
}

// A certificate comes by either proof, and browsers then get pages by HTTP/2.
func TestCertificateByEitherProof(t *testing.T) {
	for name, c := range map[string]struct {
		offer []string
		http  string
	}{
		"handshake":                   {[]string{"tls-alpn-01"}, None},
		"file":                        {[]string{"http-01"}, "127.0.0.1:0"},
		"both on offer, one port":     {[]string{"http-01", "tls-alpn-01"}, None},
		"port 80 forbidden or taken":  {[]string{"tls-alpn-01"}, "256.0.0.1:80"},
		"both on offer, both at hand": {[]string{"http-01", "tls-alpn-01"}, "127.0.0.1:0"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, newIssuer(t, c.offer...), t.TempDir(), c.http)
			if body, err := s.get("https://" + domain + "/"); err != nil || body != "hello by HTTP/2.0" {
				t.Fatalf("%q, %v\n%s", body, err, s.log)
			}
			if strings.HasPrefix(c.http, "256") != strings.Contains(s.log.String(), "nobody is sent on from") {
				t.Errorf("the log says: %s", s.log)
			}
		})
	}
}

// The program is started again: the certificate is there, nobody is asked, and
// its files are the owner's alone.
func TestCertificateIsKept(t *testing.T) {
	i, data := newIssuer(t, "tls-alpn-01"), t.TempDir()
	for range 2 {
		s := open(t, i, data, None)
		s.asked()
		if _, err := s.get("https://" + domain + "/"); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(i.orders); n != 1 {
		t.Fatalf("%d orders", n)
	}
	found := 0
	err := filepath.WalkDir(filepath.Join(data, "certificates"), func(path string, d fs.DirEntry, err error) error {
		st, err2 := d.Info()
		if err2 == nil && st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %v", path, st.Mode())
		}
		found++
		return err
	})
	if err != nil || found < 3 {
		t.Fatalf("%d files and folders, %v", found, err)
	}
}

// One that runs out soon is renewed without anyone asking.
func TestCertificateIsRenewed(t *testing.T) {
	i := newIssuer(t, "tls-alpn-01")
	i.life = 10 * time.Minute // begun an hour ago, so less than a third of it is left
	s := open(t, i, t.TempDir(), None)
	for range 2 { // the first without a visitor too
		select {
		case got := <-i.orders:
			if got != domain {
				t.Fatalf("an order for %s", got)
			}
		case <-time.After(time.Minute):
			t.Fatal("nobody asked for a certificate")
		}
	}
	for soon := true; soon; { // until the new one is in use
		r, err := i.browser(s.https).Get("https://" + domain + "/")
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		soon = time.Until(r.TLS.PeerCertificates[0].NotAfter) < 24*time.Hour
	}
}

// A certificate for another name is never asked for, whatever the handshake or
// the request says.
func TestNoOtherName(t *testing.T) {
	i := newIssuer(t, "tls-alpn-01", "http-01")
	s := open(t, i, t.TempDir(), "127.0.0.1:0")
	if _, err := s.get("https://" + domain + "/"); err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{"other.example.org", "peers.example.org.evil.example", "www." + domain} {
		if body, err := s.get("https://" + other + "/"); err == nil {
			t.Errorf("%s was answered: %s", other, body)
		}
	}
	if n := len(i.orders); n != 1 {
		t.Fatalf("%d orders", n)
	}
}

// The second port sends readers on to our own domain and takes nothing.
func TestSendOn(t *testing.T) {
	s := open(t, newIssuer(t, "http-01"), t.TempDir(), "127.0.0.1:0")
	browser := s.issuer.browser(s.http)
	for host, path := range map[string]string{domain: "/ask/a?b=c", "evil.example": "//evil.example/x"} {
		r, err := browser.Get("http://" + host + path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if to := r.Header.Get("Location"); r.StatusCode != http.StatusMovedPermanently || to != "https://"+domain+path {
			t.Errorf("%s%s: %d to %q", host, path, r.StatusCode, to)
		}
	}
	r, err := browser.Post("http://"+domain+"/ask/a", "text/plain", strings.NewReader("words"))
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusBadRequest || r.Header.Get("Location") != "" {
		t.Errorf("a form in the open: %d", r.StatusCode)
	}
	r, err = browser.Get("http://" + domain + "/.well-known/acme-challenge/unknown")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown proof: %d", r.StatusCode)
	}
}

// When no certificate comes, whoever runs the program is told what to look at.
func TestNoCertificateIsSaid(t *testing.T) {
	i := newIssuer(t, "dns-01") // a proof that we cannot give
	s := open(t, i, t.TempDir(), None)
	if body, err := s.get("https://" + domain + "/"); err == nil {
		t.Fatalf("answered without a certificate: %q", body)
	}
	s.asked()
	if !strings.Contains(s.log.String(), "must lead to this machine") {
		t.Fatal(s.log)
	}
}

func TestDomainsAreChecked(t *testing.T) {
	for _, bad := range []string{"", "localhost", "127.0.0.1", "::1", "[::1]", "a.example:443", "*.example.org", "https://a.example", "a..example", "-a.example", "a b.example", "münchen.example", strings.Repeat("a.", 130) + "org"} {
		if _, err := Listen(context.Background(), bad, t.TempDir()); !errs.Is(err, errs.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for in, want := range map[string]string{"Peers.Example.ORG": "peers.example.org", "peers.example.org.": "peers.example.org"} {
		if got, err := name(in); err != nil || got != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

// Closing the listener frees both ports.
func TestCloseClosesBoth(t *testing.T) {
	s := open(t, newIssuer(t), t.TempDir(), "127.0.0.1:0")
	if err := s.port.Close(); err != nil {
		t.Fatal(err)
	}
	for _, addr := range []string{s.https, s.http} {
		again, err := net.Listen("tcp", addr)
		if err != nil {
			t.Fatalf("still taken: %v", err)
		}
		again.Close()
	}
}
