package audit

import (
	"context"
	"errors"

	"golang.org/x/mod/sumdb/tlog"

	"alongside/platform/db"
	"alongside/platform/errs"
)

const (
	insertPublished = `INSERT INTO audit_published (tenant, size, note) VALUES ($1, $2, $3) ON CONFLICT (tenant, size) DO NOTHING`
	selectPublished = `SELECT size, note FROM audit_published WHERE tenant = $1 ORDER BY size DESC LIMIT 1`
)

// Publish is Checkpoint for a note that leaves the building: it is remembered,
// so that later receipts are proved against it and whoever holds it can compare.
func Publish(ctx context.Context, d *db.DB, tenant string) ([]byte, error) {
	var signed []byte
	err := d.Write(asSystem(ctx, tenant), func(tx *db.Tx) error {
		h, note, err := signHead(tx)
		if err != nil {
			return err
		}
		signed = note
		_, err = tx.Exec(insertPublished, h.size, note)
		return err
	})
	return signed, errs.Wrap("audit: publish "+tenant, err)
}

// standing is the checkpoint that a receipt for leaf n rests on: the newest
// published one where it covers the leaf. Where it does not, a new one, with
// proof that it grew out of the published one.
func (r *Receipt) standing(tx *db.Tx, n int64) (size int64, err error) {
	var published int64
	var kept []byte
	err = tx.Row(selectPublished).Scan(&published, &kept)
	if err != nil && !errs.Is(err, errs.NotFound) {
		return 0, err
	}
	if err == nil && ours(tx, kept, published) {
		if n < published {
			r.Checkpoint = string(kept)
			return published, nil
		}
		r.Published = string(kept)
	}
	h, signed, err := signHead(tx)
	if err != nil {
		return 0, err
	}
	if r.Checkpoint = string(signed); r.Published != "" && published > 0 {
		r.Growth, err = tlog.ProveTree(h.size, published, treeReader{tx})
	}
	return h.size, err
}

// ours reports whether a stored note is one that this organisation signed. One
// that somebody put there is passed over: audit verify finds out who tampers.
func ours(tx *db.Tx, signed []byte, size int64) bool {
	p, err := OpenCheckpoint(tx.Vault(), signed)
	return err == nil && p.Tenant == tx.Scope().Tenant && p.Size == size
}

// Errors of a receipt that is held against a checkpoint.
var (
	ErrAnotherLog = errors.New("audit: the checkpoint is of another log, or this log was rewritten")
	ErrOtherSize  = errors.New("audit: the receipt says nothing about a checkpoint of that size")
)

// Against tells whether the receipt, which must hold by itself, belongs to the
// log that a checkpoint kept elsewhere shows.
func (r Receipt) Against(key string, kept []byte) error {
	want, err := openNote(kept, key)
	if err != nil {
		return err
	}
	has, err := openNote([]byte(r.Checkpoint), key)
	switch {
	case err != nil:
		return err
	case has.Size == want.Size:
		return orAnother(has.Root == want.Root)
	case r.Published == "":
		return ErrOtherSize
	}
	before, err := openNote([]byte(r.Published), key)
	switch {
	case err != nil:
		return err
	case before.Size != want.Size:
		return ErrOtherSize
	case before.Root != want.Root:
		return ErrAnotherLog
	}
	return orAnother(before.Size == 0 || tlog.CheckTree(r.Growth, has.Size, has.Root, before.Size, before.Root) == nil)
}

func orAnother(same bool) error {
	if same {
		return nil
	}
	return ErrAnotherLog
}
