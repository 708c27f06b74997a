package db

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"lukechampine.com/adiantum"
	"lukechampine.com/adiantum/hbsh"
)

const lockByte = 1 << 30 // SQLite never uses the page that holds this byte

// sealedFile reads a file of the encrypting file system block by block, as
// github.com/ncruces/go-sqlite3/vfs/adiantum writes it: Adiantum over 4,096
// bytes, tweaked by the place.
type sealedFile struct {
	*os.File
	cipher *hbsh.HBSH
	last   int64 // the block in open, for reading on; -1 for none
	open   [pageSize]byte
}

func openSealed(path string, key [32]byte) (*sealedFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &sealedFile{File: f, cipher: adiantum.New(key[:]), last: -1}, nil
}

// block reads and opens the block numbered from 0. empty: it was never written.
func (s *sealedFile) block(n int64, into *[pageSize]byte) (empty bool, err error) {
	if _, err := s.File.ReadAt(into[:], n*pageSize); err != nil {
		return false, err
	}
	if bytes.Count(into[:], []byte{0}) == pageSize {
		return true, nil
	}
	var tweak [8]byte
	binary.LittleEndian.PutUint64(tweak[:], uint64(n*pageSize))
	s.cipher.Decrypt(into[:], tweak[:])
	return false, nil
}

// ReadAt reads across blocks.
func (s *sealedFile) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) {
		at := off + int64(n)
		if at/pageSize != s.last {
			s.last = -1
			if _, err := s.block(at/pageSize, &s.open); err != nil {
				return n, err
			}
			s.last = at / pageSize
		}
		n += copy(p[n:], s.open[at%pageSize:])
	}
	return n, nil
}

// checkPages reads every page of the main file. A page that holds nothing but
// zeros on disk was never written; whether a table misses it, SQLite says.
func checkPages(ctx context.Context, path string, key [32]byte) (found []Finding, err error) {
	f, err := openSealed(path, key)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	pages := info.Size() / pageSize
	if found, err = f.lookAt(ctx, pages); err != nil {
		return nil, err
	}
	if pages > 0 && int64(len(found)) == pages {
		found = []Finding{{Where: DatabaseFile, Says: fmt.Sprintf("none of its %d pages can be read: this is not the key that it was made with, or it is no database of ours", pages)}}
	}
	if info.Size()%pageSize != 0 {
		found = append(found, Finding{Where: DatabaseFile, Page: pages + 1, Says: "the file ends in the middle of this page"})
	}
	return found, nil
}

// lookAt looks at all pages, and at those that are not well again after a
// while, for a program may have been writing them.
func (s *sealedFile) lookAt(ctx context.Context, pages int64) (found []Finding, err error) {
	for n := range pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if says := s.look(n); says != "" {
			found = append(found, Finding{Where: DatabaseFile, Page: n + 1, Says: says})
		}
	}
	patiently(func() bool {
		found = slices.DeleteFunc(found, func(f Finding) bool { return s.look(f.Page-1) == "" })
		return len(found) == 0
	})
	return found, nil
}

// look says what is wrong with a page, "" when nothing is.
func (s *sealedFile) look(n int64) string {
	if n == lockByte/pageSize {
		return ""
	}
	var b [pageSize]byte
	empty, err := s.block(n, &b)
	switch {
	case errors.Is(err, io.EOF):
		return "" // the file has become shorter meanwhile
	case err != nil:
		return "it cannot be read from the disk"
	case empty && n > 0:
		return ""
	case pageSum(b[:pageSize-reserved]) != [8]byte(b[pageSize-reserved:]):
		return "its bits are not those that were written"
	case n == 0 && !bytes.HasPrefix(b[:], []byte(headerMagic)):
		return "it does not begin like a database"
	}
	return ""
}

// pageSum is the checksum of https://sqlite.org/cksumvfs.html.
func pageSum(b []byte) (sum [8]byte) {
	var s frameSum
	s.add(b, binary.LittleEndian)
	binary.LittleEndian.PutUint32(sum[:], s.s1)
	binary.LittleEndian.PutUint32(sum[4:], s.s2)
	return sum
}
