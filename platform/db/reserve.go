package db

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/ncruces/go-sqlite3"
)

// A database that is opened needs some room beside it, for the index of its log.
// So that a program can also start while the disk is full, and its crisis help
// and the pages of those who asked be there, as much is kept in a file of its
// own: it goes when there is no other way in, and is made anew when there is room.
const (
	ReserveFile  = DatabaseFile + "-reserve"
	reserveBytes = 96 << 10
)

// openInReserve opens a folder's database, if need be in the room that was kept.
func openInReserve(dir string, open func() (*lite, error)) (*lite, error) {
	l, err := open()
	if lacksRoom(err) && os.Remove(reserve(dir)) == nil {
		l, err = open()
	}
	return l, err
}

// lacksRoom tells what a full disk says from a database that is refused.
func lacksRoom(err error) bool {
	var code sqlite3.ExtendedErrorCode
	if !errors.As(err, &code) {
		return errors.Is(err, syscall.ENOSPC)
	}
	c := code.Code()
	return c == sqlite3.FULL || c == sqlite3.CANTOPEN || c == sqlite3.IOERR && code != sqlite3.IOERR_DATA
}

// noRoomIn reports whether err can be, and is, for want of room in the folder. It
// looks, for SQLite says the same of a disk that is broken.
func noRoomIn(dir string, err error) bool {
	if !lacksRoom(err) {
		return false
	}
	f, err := os.CreateTemp(dir, "room-")
	if err != nil {
		return errors.Is(err, syscall.ENOSPC)
	}
	_, err = f.Write(make([]byte, reserveBytes))
	return errors.Is(errors.Join(err, f.Close(), os.Remove(f.Name())), syscall.ENOSPC)
}

func reserve(dir string) string { return filepath.Join(dir, ReserveFile) }

// keepReserve makes the file where it is missing. Its bytes are drawn by lot, for
// a disk that presses together what it is given.
func (l *lite) keepReserve() {
	f, err := os.OpenFile(reserve(l.opt.Dir), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return
	}
	if err == nil {
		b := make([]byte, reserveBytes)
		rand.Read(b)
		_, err = f.Write(b)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		os.Remove(reserve(l.opt.Dir))
		l.opt.Log.Warn("no room was kept for the next start", "error", err)
	}
}
