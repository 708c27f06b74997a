package access

import (
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"strings"

	"alongside/platform/id"
)

// A token is what a cookie or a link carries: the organisation's id, a dot, and
// a secret. It is looked for inside that organisation only. The database keeps
// the first half of the secret's hash, which is also the row's name: it can be
// shown and logged, and nothing can be opened with it.

// Uses keep the hashes of different kinds of token apart.
const (
	useSession  = "session"
	useLink     = "link"
	useCeremony = "ceremony"
)

// secretSize is the entropy of a token in bytes.
const secretSize = 32

var tenantForm = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)

func newToken(tenant string) string { return tenant + "." + id.Secret(secretSize) }

// splitToken takes a token apart and names its row. ok is false when it cannot
// be one; whether there is such a row it does not say.
func splitToken(use, token string) (tenant, name string, ok bool) {
	tenant, secret, ok := strings.Cut(token, ".")
	if !ok || !tenantForm.MatchString(tenant) || len(secret) > 2*secretSize {
		return "", "", false
	}
	b, err := letters().DecodeString(secret)
	if err != nil || len(b) < secretSize/2 || letters().EncodeToString(b) != secret {
		return "", "", false
	}
	return tenant, tokenName(use, token), true
}

func tokenName(use, token string) string {
	sum := sha256.Sum256([]byte("alongside " + use + " " + token))
	return letters().EncodeToString(sum[:16])
}

// letters writes bytes in the letters of an id.
func letters() *base32.Encoding {
	return base32.NewEncoding(id.Alphabet).WithPadding(base32.NoPadding)
}
