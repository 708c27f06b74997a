package db

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// logState is what can be seen of a write-ahead log.
type logState struct {
	ok    bool // its header is sound
	salt  uint64
	sound int64 // frames from the beginning
	later int64 // frames after the first that is not sound which are of this log
}

// checkLog says where the write-ahead log breaks off, for a database that is
// behind its side file: SQLite stops reading it at the first frame that is not
// sound, and what was committed after that is lost to it.
func checkLog(dir string, key [32]byte) []Finding {
	f, err := openSealed(filepath.Join(dir, LogFile), key)
	if errors.Is(err, fs.ErrNotExist) {
		return []Finding{{Where: LogFile, Says: "there is no log beside the database"}}
	}
	if err != nil {
		return []Finding{{Where: LogFile, Says: "it cannot be read (" + err.Error() + ")"}}
	}
	defer f.Close()
	switch l := f.log(); {
	case !l.ok:
		return []Finding{{Where: LogFile, Says: "its beginning is damaged or missing, so nothing in it can be used"}}
	case l.later > 0:
		return []Finding{{Where: LogFile, Page: l.sound + 1, Says: fmt.Sprintf("its bits are not those that were written; %d frames after it can no longer be used", l.later)}}
	default:
		return []Finding{{Where: LogFile, Page: l.sound + 1, Says: "the log ends before this frame: it was cut, or this frame was damaged"}}
	}
}

// log reads the file as a write-ahead log, to its end.
func (s *sealedFile) log() (l logState) {
	var head [logHeader]byte
	if _, err := s.ReadAt(head[:], 0); err != nil {
		return l
	}
	order, ok := checkLogHeader(head)
	before := parseSum(head[16:])
	l.ok, l.salt = ok, before.salt
	var frame [frameSize]byte
	for k := int64(0); ok; k++ {
		if _, err := s.ReadAt(frame[:], logHeader+k*frameSize); err != nil {
			return l
		}
		sum := parseSum(frame[8:])
		switch {
		case sum.salt != l.salt:
		case l.sound == k && before.over(&frame, order) == sum:
			before, l.sound = sum, k+1
		default:
			l.later++
		}
	}
	return l
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
