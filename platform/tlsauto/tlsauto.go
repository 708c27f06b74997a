// Package tlsauto gets and renews a certificate for one domain by ACME, so that
// `serve --domain NAME` is all that a small organisation has to say.
//
// It is not a library because golang.org/x/crypto/acme/autocert does the work;
// what is ours is where the certificate lies and who may ask for one.
package tlsauto

import (
	"context"
	"crypto/tls"
	"net"
	"path/filepath"

	"golang.org/x/crypto/acme/autocert"
)

// Listen answers on port 443 with a certificate for the domain, kept in the
// folder certificates of the data folder. A certificate for another name is
// never asked for. The challenge is TLS-ALPN-01, so no other port is opened.
func Listen(ctx context.Context, domain, data string) (net.Listener, error) {
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", ":443")
	if err != nil {
		return nil, err
	}
	return tls.NewListener(l, manager(domain, data).TLSConfig()), nil
}

func manager(domain, data string) *autocert.Manager {
	return &autocert.Manager{
		Prompt:     autocert.AcceptTOS,
		Cache:      autocert.DirCache(filepath.Join(data, "certificates")),
		HostPolicy: autocert.HostWhitelist(domain),
	}
}
