package outbox

import (
	"bytes"
	"context"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// Sent is what a phone sends: an id it made, the slip it was given and the box.
type Sent struct {
	ID   string
	Slip string
	Box  []byte
}

// Answer is what became of it.
type Answer struct {
	State string // Taken, Apart, Needs, Refused or Damaged
	Gone  bool   // its writer may not be here any more: the phone forgets what it keeps
}

// mostWords is the longest form that is taken, in letters.
const mostWords = 32 << 10

// mostLeft is how many things an account that nobody is signed in with may
// leave here for a person to place.
const mostLeft = 200

// Errors that the sender acts on.
var (
	errSignIn  = errs.New(errs.Denied, "outbox: sign in first", "")
	errDamaged = errs.New(errs.Invalid, "outbox: does not open", "")
)

// written is a box that was opened, or why it was not.
type written struct {
	Sent
	tenant string
	who    ref.Account
	path   string
	form   url.Values
	raw    string
	shut   error
	why    string // what its page lacked, in words
	nobody bool   // a page about nobody is among those it may be from
}

// Take takes in one item, exactly once. ctx is the context of whoever is signed
// in on the phone, or has no scope. An item of somebody else is NotFound, one
// whose writer has only to sign in again is errSignIn, and one that does not
// open errDamaged. Any other error says that it could not be done now: the phone
// keeps the item and comes again.
func (s *Service) Take(ctx context.Context, in Sent) (Answer, error) {
	all, err := s.open(ctx, []Sent{in})
	if err != nil {
		return Answer{}, errs.Wrap("outbox: take", err)
	}
	return s.take(ctx, all[0])
}

// take is Take for what was opened.
func (s *Service) take(ctx context.Context, w written) (Answer, error) {
	if w.shut != nil {
		return Answer{}, errs.Wrap("outbox: take", w.shut)
	}
	tenant := w.tenant
	sc, signed := scope.From(ctx)
	if signed && (sc.Tenant != tenant || sc.Actor != string(w.who)) {
		return Answer{}, absent("somebody else's")
	}
	if !signed {
		ctx = scope.With(ctx, scope.Scope{Tenant: tenant, Actor: string(w.who), Purpose: scope.Treatment})
	}
	had, known, err := s.look(ctx, w, signed)
	if err != nil || known {
		had.Gone = !signed
		return had, errs.Wrap("outbox: take", err)
	}
	state := Refused
	if had.State == Apart {
		state = Apart
	} else if signed {
		if state, w.why, err = s.play(ctx, w); err != nil {
			return Answer{}, errs.Wrap("outbox: take", err)
		}
	}
	out, err := s.store(ctx, w, state)
	out.Gone = !signed
	return out, errs.Wrap("outbox: take", err)
}

// open opens boxes, beside each other: each costs an agreement on a key. Why one does
// not open is kept with it.
func (s *Service) open(ctx context.Context, all []Sent) ([]written, error) {
	out := make([]written, len(all))
	err := s.DB.Read(scope.AsSystem(ctx, "whose outbox is this"), func(tx *db.Tx) error {
		v, now := tx.Vault(), tx.Now()
		var each sync.WaitGroup
		for i, in := range all {
			each.Go(func() { out[i], out[i].shut = opened(v, now, in) })
		}
		each.Wait()
		return nil
	})
	return out, err
}

func opened(v *seal.Vault, now time.Time, in Sent) (written, error) {
	tenant, who, until, ok := readSlip(v, in.Slip)
	if !ok || !id.Valid(in.ID) || now.After(until) {
		return written{}, absent("no slip of ours")
	}
	plain, err := v.OpenBox(tenant, in.ID+" "+string(who), in.Box)
	if err != nil {
		return written{}, errDamaged
	}
	path, raw, ok := strings.Cut(string(plain), "\n")
	form, bad := url.ParseQuery(raw)
	if !ok || bad != nil || form.Get("act") != in.ID || len(raw) > mostWords {
		return written{}, errDamaged
	}
	return written{Sent: in, tenant: tenant, who: who, path: path, form: form, raw: raw}, nil
}

// look finds what is known of an item. known: it was here before with the same
// words. Otherwise a State of Apart says that other words were.
func (s *Service) look(ctx context.Context, w written, signed bool) (out Answer, known bool, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		out, known, _, err = s.find(tx, w)
		if err != nil || known || signed {
			return err
		}
		return s.mayLeave(tx, w.who)
	})
	return out, known, err
}

// find is look within a transaction; n is how many there are under that id.
func (s *Service) find(tx *db.Tx, w written) (out Answer, known bool, n int64, err error) {
	rows, err := tx.Query("SELECT mark, state FROM outbox_item WHERE tenant = $1 AND item = $2 ORDER BY take", w.ID)
	if err != nil {
		return out, false, 0, err
	}
	defer rows.Close()
	for ; rows.Next(); n++ {
		var mark []byte
		var state string
		if err := rows.Scan(&mark, &state); err != nil {
			return out, false, n, err
		}
		if bytes.Equal(mark, w.mark(tx)) {
			return Answer{State: answered(state, n)}, true, n, nil
		}
		out.State = Apart
	}
	return out, false, n, rows.Err()
}

// answered is what its sender was told of an item, also after it was placed.
func answered(state string, take int64) string {
	switch {
	case take > 0:
		return Apart
	case state == Placed:
		return Refused
	}
	return state
}

// mayLeave answers nil when an account that nobody is signed in with can only
// leave its words for a person: it may not send any more. One that may has to
// sign in.
func (s *Service) mayLeave(tx *db.Tx, who ref.Account) error {
	may, err := s.Writes(tx, who)
	if err != nil {
		return err
	}
	if may {
		return errSignIn
	}
	var n int64
	err = tx.Row("SELECT COUNT(*) FROM outbox_item WHERE tenant = $1 AND account = $2 AND state = $3", who, Refused).Scan(&n)
	if err == nil && n >= mostLeft {
		err = errs.New(errs.TooMany, "outbox: left", "")
	}
	return err
}

// mark is the same for the same words under the same id by the same writer.
func (w written) mark(tx *db.Tx) []byte {
	return tx.Vault().Token(tx.Scope().Tenant, "outbox mark", []byte(w.ID+"\n"+string(w.who)+"\n"+w.path+"\n"+w.raw))
}

// play hands the form to its page. What may not be done any more is Refused;
// what the page does not take as it is needs its writer.
func (s *Service) play(ctx context.Context, w written) (state, why string, err error) {
	state, why, err = s.Play(ctx, w.path, w.form)
	switch errs.KindOf(err) {
	case errs.Denied, errs.NotFound:
		return Refused, "", nil
	case errs.Invalid, errs.Conflict:
		return Needs, why, nil
	}
	return state, why, err
}

// store notes what became of an item. Who loses a race looks again.
func (s *Service) store(ctx context.Context, w written, state string) (out Answer, err error) {
	for range 3 {
		err = s.DB.Write(ctx, func(tx *db.Tx) error {
			out, err = s.insert(tx, w, state)
			return err
		})
		if !errs.Is(err, errs.Conflict) {
			return out, err
		}
	}
	return out, err
}

func (s *Service) insert(tx *db.Tx, w written, state string) (Answer, error) {
	had, known, n, err := s.find(tx, w)
	if err != nil || known {
		return had, err
	}
	if n > 0 {
		state = Apart
	}
	i := Item{ID: w.ID, Take: n, Account: w.who, Mark: w.mark(tx), State: state, TakenAt: tx.Now(), Version: 1}
	if ms, err := strconv.ParseInt(w.form.Get("written"), 10, 64); err == nil {
		i.SentAt = when(ms, tx.Now())
	}
	if state != Taken {
		err = s.keepWords(tx, &i, w)
	}
	if err != nil {
		return Answer{}, err
	}
	changes, err := s.items.Insert(tx, &i)
	if err != nil {
		return Answer{}, err
	}
	return Answer{State: state}, audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "outbox.take", Record: "outbox_item/" + i.ID, Changes: changes})
}

// keepWords puts what was written under the key of whom it is about. Who is not
// here, or was erased, has no words here either.
func (s *Service) keepWords(tx *db.Tx, i *Item, w written) error {
	person, err := s.About(tx, w.path)
	if err == nil {
		_, err = s.People.Find(tx, person)
	} else if w.nobody && errs.Is(err, errs.NotFound) {
		person, err = newLock(tx)
	}
	if errs.Is(err, errs.NotFound) {
		return nil
	}
	i.Person, i.Path, i.Words = person, w.path, w.raw
	if more := w.raw + "&" + (url.Values{whyField: {w.why}}).Encode(); w.why != "" && len(more) <= mostWords {
		i.Words = more
	}
	return err
}

// whyField is where, beside the words and sealed with them, stands what their
// page lacked.
const whyField = "why it waits"

// newLock is a key of its own, for words that are about nobody.
func newLock(tx *db.Tx) (ref.Person, error) {
	lock, err := tx.Vault().NewSubject(tx.Scope().Tenant)
	return ref.Person(lock), err
}
