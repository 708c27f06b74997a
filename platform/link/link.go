// Package link makes the addresses that open one page to whoever holds them. A
// token carries its organisation and a keyed mark of what it opens: it can be
// made again, cannot be guessed, and is looked for inside one organisation
// only. The database keeps a mark of the mark. A page can be bound to the first
// device that says it is the one.
//
// It is not a library because it is thirty lines on this program's own keys.
package link

import (
	"encoding/base32"
	"net/http"
	"time"

	"alongside/platform/id"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// longest is how long an organisation's id can be.
const longest = 64

// Mark writes a keyed mark in letters that may be read aloud.
func Mark(b []byte) string {
	return base32.NewEncoding(id.Alphabet).WithPadding(base32.NoPadding).EncodeToString(b)
}

// Token is the token of a page: use says what kind, what says which one.
func Token(v *seal.Vault, tenant, use, what string) string {
	return tenant + Mark(v.Token(tenant, use, []byte(what)))
}

// Split takes a token apart. ok is false when it cannot be one.
func Split(token string) (tenant, secret string, ok bool) {
	cut := len(token) - id.Size
	if cut < 1 || cut > longest {
		return "", "", false
	}
	return token[:cut], token[cut:], true
}

// Scope is on whose behalf whoever holds the token comes; ok is false when it
// cannot be one. What it names may not be here.
func Scope(token, purpose string) (sc scope.Scope, ok bool) {
	tenant, secret, ok := Split(token)
	if !ok {
		return sc, false
	}
	return scope.Scope{Tenant: tenant, Actor: "link:" + secret[len(secret)-8:], Purpose: purpose}, true
}

// Device is how a device is known again, by a cookie of its own for each link.
type Device struct {
	Name   string // of the cookie
	Secure bool   // the program is reached over TLS
}

// deviceLasts is the longest a browser keeps a cookie.
const deviceLasts = 400 * 24 * time.Hour

// cookie is its name: a browser takes the second form only over TLS, for this
// host alone.
func (d Device) cookie(token string) string {
	name := d.Name + "-" + token[max(0, len(token)-8):]
	if d.Secure {
		return "__Host-" + name
	}
	return name
}

// Secret is what the device was given for a link; "" when it was given nothing.
func (d Device) Secret(r *http.Request, token string) string {
	c, err := r.Cookie(d.cookie(token))
	if err != nil {
		return ""
	}
	return c.Value
}

// Give gives the device its secret.
func (d Device) Give(w http.ResponseWriter, token, secret string) {
	http.SetCookie(w, &http.Cookie{
		Name: d.cookie(token), Value: secret, Path: "/", MaxAge: int(deviceLasts / time.Second),
		HttpOnly: true, Secure: d.Secure, SameSite: http.SameSiteLaxMode,
	})
}
