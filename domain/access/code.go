package access

import (
	"crypto/subtle"
	"encoding/base32"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp/hotp"

	"alongside/platform/db"
)

// codeStep is how long one code of the app stands, RFC 6238's default; the one
// before and the one after are taken too, for clocks that go wrong.
const codeStep = 30 * time.Second

func stepOf(t time.Time) int64 { return t.Unix() / int64(codeStep/time.Second) }

// codeMatches returns the step whose code was typed; ok is false when it is
// none of the three that may be typed now.
func codeMatches(key []byte, typed string, now time.Time) (step int64, ok bool) {
	typed = tidyCode(typed)
	for _, at := range []int64{-1, 0, 1} {
		want := codeAt(key, stepOf(now)+at)
		if want != "" && subtle.ConstantTimeCompare([]byte(want), []byte(typed)) == 1 {
			step, ok = stepOf(now)+at, true
		}
	}
	return step, ok
}

// codeAt is the code of a step; "" when there is no key.
func codeAt(key []byte, step int64) string {
	if len(key) == 0 || step < 0 {
		return ""
	}
	code, err := hotp.GenerateCode(keyText(key), uint64(step))
	if err != nil {
		return ""
	}
	return code
}

// keyText writes a key as apps take it.
func keyText(key []byte) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(key)
}

// keyLink is what the picture holds: the key and a name for it in the app.
func keyLink(key []byte, name string) string {
	q := url.Values{"secret": {keyText(key)}, "issuer": {"Alongside"}}
	return "otpauth://totp/" + url.PathEscape("Alongside:"+name) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}

// tidyCode drops the space that people put in the middle, and reads the digits
// of an Arabic keyboard.
func tidyCode(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		}
		return -1
	}, s)
}

// offeredKey is the key that the page for setting a password shows in this
// sign-in. It is made from the organisation's own, so nothing needs to be kept
// until a code shows that the app has it. It changes with each password set.
func offeredKey(tx *db.Tx, setAt time.Time) []byte {
	sc := tx.Scope()
	of := func(half string) []byte {
		text := half + " " + sc.Session + " " + setAt.Format(time.RFC3339Nano)
		return tx.Vault().Token(sc.Tenant, "access.code-key", []byte(text))
	}
	return append(of("1"), of("2")[:4]...)
}
