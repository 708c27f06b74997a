package web

import (
	"errors"
	"net"
	"net/http"
	"strings"

	"github.com/realclientip/realclientip-go"
)

// Proxies are the machines in front that speak TLS with browsers for the program:
// a reverse proxy, or a balancer before several of us. Who asks is read from the
// X-Forwarded-For that they write, the rightmost address that is none of them; what a
// browser itself put there stands further left and is not believed.
type Proxies struct {
	ranges   []net.IPNet
	strategy realclientip.Strategy
}

// NewProxies takes addresses and ranges between commas: "127.0.0.1, 10.0.0.0/28".
func NewProxies(list string) (*Proxies, error) {
	ranges, err := realclientip.AddressesAndRangesToIPNets(fields(list)...)
	if err == nil && len(ranges) == 0 {
		err = errors.New("no address is named")
	}
	for _, r := range ranges {
		if ones, _ := r.Mask.Size(); ones == 0 {
			err = errors.New("everyone is no proxy")
		}
	}
	if err != nil {
		return nil, err
	}
	strategy, err := realclientip.NewRightmostTrustedRangeStrategy("X-Forwarded-For", ranges)
	return &Proxies{ranges: ranges, strategy: strategy}, err
}

func fields(list string) (out []string) {
	for _, f := range strings.Split(list, ",") {
		if f = strings.TrimSpace(f); f != "" {
			out = append(out, f)
		}
	}
	return out
}

// has reports whether a connection comes from one of them.
func (p *Proxies) has(remote string) bool {
	host, _, err := net.SplitHostPort(remote)
	ip := net.ParseIP(host)
	if err != nil || ip == nil {
		return false
	}
	for _, r := range p.ranges {
		if r.Contains(ip) {
			return true
		}
	}
	return false
}

// behind makes the address of a request that of whoever asked the proxy. What comes
// past the proxies is not encrypted on its way, and is misdirected, unless this machine
// asks itself. A proxy that names nobody is taken for the one who asks: all who come
// through it then share one place's tries at the sign-in, which slows them and lets
// nobody in.
func (w *Web) behind(next http.Handler) http.Handler {
	if w.Proxies == nil {
		return next
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		switch {
		case w.Proxies.has(r.RemoteAddr):
			if ip := w.Proxies.strategy.ClientIP(r.Header, r.RemoteAddr); ip != "" {
				r.RemoteAddr = net.JoinHostPort(ip, "0")
			}
		case !loopback(r.RemoteAddr):
			w.misdirected(rw, r)
			return
		}
		next.ServeHTTP(rw, r)
	})
}
