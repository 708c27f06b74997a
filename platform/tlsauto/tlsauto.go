// Package tlsauto gets and renews a certificate for one domain by ACME, so that
// `serve --domain NAME` is all that a small organisation has to say.
//
// The certificate and its key lie in the folder certificates of the data
// folder, for the owner only. Two proofs of the name are offered: TLS-ALPN-01
// on the port that answers browsers, and HTTP-01 on port 80, where everything
// else is sent on to https. One of the two ports must be reachable from the
// internet. A certificate for another name is never asked for.
//
// It is not a library because golang.org/x/crypto/acme/autocert does the work;
// what is ours is where the certificate lies, that it is asked for at the start
// rather than at the first visit, and what is said when it does not come.
package tlsauto

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"alongside/platform/errs"
)

// Options say for whom and where. The zero value of all but Domain and Data is
// usable.
type Options struct {
	Domain    string       // the machine's name on the internet
	Data      string       // the data folder
	HTTPS     string       // address for browsers; empty is ":443"
	HTTP      string       // address for the proof and for sending on; empty is ":80", "none" opens nothing
	Directory string       // the issuer's ACME directory; empty is Let's Encrypt
	Client    *http.Client // how the issuer is reached; nil is the usual way
	Log       *slog.Logger // nil says nothing
}

// None is the address of no port at all.
const None = "none"

// Listen opens the ports for a domain and begins to get its certificate. Closing
// the listener closes both.
func Listen(ctx context.Context, domain, data string) (net.Listener, error) {
	return ListenWith(ctx, Options{Domain: domain, Data: data})
}

// ListenWith is Listen with options. A domain that no issuer would take is
// errs.Invalid. A port 80 that is taken or forbidden is only logged.
func ListenWith(ctx context.Context, o Options) (net.Listener, error) {
	o = o.filled()
	domain, err := name(o.Domain)
	if err != nil {
		return nil, err
	}
	o.Domain = domain
	m := o.manager()
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", o.HTTPS)
	if err != nil {
		return nil, errs.Wrap("tls: open "+o.HTTPS, err)
	}
	config := m.TLSConfig()
	config.MinVersion = tls.VersionTLS12
	both := &listener{Listener: tls.NewListener(l, config), second: o.second(ctx, m)}
	go o.fetch(m)
	return both, nil
}

func (o Options) filled() Options {
	if o.HTTPS == "" {
		o.HTTPS = ":443"
	}
	if o.HTTP == "" {
		o.HTTP = ":80"
	}
	if o.Directory == "" {
		o.Directory = autocert.DefaultACMEDirectory
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

func (o Options) manager() *autocert.Manager {
	return &autocert.Manager{
		Prompt:     autocert.AcceptTOS,
		Cache:      autocert.DirCache(filepath.Join(o.Data, "certificates")),
		HostPolicy: autocert.HostWhitelist(o.Domain),
		Client:     &acme.Client{DirectoryURL: o.Directory, HTTPClient: o.Client, UserAgent: "alongside"},
	}
}

// fetch asks for the certificate as a browser would, so that the first visitor
// need not wait and whoever runs the program learns what is wrong.
func (o Options) fetch(m *autocert.Manager) {
	_, err := m.GetCertificate(&tls.ClientHelloInfo{
		ServerName:   o.Domain,
		CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}, // no RSA key is needed today
	})
	if err != nil {
		o.Log.Error("no certificate yet: the domain must lead to this machine, and port 443 or port 80 must be reachable from the internet",
			"domain", o.Domain, "err", err)
		return
	}
	o.Log.Info("certificate is ready", "domain", o.Domain)
}

// label is one part of a domain in the letters of the internet.
var label = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// name returns a domain in small letters, or says what is wanted.
func name(domain string) (string, error) {
	ascii := strings.TrimSuffix(strings.ToLower(domain), ".")
	parts := strings.Split(ascii, ".")
	good := len(parts) > 1 && len(ascii) <= 253 && net.ParseIP(ascii) == nil
	for _, p := range parts {
		good = good && label.MatchString(p)
	}
	if !good {
		return "", &errs.Error{
			Kind: errs.Invalid, Op: "tls", Place: "domain",
			Err: errors.New("give the name of this machine on the internet, such as peers.example.org: no address in numbers, no port, no star, letters beyond a to z in their xn-- form"),
		}
	}
	return ascii, nil
}
