package engagement

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Twilio signs so: see byTwilio
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"alongside/platform/errs"
)

// How a provider signs what it brings.
const (
	SignBody   = ""       // X-Signature: HMAC-SHA256 of the body, in hex
	SignTwilio = "twilio" // X-Twilio-Signature: see byTwilio
)

// Signing is how a provider of texts shows, beside knowing the address, that it is
// the one.
type Signing struct {
	Secret string // shared with the provider; empty where the address is the proof
	As     string // SignBody or SignTwilio
}

// Check refuses what nobody could sign by.
func (s Signing) Check() error {
	switch {
	case s.As != SignBody && s.As != SignTwilio:
		return errs.New(errs.Invalid, "engagement: texts are signed as twilio, or as nothing is said", "")
	case s.As != SignBody && s.Secret == "":
		return errs.New(errs.Invalid, "engagement: the secret that texts are signed with is missing", "")
	}
	return nil
}

// answer is what the provider is told of a text that is here. Twilio reads an
// answer as orders what to do next: there are none.
func (s Signing) answer() (kind, said string) {
	if s.As == SignTwilio {
		return "text/xml", "<Response></Response>\n"
	}
	return "application/json", `{"taken":true}` + "\n"
}

// by reports whether a request with this body is signed by whoever shares the
// secret.
func (s Signing) by(r *http.Request, body []byte) bool {
	switch {
	case s.Secret == "":
		return true
	case s.As == SignTwilio:
		return s.byTwilio(r, body)
	}
	sum := hmac.New(sha256.New, []byte(s.Secret))
	sum.Write(body)
	got, err := hex.DecodeString(strings.TrimPrefix(r.Header.Get("X-Signature"), "sha256="))
	return err == nil && hmac.Equal(got, sum.Sum(nil))
}

// byTwilio: the HMAC-SHA1, in base64, of the whole address as Twilio was given it
// and of each field of the form, by name, name and value without anything
// between (https://www.twilio.com/docs/usage/security#validating-requests). What
// is in front of this program ends TLS, so the address begins with https; a port
// may be in it or not. What is no form is not signed so.
func (s Signing) byTwilio(r *http.Request, body []byte) bool {
	got, err := base64.StdEncoding.DecodeString(r.Header.Get("X-Twilio-Signature"))
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	form, bad := url.ParseQuery(string(body))
	if err != nil || bad != nil || kind != "application/x-www-form-urlencoded" {
		return false
	}
	signed := false
	for _, host := range hosts(r.Host) {
		sum := hmac.New(sha1.New, []byte(s.Secret))
		sum.Write([]byte("https://" + host + r.URL.RequestURI()))
		for _, name := range slices.Sorted(maps.Keys(form)) {
			sum.Write([]byte(name + strings.Join(form[name], "")))
		}
		signed = hmac.Equal(got, sum.Sum(nil)) || signed
	}
	return signed
}

// hosts are the two ways to write where a request went: with its port and
// without.
func hosts(host string) []string {
	if bare, _, err := net.SplitHostPort(host); err == nil {
		return []string{host, bare}
	}
	return []string{host, host + ":443"}
}
