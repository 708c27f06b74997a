package fhir

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// Spool holds what came through a pipe or from an address, so that it can be
// read more than once. It lies in a file of its own that only this user may
// open, under a key that exists in memory alone: what a crash leaves behind
// says nothing.
type Spool struct {
	file *os.File
	key  cipher.Block
	size int64
}

// NewSpool reads r to its end into a file in dir; "" is the system's folder for
// such files. It refuses more than limit bytes. The caller closes it.
func NewSpool(ctx context.Context, r io.Reader, dir string, limit int64) (*Spool, error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return nil, err
	}
	key, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(dir, "alongside-import-") // made with mode 0600
	if err != nil {
		return nil, err
	}
	s := &Spool{file: file, key: key}
	if err := s.fill(ctx, r, limit); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Spool) fill(ctx context.Context, r io.Reader, limit int64) error {
	buf := make([]byte, window)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(buf)
		if s.size+int64(n) > limit {
			return refuse(lineColumn(1, 1), saysSize)
		}
		s.turn(buf[:n], s.size)
		if _, err := s.file.WriteAt(buf[:n], s.size); err != nil {
			return err
		}
		s.size += int64(n)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// turn encrypts or decrypts b, which stands at offset off of the file. AES in
// counter mode lets any part of it be read alone.
func (s *Spool) turn(b []byte, off int64) {
	counter := make([]byte, aes.BlockSize)
	binary.BigEndian.PutUint64(counter[8:], uint64(off/aes.BlockSize))
	stream := cipher.NewCTR(s.key, counter)
	skip := make([]byte, off%aes.BlockSize)
	stream.XORKeyStream(skip, skip)
	stream.XORKeyStream(b, b)
}

// ReadAt reads what came in, in the clear.
func (s *Spool) ReadAt(p []byte, off int64) (int, error) {
	n, err := s.file.ReadAt(p, off)
	s.turn(p[:n], off)
	return n, err
}

// Size is how many bytes came in.
func (s *Spool) Size() int64 { return s.size }

// Close removes the file. Calling it again does nothing.
func (s *Spool) Close() error {
	if s.file == nil {
		return nil
	}
	name := s.file.Name()
	err := s.file.Close()
	s.file = nil
	if e := os.Remove(name); err == nil {
		err = e
	}
	return err
}
