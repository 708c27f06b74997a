package audit

import (
	"slices"
	"strconv"
	"strings"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
)

const (
	insertLeafInto = `INSERT INTO audit_leaf (tenant, number, about, entry, hashes, stamp) VALUES `
	insertLeaf     = insertLeafInto + `($1, $2, $3, $4, $5, $6)`
	// On PostgreSQL only. Its own clock puts leaves in the order in which they
	// were written, also those of one transaction and those of several programs;
	// what stands on a leaf is the injected clock's.
	insertQueue = `INSERT INTO audit_queue (tenant, id, at, about, entry, stamp)
		VALUES ($1, TO_CHAR(CLOCK_TIMESTAMP() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') || '-' || $2, $3, $4, $5, $6)`
)

// Write records what this transaction saw, wrote or disclosed, and settles what
// it owes to those it names. The leaf is durable exactly when the transaction
// is. An entry that holds anything but ids, words of the field and hashes is
// refused as Internal, and so is one without an actor.
func Write(tx *db.Tx, e Entry) error {
	err := e.check()
	if err == nil && tx.Scope().Actor == "" {
		err = refuse("actor")
	}
	if err != nil {
		return err
	}
	subjects := e.tidy()
	if err := write(tx, e, subjects); err != nil {
		return errs.Wrap("audit: write "+e.Action, err)
	}
	tx.Settle(subjects...)
	return nil
}

// Record is Write about everyone that was looked at or changed since the last
// leaf, and about also: one leaf for all that is owed.
func Record(tx *db.Tx, e Entry, also ...string) error {
	looks, changes := tx.Owed()
	e.Subjects = slices.Concat(looks, changes, also)
	return Write(tx, e)
}

func write(tx *db.Tx, e Entry, subjects []string) error {
	about := aboutOf(subjects)
	if isSet(about) {
		if err := keepSet(tx, about, subjects); err != nil {
			return err
		}
	}
	rest := encode(e, tx.Scope(), tx.Now(), about, len(subjects))
	at := tx.Now().UnixMicro()
	if tx.Engine() == db.Postgres {
		own := id.New(tx.Now())
		_, err := tx.Exec(insertQueue, own, at, about, rest, stampWaiting(tx, own, at, about, rest))
		return err
	}
	h, err := openHead(tx)
	if err != nil {
		return err
	}
	r, leaf, err := h.append(tx, about, rest, at)
	if err != nil {
		return err
	}
	tx.Attest(leaf[:])
	if _, err := tx.Exec(insertLeaf, r.number, r.about, r.entry, r.hashes, r.stamp); err != nil {
		return err
	}
	return h.save(tx)
}

// tuples writes n groups of parameters for one INSERT: each begins with fixed
// and goes on with its own parameters, numbered from first.
func tuples(n, own, first int, fixed string) string {
	groups := make([]string, n)
	for i := range groups {
		groups[i] = "(" + fixed + ", " + holes(own, first+i*own) + ")"
	}
	return strings.Join(groups, ", ")
}

// holes writes n parameters, numbered from first.
func holes(n, first int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = "$" + strconv.Itoa(first+i)
	}
	return strings.Join(out, ", ")
}
