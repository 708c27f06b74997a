package people

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"maps"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
)

// doorTime is how long one turn at the writing door goes on; less than half of
// what may be held, so that a slow disk does not break the promise.
const doorTime = 8 * time.Millisecond

// BatchMost is how many rows are best taken in together: enough to lie close in
// the tables, few enough to lie in memory.
const BatchMost = 16384

// TakenIn is what became of the rows of a file.
type TakenIn struct {
	Kept     int
	Already  int
	Proposed int
	Differs  []Incoming // their number is here and says something else: not kept
}

// Taking says how people are taken in.
type Taking struct {
	Dry    bool // keep nothing, and say what would become of each
	Unseen bool // without tokens: they are found once the index is made anew

	Seen map[string][]byte // what a dry run met so far, for nothing is stored; the caller makes it
	Each func()            // told after each turn at the door; nil for nobody
}

func (t Taking) each() {
	if t.Each != nil {
		t.Each()
	}
}

// TakeIn keeps people of a file. Who is here already, by the file's own number
// or word for word, stays as they are. Who shares a telephone, an address or a
// whole name with someone is kept and proposed.
//
// Rows are gone through in the order of their marks, and so are tokens: at
// random places every one of them would cost a page of the database.
func (r *Registry) TakeIn(ctx context.Context, batch []Incoming, how Taking) (TakenIn, error) {
	var out TakenIn
	rows, err := r.inOrder(ctx, batch)
	if err != nil {
		return out, err
	}
	var added []Person
	for len(rows) > 0 {
		t, err := r.turnAt(ctx, rows, how)
		if err != nil {
			return out, err
		}
		out.add(t.out)
		added = append(added, t.added...)
		rows = rows[t.rows:]
		how.each()
	}
	slices.SortFunc(out.Differs, func(a, b Incoming) int { return cmp.Compare(a.Line, b.Line) })
	if how.Unseen || how.Dry {
		return out, nil
	}
	out.Proposed, err = r.enlist(ctx, added, how)
	return out, err
}

func (t *TakenIn) add(o TakenIn) {
	t.Kept += o.Kept
	t.Already += o.Already
	t.Differs = append(t.Differs, o.Differs...)
}

// markedRow is a row with the marks by which it is known again.
type markedRow struct {
	*Incoming
	key, said []byte
}

// inOrder puts rows in the order of their marks; rows of one mark stay in the
// order of the file.
func (r *Registry) inOrder(ctx context.Context, batch []Incoming) ([]markedRow, error) {
	rows := make([]markedRow, len(batch))
	err := r.DB.Read(ctx, func(tx *db.Tx) error {
		for i := range batch {
			in := &batch[i]
			rows[i] = markedRow{in, markOf(tx, "people.source", in.Key), markOf(tx, "people.said", in.Said)}
		}
		return nil
	})
	slices.SortStableFunc(rows, func(a, b markedRow) int { return bytes.Compare(a.key, b.key) })
	return rows, errs.Wrap("people: take in", err)
}

func markOf(tx *db.Tx, use, s string) []byte {
	return tx.Vault().Token(tx.Scope().Tenant, use, []byte(s))
}

// turn is one turn at the door.
type turn struct {
	s     *Service
	tx    *db.Tx
	how   Taking
	rows  int
	out   TakenIn
	added []Person
	met   map[string][]byte // of a dry run
	sum   [32]byte          // over the bytes that were stored
}

// turnAt takes in as many rows as one turn allows.
func (r *Registry) turnAt(ctx context.Context, rows []markedRow, how Taking) (*turn, error) {
	var t *turn
	err := r.write(ctx, "take in", "import.run", func(tx *db.Tx) error {
		t = &turn{s: r.People, tx: tx, how: how, met: map[string][]byte{}}
		began := r.Clock.Now()
		for i := range rows {
			if err := t.take(rows[i]); err != nil {
				return err
			}
			if t.rows = i + 1; r.Clock.Now().Sub(began) > doorTime {
				break
			}
		}
		return t.record()
	})
	if err == nil && how.Dry {
		maps.Copy(how.Seen, t.met)
	}
	return t, err
}

// take takes in one row.
func (t *turn) take(in markedRow) error {
	before, seen, err := t.known(in.key)
	switch {
	case err != nil:
		return err
	case seen && len(before) > 0 && !bytes.Equal(before, in.said):
		t.out.Differs = append(t.out.Differs, *in.Incoming)
		return nil
	case seen:
		t.out.Already++
		return nil
	}
	t.out.Kept++
	if t.how.Dry {
		t.met[string(in.key)] = in.said
		return nil
	}
	return t.keep(in)
}

// known is what the file said of a row that is here.
func (t *turn) known(key []byte) (said []byte, seen bool, err error) {
	for _, met := range []map[string][]byte{t.met, t.how.Seen} {
		if said, seen = met[string(key)]; seen {
			return said, true, nil
		}
	}
	err = t.tx.Row("SELECT said FROM people_source WHERE tenant = $1 AND mark = $2", key).Scan(&said)
	if errs.Is(err, errs.NotFound) {
		return nil, false, nil
	}
	return said, err == nil, err
}

func (t *turn) keep(in markedRow) error {
	p := in.Person
	subject, err := t.tx.Vault().NewSubject(t.tx.Scope().Tenant)
	if err != nil {
		return errs.Wrap("new key", err)
	}
	if p.ID = ref.Person(subject); p.CreatedAt.IsZero() {
		p.CreatedAt = t.tx.Now()
	}
	changes, err := t.s.persons.Insert(t.tx, &p)
	if err != nil {
		return err
	}
	t.note(p, changes)
	if _, err := t.tx.Exec("INSERT INTO people_source (tenant, mark, person, said) VALUES ($1, $2, $3, $4)", in.key, p.ID, in.said); err != nil {
		return err
	}
	if _, err = t.tx.Exec("INSERT INTO people_unmet (tenant, person) VALUES ($1, $2)", p.ID); err != nil {
		return err
	}
	_, err = t.tx.Exec("INSERT INTO people_pending (tenant, person) VALUES ($1, $2)", p.ID)
	return err
}

func (t *turn) note(p Person, changes []field.Change) {
	t.added = append(t.added, p)
	sum := append(t.sum[:], p.ID...)
	for _, c := range changes {
		sum = append(sum, c.Digest[:]...)
	}
	t.sum = sha256.Sum256(sum)
}

// record writes one leaf for everyone who was added in this turn: their ids, and
// one hash over all that was stored of them, in turn.
func (t *turn) record() error {
	if len(t.added) == 0 {
		return nil
	}
	ids := make([]string, len(t.added))
	for i, p := range t.added {
		ids[i] = string(p.ID)
	}
	return audit.Write(t.tx, audit.Entry{
		Kind: audit.Change, Action: "people.import", Subjects: ids,
		Changes: []field.Change{{Column: "people_person", Digest: t.sum}},
	})
}
