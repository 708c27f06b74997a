package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"sync"
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
	keys := v.tokens
	if tenant != "" {
		t, _, err := v.tenant(tenant)
		if err != nil {
			return nil
		}
		keys = t.tokens
	}
	k := keys.key(use)
	m := hmac.New(sha256.New, k[:])
	m.Write(b)
	return m.Sum(nil)[:TokenSize]
}

// deriver remembers the keys it made for each use. Uses are words of the
// program, so there are few.
type deriver struct {
	from [keySize]byte
	mu   sync.RWMutex
	made map[string][keySize]byte
}

func newDeriver(from [keySize]byte) *deriver {
	return &deriver{from: from, made: map[string][keySize]byte{}}
}

func (d *deriver) key(use string) [keySize]byte {
	d.mu.RLock()
	k, ok := d.made[use]
	d.mu.RUnlock()
	if ok {
		return k
	}
	k = derive(d.from, "alongside token 1 "+use)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.made[use] = k
	return k
}
