package seal

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
)

// The header of persons.keys:
//
//	0   "ALSKEYS1"
//	8   epoch: grows with every erasure, so that every process drops its
//	    opened keys; all ones when the organisation has ended
//	16  how many bytes of erasures.log have been carried out on the slots
//	24  a check that tenant.key and this file belong together, 16 bytes
//	40  how many bytes taken.log had; it may lag
const (
	magic     = "ALSKEYS1"
	epochAt   = 8
	appliedAt = 16
	checkAt   = 24
	notedAt   = 40
	ended     = ^uint64(0)
)

func newHeader(key [keySize]byte, tenant string) []byte {
	b := make([]byte, headerSize)
	copy(b, magic)
	copy(b[checkAt:], belongs(key, tenant))
	return b
}

// belongs is what the header says of the key that locks the slots.
func belongs(key [keySize]byte, tenant string) []byte {
	k := derive(key, "alongside key store check 1")
	m := hmac.New(sha256.New, k[:])
	m.Write([]byte(tenant))
	return m.Sum(nil)[:16]
}

func checkHeader(f *os.File, key [keySize]byte, tenant string) error {
	b := make([]byte, checkAt+16)
	if _, err := f.ReadAt(b, 0); err != nil {
		return fmt.Errorf("%s has no header: %w", f.Name(), err)
	}
	if string(b[:len(magic)]) != magic {
		return fmt.Errorf("%s is damaged: this is no key store, or a newer one", f.Name())
	}
	if !bytes.Equal(b[checkAt:], belongs(key, tenant)) {
		return fmt.Errorf("%s was not locked with the tenant.key beside it", f.Name())
	}
	return nil
}

func readNumber(f *os.File, at int64) (uint64, error) {
	var b [8]byte
	_, err := f.ReadAt(b[:], at)
	return binary.BigEndian.Uint64(b[:]), err
}

func writeNumber(f *os.File, at int64, n uint64) error {
	_, err := f.WriteAt(binary.BigEndian.AppendUint64(nil, n), at)
	return err
}
