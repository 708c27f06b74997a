package people

import (
	"bytes"
	"context"
	"crypto/sha256"
	"maps"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
)

// doorTime is how long one turn at the writing door goes on taking people in;
// half of what may be held, so that a slow disk does not break the promise.
const doorTime = 8 * time.Millisecond

// TakenIn is what became of the first rows of a batch.
type TakenIn struct {
	Rows     int // how many were gone through
	Kept     int
	Already  int
	Proposed int
	Differs  []Incoming // their number is here and says something else: not kept
}

// Taking says how people are taken in.
type Taking struct {
	Dry    bool // keep nothing, and say what would become of each
	Unseen bool // without tokens: they are found once the index is made anew

	// Seen is what a dry run met so far, for nothing is stored; the caller makes it.
	Seen map[string][]byte
}

// TakeIn keeps people of a file, as many as one turn at the writing door
// allows; the caller comes again with the rest. Who is here already, by the
// file's own number or word for word, stays as they are. Who shares a
// telephone, an address or a whole name with someone is kept and proposed.
func (r *Registry) TakeIn(ctx context.Context, batch []Incoming, how Taking) (TakenIn, error) {
	var out TakenIn
	var seen map[string][]byte
	err := r.write(ctx, "take in", "import.run", func(tx *db.Tx) error {
		out = TakenIn{}
		t, err := r.turn(tx, how)
		if err != nil {
			return err
		}
		for i := range batch {
			if err := t.take(&batch[i], &out); err != nil {
				return err
			}
			if out.Rows = i + 1; r.Clock.Now().Sub(t.began) > doorTime {
				break
			}
		}
		seen = t.here
		return t.record()
	})
	if err == nil && how.Dry {
		maps.Copy(how.Seen, seen)
	}
	return out, err
}

// turn is one turn at the door.
type turn struct {
	*Registry
	tx    *db.Tx
	how   Taking
	began time.Time
	years years
	here  map[string][]byte // of a dry run: what was said, by the mark of the row
	added []ref.Person
	sum   [32]byte // over the bytes that were stored
}

func (r *Registry) turn(tx *db.Tx, how Taking) (*turn, error) {
	y, err := r.People.years(tx)
	return &turn{Registry: r, tx: tx, how: how, began: r.Clock.Now(), years: y, here: map[string][]byte{}}, err
}

func (t *turn) mark(use, s string) []byte {
	return t.tx.Vault().Token(t.tx.Scope().Tenant, use, []byte(s))
}

// take takes in one row.
func (t *turn) take(in *Incoming, out *TakenIn) error {
	key, saying := t.mark("people.source", in.Key), t.mark("people.said", in.Said)
	before, seen, err := t.known(key)
	switch {
	case err != nil:
		return err
	case seen && len(before) > 0 && !bytes.Equal(before, saying):
		out.Differs = append(out.Differs, *in)
		return nil
	case seen:
		out.Already++
		return nil
	}
	out.Kept++
	if t.how.Dry {
		t.here[string(key)] = saying
		return nil
	}
	n, err := t.keep(in.Person, key, saying)
	out.Proposed += n
	return err
}

// known is what the file said of a row that is here.
func (t *turn) known(key []byte) (said []byte, seen bool, err error) {
	for _, met := range []map[string][]byte{t.here, t.how.Seen} {
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

func (t *turn) keep(p Person, key, saying []byte) (proposed int, err error) {
	subject, err := t.tx.Vault().NewSubject(t.tx.Scope().Tenant)
	if err != nil {
		return 0, errs.Wrap("new key", err)
	}
	if p.ID = ref.Person(subject); p.CreatedAt.IsZero() {
		p.CreatedAt = t.tx.Now()
	}
	changes, err := t.People.persons.Insert(t.tx, &p)
	if err != nil {
		return 0, err
	}
	t.add(p.ID, changes)
	if _, err := t.tx.Exec("INSERT INTO people_source (tenant, mark, person, said) VALUES ($1, $2, $3, $4)", key, p.ID, saying); err != nil {
		return 0, err
	}
	if t.how.Unseen {
		return 0, nil
	}
	if err := t.People.index(t.tx, t.years, &p); err != nil {
		return 0, err
	}
	return t.People.propose(t.tx, t.years.now, &p)
}

func (t *turn) add(id ref.Person, changes []field.Change) {
	t.added = append(t.added, id)
	sum := append(t.sum[:], id...)
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
	return audit.Write(t.tx, audit.Entry{
		Kind: audit.Change, Action: "people.import", Subjects: plain(t.added),
		Changes: []field.Change{{Column: "people_person", Digest: t.sum}},
	})
}
