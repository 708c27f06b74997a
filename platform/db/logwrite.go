package db

import (
	"errors"
	"syscall"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// WriteAt keeps what is written until the next sync. Nobody else reads it
// before: other connections learn of a commit after its sync (FULL), and what
// this one reads is written first. A commit ends in a filling frame that may
// reach beyond the sync, and that others do read: the rest of it is written
// through.
func (l *logFile) WriteAt(p []byte, off int64) (int, error) {
	if l.through && !begins(p, off) {
		return l.File.WriteAt(p, off)
	}
	l.through = false
	if off == 0 { // the log starts over: all of it is in the main file
		// The disk has that first: a power cut may tear the log's first block, and
		// a mark of the log before would then keep the database closed.
		if err := (mark{}).put(l.dir); err != nil {
			return 0, sqlite3.IOERR_WRITE
		}
	}
	l.note(p, off)
	if len(l.pending) > 0 && off != l.at+int64(len(l.pending)) || len(l.pending) >= mostUnsynced {
		if err := l.flush(); err != nil {
			return 0, err
		}
	}
	if len(l.pending) == 0 {
		l.at = off
	}
	l.pending = append(l.pending, p...)
	return len(p), nil
}

// begins reports whether a write is the header of a frame or of the log.
func begins(p []byte, off int64) bool {
	_, ok := frameAt(off, 0)
	return off == 0 || ok && len(p) == frameHeader
}

// note learns the checksums that are written, and finds pages written anew.
func (l *logFile) note(p []byte, off int64) {
	if k, ok := frameAt(off, 0); ok && len(p) == frameHeader {
		l.lastHead = k
		l.remember(k, parseSum(p[8:]))
		return
	}
	if k, ok := frameAt(off, frameHeader); ok && k == l.lastHead {
		return
	}
	if off >= logHeader {
		l.trustFrom = min(l.trustFrom, (off-logHeader)/frameSize)
		clear(l.sums)
	}
}

func (l *logFile) flush() error {
	if len(l.pending) == 0 {
		return nil
	}
	_, err := l.File.WriteAt(l.pending, l.at)
	if cap(l.pending) > 2*mostUnsynced {
		l.pending = nil
	}
	l.pending = l.pending[:0]
	if errors.Is(err, syscall.ENOSPC) {
		return sqlite3.FULL
	}
	return err
}

// forget drops what was kept: its transaction is taken back, and from now on
// another program may write in its place.
func (l *logFile) forget() {
	l.pending, l.trustFrom = l.pending[:0], trustNone
}

// Sync writes what was kept and waits for the disk.
func (l *logFile) Sync(flags vfs.SyncFlag) error {
	if err := l.flush(); err != nil {
		return err
	}
	l.trustFrom, l.through = trustNone, true
	return l.File.Sync(flags)
}

// Truncate writes what was kept first, and takes the mark back.
func (l *logFile) Truncate(size int64) error {
	if err := l.flush(); err != nil {
		return err
	}
	if err := (mark{}).put(l.dir); err != nil {
		return sqlite3.IOERR_TRUNCATE
	}
	return l.File.Truncate(size)
}

// Size counts what was kept, and not a block that a power cut left in parts:
// nobody can decrypt it, and SQLite would take it for a broken disk.
func (l *logFile) Size() (int64, error) {
	if err := l.flush(); err != nil {
		return 0, err
	}
	n, err := l.File.Size()
	return n - n%pageSize, err
}

// Close drops what was kept: it was never committed.
func (l *logFile) Close() error { return l.File.Close() }
