package seal

import (
	"crypto/hmac"
	"crypto/sha256"
)

// TokenSize is the length of a token in bytes.
const TokenSize = 16

// Token turns b into 16 bytes by which it can be found again and from which it
// cannot be guessed without the keys: HMAC-SHA-256 under a key of its own for
// each organisation and use. With tenant "" it is the same for the whole
// program, to find whose link or e-mail address something is. It is nil, which
// a database takes for equal to nothing, when the organisation has no keys
// here.
func (v *Vault) Token(tenant, use string, b []byte) []byte {
	key, ok := v.tokenKey(tenant, use)
	if !ok {
		return nil
	}
	m := hmac.New(sha256.New, key[:])
	m.Write(b)
	return m.Sum(nil)[:TokenSize]
}

func (v *Vault) tokenKey(tenant, use string) ([keySize]byte, bool) {
	from := v.root
	if tenant != "" {
		t, _, err := v.tenant(tenant)
		if err != nil {
			return from, false
		}
		from = t.key
	}
	name := tenant + " " + use
	v.mu.RLock()
	k, ok := v.tokens[name]
	v.mu.RUnlock()
	if ok {
		return k, true
	}
	k = derive(from, "alongside token 1 "+use)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.tokens[name] = k
	return k, true
}
