package seal

import (
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/sha256"
	"strconv"
)

// A box is locked by someone who holds no key of ours, such as a phone without
// a network, and opened here: a version byte, the public half of a key that was
// made for this one box (65 bytes), a nonce (12) and the ciphertext with its
// tag (16). The key is agreed by ECDH on P-256 and drawn out by HKDF with
// SHA-256; the cipher is AES-256-GCM. Browsers offer all of it.
const (
	boxVersion = 1
	boxPoint   = 65
	boxFront   = 1 + boxPoint
)

// BoxKey is the public half of an organisation's key for boxes, as a point that
// is not compressed. The private half follows from the organisation's own key:
// it is kept, copied and ended with it.
func (v *Vault) BoxKey(tenant string) ([]byte, error) {
	t, _, err := v.tenant(tenant)
	if err != nil {
		return nil, err
	}
	return t.box().PublicKey().Bytes(), nil
}

// OpenBox returns what was locked for an organisation. bound is what the box
// was bound to when it was locked. ErrDamaged when it was changed, is cut short,
// or belongs to another organisation or to something else.
func (v *Vault) OpenBox(tenant, bound string, box []byte) ([]byte, error) {
	t, _, err := v.tenant(tenant)
	if err != nil {
		return nil, err
	}
	if len(box) < boxFront+overhead || box[0] != boxVersion {
		return nil, ErrDamaged
	}
	own := t.box()
	theirs, err := ecdh.P256().NewPublicKey(box[1:boxFront])
	if err != nil {
		return nil, ErrDamaged
	}
	secret, err := own.ECDH(theirs)
	if err != nil {
		return nil, ErrDamaged
	}
	info := "alongside box 1" + string(box[1:boxFront]) + string(own.PublicKey().Bytes())
	key, err := hkdf.Key(sha256.New, secret, nil, info, keySize)
	if err != nil {
		return nil, ErrDamaged
	}
	a, err := newAEAD([keySize]byte(key))
	if err != nil {
		return nil, err
	}
	plain, err := a.Open(nil, nil, box[boxFront:], []byte(bound))
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

// boxKey draws the key from the organisation's. One draw in four thousand
// million is no key of the curve; then the next is taken.
func boxKey(tenant [keySize]byte) *ecdh.PrivateKey {
	for n := 1; ; n++ {
		seed := derive(tenant, "alongside box "+strconv.Itoa(n))
		if k, err := ecdh.P256().NewPrivateKey(seed[:]); err == nil {
			return k
		}
	}
}
