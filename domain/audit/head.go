package audit

import (
	"crypto/hmac"
	"encoding/binary"

	"golang.org/x/mod/sumdb/tlog"

	"alongside/platform/db"
	"alongside/platform/errs"
)

const (
	selectHead = `SELECT size, latest, edge, stamp FROM audit_head WHERE tenant = $1`
	updateHead = `UPDATE audit_head SET size = $2, latest = $3, edge = $4, stamp = $5 WHERE tenant = $1`
	insertHead = `INSERT INTO audit_head (tenant, size, latest, edge, stamp) VALUES ($1, $2, $3, $4, $5)`
	selectLast = `SELECT COALESCE(MAX(number), -1) FROM audit_leaf WHERE tenant = $1`
)

// stampSize is the length of a stamp in bytes.
const stampSize = 16

// head is how far a log has come, as the database keeps it.
type head struct {
	edge
	latest int64 // the latest instant of any leaf, microseconds UTC
	stamp  []byte
	stored bool // there is a row
	sound  bool // the stamp is ours
}

// row is a leaf as the database keeps it.
type row struct {
	number int64
	about  string
	entry  []byte
	hashes []byte
	stamp  []byte
}

// readHead reads the head afresh; it is never kept from one transaction to the
// next, since another process may write to the same folder.
func readHead(tx *db.Tx) (*head, error) {
	h := &head{stored: true}
	var packed []byte
	err := tx.Row(selectHead).Scan(&h.size, &h.latest, &packed, &h.stamp)
	if errs.Is(err, errs.NotFound) {
		h.stored, h.sound = false, true
		return h, nil
	}
	if err != nil {
		return nil, err
	}
	h.peaks, err = unpack(packed)
	h.sound = err == nil && hmac.Equal(h.stamp, stampHead(tx, h))
	return h, nil
}

// openHead reads the head in order to add to it. A head that was tampered with
// does not stop the program, since a hand-off must not be lost over it: the log
// goes on behind the last leaf there is, unstamped, so that Verify tells of it
// for ever after.
func openHead(tx *db.Tx) (*head, error) {
	h, err := readHead(tx)
	if err != nil || (h.stored && h.sound) {
		return h, err
	}
	var last int64
	if err := tx.Row(selectLast).Scan(&last); err != nil {
		return nil, err
	}
	if last+1 > h.size || len(h.peaks) != peaksOf(h.size) {
		h.size, h.sound = last+1, false
		h.peaks, err = readPeaks(tx, h.size)
	}
	return h, err
}

// append numbers a leaf and puts it at the end.
func (h *head) append(tx *db.Tx, about string, rest []byte, at int64) (row, tlog.Hash, error) {
	r := row{number: h.size, about: about, entry: number(h.size, rest)}
	leaf := tlog.RecordHash(r.entry)
	hashes, err := h.add(leaf)
	if err != nil {
		return r, leaf, err
	}
	r.hashes = pack(hashes)
	r.stamp = make([]byte, stampSize)
	if h.sound {
		r.stamp = stampLeaf(tx, leaf)
	}
	h.latest = max(h.latest, at)
	return r, leaf, nil
}

func (h *head) save(tx *db.Tx) error {
	h.stamp = make([]byte, stampSize)
	if h.sound {
		h.stamp = stampHead(tx, h)
	}
	sql := updateHead
	if !h.stored {
		sql = insertHead
	}
	_, err := tx.Exec(sql, h.size, h.latest, pack(h.peaks), h.stamp)
	return err
}

// stampLeaf is what only the holder of the organisation's keys can say of a
// leaf. The leaf's number is part of what was hashed.
func stampLeaf(tx *db.Tx, leaf tlog.Hash) []byte {
	return stampOf(tx.Vault().Token(tx.Scope().Tenant, "audit leaf 1", leaf[:]))
}

func stampHead(tx *db.Tx, h *head) []byte {
	b := make([]byte, 0, 16+len(h.peaks)*tlog.HashSize)
	b = binary.BigEndian.AppendUint64(b, uint64(h.size))
	b = binary.BigEndian.AppendUint64(b, uint64(h.latest))
	b = append(b, pack(h.peaks)...)
	return stampOf(tx.Vault().Token(tx.Scope().Tenant, "audit head 1", b))
}

// stampOf keeps an organisation without keys from storing a null.
func stampOf(token []byte) []byte {
	if token == nil {
		return make([]byte, stampSize)
	}
	return token
}
