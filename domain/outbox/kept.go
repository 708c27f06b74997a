package outbox

import (
	"context"
	"net/url"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Waiting is an item that waits for a person, as it is shown.
type Waiting struct {
	Item
	Person people.Person
	Alike  *people.Shown // what tells them from another of the list; nil where nobody has that name
	Form   url.Values    // what was written; nil for who may not read it
	Mine   bool
	Places bool   // may say that it is done
	Why    string // what its page lacked, in words; empty for who may not read it
}

// List is what waits for whoever looks.
type List struct {
	Waiting  []Waiting
	Names    map[ref.Account]string
	MaySet   bool
	Settings Settings
}

const whereWaiting = "WHERE tenant = $1 AND state IN ('apart', 'needs', 'refused') "

// Kept lists what waits for a person: one's own, and for a supervisor or a
// coordinator everyone's. The words are for a supervisor and who wrote them.
func (s *Service) Kept(ctx context.Context) (List, error) {
	var out List
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		out = List{}
		rows, err := s.waiting(tx)
		if err != nil {
			return err
		}
		if err := s.dress(tx, &out, rows); err != nil {
			return err
		}
		out.MaySet = s.Allow(tx, "outbox.set", access.Resource{}) == nil
		if out.Settings, err = s.set(tx); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "outbox.kept"})
	})
	return out, errs.Wrap("outbox: kept", err)
}

func (s *Service) waiting(tx *db.Tx) ([]Item, error) {
	if err := s.Allow(tx, "outbox.send", own(tx)); err != nil {
		return nil, err
	}
	if s.Allow(tx, "outbox.place", access.Resource{}) == nil {
		return s.items.List(tx, whereWaiting+"ORDER BY taken_at, item, take LIMIT 200")
	}
	return s.items.List(tx, whereWaiting+"AND account = $2 ORDER BY taken_at, item, take LIMIT 200", me(tx))
}

func (s *Service) dress(tx *db.Tx, out *List, rows []Item) error {
	var who []ref.Account
	var whom []ref.Person
	for _, i := range rows {
		who, whom = append(who, i.Account), append(whom, i.Person)
	}
	names, err := s.People.Called(tx, whom)
	if err != nil {
		return err
	}
	alike, err := s.People.Namesakes(tx, names, s.Near)
	if err != nil {
		return err
	}
	if out.Names, err = s.Names(tx, who); err != nil {
		return err
	}
	reads := s.Allow(tx, "outbox.read", access.Resource{}) == nil
	for _, i := range rows {
		w := Waiting{Item: i, Person: names[i.Person], Alike: alike[i.Person], Mine: i.Account == me(tx)}
		if reads || w.Mine {
			if w.Form, err = url.ParseQuery(i.Words); err != nil {
				w.Form = nil
			}
			w.Why = w.Form.Get(whyField)
			w.Form.Del(whyField)
		}
		w.Places = reads || w.Mine && i.State != Refused
		w.Words = ""
		out.Waiting = append(out.Waiting, w)
	}
	return nil
}

// Count is how many items of whoever is in the scope wait for them.
func (s *Service) Count(tx *db.Tx) (n int64, err error) {
	err = tx.Row("SELECT COUNT(*) FROM outbox_item "+whereWaiting+"AND account = $2", me(tx)).Scan(&n)
	return n, err
}

// Keep keeps a form of a page that had other words under its act before, for its
// writer to decide: the same form again is the same item. Denied for who has no
// such page.
func (s *Service) Keep(ctx context.Context, path string, form url.Values) error {
	w := written{Sent: Sent{ID: form.Get("act")}, path: path, form: form, raw: form.Encode(), nobody: true}
	if len(w.raw) > mostWords {
		return errs.New(errs.Invalid, "outbox: too long to keep", "error.too-big")
	}
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		w.who = me(tx)
		return s.Allow(tx, "outbox.send", own(tx))
	})
	if err == nil {
		_, err = s.store(ctx, w, Apart)
	}
	return errs.Wrap("outbox: keep", err)
}

// Place notes that a person has dealt with an item. What was written stays on
// record.
func (s *Service) Place(ctx context.Context, item string, take int64) error {
	return errs.Wrap("outbox: place", s.DB.Write(ctx, func(tx *db.Tx) error {
		before, err := s.items.Get(tx, item, take)
		if err != nil {
			return err
		}
		if err := s.mayPlace(tx, before); err != nil {
			return err
		}
		after := before
		after.State = Placed
		changes, err := s.items.Update(tx, &before, &after)
		if err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "outbox.place", Record: "outbox_item/" + item, Changes: changes})
	}))
}

// mayPlace: nobody puts away what they cannot read.
func (s *Service) mayPlace(tx *db.Tx, i Item) error {
	if i.State == Taken || i.State == Placed {
		return absent("nothing waits")
	}
	if i.Account == me(tx) && i.State != Refused {
		return s.Allow(tx, "outbox.send", own(tx))
	}
	if err := s.Allow(tx, "outbox.place", access.Resource{}); err != nil {
		return err
	}
	return s.Allow(tx, "outbox.read", access.Resource{})
}
