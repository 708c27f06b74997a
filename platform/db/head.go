package db

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"

	"alongside/platform/errs"
)

// The head is one row: how many commits the database holds, and a chain of all
// that was attested in them. It is read and written in every commit, for
// another process may have written in between.
const (
	makeHead = `CREATE TABLE IF NOT EXISTS db_head (
    id      BIGINT NOT NULL PRIMARY KEY,
    commits BIGINT NOT NULL,
    chain   BYTEA NOT NULL
);
INSERT INTO db_head (id, commits, chain) VALUES (1, 0, zeroblob(32)) ON CONFLICT DO NOTHING;`
	selectHead = "SELECT commits, chain FROM db_head WHERE id = 1"
	touchHead  = "UPDATE db_head SET commits = commits WHERE id = 1" // a change, so that the commit counts
	updateHead = "UPDATE db_head SET commits = ?1, chain = ?2 WHERE id = 1"
)

// head is where the database stands.
type head struct {
	commits int64
	chain   [sha256.Size]byte
}

// after is the head once those kept have been committed: one commit more, and
// the chain over all digests in the order in which they were attested.
func (h head) after(kept []*waiter) head {
	sum := sha256.New()
	sum.Write(h.chain[:])
	for _, p := range kept {
		for _, d := range p.tx.digests {
			sum.Write(d)
		}
	}
	next := head{commits: h.commits + 1}
	sum.Sum(next.chain[:0])
	return next
}

func (h head) same(o head) bool {
	return h.commits == o.commits && subtle.ConstantTimeCompare(h.chain[:], o.chain[:]) == 1
}

func (h head) words() string { return fmt.Sprintf("%d commits", h.commits) }

func (l *liteConn) readHead() (h head, err error) {
	s, err := l.take(selectHead)
	if err != nil {
		return h, err
	}
	defer s.give()
	if !s.Step() {
		if s.Err() != nil {
			return h, s.Err()
		}
		return h, errs.New(errs.Internal, "db: the row of the head is gone", "")
	}
	h.commits = s.ColumnInt64(0)
	if n := copy(h.chain[:], s.ColumnRawBlob(1)); n != len(h.chain) {
		return h, errs.New(errs.Internal, "db: the chain of the head is cut", "")
	}
	return h, nil
}

func (l *liteConn) writeHead(h head) error {
	s, err := l.take(updateHead)
	if err != nil {
		return err
	}
	defer s.give()
	if err := s.bind([]any{h.commits, h.chain[:]}); err != nil {
		return err
	}
	return s.Exec()
}
