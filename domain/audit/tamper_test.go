package audit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"alongside/platform/db"
)

const leaves = 23

// attack is one way to alter the stored rows without the keys.
type attack struct {
	name string
	do   func(l *log)
	want string // verdict and position
}

// onEach runs fn for each attack on both engines, on a log that is empty.
func onEach(t *testing.T, fn func(l *log, a attack)) {
	onBoth(t, func(l *log) {
		for _, a := range attacks() {
			l.Run(strings.ReplaceAll(a.name, " ", "-"), func(t *testing.T) {
				one := *l
				one.T = t
				one.wipe()
				fn(&one, a)
			})
		}
	})
}

func attacks() []attack {
	sql := func(s string, args ...any) func(*log) { return func(l *log) { l.tamper(s, args...) } }
	return []attack{
		{"a leaf's words", editEntry(7, "handoff.see", "handoff.saw"), "edited 7"},
		{"a leaf's actor and all hashes made anew", rewriteFrom(7), "edited 7"},
		{"a leaf's bytes beyond reading", sql(`UPDATE audit_leaf SET entry = $2 WHERE tenant = $1 AND number = 4`, []byte("x")), "edited 4"},
		{"a leaf's hashes", sql(`UPDATE audit_leaf SET hashes = $2 WHERE tenant = $1 AND number = 4`, make([]byte, 32)), "edited 4"},
		{"no hashes", sql(`UPDATE audit_leaf SET hashes = $2 WHERE tenant = $1 AND number = 4`, []byte{}), "edited 4"},
		{"a hash of the tree", editInner(7), "edited 7"},
		{"a leaf's stamp", sql(`UPDATE audit_leaf SET stamp = $2 WHERE tenant = $1 AND number = 22`, bytes.Repeat([]byte{1}, 16)), "edited 22"},
		{"whom a leaf is about", sql(`UPDATE audit_leaf SET about = 'person9' WHERE tenant = $1 AND number = 6`), "edited 6"},
		{"one more in a set", addMember(10), "edited 10"},
		{"one fewer in a set", sql(`DELETE FROM audit_set WHERE tenant = $1 AND subject = 'guest10'`), "deleted 10"},
		{"one leaf written over by another", copyRow(9, 15), "edited 15"},
		{"one leaf written over by a later one", copyRow(15, 9), "edited 9"},
		{"the head's size", sql(`UPDATE audit_head SET size = 20 WHERE tenant = $1`), "edited 20"},
		{"the head's peaks", sql(`UPDATE audit_head SET edge = $2 WHERE tenant = $1`, make([]byte, 4*32)), "edited 23"},
		{"the head's time", sql(`UPDATE audit_head SET latest = 1 WHERE tenant = $1`), "edited 23"},
		{"a leaf gone", sql(`DELETE FROM audit_leaf WHERE tenant = $1 AND number = 11`), "deleted 11"},
		{"the first leaf gone", sql(`DELETE FROM audit_leaf WHERE tenant = $1 AND number = 0`), "deleted 0"},
		{"leaves gone", sql(`DELETE FROM audit_leaf WHERE tenant = $1 AND number >= 11 AND number < 15`), "deleted 11"},
		{"a leaf gone and the rest moved up", closeGap(11), "deleted 11"},
		{"the head gone", sql(`DELETE FROM audit_head WHERE tenant = $1`), "deleted 23"},
		{"two leaves swapped", swap(5, 17), "reordered 5"},
		{"neighbours swapped", swap(8, 9), "reordered 8"},
		{"two leaves' content swapped", swapContent(5, 17), "reordered 5"},
		{"two leaves' hashes swapped", swapHashes(6, 18), "reordered 6"},
		{"a leaf moved behind the end", sql(`UPDATE audit_leaf SET number = 99 WHERE tenant = $1 AND number = 5`), "reordered 5"},
		{"the last leaf gone", sql(`DELETE FROM audit_leaf WHERE tenant = $1 AND number = 22`), "truncated 22"},
		{"the last leaves gone", sql(`DELETE FROM audit_leaf WHERE tenant = $1 AND number >= 13`), "truncated 13"},
		{"all leaves gone", sql(`DELETE FROM audit_leaf WHERE tenant = $1`), "truncated 0"},
		{"the last leaves gone and the head made to fit", shorten(13), "truncated 13"},
	}
}

// The ways to alter.

func editEntry(n int64, old, now string) func(*log) {
	return func(l *log) {
		r := l.row(n)
		if !bytes.Contains(r.entry, []byte(old)) {
			old = "handoff.board"
		}
		l.tamper(`UPDATE audit_leaf SET entry = $3 WHERE tenant = $1 AND number = $2`, n, bytes.Replace(r.entry, []byte(old), []byte(now), 1))
	}
}

// editInner alters a hash of the tree and leaves the leaf's own.
func editInner(n int64) func(*log) {
	return func(l *log) {
		r := l.row(n)
		r.hashes[40] ^= 1
		l.tamper(`UPDATE audit_leaf SET hashes = $3 WHERE tenant = $1 AND number = $2`, n, r.hashes)
	}
}

func addMember(n int64) func(*log) {
	return func(l *log) {
		l.tamper(`INSERT INTO audit_set (tenant, about, subject) VALUES ($1, $2, 'stranger')`, l.row(n).about)
	}
}

// closeGap deletes a leaf and gives the later ones its number and up.
func closeGap(n int64) func(*log) {
	return func(l *log) {
		l.tamper(`DELETE FROM audit_leaf WHERE tenant = $1 AND number = $2`, n)
		for i := n + 1; i < leaves; i++ {
			l.tamper(`UPDATE audit_leaf SET number = $2 - 1 WHERE tenant = $1 AND number = $2`, i)
		}
	}
}

func swap(a, b int64) func(*log) {
	return func(l *log) {
		move := `UPDATE audit_leaf SET number = $3 WHERE tenant = $1 AND number = $2`
		l.tamper(move, a, int64(-9))
		l.tamper(move, b, a)
		l.tamper(move, int64(-9), b)
	}
}

func swapContent(a, b int64) func(*log) {
	return func(l *log) {
		x, y := l.row(a), l.row(b)
		set := `UPDATE audit_leaf SET about = $3, entry = $4 WHERE tenant = $1 AND number = $2`
		l.tamper(set, a, y.about, y.entry)
		l.tamper(set, b, x.about, x.entry)
	}
}

func swapHashes(a, b int64) func(*log) {
	return func(l *log) {
		x, y := l.row(a), l.row(b)
		set := `UPDATE audit_leaf SET hashes = $3 WHERE tenant = $1 AND number = $2`
		l.tamper(set, a, y.hashes)
		l.tamper(set, b, x.hashes)
	}
}

func copyRow(from, to int64) func(*log) {
	return func(l *log) {
		r := l.row(from)
		l.tamper(`UPDATE audit_leaf SET about = $3, entry = $4, hashes = $5, stamp = $6 WHERE tenant = $1 AND number = $2`,
			to, r.about, r.entry, r.hashes, r.stamp)
	}
}

// rewriteFrom alters one leaf and makes every hash and the head anew, as anyone
// can who knows how the log is built.
func rewriteFrom(n int64) func(*log) {
	return func(l *log) {
		stored := []tlog.Hash{}
		read := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
			out := make([]tlog.Hash, len(at))
			for i := range at {
				out[i] = stored[at[i]]
			}
			return out, nil
		})
		for i := range int64(leaves) {
			r := l.row(i)
			if i == n {
				r.entry = bytes.Replace(r.entry, []byte("acct1"), []byte("acct2"), 1)
			}
			hashes, err := tlog.StoredHashes(i, r.entry, read)
			l.must(err)
			stored = append(stored, hashes...)
			l.tamper(`UPDATE audit_leaf SET entry = $3, hashes = $4 WHERE tenant = $1 AND number = $2`, i, r.entry, packed(hashes))
		}
		l.tamper(`UPDATE audit_head SET edge = $2 WHERE tenant = $1`, peaks(l, leaves, read))
	}
}

// shorten cuts the log and makes the head fit, but for the stamp.
func shorten(n int64) func(*log) {
	return func(l *log) {
		var stored []tlog.Hash
		var latest int64
		read := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
			out := make([]tlog.Hash, len(at))
			for i := range at {
				out[i] = stored[at[i]]
			}
			return out, nil
		})
		for i := range n {
			r := l.row(i)
			for h := 0; h < len(r.hashes); h += 32 {
				stored = append(stored, tlog.Hash(r.hashes[h:]))
			}
			var p struct{ At int64 }
			l.must(json.Unmarshal(r.entry, &p))
			latest = max(latest, p.At)
		}
		l.tamper(`DELETE FROM audit_leaf WHERE tenant = $1 AND number >= $2`, n)
		l.tamper(`UPDATE audit_head SET size = $2, latest = $3, edge = $4 WHERE tenant = $1`, n, latest, peaks(l, n, read))
	}
}

func packed(hashes []tlog.Hash) []byte {
	var b []byte
	for _, h := range hashes {
		b = append(b, h[:]...)
	}
	return b
}

func peaks(l *log, n int64, read tlog.HashReader) []byte {
	var at []int64
	for level := 62; level >= 0; level-- {
		if n>>level&1 == 1 {
			at = append(at, tlog.StoredHashIndex(level, n>>level-1))
		}
	}
	hashes, err := read.ReadHashes(at)
	l.must(err)
	return packed(hashes)
}

type stored struct {
	about                string
	entry, hashes, stamp []byte
}

func (l *log) row(n int64) stored {
	l.Helper()
	var r stored
	l.must(l.db.Read(l.ctx, func(tx *db.Tx) error {
		return tx.Row(`SELECT about, entry, hashes, stamp FROM audit_leaf WHERE tenant = $1 AND number = $2`, n).
			Scan(&r.about, &r.entry, &r.hashes, &r.stamp)
	}))
	return r
}

// copied is every row of the log's tables.
type copied struct {
	leaves []stored
	size   int64
	latest int64
	edge   []byte
	stamp  []byte
}

func (l *log) copy() copied {
	var c copied
	l.must(l.db.Read(l.ctx, func(tx *db.Tx) error {
		return tx.Row(`SELECT size, latest, edge, stamp FROM audit_head WHERE tenant = $1`).
			Scan(&c.size, &c.latest, &c.edge, &c.stamp)
	}))
	for i := range c.size {
		c.leaves = append(c.leaves, l.row(i))
	}
	return c
}

// restore puts an older copy back. Sets stay: nothing names those made since.
func (l *log) restore(c copied) {
	l.tamper(`DELETE FROM audit_leaf WHERE tenant = $1`)
	for i, r := range c.leaves {
		l.tamper(`INSERT INTO audit_leaf (tenant, number, about, entry, hashes, stamp) VALUES ($1, $2, $3, $4, $5, $6)`,
			i, r.about, r.entry, r.hashes, r.stamp)
	}
	l.tamper(`UPDATE audit_head SET size = $2, latest = $3, edge = $4, stamp = $5 WHERE tenant = $1`, c.size, c.latest, c.edge, c.stamp)
}

// wipe leaves nothing of the log.
func (l *log) wipe() {
	l.must(l.db.Write(l.ctx, func(tx *db.Tx) error {
		for _, table := range []string{"audit_leaf", "audit_head", "audit_set", "audit_queue"} {
			if _, err := tx.Exec(fmt.Sprintf(`DELETE FROM %s WHERE tenant = $1`, table)); err != nil {
				return err
			}
		}
		return nil
	}))
}
