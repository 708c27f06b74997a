package audit

import (
	"errors"

	"golang.org/x/mod/sumdb/tlog"
)

// edge is what must be known of a tree to add to it: its size and the roots of
// its complete subtrees, largest first. It is at most 63 hashes, whatever the
// size.
type edge struct {
	size  int64
	peaks []tlog.Hash
}

// ReadHashes serves tlog, which when it adds a leaf or takes the root asks for
// peaks only, the last of them, in our order.
func (e *edge) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	if len(indexes) > len(e.peaks) {
		return nil, errors.New("audit: the head and its size do not fit")
	}
	return e.peaks[len(e.peaks)-len(indexes):], nil
}

// add puts a leaf's hash at the end and returns the hashes to store with it:
// its own and those of the subtrees it completes.
func (e *edge) add(leaf tlog.Hash) ([]tlog.Hash, error) {
	hashes, err := tlog.StoredHashesForRecordHash(e.size, leaf, e)
	if err != nil {
		return nil, err
	}
	kept := len(e.peaks) - (len(hashes) - 1)
	e.peaks = append(e.peaks[:kept], hashes[len(hashes)-1])
	e.size++
	return hashes, nil
}

func (e *edge) root() (tlog.Hash, error) { return tlog.TreeHash(e.size, e) }

// pack writes hashes one after the other, as the database keeps them.
func pack(hashes []tlog.Hash) []byte {
	b := make([]byte, 0, len(hashes)*tlog.HashSize)
	for i := range hashes {
		b = append(b, hashes[i][:]...)
	}
	return b
}

func unpack(b []byte) ([]tlog.Hash, error) {
	if len(b)%tlog.HashSize != 0 {
		return nil, errors.New("audit: stored hashes of an odd length")
	}
	out := make([]tlog.Hash, len(b)/tlog.HashSize, len(b)/tlog.HashSize+1)
	for i := range out {
		out[i] = tlog.Hash(b[i*tlog.HashSize:])
	}
	return out, nil
}
