package seal

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"hash/crc32"
	"strings"

	"alongside/platform/id"
)

// persons.keys is a header and then one slot a person. A slot is 128 bytes and
// never crosses a disk sector, so that overwriting it in place happens wholly
// or not at all. The number of a slot is part of the person's id: whoever has
// the id finds the slot without an index.
//
//	0   state: 'L' live, 'E' erased
//	1   id, 13 bytes: slot number (5, big-endian), 8 random
//	14  the key, locked with the organisation's: 60 bytes; zeros when erased
//	124 CRC-32C of the 124 bytes before
const (
	headerSize = 4096
	slotSize   = 128
	idSize     = 13
	lockedAt   = 1 + idSize
	lockedSize = keySize + overhead
	sumAt      = slotSize - 4

	live   = 'L'
	erased = 'E'
)

// SubjectSize is the length of a subject's id as text.
const SubjectSize = 21

type slotID [idSize]byte

func newSlotID(n int64) (s slotID) {
	var num [8]byte
	binary.BigEndian.PutUint64(num[:], uint64(n))
	copy(s[:5], num[3:])
	rand.Read(s[5:])
	return s
}

// parseID reads a subject's id; ok is false for a text that is none. Every Seal
// comes through here, so it asks for no memory.
func parseID(subject string) (s slotID, ok bool) {
	if len(subject) != SubjectSize {
		return s, false
	}
	var bits, have uint
	at := 0
	for i := range SubjectSize {
		v := strings.IndexByte(id.Alphabet, subject[i])
		if v < 0 {
			return s, false
		}
		bits, have = bits<<5|uint(v), have+5
		if have >= 8 {
			have -= 8
			s[at] = byte(bits >> have)
			at++
		}
	}
	return s, bits&1 == 0 // the last bit belongs to no byte
}

// String is the id as text, in the letters that all ids have.
func (s slotID) String() string {
	var out [SubjectSize]byte
	var bits, have uint
	at := 0
	for _, c := range s {
		bits, have = bits<<8|uint(c), have+8
		for ; have >= 5; at++ {
			have -= 5
			out[at] = id.Alphabet[bits>>have&31]
		}
	}
	out[at] = id.Alphabet[bits<<1&31]
	return string(out[:])
}

func (s slotID) offset() int64 {
	var num [8]byte
	copy(num[3:], s[:5])
	return headerSize + int64(binary.BigEndian.Uint64(num[:]))*slotSize
}

// liveSlot locks a person's key with the organisation's.
func liveSlot(s slotID, key [keySize]byte, wrap cipher.AEAD, tenant string) (b [slotSize]byte) {
	b[0] = live
	copy(b[1:], s[:])
	copy(b[lockedAt:], wrap.Seal(nil, nil, key[:], bind(nil, "slot 1", tenant, string(s[:]))))
	sign(&b)
	return b
}

// erasedSlot holds nothing of the key.
func erasedSlot(s slotID) (b [slotSize]byte) {
	b[0] = erased
	copy(b[1:], s[:])
	sign(&b)
	return b
}

func sign(b *[slotSize]byte) {
	binary.BigEndian.PutUint32(b[sumAt:], crc32.Checksum(b[:sumAt], crc32.MakeTable(crc32.Castagnoli)))
}

// openSlot returns the key in a slot: ErrErased, or ErrNoKey when the slot is
// another's, torn or damaged.
func openSlot(b []byte, s slotID, wrap cipher.AEAD, tenant string) (k [keySize]byte, err error) {
	sum := crc32.Checksum(b[:sumAt], crc32.MakeTable(crc32.Castagnoli))
	if binary.BigEndian.Uint32(b[sumAt:]) != sum || slotID(b[1:lockedAt]) != s {
		return k, ErrNoKey
	}
	if b[0] == erased {
		return k, ErrErased
	}
	plain, err := wrap.Open(nil, nil, b[lockedAt:lockedAt+lockedSize], bind(nil, "slot 1", tenant, string(s[:])))
	if err != nil || b[0] != live {
		return k, ErrNoKey
	}
	return [keySize]byte(plain), nil
}
