package db

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// SQLite brings the log back to the main file page by page. When it stops half
// way, killed or because a frame is damaged, the main file is of two times, and
// only the whole log makes it one again. The mark says so: it names the log by
// its salt, and how many frames must be sound in it before the main file may be
// believed. It is written, with an fsync, before the first page is copied, and
// taken back before the log starts over or is thrown away, which SQLite does
// only when all is copied and on disk.
//
// It is the third slot of the side file: 8 bytes magic, salt (8), frames (8),
// SHA-256 of these (32), zeros. It carries no key, for it promises nothing: it
// can only keep a database closed.
type mark struct {
	salt   uint64
	frames uint32
}

const (
	markSlot  = 2 * slotBytes
	markMagic = "ALNGMK01"
	markBody  = 8 + 8 + 8
)

var errMark = errors.New("its mark of the log is not what was written")

func (m mark) slot() []byte {
	b := make([]byte, slotBytes)
	copy(b, markMagic)
	binary.BigEndian.PutUint64(b[8:], m.salt)
	binary.BigEndian.PutUint64(b[16:], uint64(m.frames))
	sum := sha256.Sum256(b[:markBody])
	copy(b[markBody:], sum[:])
	return b
}

// parseMark reads the slot from a side file. A file from before there were
// marks has none.
func parseMark(b []byte) (m mark, err error) {
	if len(b) <= markSlot {
		return m, nil
	}
	b = b[markSlot:]
	if len(b) < slotBytes || string(b[:8]) != markMagic || sha256.Sum256(b[:markBody]) != [32]byte(b[markBody:markBody+32]) {
		return m, errMark
	}
	return mark{binary.BigEndian.Uint64(b[8:]), uint32(binary.BigEndian.Uint64(b[16:]))}, nil
}

// put writes the mark and waits for the disk. It does nothing in a folder without
// a side file yet: there is nothing to mark.
func (m mark) put(dir string) error {
	f, err := os.OpenFile(filepath.Join(dir, SideFile), os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.WriteAt(m.slot(), markSlot); err != nil {
		return err
	}
	return f.Sync()
}

// check refuses a main file that is of two times. Another program may write to
// the log, or take the mark back and throw the log away in between, so a doubt
// is looked at again.
func (m mark) check(dir string, key [32]byte) (err error) {
	words, same := "", false
	patiently(func() bool {
		words = ""
		if m.frames > 0 {
			words = m.doubt(dir, key)
		}
		if words == "" {
			return true
		}
		before := m
		m, err = readMark(dir)
		same = m == before
		return err != nil
	})
	if err != nil || words == "" || !same {
		return err
	}
	return refuse("error.behind-side-file", words)
}

func readMark(dir string) (m mark, err error) {
	patiently(func() bool {
		var b []byte
		b, err = os.ReadFile(filepath.Join(dir, SideFile))
		if err == nil {
			m, err = parseMark(b)
		}
		return err == nil || errors.Is(err, fs.ErrNotExist)
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return mark{}, nil
	case errors.Is(err, errMark):
		return m, refuse("error.side-file-damaged", "the side file "+SideFile+" is damaged: "+err.Error())
	}
	return m, err
}

// doubt says why the log is not the one that the main file needs; "" when it is.
func (m mark) doubt(dir string, key [32]byte) string {
	const half = "the log was being brought to the main file, and it is needed whole; "
	f, err := openSealed(filepath.Join(dir, LogFile), key)
	if err != nil {
		return half + "it cannot be opened"
	}
	defer f.Close()
	l := f.log()
	switch {
	case !l.ok:
		return half + "its beginning is damaged or missing"
	case l.salt == m.salt && l.sound < int64(m.frames):
		return half + fmt.Sprintf("of %d frames only %d are sound", m.frames, l.sound)
	}
	return ""
}
