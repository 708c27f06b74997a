// Package sealtest locks boxes as a browser does, with Go's own ciphers and not
// with a line of what opens them.
//
// It is not a library because it is the other half of platform/seal's boxes.
package sealtest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"testing"
)

// Box locks plain for whoever holds the other half of key, bound to bound.
func Box(t testing.TB, key []byte, bound string, plain []byte) []byte {
	t.Helper()
	theirs, err := ecdh.P256().NewPublicKey(key)
	must(t, err)
	one, err := ecdh.P256().GenerateKey(rand.Reader)
	must(t, err)
	secret, err := one.ECDH(theirs)
	must(t, err)
	point := one.PublicKey().Bytes()
	k, err := hkdf.Key(sha256.New, secret, nil, "alongside box 1"+string(point)+string(key), 32)
	must(t, err)
	block, err := aes.NewCipher(k)
	must(t, err)
	a, err := cipher.NewGCM(block)
	must(t, err)
	nonce := make([]byte, a.NonceSize())
	rand.Read(nonce)
	out := append([]byte{1}, point...)
	return a.Seal(append(out, nonce...), nonce, plain, []byte(bound))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
