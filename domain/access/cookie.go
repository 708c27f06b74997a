package access

import (
	"net/http"
	"strings"
	"time"
)

// The cookie's names. A browser takes the first only over TLS, for the whole of
// this host and nothing else; the second is for the demo and for trying things
// out on one's own machine.
const (
	secureCookie = "__Host-alongside"
	plainCookie  = "alongside"
)

func (s *Service) secure() bool { return strings.HasPrefix(s.Origin(), "https://") }

func (s *Service) cookieName() string {
	if s.secure() {
		return secureCookie
	}
	return plainCookie
}

// setCookie gives the browser its secret. keep 0 lets it go when the browser is
// closed.
func (s *Service) setCookie(w http.ResponseWriter, token string, keep time.Duration) {
	http.SetCookie(w, &http.Cookie{
		Name: s.cookieName(), Value: token, Path: "/", MaxAge: int(keep / time.Second),
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	})
}

func (s *Service) dropCookie(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{
		Name: s.cookieName(), Path: "/", MaxAge: -1,
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	})
}

func (s *Service) cookieOf(r *http.Request) string {
	c, err := r.Cookie(s.cookieName())
	if err != nil {
		return ""
	}
	return c.Value
}
