package audit

import (
	"encoding/json"
	"errors"
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"alongside/platform/db"
	"alongside/platform/errs"
)

const selectHashes = `SELECT hashes FROM audit_leaf WHERE tenant = $1 AND number = $2`

// treeReader finds a stored hash: the hash of a subtree lies with the leaf that
// completed it.
type treeReader struct{ tx *db.Tx }

// ReadHashes serves tlog.
func (r treeReader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		level, n := tlog.SplitStoredHashIndex(at)
		var packed []byte
		if err := r.tx.Row(selectHashes, (n+1)<<level-1).Scan(&packed); err != nil {
			return nil, err
		}
		if len(packed) < (level+1)*tlog.HashSize {
			return nil, errors.New("audit: a stored hash is missing")
		}
		out[i] = tlog.Hash(packed[level*tlog.HashSize:])
	}
	return out, nil
}

func peaksOf(size int64) int { return bits.OnesCount64(uint64(size)) }

// readPeaks rebuilds the edge of a tree from the leaves' rows.
func readPeaks(tx *db.Tx, size int64) ([]tlog.Hash, error) {
	var indexes []int64
	for level := 62; level >= 0; level-- {
		if size>>level&1 == 1 {
			indexes = append(indexes, tlog.StoredHashIndex(level, size>>level-1))
		}
	}
	return treeReader{tx}.ReadHashes(indexes)
}

// Receipt shows a person that one leaf about them is in the log. It names
// nobody else: where the leaf speaks of a list, it holds the name of the set
// and a proof that they are in it.
type Receipt struct {
	Checkpoint string           `json:"checkpoint"` // signed note
	Number     int64            `json:"number"`
	Leaf       json.RawMessage  `json:"leaf"` // exactly as stored
	Proof      tlog.RecordProof `json:"proof"`
	Member     *Member          `json:"member,omitempty"`
	Published  string           `json:"published,omitempty"` // the last checkpoint handed out, when it does not cover the leaf
	Growth     tlog.TreeProof   `json:"growth,omitempty"`    // that Checkpoint grew out of Published
}

// Prove makes the receipt for a leaf and one of its subjects. A leaf that is
// not about the subject, or not there, or has no number yet, is NotFound.
func Prove(tx *db.Tx, n int64, subject string) (Receipt, error) {
	r, err := prove(tx, n, subject)
	return r, errs.Wrap("audit: prove", err)
}

func prove(tx *db.Tx, n int64, subject string) (Receipt, error) {
	r := Receipt{Number: n}
	if err := tx.Row(selectLeaf, n).Scan(&r.Leaf); err != nil {
		return r, err
	}
	leaf, err := decode(r.Leaf)
	if err != nil {
		return r, err
	}
	if r.Member, err = memberOf(tx, leaf.About, subject); err != nil {
		return r, err
	}
	size, err := r.standing(tx, n)
	if err != nil {
		return r, err
	}
	r.Proof, err = tlog.ProveRecord(size, n, treeReader{tx})
	return r, err
}

func memberOf(tx *db.Tx, about, subject string) (*Member, error) {
	if about == subject && about != "" {
		return nil, nil
	}
	if !isSet(about) {
		return nil, errs.New(errs.NotFound, "member", "")
	}
	all, err := readSet(tx, about)
	if err != nil {
		return nil, err
	}
	i, ok := slices.BinarySearch(all, subject)
	if !ok {
		return nil, errs.New(errs.NotFound, "member", "")
	}
	m, err := proveMember(all, i)
	return &m, err
}

// Check tells whether the receipt holds for the subject, given the
// organisation's public key as PublicKey writes it. It needs no database.
func (r Receipt) Check(key, subject string) error {
	p, err := openNote([]byte(r.Checkpoint), key)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(r.Proof, p.Size, p.Root, r.Number, tlog.RecordHash(r.Leaf)); err != nil {
		return err
	}
	leaf, err := decode(r.Leaf)
	if err != nil {
		return err
	}
	if r.Member != nil {
		return r.Member.check(leaf.About, subject)
	}
	if leaf.About != subject || subject == "" {
		return errors.New("audit: the leaf is about someone else")
	}
	return nil
}

// ProveGrowth shows that the log of size from is the beginning of the log of
// size to; tlog.CheckTree checks it.
func ProveGrowth(tx *db.Tx, from, to int64) (tlog.TreeProof, error) {
	p, err := tlog.ProveTree(to, from, treeReader{tx})
	return p, errs.Wrap("audit: prove growth", err)
}
