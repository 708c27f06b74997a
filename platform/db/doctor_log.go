package db

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// checkLog says where the write-ahead log breaks off, for a database that is
// behind its side file: SQLite stops reading it at the first frame that is not
// sound, and what was committed after that is lost to it.
func checkLog(dir string, key [32]byte) []Finding {
	name := DatabaseFile + "-wal"
	f, err := openSealed(filepath.Join(dir, name), key)
	if errors.Is(err, fs.ErrNotExist) {
		return []Finding{{Where: name, Says: "there is no log beside the database"}}
	}
	if err != nil {
		return []Finding{{Where: name, Says: "it cannot be read (" + err.Error() + ")"}}
	}
	defer f.Close()
	sound, later, ok := f.frames()
	switch {
	case !ok:
		return []Finding{{Where: name, Says: "its beginning is damaged or missing, so nothing in it can be used"}}
	case later > 0:
		return []Finding{{Where: name, Page: sound + 1, Says: fmt.Sprintf("its bits are not those that were written; %d frames after it can no longer be used", later)}}
	}
	return []Finding{{Where: name, Page: sound + 1, Says: "the log ends before this frame: it was cut, or this frame was damaged"}}
}

// frames counts the sound frames from the beginning, and those after the first
// one that is not sound which carry the salt of this log.
func (s *sealedFile) frames() (sound, later int64, ok bool) {
	var head [logHeader]byte
	if _, err := s.ReadAt(head[:], 0); err != nil {
		return 0, 0, false
	}
	order, ok := checkLogHeader(head)
	if !ok {
		return 0, 0, false
	}
	var frame [frameSize]byte
	before, broken := parseSum(head[16:]), false
	for k := int64(0); ; k++ {
		if _, err := s.ReadAt(frame[:], logHeader+k*frameSize); err != nil {
			return sound, later, true
		}
		sum := parseSum(frame[8:])
		next := before.over(&frame, order)
		switch {
		case sum.salt != before.salt:
			broken = true
		case !broken && next == sum:
			before, sound = sum, sound+1
		default:
			broken = true
			later++
		}
	}
}

// checkLogHeader checks the first 32 bytes and returns the order of bytes.
func checkLogHeader(head [logHeader]byte) (binary.ByteOrder, bool) {
	var order binary.ByteOrder = binary.LittleEndian
	switch binary.BigEndian.Uint32(head[:]) {
	case logLittle:
	case logLittle + 1:
		order = binary.BigEndian
	default:
		return nil, false
	}
	var s frameSum
	s.add(head[:24], order)
	return order, s.s1 == binary.BigEndian.Uint32(head[24:]) && s.s2 == binary.BigEndian.Uint32(head[28:])
}
