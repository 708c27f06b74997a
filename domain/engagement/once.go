package engagement

import (
	"context"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
)

// fate is what became of something that was sent under its sender's own id.
type fate int

const (
	fresh fate = iota // it is new, and stored
	again             // the same was here already
	apart             // something else is here under that id: both are kept
)

// once takes each thing that is sent exactly once. R has the columns sent_as
// and take, unique together: two that come at the same instant cannot both be
// the first.
type once[R any] struct {
	rec  *field.Record[R]
	mark func(*R) (sentAs string, take *int64)
	name func(*R, string)         // gives the row its id
	same func(have, sent *R) bool // the same body
	may  func(*db.Tx, *R) error   // refuses what cannot be taken; asked of what is new only
}

// kept is what put did.
type kept[R any] struct {
	Row     R
	Fate    fate
	New     bool // it was stored by this call
	Changes []field.Change
}

// put stores what was sent, or finds it stored.
func (o once[R]) put(tx *db.Tx, sent R) (kept[R], error) {
	sentAs, _ := o.mark(&sent)
	if !id.Valid(sentAs) {
		return kept[R]{}, errs.New(errs.Invalid, "engagement: an id of the sender's", "error.old-form")
	}
	have, err := o.rec.List(tx, "WHERE tenant = $1 AND sent_as = $2 ORDER BY take", sentAs)
	if err != nil {
		return kept[R]{}, err
	}
	for i := range have {
		if o.same(&have[i], &sent) {
			return kept[R]{Row: have[i], Fate: fateOf(i, again)}, nil
		}
	}
	if err := o.may(tx, &sent); err != nil {
		return kept[R]{}, err
	}
	return o.add(tx, sent, sentAs, len(have))
}

func (o once[R]) add(tx *db.Tx, sent R, sentAs string, before int) (kept[R], error) {
	_, take := o.mark(&sent)
	*take = int64(before)
	if o.name(&sent, sentAs); before > 0 {
		o.name(&sent, id.New(tx.Now()))
	}
	changes, err := o.rec.Insert(tx, &sent)
	return kept[R]{sent, fateOf(before, fresh), true, filled(changes)}, err
}

// fateOf: the first body under an id is new or known, any other is apart.
func fateOf(place int, f fate) fate {
	if place > 0 {
		return apart
	}
	return f
}

// racing is how often a write is tried again that lost to the same one sent at
// the same instant.
const racing = 3

// write is DB.Write for what is sent under its sender's id: whoever loses the
// race looks again, and finds it there.
func (s *Service) write(ctx context.Context, fn func(tx *db.Tx) error) error {
	var err error
	for range racing {
		err = s.DB.Write(ctx, fn)
		if !errs.Is(err, errs.Conflict) {
			return err
		}
	}
	return err
}
