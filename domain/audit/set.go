package audit

import (
	"encoding/base64"
	"errors"
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
func aboutOf(subjects []string) (string, error) {
	switch len(subjects) {
	case 0:
		return "", nil
	case 1:
		return subjects[0], nil
	}
	var e edge
	for _, s := range subjects {
		if _, err := e.add(tlog.RecordHash([]byte(s))); err != nil {
			return "", err
		}
	}
	root, err := e.root()
	return setPrefix + base64.RawURLEncoding.EncodeToString(root[:]), err
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
