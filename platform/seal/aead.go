package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
)

// overhead is what sealing adds to the plain text: nonce and tag.
const overhead = 12 + 16

// newAEAD returns AES-256-GCM that draws its own nonce and puts it in front.
func newAEAD(key [keySize]byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// bind writes what a sealed value is bound to. Every part carries its length,
// so that no two lists of parts look the same.
func bind(dst []byte, parts ...string) []byte {
	for _, p := range parts {
		dst = binary.AppendUvarint(dst, uint64(len(p)))
		dst = append(dst, p...)
	}
	return dst
}
