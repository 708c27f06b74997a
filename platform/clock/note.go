package clock

import (
	"crypto/sha256"
	"encoding/binary"
	"os"
	"time"
)

// Note keeps what a clock said last in a file that is always written in place,
// in one sector: where the disk is full there is still room for it, but on file
// systems that copy what they write. It is not synced: a power cut may leave an
// older note, or none.
type Note struct {
	f    *os.File
	last time.Time
}

const (
	noteBytes = 512
	noteMagic = "ALNGCK01"
	noteBody  = 8 + 8
)

// OpenNote opens the note in a file, or makes it. One that is damaged says
// nothing.
func OpenNote(path string) (*Note, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	n := &Note{f: f}
	var b [noteBytes]byte
	if _, err := f.ReadAt(b[:], 0); err == nil && noteOf(b[8:noteBody]) == b {
		n.last = time.UnixMicro(int64(binary.BigEndian.Uint64(b[8:]))).UTC()
	}
	return n, nil
}

// Last is what the clock had said when the note was opened; zero when nobody
// knows.
func (n *Note) Last() time.Time { return n.last }

// Keep notes what the clock says.
func (n *Note) Keep(t time.Time) error {
	var at [8]byte
	binary.BigEndian.PutUint64(at[:], uint64(t.UnixMicro()))
	b := noteOf(at[:])
	_, err := n.f.WriteAt(b[:], 0)
	return err
}

// Close lets go of the file.
func (n *Note) Close() error { return n.f.Close() }

// noteOf is a note as it lies in the file: magic, microseconds, SHA-256 of both.
func noteOf(at []byte) (b [noteBytes]byte) {
	copy(b[:], noteMagic)
	copy(b[8:], at)
	sum := sha256.Sum256(b[:noteBody])
	copy(b[noteBody:], sum[:])
	return b
}
