// Package id makes the opaque ids that rows, links and forms carry: 26 lower
// case letters and digits, six bytes of time first so that new rows lie side
// by side on disk, then ten bytes that nobody can guess.
//
// It is not a library because the widely used ones (UUID, ULID) differ only in
// how they are written, and these may be read aloud: no i, l, o or u.
package id

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"time"
)

// Alphabet is what ids are written in.
const Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// Size is the length of an id as text.
const Size = 26

func encoding() *base32.Encoding {
	return base32.NewEncoding(Alphabet).WithPadding(base32.NoPadding)
}

// New returns an id for something made at the given instant.
func New(at time.Time) string {
	var b [16]byte
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(at.UnixMilli()))
	copy(b[:6], ms[2:])
	rand.Read(b[6:])
	return encoding().EncodeToString(b[:])
}

// Secret returns n random bytes as text, for links and tokens. It holds no
// time. 20 bytes or more cannot be guessed.
func Secret(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	return encoding().EncodeToString(b)
}

// Valid reports whether s has the form of an id. It says nothing of whether
// such a row exists.
func Valid(s string) bool {
	if len(s) != Size {
		return false
	}
	b, err := encoding().DecodeString(s)
	return err == nil && len(b) == 16
}
