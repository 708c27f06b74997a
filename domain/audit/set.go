package audit

import (
	"encoding/base64"
	"errors"
	"math/bits"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"alongside/platform/db"
	"alongside/platform/errs"
)

const (
	selectSetOne = `SELECT subject FROM audit_set WHERE tenant = $1 AND about = $2 LIMIT 1`
	selectSet    = `SELECT subject FROM audit_set WHERE tenant = $1 AND about = $2 ORDER BY subject`
)

const setPrefix = "set:"

// setRows is how many members go into one statement. Two shapes only, so that
// the database prepares each once.
const setRows = 16

func isSet(about string) bool { return strings.HasPrefix(about, setPrefix) }

// aboutOf names whom a leaf is about: nobody, one subject, or the set of
// several, which are in order and different.
func aboutOf(subjects []string) string {
	switch len(subjects) {
	case 0:
		return ""
	case 1:
		return subjects[0]
	}
	leaves := make([]tlog.Hash, len(subjects))
	for i, s := range subjects {
		leaves[i] = tlog.RecordHash([]byte(s))
	}
	root := rootOf(leaves)
	return setPrefix + base64.RawURLEncoding.EncodeToString(root[:])
}

// rootOf is the root of a tree of one leaf or more, as RFC 6962, section 2.1,
// has it. It makes nothing that is thrown away: each list names a set.
func rootOf(leaves []tlog.Hash) tlog.Hash {
	n := len(leaves)
	if n == 1 {
		return leaves[0]
	}
	left := 1 << (bits.Len(uint(n-1)) - 1)
	return tlog.NodeHash(rootOf(leaves[:left]), rootOf(leaves[left:]))
}

// keepSet stores who is in a set, the first time it is named.
func keepSet(tx *db.Tx, about string, subjects []string) error {
	var one string
	err := tx.Row(selectSetOne, about).Scan(&one)
	if !errs.Is(err, errs.NotFound) {
		return err
	}
	for len(subjects) > 0 {
		n := 1
		if len(subjects) >= setRows {
			n = setRows
		}
		args := make([]any, 0, n+1)
		args = append(args, about)
		for _, s := range subjects[:n] {
			args = append(args, s)
		}
		if _, err := tx.Exec(insertSet(n), args...); err != nil {
			return err
		}
		subjects = subjects[n:]
	}
	return nil
}

// insertSet tolerates that another transaction keeps the same set just now.
func insertSet(n int) string {
	return `INSERT INTO audit_set (tenant, about, subject) VALUES ` +
		tuples(n, 1, 3, "$1, $2") + ` ON CONFLICT (tenant, about, subject) DO NOTHING`
}

// readSet returns who is in a set, in order.
func readSet(tx *db.Tx, about string) ([]string, error) {
	rows, err := tx.Query(selectSet, about)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// Member shows that one person is in a set, without naming the others.
type Member struct {
	Index int64            `json:"index"`
	Of    int64            `json:"of"`
	Proof tlog.RecordProof `json:"proof"`
}

func proveMember(subjects []string, index int) (Member, error) {
	var e edge
	var stored []tlog.Hash
	for _, s := range subjects {
		hashes, err := e.add(tlog.RecordHash([]byte(s)))
		if err != nil {
			return Member{}, err
		}
		stored = append(stored, hashes...)
	}
	read := func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, at := range indexes {
			out[i] = stored[at]
		}
		return out, nil
	}
	proof, err := tlog.ProveRecord(e.size, int64(index), tlog.HashReaderFunc(read))
	return Member{int64(index), e.size, proof}, err
}

func (m Member) check(about, subject string) error {
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(about, setPrefix))
	if err != nil || len(b) != tlog.HashSize {
		return errors.New("audit: not the name of a set")
	}
	return tlog.CheckRecord(m.Proof, m.Of, tlog.Hash(b), m.Index, tlog.RecordHash([]byte(subject)))
}
