package seal

import (
	"bytes"
	"crypto/cipher"
)

// A sealed value is a version byte, the subject's id (13 bytes), a nonce (12)
// and the ciphertext with its tag (16). It is 42 bytes longer than the plain
// text.
const (
	version = 1
	frontAt = 1 + idSize
)

// Added is how many bytes longer a sealed value is than its plain text.
const Added = frontAt + overhead

// Seal locks plain with a person's key. It opens only for the same
// organisation and place; place is "table.column", with the row's id where two
// rows must not be swapped. ErrErased when the person was erased.
func (v *Vault) Seal(tenant, subject, place string, plain []byte) ([]byte, error) {
	s, ok := parseID(subject)
	if !ok {
		return nil, ErrNoKey
	}
	a, err := v.key(tenant, s)
	if err != nil {
		return nil, err
	}
	out := make([]byte, frontAt, Added+len(plain))
	out[0] = version
	copy(out[1:], s[:])
	var buf [128]byte
	return a.Seal(out, nil, plain, bind(buf[:0], "value 1", tenant, string(s[:]), place)), nil
}

// Unseal returns what Seal was given, whoever's it is: the value names them.
// ErrErased when the person's key is gone; ErrDamaged when the value was changed or
// is of another place or organisation.
func (v *Vault) Unseal(tenant, place string, sealed []byte) ([]byte, error) {
	if len(sealed) < Added || sealed[0] != version {
		return nil, ErrDamaged
	}
	s := slotID(sealed[1:frontAt])
	a, err := v.key(tenant, s)
	if err != nil {
		return nil, err
	}
	var buf [128]byte
	plain, err := a.Open(nil, nil, sealed[frontAt:], bind(buf[:0], "value 1", tenant, string(s[:]), place))
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

// UnsealOf is Unseal for a value that stands with one person. Another person's
// value in its place is ErrDamaged: whoever can write to the database and holds no
// keys could have moved it there.
func (v *Vault) UnsealOf(tenant, subject, place string, sealed []byte) ([]byte, error) {
	s, ok := parseID(subject)
	if !ok || len(sealed) < Added || !bytes.Equal(sealed[1:frontAt], s[:]) {
		return nil, ErrDamaged
	}
	return v.Unseal(tenant, place, sealed)
}

// SubjectOf names the person under whose key a value is sealed; empty for
// bytes that are no sealed value. It does not open the value.
func (v *Vault) SubjectOf(sealed []byte) string {
	if len(sealed) < Added || sealed[0] != version {
		return ""
	}
	return slotID(sealed[1:frontAt]).String()
}

// key returns a person's key, from those that lie ready or from its slot. The
// epoch is read first: a key read before an erasure is never kept past it.
func (v *Vault) key(tenant string, s slotID) (cipher.AEAD, error) {
	t, epoch, err := v.tenant(tenant)
	if err != nil {
		return nil, err
	}
	name := openedName{tenant, s}
	if a, ok := v.open.find(name, epoch); ok {
		return a, nil
	}
	k, err := t.read(s)
	if err != nil {
		return nil, err
	}
	a, err := newAEAD(k)
	if err != nil {
		return nil, err
	}
	v.open.keep(name, epoch, a)
	return a, nil
}

// read opens a slot on disk; one that lies behind the end is ErrNoKey.
func (t *tenant) read(s slotID) ([keySize]byte, error) {
	var b [slotSize]byte
	if _, err := t.file.ReadAt(b[:], s.offset()); err != nil {
		return [keySize]byte{}, ErrNoKey
	}
	return openSlot(b[:], s, t.wrap, t.name)
}
