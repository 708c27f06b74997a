package db

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// The beginning of the header: https://sqlite.org/fileformat2.html#the_database_header
const (
	headerBytes = 100
	headerMagic = "SQLite format 3\x00"
)

// encrypted is all that the encrypting file system's main file can do; SQLite
// asks for each of it by its type.
type encrypted interface {
	vfs.FileUnwrap
	vfs.FileLockState
	vfs.FileChunkSize
	vfs.FileSizeHint
	vfs.FileHasMoved
	vfs.FileOverwrite
	vfs.FileSync
	vfs.FileCommitPhaseTwo
	vfs.FileBatchAtomicWrite
	vfs.FileCheckpoint
	vfs.FilePragma
	vfs.FileBusyHandler
	vfs.FileSharedMemory
}

// mainFile sets the mark before the log is brought to it, and says from the
// first moment that its pages carry checksums.
type mainFile struct {
	encrypted
	path   string
	log    *logFile // of the same connection, nil before it is opened
	failed error    // the mark could not be set: nothing is copied
}

// Unwrap lets the encrypting file system find its own file, for the key.
func (m *mainFile) Unwrap() vfs.File { return m.encrypted }

// ReadAt answers what SQLite reads first, when it opens the file and nobody has
// given the key yet: the header, 100 bytes, of which only the size of a page
// and of its checksum are said. The checksums are set and checked by a layer
// above, which learns of them from the header alone; a program that found the
// first page in the log would otherwise bring pages without them to the main
// file, for which every later reader refuses those.
func (m *mainFile) ReadAt(p []byte, off int64) (int, error) {
	if off != 0 || len(p) != headerBytes {
		return m.encrypted.ReadAt(p, off)
	}
	size, err := m.Size()
	if err != nil || size == 0 { // not made yet
		return m.encrypted.ReadAt(p, off)
	}
	clear(p)
	copy(p, headerMagic)
	binary.BigEndian.PutUint16(p[16:], pageSize)
	p[20] = reserved
	return len(p), nil
}

// CheckpointStart is called under SQLite's lock, after the log was synced and
// before the first page is copied.
func (m *mainFile) CheckpointStart() {
	m.encrypted.CheckpointStart()
	m.failed = m.setMark()
}

// setMark marks what is committed in the log by now, also by others since it was
// synced, and sees that all of that is on disk.
func (m *mainFile) setMark() error {
	now, err := logInUse(m.path)
	if err != nil || now.frames == 0 {
		return err
	}
	log, err := os.OpenFile(filepath.Join(filepath.Dir(m.path), LogFile), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer log.Close()
	if err := log.Sync(); err != nil {
		return err
	}
	now.frames = needed(now.frames)
	return now.put(filepath.Dir(m.path))
}

// needed is how many of n committed frames must be sound. The last commit ends
// in a filling frame that says once more what its last page is (see WriteAt);
// unless it ends with a block, the next commit writes its last block anew, and a
// power cut may tear that. The frame before it ends in an earlier block.
func needed(n uint32) uint32 {
	if n < 2 || (logHeader+int64(n)*frameSize)%pageSize == 0 {
		return n
	}
	return n - 1
}

// CheckpointDone is called after the last page, also when one could not be
// copied.
func (m *mainFile) CheckpointDone() {
	m.encrypted.CheckpointDone()
	m.failed = nil
}

// WriteAt copies nothing that was not marked.
func (m *mainFile) WriteAt(p []byte, off int64) (int, error) {
	if m.failed != nil {
		return 0, sqlite3.IOERR_WRITE
	}
	return m.encrypted.WriteAt(p, off)
}

// logInUse reads from the index of the log, which programs share, how many
// frames are committed in it: https://sqlite.org/walformat.html#the_wal_index_file_format
func logInUse(path string) (mark, error) {
	f, err := os.Open(path + "-shm")
	if errors.Is(err, fs.ErrNotExist) {
		return mark{}, nil // no log
	}
	if err != nil {
		return mark{}, err
	}
	defer f.Close()
	var b [40]byte
	if _, err := f.ReadAt(b[:], 0); err != nil {
		return mark{}, err
	}
	return mark{binary.BigEndian.Uint64(b[32:]), binary.NativeEndian.Uint32(b[16:])}, nil
}

// OpenFilename wraps the log and the main file and leaves the others.
func (v logVFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, out, err := v.VFSFilename.OpenFilename(name, flags)
	if err != nil {
		return nil, out, err
	}
	if flags&vfs.OPEN_WAL != 0 {
		l := newLogFile(f, filepath.Dir(name.String()))
		if m, ok := vfsutil.UnwrapFile[*mainFile](name.DatabaseFile()); ok {
			m.log = l
		}
		return l, out, nil
	}
	if flags&vfs.OPEN_MAIN_DB == 0 {
		return f, out, nil
	}
	e, ok := f.(encrypted)
	if !ok { // another version of the library: without the mark nothing is safe
		f.Close()
		return nil, out, sqlite3.CANTOPEN
	}
	return &mainFile{encrypted: e, path: name.String()}, out, nil
}

// forgetUndone lets the log forget what was written to it for a transaction
// that is taken back.
func forgetUndone(c *sqlite3.Conn) error {
	f, err := c.FileControl("main", sqlite3.FCNTL_FILE_POINTER)
	if err != nil {
		return err
	}
	file, _ := f.(vfs.File)
	m, ok := vfsutil.UnwrapFile[*mainFile](file)
	if !ok {
		return sqlite3.CANTOPEN
	}
	c.RollbackHook(func() {
		if m.log != nil {
			m.log.forget()
		}
	})
	return nil
}

// Delete takes the mark back before the log goes.
func (v logVFS) Delete(name string, syncDir bool) error {
	if filepath.Base(name) == LogFile {
		if err := (mark{}).put(filepath.Dir(name)); err != nil {
			return sqlite3.IOERR_DELETE
		}
	}
	return v.VFSFilename.Delete(name, syncDir)
}
