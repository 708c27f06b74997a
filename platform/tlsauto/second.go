package tlsauto

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/crypto/acme/autocert"
)

// listener is the port for browsers, together with the second port that ends
// when it does.
type listener struct {
	net.Listener
	second *second // nil when there is none
}

type second struct {
	*http.Server
	port net.Listener
}

// Close closes both ports.
func (l *listener) Close() error {
	err := l.Listener.Close()
	if l.second != nil {
		err = errors.Join(err, l.second.close())
	}
	return err
}

// close frees the port also when serving has not begun yet. Whichever of the
// two closes it second says that it is closed already, and both may: the
// server forgets its port by itself once the port is closed under it.
func (s *second) close() error {
	return errors.Join(unlessClosed(s.port.Close()), unlessClosed(s.Close()))
}

func unlessClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// second opens the port for proofs by HTTP-01, nil when it cannot: TLS-ALPN-01
// is left.
func (o Options) second(ctx context.Context, m *autocert.Manager) *second {
	if o.HTTP == None {
		return nil
	}
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", o.HTTP)
	if err != nil {
		o.Log.Warn("nobody is sent on from http to https, and the proof of the name must come by port 443", "err", err)
		return nil
	}
	s := &http.Server{
		Addr:              l.Addr().String(),
		Handler:           m.HTTPHandler(http.HandlerFunc(o.sendOn)),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      10 * time.Second,
		IdleTimeout:       30 * time.Second,
		MaxHeaderBytes:    8 << 10,
		ErrorLog:          slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
	}
	go func() { _ = s.Serve(l) }() // it ends with the listener
	return &second{s, l}
}

// sendOn leads to the same page by https, on our own domain whatever the
// request says. A form that was sent in the open is not sent on: its words have
// been on the wire already, and the sender should not come to rely on it.
func (o Options) sendOn(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "Use https", http.StatusBadRequest)
		return
	}
	w.Header().Set("Referrer-Policy", "no-referrer")
	http.Redirect(w, r, "https://"+o.Domain+r.URL.RequestURI(), http.StatusMovedPermanently) //nolint:gosec // the host is our own
}
