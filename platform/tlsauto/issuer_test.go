package tlsauto

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// issuer is a small issuer of certificates that speaks as much of ACME
// (RFC 8555) as one order needs. It proves names as a real one does: by a
// handshake (RFC 8737) or by fetching a file, at addresses that the test gives.
// It checks the form of a request and not its signature.
type issuer struct {
	*httptest.Server
	key   *ecdsa.PrivateKey
	root  *x509.Certificate
	life  time.Duration // of what it issues
	offer []string      // kinds of proof on offer

	https, http string // where it finds the machine that asks
	orders      chan string

	mu     sync.Mutex
	thumb  string // of the account's key
	domain string
	proven bool
	refuse string // why the last proof was not taken
	leaf   []byte
	serial int64
}

func newIssuer(t *testing.T, offer ...string) *issuer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test issuer"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(365 * 24 * time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	root, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{key: key, root: root, life: 90 * 24 * time.Hour, offer: offer, orders: make(chan string, 100), serial: 1}
	i.Server = httptest.NewServer(i)
	t.Cleanup(i.Close)
	return i
}

// ServeHTTP answers one step of an order.
func (i *issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	w.Header().Set("Replay-Nonce", "a-nonce")
	head, body, err := request(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	switch r.URL.Path {
	case "/directory":
		i.say(w, 200, map[string]any{"newNonce": i.URL + "/nonce", "newAccount": i.URL + "/account", "newOrder": i.URL + "/orders"})
	case "/nonce":
	case "/account":
		i.account(w, head)
	case "/orders":
		i.begin(w, body)
	case "/order":
		i.order(w, 200)
	case "/authz":
		i.authz(w)
	case "/proof/tls-alpn-01", "/proof/http-01":
		i.prove(strings.TrimPrefix(r.URL.Path, "/proof/"))
		i.say(w, 200, i.proof(strings.TrimPrefix(r.URL.Path, "/proof/")))
	case "/finalize":
		i.finalize(w, body)
	case "/certificate":
		w.Header().Set("Content-Type", "application/pem-certificate-chain")
		pem.Encode(w, &pem.Block{Type: "CERTIFICATE", Bytes: i.leaf})
		pem.Encode(w, &pem.Block{Type: "CERTIFICATE", Bytes: i.root.Raw})
	default:
		http.NotFound(w, r)
	}
}

// request takes a signed request apart; it is empty for one by GET.
func request(r *http.Request) (head struct{ JWK map[string]string }, body []byte, err error) {
	if r.Method != http.MethodPost {
		return head, nil, nil
	}
	var signed struct{ Protected, Payload, Signature string }
	raw, err := io.ReadAll(r.Body)
	if err == nil {
		err = json.Unmarshal(raw, &signed)
	}
	if err == nil && (signed.Signature == "" || r.Header.Get("Content-Type") != "application/jose+json") {
		err = errors.New("not signed")
	}
	if err != nil {
		return head, nil, err
	}
	b, err1 := base64.RawURLEncoding.DecodeString(signed.Protected)
	body, err2 := base64.RawURLEncoding.DecodeString(signed.Payload)
	return head, body, errors.Join(err1, err2, json.Unmarshal(b, &head))
}

func (i *issuer) say(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}

// account remembers the thumbprint of the account's key (RFC 7638).
func (i *issuer) account(w http.ResponseWriter, head struct{ JWK map[string]string }) {
	text := `{"crv":"` + head.JWK["crv"] + `","kty":"` + head.JWK["kty"] + `","x":"` + head.JWK["x"] + `","y":"` + head.JWK["y"] + `"}`
	sum := sha256.Sum256([]byte(text))
	i.thumb = base64.RawURLEncoding.EncodeToString(sum[:])
	w.Header().Set("Location", i.URL+"/account")
	i.say(w, 201, map[string]any{"status": "valid"})
}

func (i *issuer) begin(w http.ResponseWriter, body []byte) {
	var o struct{ Identifiers []struct{ Value string } }
	if err := json.Unmarshal(body, &o); err != nil || len(o.Identifiers) != 1 {
		http.Error(w, "one name", http.StatusBadRequest)
		return
	}
	i.domain, i.proven, i.refuse, i.leaf = o.Identifiers[0].Value, false, "", nil
	i.orders <- i.domain
	i.order(w, 201)
}

func (i *issuer) order(w http.ResponseWriter, status int) {
	o := map[string]any{
		"status": "pending", "identifiers": []any{map[string]any{"type": "dns", "value": i.domain}},
		"authorizations": []any{i.URL + "/authz"}, "finalize": i.URL + "/finalize",
	}
	switch {
	case i.leaf != nil:
		o["status"], o["certificate"] = "valid", i.URL+"/certificate"
	case i.proven:
		o["status"] = "ready"
	}
	w.Header().Set("Location", i.URL+"/order")
	i.say(w, status, o)
}

func (i *issuer) authz(w http.ResponseWriter) {
	var proofs []any
	for _, kind := range i.offer {
		proofs = append(proofs, i.proof(kind))
	}
	i.say(w, 200, map[string]any{
		"status": i.status(), "identifier": map[string]any{"type": "dns", "value": i.domain}, "challenges": proofs,
	})
}

func (i *issuer) status() string {
	switch {
	case i.proven:
		return "valid"
	case i.refuse != "":
		return "invalid"
	}
	return "pending"
}

func (i *issuer) proof(kind string) map[string]any {
	return map[string]any{"type": kind, "url": i.URL + "/proof/" + kind, "token": "a-token", "status": i.status()}
}

// prove looks whether the machine can do what only the domain's can.
func (i *issuer) prove(kind string) {
	err := i.proveHTTP()
	if kind == "tls-alpn-01" {
		err = i.proveTLS()
	}
	if err != nil {
		i.refuse = err.Error()
		return
	}
	i.proven = true
}

func (i *issuer) proveHTTP() error {
	r, err := http.NewRequest(http.MethodGet, "http://"+i.http+"/.well-known/acme-challenge/a-token", nil)
	if err != nil {
		return err
	}
	r.Host = i.domain
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if string(b) != "a-token."+i.thumb {
		err = errors.Join(err, errors.New("another file"))
	}
	return err
}

func (i *issuer) proveTLS() error {
	c, err := tls.Dial("tcp", i.https, &tls.Config{ServerName: i.domain, NextProtos: []string{"acme-tls/1"}, InsecureSkipVerify: true})
	if err != nil {
		return err
	}
	defer c.Close()
	sum := sha256.Sum256([]byte("a-token." + i.thumb))
	want, err := asn1.Marshal(sum[:])
	for _, e := range c.ConnectionState().PeerCertificates[0].Extensions {
		if e.Id.String() == "1.3.6.1.5.5.7.1.31" && e.Critical && bytes.Equal(e.Value, want) {
			return err
		}
	}
	return errors.Join(err, errors.New("another certificate"))
}

func (i *issuer) finalize(w http.ResponseWriter, body []byte) {
	var f struct{ CSR string }
	err := json.Unmarshal(body, &f)
	der, err2 := base64.RawURLEncoding.DecodeString(f.CSR)
	csr, err3 := x509.ParseCertificateRequest(der)
	if err := errors.Join(err, err2, err3); err != nil || !i.proven {
		http.Error(w, "not now", http.StatusForbidden)
		return
	}
	i.serial++
	i.leaf, err = x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(i.serial), DNSNames: csr.DNSNames,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(i.life),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, i.root, csr.PublicKey, i.key)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	i.life = 90 * 24 * time.Hour
	i.order(w, 200)
}

// browser trusts the issuer and finds every name at one address.
func (i *issuer) browser(addr string) *http.Client {
	pool := x509.NewCertPool()
	pool.AddCert(i.root)
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			ForceAttemptHTTP2: true, DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: pool},
			DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
				return new(net.Dialer).DialContext(ctx, network, addr)
			},
		},
	}
}
