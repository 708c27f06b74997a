package seal

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

const (
	keySize   = 32
	checkSize = 8 // a key file ends in the first bytes of the key's SHA-256
)

// newKey returns 32 random bytes.
func newKey() [keySize]byte {
	var k [keySize]byte
	rand.Read(k[:])
	return k
}

// readKey reads a key file. A flipped bit is found by the check at its end.
func readKey(path string) (k [keySize]byte, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return k, err
	}
	if len(b) != keySize+checkSize {
		return k, fmt.Errorf("%s is damaged: %d bytes long, not %d; bring it back with the recovery kit", path, len(b), keySize+checkSize)
	}
	sum := sha256.Sum256(b[:keySize])
	if !bytes.Equal(sum[:checkSize], b[keySize:]) {
		return k, fmt.Errorf("%s is damaged; bring it back with the recovery kit", path)
	}
	return [keySize]byte(b[:keySize]), nil
}

// writeKey writes a key file that is either wholly there after a power cut or
// not at all.
func writeKey(path string, k [keySize]byte) error {
	sum := sha256.Sum256(k[:])
	return writeFile(path, append(k[:], sum[:checkSize]...))
}

func writeFile(path string, b []byte) error { return writeFrom(path, bytes.NewReader(b)) }

func writeFrom(path string, r io.Reader) error {
	tmp := path + ".new"
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err != nil {
		os.Remove(tmp)
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes names in a folder durable. Windows has no such call and does
// it with the file.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// makeDir makes dir and all above it, each one durable.
func makeDir(dir string) error {
	if st, err := os.Stat(dir); err == nil {
		if !st.IsDir() {
			return fmt.Errorf("%s is not a folder", dir)
		}
		return nil
	}
	parent := filepath.Dir(dir)
	if err := makeDir(parent); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(parent)
}

// wipe overwrites a file in place from a byte on, makes that durable and then
// removes it.
func wipe(path string, from int64) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	st, err := f.Stat()
	if err == nil {
		err = zero(f, from, st.Size())
	}
	return errors.Join(err, f.Close(), os.Remove(path))
}

// zero overwrites the bytes from up to end and makes that durable.
func zero(f *os.File, from, end int64) error {
	_, err := io.Copy(io.NewOffsetWriter(f, from), io.LimitReader(nothing{}, end-from))
	return errors.Join(err, f.Sync())
}

// nothing is zeros without end.
type nothing struct{}

func (nothing) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
