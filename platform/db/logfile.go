package db

import (
	"encoding/binary"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum" // encrypts the files; registers itself
)

// SQLite checks the write-ahead log when it recovers it, and then trusts it: a
// bit that flips in the log of a running program would be served, and brought
// into the main file under a checksum of its own. Our file system, which wraps
// the encrypting one, checks each page that is read from the log against the
// checksum of its frame. It also keeps what is written until the log is synced:
// a commit is then encrypted and written in one piece.
//
// The form of the log: https://sqlite.org/fileformat2.html#walformat
const (
	logVFSName   = "alongside"
	logHeader    = 32
	frameHeader  = 24
	frameSize    = frameHeader + pageSize
	logLittle    = 0x377f0682 // magic of a log whose checksums read little-endian words
	mostUnsynced = 256 << 10  // bytes kept before they are written anyway
)

type logVFS struct{ vfs.VFSFilename }

// registerVFS makes our file system known to SQLite under its name. Doing it
// twice is harmless.
func registerVFS() {
	if vfs.Find(logVFSName) == nil {
		vfs.Register(logVFSName, logVFS{vfs.Find("adiantum").(vfs.VFSFilename)})
	}
}

// logFile is one connection's view of the log.
type logFile struct {
	vfs.File
	dir     string // the data folder
	pending []byte // written, not yet in the file
	at      int64  // where pending begins
	sums    map[int64]frameSum

	// Within a transaction SQLite may write a page of the log anew and set its
	// checksum only at the commit. From this frame on nothing is checked until
	// the next sync.
	trustFrom int64
	lastHead  int64 // the frame whose header was written last
	through   bool  // what follows a sync, up to the next frame, is written at once
	frame     [frameSize]byte
}

const trustNone = 1<<62 - 1

func newLogFile(f vfs.File, dir string) *logFile {
	return &logFile{File: f, dir: dir, sums: map[int64]frameSum{}, trustFrom: trustNone, lastHead: -1}
}

// frameSum is the checksum up to a frame, and the salt of the log it is of.
type frameSum struct {
	salt   uint64
	s1, s2 uint32
}

// frameAt returns the number of the frame whose part of n bytes begins at off:
// header or page. ok is false for anything else.
func frameAt(off int64, part int64) (k int64, ok bool) {
	k = (off - logHeader - part) / frameSize
	return k, off >= logHeader+part && (off-logHeader-part)%frameSize == 0
}

// ReadAt checks pages and leaves other reads as they are.
func (l *logFile) ReadAt(p []byte, off int64) (int, error) {
	if err := l.flush(); err != nil {
		return 0, err
	}
	k, ok := frameAt(off, frameHeader)
	if !ok || len(p) != pageSize || k >= l.trustFrom {
		return l.File.ReadAt(p, off)
	}
	if n, err := l.File.ReadAt(l.frame[:], off-frameHeader); n != frameSize {
		return max(0, n-frameHeader), err
	}
	if !l.sound(k) && !l.torn(k) {
		return 0, sqlite3.IOERR_DATA
	}
	return copy(p, l.frame[frameHeader:]), nil
}

// torn reports whether frame k was only read while its last block was written:
// it shares that block with the frame after it, and a block that is of two times
// opens to nothing. Once that frame is committed nobody writes there.
func (l *logFile) torn(k int64) bool {
	now, err := logInUse(filepath.Join(l.dir, DatabaseFile))
	if err == nil && int64(now.frames) > k+1 {
		return l.again(k)
	}
	return patiently(func() bool { return l.again(k) })
}

func (l *logFile) again(k int64) bool {
	n, err := l.File.ReadAt(l.frame[:], logHeader+k*frameSize)
	return n == frameSize && err == nil && l.sound(k)
}

// sound checks the frame in l.frame against the checksum of the one before it:
// the one remembered from the same log, or else the one in the file.
func (l *logFile) sound(k int64) bool {
	sum := parseSum(l.frame[8:])
	before, known := l.sums[k-1]
	if known && before.salt == sum.salt && before.over(&l.frame, binary.LittleEndian) == sum {
		l.remember(k, sum)
		return true
	}
	before, order, err := l.before(k)
	if err != nil {
		return false
	}
	before.salt = sum.salt
	if before.over(&l.frame, order) != sum {
		return false
	}
	l.remember(k, sum)
	return true
}

// before reads the checksum that frame k continues, and the order of bytes.
func (l *logFile) before(k int64) (frameSum, binary.ByteOrder, error) {
	var head [logHeader]byte
	if _, err := l.File.ReadAt(head[:], 0); err != nil {
		return frameSum{}, nil, err
	}
	var order binary.ByteOrder = binary.BigEndian
	if binary.BigEndian.Uint32(head[:]) == logLittle {
		order = binary.LittleEndian
	}
	if k == 0 {
		return parseSum(head[16:]), order, nil
	}
	var sum [16]byte
	_, err := l.File.ReadAt(sum[:], logHeader+(k-1)*frameSize+8)
	return parseSum(sum[:]), order, err
}

// parseSum reads salt and checksum as they follow each other in a header.
func parseSum(b []byte) frameSum {
	return frameSum{binary.BigEndian.Uint64(b), binary.BigEndian.Uint32(b[8:]), binary.BigEndian.Uint32(b[12:])}
}

// over continues a checksum over a frame: the first 8 bytes of its header, then
// its page.
func (s frameSum) over(frame *[frameSize]byte, order binary.ByteOrder) frameSum {
	s.add(frame[:8], order)
	s.add(frame[frameHeader:], order)
	return s
}

func (s *frameSum) add(b []byte, order binary.ByteOrder) {
	s1, s2 := s.s1, s.s2
	if order == binary.LittleEndian { // spelled out: an interface call a word is slow
		for ; len(b) >= 8; b = b[8:] {
			s1 += binary.LittleEndian.Uint32(b) + s2
			s2 += binary.LittleEndian.Uint32(b[4:]) + s1
		}
	} else {
		for ; len(b) >= 8; b = b[8:] {
			s1 += binary.BigEndian.Uint32(b) + s2
			s2 += binary.BigEndian.Uint32(b[4:]) + s1
		}
	}
	s.s1, s.s2 = s1, s2
}

func (l *logFile) remember(k int64, sum frameSum) {
	if len(l.sums) > 4*logPages {
		clear(l.sums)
	}
	l.sums[k] = sum
}
