package audit

import (
	"context"
	"slices"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// Verdict is what Verify found of one organisation's log.
type Verdict string

// The verdicts. Of several only the first in the log is told.
const (
	OK         Verdict = "ok"
	Edited     Verdict = "edited"      // a leaf, a hash, a set or the head is not as it was written
	Deleted    Verdict = "deleted"     // a leaf is gone and later ones are there
	Reordered  Verdict = "reordered"   // a leaf stands in another's place
	Truncated  Verdict = "truncated"   // the last leaves are gone, and the head remembers more
	RolledBack Verdict = "rolled back" // whole in itself, and behind a checkpoint that we signed
)

// Result is the verdict on one organisation's log and where it went wrong:
// between the leaves Position and Until, which are mostly the same. Numbers
// begin at 0. When all is well both are the number of leaves.
type Result struct {
	Organisation string  `json:"organisation"`
	Verdict      Verdict `json:"result"`
	Position     int64   `json:"position"`
	Until        int64   `json:"until"`
	Leaves       int64   `json:"leaves"`  // how many there are
	Waiting      int64   `json:"waiting"` // without a number yet, so not judged
}

const (
	selectTenants = `SELECT tenant FROM audit_head UNION SELECT tenant FROM audit_leaf ORDER BY tenant`
	selectChunk   = `SELECT number, about, entry, hashes, stamp FROM audit_leaf
		WHERE tenant = $1 AND number > $2 AND number <= $3 ORDER BY number LIMIT 500`
	countWaiting = `SELECT COUNT(*) FROM audit_queue WHERE tenant = $1`
)

// chunk is the LIMIT of selectChunk: how many leaves one snapshot reads, so
// that a long log does not keep the database from tidying up.
const chunk = 500

// Verify reads every organisation's log and says of each whether it is as it
// was written. signed is a checkpoint of one of them, or nil. must lists
// organisations that have a log for certain, so that one which is wholly gone
// is missed; it may be nil.
//
// It recomputes the hash of every leaf from its content, every stored hash of
// the tree, every set, every stamp and the head; a leaf's own number tells one
// that was moved from one that was altered. With a checkpoint it also compares
// the root the log had at that size.
func Verify(ctx context.Context, d *db.DB, signed []byte, must []string) ([]Result, error) {
	var p *Point
	tenants, err := tenantsIn(ctx, d, must)
	if err != nil {
		return nil, err
	}
	if signed != nil {
		if p, tenants, err = withCheckpoint(ctx, d, signed, tenants); err != nil {
			return nil, err
		}
	}
	var out []Result
	for _, t := range tenants {
		mine := p
		if p != nil && p.Tenant != t {
			mine = nil
		}
		r, err := verifyOne(asSystem(ctx, t), d, mine, slices.Contains(must, t))
		if err != nil {
			return out, errs.Wrap("audit: verify "+t, err)
		}
		r.Organisation = t
		out = append(out, r)
	}
	return out, nil
}

func verifyOne(ctx context.Context, d *db.DB, p *Point, must bool) (Result, error) {
	s := &scan{point: p, sets: map[string]Verdict{}, later: -1}
	waiting, err := s.begin(ctx, d)
	for more := err == nil; more && err == nil; {
		more, err = s.chunk(ctx, d)
	}
	if err != nil {
		return Result{}, err
	}
	r := s.judge(must)
	r.Leaves, r.Waiting = s.count, waiting
	return r, nil
}

// begin fixes how far to read: the head and the last leaf of one snapshot.
// Leaves written after it are for the next time.
func (s *scan) begin(ctx context.Context, d *db.DB) (waiting int64, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		if s.head, err = readHead(tx); err != nil {
			return err
		}
		s.keyed = tx.Vault().SigningKey(tx.Scope().Tenant) != nil
		if err := tx.Row(selectLast).Scan(&s.last); err != nil {
			return err
		}
		return tx.Row(countWaiting).Scan(&waiting)
	})
	s.read = -1
	return waiting, err
}

// chunk judges the next leaves and reports whether there may be more.
func (s *scan) chunk(ctx context.Context, d *db.DB) (more bool, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		rows, err := readRows(tx, s.read, s.last)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := s.leaf(tx, r); err != nil {
				return err
			}
			s.read = r.number
		}
		more = len(rows) == chunk
		return nil
	})
	return more, err
}

func readRows(tx *db.Tx, after, last int64) ([]row, error) {
	rows, err := tx.Query(selectChunk, after, last)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []row
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.number, &r.about, &r.entry, &r.hashes, &r.stamp); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// tenantsIn lists whose logs there are, and whose there must be.
func tenantsIn(ctx context.Context, d *db.DB, must []string) ([]string, error) {
	found, err := column(scope.AsSystem(ctx, "verify the log"), d, selectTenants)
	for _, t := range must {
		found = add(found, t)
	}
	return found, errs.Wrap("audit: verify", err)
}

func withCheckpoint(ctx context.Context, d *db.DB, signed []byte, tenants []string) (*Point, []string, error) {
	var p Point
	err := d.Read(scope.AsSystem(ctx, "verify the log"), func(tx *db.Tx) error {
		var err error
		p, err = OpenCheckpoint(tx.Vault(), signed)
		return err
	})
	return &p, add(tenants, p.Tenant), err
}

func add(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// column reads one column of text across organisations.
func column(ctx context.Context, d *db.DB, sql string) ([]string, error) {
	var out []string
	err := d.Read(ctx, func(tx *db.Tx) error {
		out = nil
		rows, err := tx.SysQuery(sql)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				return err
			}
			out = append(out, s)
		}
		return rows.Err()
	})
	return out, err
}
