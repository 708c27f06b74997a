package audit

import (
	"bytes"
	"context"
	"crypto/hmac"
	"encoding/binary"
	"strings"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// On PostgreSQL a leaf waits for its number where anyone who can write to the
// database could change it, or put one of their own beside it. So it bears a
// stamp from the start, and one whose stamp is not ours is numbered with a mark
// that Verify finds for ever after. What was deleted there leaves no gap, and is
// not found (docs/decisions/0140-a-stamp-while-it-waits.md).
const (
	selectQueue = `SELECT id, at, about, entry, stamp FROM audit_queue WHERE tenant = $1 ORDER BY id LIMIT 256`
	selectOlder = `SELECT id, at, about, entry, CAST('' AS BYTEA) FROM audit_queue WHERE tenant = $1 ORDER BY id LIMIT 256`
)

type waiting struct {
	id, about   string
	at          int64
	rest, stamp []byte
}

// stampWaiting is what only the holder of the organisation's keys can say of a
// leaf that waits; own is the part of its id that it came with.
func stampWaiting(tx *db.Tx, own string, at int64, about string, rest []byte) []byte {
	b := make([]byte, 0, len(own)+len(about)+len(rest)+10)
	b = append(b, own...)
	b = append(b, 0)
	b = binary.BigEndian.AppendUint64(b, uint64(at))
	b = append(b, about...)
	b = append(b, 0)
	return stampOf(tx.Vault().Token(tx.Scope().Tenant, "audit waiting 1", append(b, rest...)))
}

// ours reports whether it is as it was written.
func (w waiting) ours(tx *db.Tx) bool {
	_, own, _ := strings.Cut(w.id, "-")
	return hmac.Equal(w.stamp, stampWaiting(tx, own, w.at, w.about, w.rest))
}

// forged stands in place of a leaf's stamp. No stamp looks like it, nor like the
// empty one of a leaf behind a head that does not hold.
func forged() []byte { return bytes.Repeat([]byte{0xff}, stampSize) }

func readQueue(tx *db.Tx, sql string) ([]waiting, error) {
	rows, err := tx.Query(sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []waiting
	for rows.Next() {
		var w waiting
		if err := rows.Scan(&w.id, &w.at, &w.about, &w.rest, &w.stamp); err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, rows.Err()
}

// SequenceOlder numbers what an older program left waiting, which put no stamps
// there. It comes before the tables are brought up to date, and once they are it
// does nothing.
func (s *Sequencer) SequenceOlder(ctx context.Context) error {
	if s.db.Engine() != db.Postgres {
		return nil
	}
	var older bool
	err := s.db.Read(scope.AsSystem(ctx, "number the log"), func(tx *db.Tx) (err error) {
		older, err = tx.Lacks("audit_queue", "stamp")
		return err
	})
	if err != nil || !older {
		return errs.Wrap("audit: sequence older", err)
	}
	_, err = (&Sequencer{s.db, s.log, true}).Sequence(ctx)
	return errs.Wrap("audit: sequence older", err)
}
