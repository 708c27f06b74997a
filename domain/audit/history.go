package audit

import (
	"cmp"
	"math"
	"slices"

	"alongside/platform/db"
	"alongside/platform/errs"
)

// The leaves about one person: those that name them and those that name a set
// they are in. Each half has an index of its own. "about <> empty"
// lets the database use the index that leaves out leaves about nobody; CROSS
// JOIN and "+ 0" keep it from walking the whole log backwards instead, so that
// a history costs what the person's own history is long.
const (
	selectOwn = `SELECT number, entry FROM audit_leaf
		WHERE tenant = $1 AND about = $2 AND about <> '' AND number < $3
		ORDER BY number DESC LIMIT $4`
	selectListed = `SELECT number, entry FROM audit_leaf WHERE tenant = $1 AND number IN (
			SELECT l.number FROM audit_set s CROSS JOIN audit_leaf l
			WHERE s.tenant = $1 AND s.subject = $2
				AND l.tenant = s.tenant AND l.about = s.about AND l.about <> '' AND l.number < $3
			ORDER BY l.number + 0 DESC LIMIT $4)
		ORDER BY number DESC`
	selectOwnWaiting = `SELECT -1, entry FROM audit_queue
		WHERE tenant = $1 AND about = $2 AND about <> '' ORDER BY id DESC LIMIT $3`
	selectListedWaiting = `SELECT -1, q.entry FROM audit_set s
		JOIN audit_queue q ON q.tenant = s.tenant AND q.about = s.about AND q.about <> ''
		WHERE s.tenant = $1 AND s.subject = $2 ORDER BY q.id DESC LIMIT $3`
	selectLeaf    = `SELECT entry FROM audit_leaf WHERE tenant = $1 AND number = $2`
	selectWaitMax = `SELECT COALESCE(MAX(at), 0) FROM audit_queue WHERE tenant = $1`
)

// History returns what was recorded about a person, newest first, at most
// limit leaves. before is the number of the last leaf of the page before; 0
// begins with the newest, among them those still Pending. It owes nobody a
// look: it is the record of looks. Who may read whose history is decided by the
// caller.
func History(tx *db.Tx, subject string, limit int, before int64) ([]Leaf, error) {
	out, err := history(tx, subject, limit, before)
	return out, errs.Wrap("audit: history", err)
}

// HistoryOf is the newest page of History of several who are one person, each
// leaf once.
func HistoryOf[S ~string](tx *db.Tx, subjects []S, limit int) ([]Leaf, error) {
	return HistoryBefore(tx, subjects, limit, 0)
}

// HistoryBefore is the page of it before a leaf; before 0 it is the newest.
func HistoryBefore[S ~string](tx *db.Tx, subjects []S, limit int, before int64) ([]Leaf, error) {
	type mark struct {
		number, at                   int64
		actor, action, record, about string
	}
	var all []Leaf
	seen := map[mark]bool{}
	for _, s := range subjects {
		leaves, err := History(tx, string(s), limit, before)
		if err != nil {
			return nil, err
		}
		for _, l := range leaves {
			m := mark{l.Number, l.At, l.Actor, l.Action, l.Record, l.About}
			if isSet(l.About) && seen[m] {
				continue
			}
			seen[m] = true
			all = append(all, l)
		}
	}
	slices.SortStableFunc(all, newestFirst)
	return all[:min(limit, len(all))], nil
}

// newestFirst puts those that wait for their number before those that have one.
func newestFirst(x, y Leaf) int {
	xn, yn := uint64(x.Number), uint64(y.Number) // Pending becomes the largest
	return cmp.Or(cmp.Compare(yn, xn), cmp.Compare(y.At, x.At))
}

func history(tx *db.Tx, subject string, limit int, before int64) ([]Leaf, error) {
	var out []Leaf
	if before <= 0 {
		before = math.MaxInt64
		waiting, err := merged(tx, limit, selectOwnWaiting, selectListedWaiting, subject, limit)
		if err != nil {
			return nil, err
		}
		out = waiting
	}
	leaves, err := merged(tx, limit, selectOwn, selectListed, subject, before, limit)
	out = append(out, leaves...)
	return out[:min(limit, len(out))], err
}

// merged reads both halves and puts the newest of them first.
func merged(tx *db.Tx, limit int, own, listed string, args ...any) ([]Leaf, error) {
	a, err := readLeaves(tx, own, args...)
	if err != nil {
		return nil, err
	}
	b, err := readLeaves(tx, listed, args...)
	if err != nil {
		return nil, err
	}
	all := append(a, b...)
	slices.SortStableFunc(all, func(x, y Leaf) int {
		return cmp.Or(cmp.Compare(y.Number, x.Number), cmp.Compare(y.At, x.At))
	})
	return all[:min(limit, len(all))], nil
}

func readLeaves(tx *db.Tx, sql string, args ...any) ([]Leaf, error) {
	rows, err := tx.Query(sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Leaf
	for rows.Next() {
		var n int64
		var entry []byte
		if err := rows.Scan(&n, &entry); err != nil {
			return nil, err
		}
		if n == Pending {
			entry = number(n, entry)
		}
		l, err := decode(entry)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// Read returns one leaf; NotFound when there is none of that number.
func Read(tx *db.Tx, n int64) (Leaf, error) {
	var entry []byte
	if err := tx.Row(selectLeaf, n).Scan(&entry); err != nil {
		return Leaf{}, errs.Wrap("audit: read", err)
	}
	l, err := decode(entry)
	return l, errs.Wrap("audit: read", err)
}

// Latest is the latest instant that any leaf of the organisation speaks of, in
// microseconds UTC, 0 in an empty log. A clock that was set back is behind it:
// whoever decides by the time, decides by the later of the two.
func Latest(tx *db.Tx) (int64, error) {
	h, err := readHead(tx)
	if err != nil {
		return 0, errs.Wrap("audit: latest", err)
	}
	if tx.Engine() == db.SQLite {
		return h.latest, nil
	}
	var waits int64
	err = tx.Row(selectWaitMax).Scan(&waits)
	return max(h.latest, waits), errs.Wrap("audit: latest", err)
}
