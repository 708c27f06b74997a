package db

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"alongside/platform/errs"
)

// The side file holds the head outside the database, so that a log that was cut
// or damaged, and would silently give an older database, is found out at the
// next opening. Two slots of one disk sector take turns: a torn write costs one
// of them. It is written after the commit and has no fsync of its own: it may
// lag behind the database, never lead it.
//
// A third slot is for the mark (see mark). Each of the first two: 8 bytes magic, commits (8, big-endian), chain (32), HMAC-SHA256 of
// these under the vault's head key (32), zeros.
const (
	slotBytes = 512
	slotMagic = "ALNGHD01"
	slotBody  = 8 + 8 + sha256.Size
)

type sideFile struct {
	path  string
	key   [32]byte
	file  *os.File
	found bool // there was one
	head  head // the newest that is authentic, when found
	mark  mark
}

// readSide reads the side file of a folder. One that is there and holds no
// authentic slot is refused.
func readSide(dir string, key [32]byte) (*sideFile, error) {
	s := &sideFile{path: filepath.Join(dir, SideFile), key: key}
	var err error
	good := patiently(func() bool {
		var b []byte
		if b, err = os.ReadFile(s.path); err != nil {
			return true
		}
		return s.newest(b)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, errs.Wrap("side file", err)
	}
	if s.mark, err = readMark(dir); err != nil {
		return nil, err
	}
	if !good {
		return nil, refuse("error.side-file-damaged", "the side file "+SideFile+" is damaged, so nobody can tell whether the database is whole")
	}
	s.found = true
	return s, nil
}

// newest takes the head from the newer of the slots that are authentic.
func (s *sideFile) newest(b []byte) (good bool) {
	for i := range 2 {
		h, ok := s.parse(b, i)
		if ok && (!good || h.commits > s.head.commits) {
			s.head, good = h, true
		}
	}
	return good
}

func (s *sideFile) parse(b []byte, slot int) (h head, ok bool) {
	if len(b) < (slot+1)*slotBytes {
		return h, false
	}
	b = b[slot*slotBytes:]
	if string(b[:8]) != slotMagic || !hmac.Equal(s.mac(b[:slotBody]), b[slotBody:slotBody+sha256.Size]) {
		return h, false
	}
	h.commits = int64(binary.BigEndian.Uint64(b[8:]))
	copy(h.chain[:], b[16:])
	return h, true
}

func (s *sideFile) mac(body []byte) []byte {
	m := hmac.New(sha256.New, s.key[:])
	m.Write(body)
	return m.Sum(nil)
}

func (s *sideFile) slot(h head) []byte {
	b := make([]byte, slotBytes)
	copy(b, slotMagic)
	binary.BigEndian.PutUint64(b[8:], uint64(h.commits))
	copy(b[16:], h.chain[:])
	copy(b[slotBody:], s.mac(b[:slotBody]))
	return b
}

// check refuses a database that is behind the side file, or as far with another
// history.
func (s *sideFile) check(now head) error {
	switch {
	case !s.found || s.head.commits < now.commits || s.head.same(now):
		return nil
	case s.head.commits > now.commits:
		return refuse("error.behind-side-file", "the database holds "+now.words()+", but its side file has seen "+s.head.words()+": commits were lost, or an older copy was put in its place")
	}
	return refuse("error.behind-side-file", "the database and its side file have seen the same number of commits with different contents: one of them is not from here")
}

// create makes the file with all slots filled, and sees that it is on disk
// whole, so that a power cut cannot leave a damaged one.
func (s *sideFile) create(h head) error {
	f, err := os.OpenFile(s.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return errs.Wrap("side file", err)
	}
	defer f.Close()
	one := s.slot(h)
	if _, err := f.WriteAt(slices.Concat(one, one, mark{}.slot()), 0); err != nil {
		return errs.Wrap("side file", err)
	}
	if err := f.Sync(); err != nil {
		return errs.Wrap("side file", err)
	}
	return errs.Wrap("side file", syncDir(filepath.Dir(s.path)))
}

// write notes where the database stands after a commit.
func (s *sideFile) write(h head) error {
	if s.file == nil {
		f, err := os.OpenFile(s.path, os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		s.file = f
	}
	_, err := s.file.WriteAt(s.slot(h), h.commits%2*slotBytes)
	return err
}

func (s *sideFile) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// syncDir makes a new name in a folder durable, where the system has that.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}
