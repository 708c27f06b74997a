package web

import (
	"net"
	"net/http"
	"strings"
)

// hosted answers only what is asked of the program's own name, and what this
// machine asks of itself. Any other name is misdirected: it may be another
// site's, which would then show our pages as its own. Without a name everything
// is answered.
func (w *Web) hosted(next http.Handler) http.Handler {
	if w.Host == "" {
		return next
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if name := hostName(r.Host); strings.EqualFold(name, w.Host) || loopback(r.Host) && loopback(r.RemoteAddr) {
			next.ServeHTTP(rw, r)
			return
		}
		w.misdirected(rw, r)
	})
}

// misdirected answers what was not meant for us, or did not come the way that is meant.
func (w *Web) misdirected(rw http.ResponseWriter, r *http.Request) {
	words := w.Words.In(langOf(r))
	plain(rw, http.StatusMisdirectedRequest, words.T("error.misdirected")+" "+words.T("error.misdirected-hint")+"\n")
}

// hostName is a host without its port and without the dot that may end it.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.TrimSuffix(strings.Trim(host, "[]"), ".")
}
