package seal

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"time"
)

// Kit is an organisation's recovery kit: its keys, split in two shares for two
// people. Either share alone is noise: A is drawn at random and B is the keys
// masked with A, so each could belong to any keys at all.
//
// A kit holds root.key and tenant.key. The persons' keys are locked with the
// second and need a copy of persons.keys.
type Kit struct {
	Tenant string
	Name   string // the organisation's name for the printed page; may be empty
	Made   time.Time
	A, B   Share
}

// Share is one half of a kit.
type Share struct {
	Letter string // "A" or "B"
	lines  [kitLines][lineSize]byte
}

// A share is seven lines of 12 bytes. The first says which kit and share it is:
//
//	0  version  1  share, 1 or 2  2  kit number, 4  6  day, 2  8  organisation, 4
//
// The other six are root.key, tenant.key and 8 bytes of a hash over both and
// the organisation's id, masked.
const (
	kitVersion = 1
	kitLines   = 7
	lineSize   = 12
	secretSize = (kitLines - 1) * lineSize
)

type secret [secretSize]byte

func newSecret(tenant string, root, key [keySize]byte) (s secret) {
	copy(s[:], root[:])
	copy(s[keySize:], key[:])
	copy(s[2*keySize:], secretCheck(tenant, s))
	return s
}

func secretCheck(tenant string, s secret) []byte {
	h := sha256.Sum256(bind([]byte("alongside kit 1 "), tenant, string(s[:2*keySize])))
	return h[:secretSize-2*keySize]
}

// Kit splits an organisation's keys anew. Shares of different kits do not fit
// each other; old kits go on working, so old sheets must be destroyed.
func (v *Vault) Kit(tenant string) (Kit, error) {
	t, _, err := v.tenant(tenant)
	if err != nil {
		return Kit{}, err
	}
	var mask, masked secret
	rand.Read(mask[:])
	plain := newSecret(tenant, v.root, t.key)
	subtle.XORBytes(masked[:], plain[:], mask[:])
	made := v.clock.Now()
	first := firstLine(tenant, made)
	return Kit{
		Tenant: tenant, Made: made,
		A: newShare("A", first, mask), B: newShare("B", first, masked),
	}, nil
}

func firstLine(tenant string, made time.Time) (l [lineSize]byte) {
	l[0] = kitVersion
	rand.Read(l[2:6])
	binary.BigEndian.PutUint16(l[6:], uint16(made.Unix()/(24*60*60)))
	mark := kitMark(tenant)
	copy(l[8:], mark[:])
	return l
}

// kitMark is what line 1 says of the organisation.
func kitMark(tenant string) [4]byte {
	h := sha256.Sum256([]byte("alongside kit of " + tenant))
	return [4]byte(h[:4])
}

func newShare(letter string, first [lineSize]byte, s secret) Share {
	out := Share{Letter: letter}
	out.lines[0] = first
	out.lines[0][1] = letter[0] - 'A' + 1
	for i := range kitLines - 1 {
		copy(out.lines[i+1][:], s[i*lineSize:])
	}
	return out
}

func (s Share) secret() (out secret) {
	for i := range kitLines - 1 {
		copy(out[i*lineSize:], s.lines[i+1][:])
	}
	return out
}
