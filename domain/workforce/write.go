package workforce

import (
	"context"
	"slices"
	"strings"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
)

// Write keeps a new page. Its id is that of the form: the same form twice is one
// page, and with other words it is a Conflict, which the form is shown again over.
func (s *Service) Write(ctx context.Context, e Entry) error {
	err := s.once(ctx, func(tx *db.Tx) error {
		if err := s.enter(tx); err != nil {
			return err
		}
		if err := s.must(tx, "workforce.write", me(tx), false); err != nil {
			return err
		}
		if e.Thread = ""; e.Kind == Reflection {
			e.Thread = e.ID
		}
		return s.put(tx, e)
	})
	return errs.Wrap("workforce: write", err)
}

// Say adds to a co-reflection. Its id is that of the form, as with Write.
func (s *Service) Say(ctx context.Context, thread string, e Entry) error {
	err := s.once(ctx, func(tx *db.Tx) error {
		if err := s.enter(tx); err != nil {
			return err
		}
		if _, err := s.partIn(tx, "workforce.together", thread); err != nil {
			return err
		}
		e.Thread, e.Kind = thread, Reflection
		return s.put(tx, e)
	})
	return errs.Wrap("workforce: say", err)
}

// once is DB.Write for what comes under the id of its form: whoever loses a race
// against the same form looks again, and finds it there.
func (s *Service) once(ctx context.Context, fn func(tx *db.Tx) error) error {
	err := s.DB.Write(ctx, fn)
	if errs.Is(err, errs.Conflict) {
		err = s.DB.Write(ctx, fn)
	}
	return err
}

// partIn reads who takes part, and refuses whoever may not do this with it.
func (s *Service) partIn(tx *db.Tx, action, thread string) ([]Part, error) {
	parts, err := s.partsOf(tx, thread)
	if err == nil {
		err = s.must(tx, action, beganBy(parts), in(parts, me(tx)))
	}
	return parts, err
}

// put stores what was sent, once.
func (s *Service) put(tx *db.Tx, e Entry) error {
	e.Words = strings.TrimSpace(e.Words)
	if !id.Valid(e.ID) {
		return errs.New(errs.Invalid, "workforce: id of a form", "error.old-form")
	}
	b, err := bareOf(tx, e.ID)
	switch {
	case errs.Is(err, errs.NotFound):
		return s.add(tx, e)
	case err != nil:
		return err
	case b.account != me(tx):
		return absent("entry of another")
	case b.gone:
		return nil // it was erased since: nothing comes back
	}
	have, err := s.entries.Get(tx, e.ID)
	if err == nil && (have.Words != e.Words || have.Kind != e.Kind || have.Thread != e.Thread) {
		tx.Settle(have.Lock)
		return errs.New(errs.Conflict, "workforce: sent before with other words", "workforce.error.again")
	}
	if err != nil {
		return err
	}
	return looked(tx)
}

func (s *Service) add(tx *db.Tx, e Entry) error {
	if err := whole(e); err != nil {
		return err
	}
	lock, err := tx.Vault().NewSubject(tx.Scope().Tenant)
	if err != nil {
		return err
	}
	row := Entry{ID: e.ID, Lock: lock, Account: me(tx), Thread: e.Thread, Kind: e.Kind, Words: e.Words, WrittenAt: tx.Now()}
	changes, err := s.entries.Insert(tx, &row)
	if err == nil && e.Thread == e.ID {
		err = s.join(tx, row.ID, row.Account, row.Account)
	}
	if err != nil {
		return err
	}
	return changed(tx, row.row(), changes)
}

// whole refuses what the page's own list of fields would.
func whole(e Entry) error {
	words, _ := Entries().Field("words")
	switch {
	case !field.Offered(Kinds(), e.Kind):
		return refuse("kind", "error.pick-one")
	case e.Words == "":
		return refuse("words", "error.needed")
	case len([]rune(e.Words)) > words.Limit:
		return refuse("words", "workforce.error.long")
	}
	return nil
}

func (s *Service) join(tx *db.Tx, thread string, who, by ref.Account) error {
	p := Part{Thread: thread, Account: who, By: by, JoinedAt: tx.Now()}
	_, err := s.parts.Insert(tx, &p)
	return err
}

// Change puts new words in the place of old ones, which are not kept. version is
// that of the words the form was shown over; what was changed elsewhere since is
// Invalid at "words", and nothing is lost.
func (s *Service) Change(ctx context.Context, id string, version int64, words string) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.enter(tx); err != nil {
			return err
		}
		before, err := s.own(tx, id)
		if err != nil {
			return err
		}
		after := before
		after.Words, after.ChangedAt = strings.TrimSpace(words), tx.Now()
		switch err := whole(after); {
		case err != nil:
			return err
		case before.Words == after.Words:
			return looked(tx)
		case before.Version != version:
			return refuse("words", "workforce.error.meanwhile")
		}
		changes, err := s.entries.Update(tx, &before, &after)
		if err != nil {
			return err
		}
		return changed(tx, after.row(), changes)
	})
	return errs.Wrap("workforce: change", err)
}

// Invite lets peers take part, by name. Who takes part already is left as they
// are; who is no peer here, or left, is Invalid at "who".
func (s *Service) Invite(ctx context.Context, thread string, who []ref.Account) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.enter(tx); err != nil {
			return err
		}
		parts, err := s.partIn(tx, "workforce.invite", thread)
		if err != nil {
			return err
		}
		return s.invite(tx, thread, parts, who)
	})
	return errs.Wrap("workforce: invite", err)
}

func (s *Service) invite(tx *db.Tx, thread string, parts []Part, who []ref.Account) error {
	var all []ref.Account
	for _, p := range parts {
		all = append(all, p.Account)
	}
	open, err := s.others(tx, all)
	if err != nil {
		return err
	}
	if len(who) == 0 {
		return refuse("who", "error.pick-one")
	}
	for _, a := range who {
		if in(parts, a) {
			continue
		}
		if !slices.ContainsFunc(open, func(c Colleague) bool { return c.ID == a }) {
			return refuse("who", "workforce.error.who")
		}
		if err := s.join(tx, thread, a, me(tx)); err != nil {
			return err
		}
	}
	return changed(tx, "workforce_part/"+thread, nil)
}

// Leave ends the part of whoever asks in a co-reflection. What they wrote stays
// with those who are there, and theirs. To leave twice is no error.
func (s *Service) Leave(ctx context.Context, thread string) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.enter(tx); err != nil {
			return err
		}
		p, err := s.parts.Get(tx, thread, me(tx))
		if err != nil {
			return err
		}
		if err := s.Allow(tx, "workforce.pages", access.Own(string(p.Account))); err != nil {
			return err
		}
		return s.leave(tx, p)
	})
	return errs.Wrap("workforce: leave", err)
}

func (s *Service) leave(tx *db.Tx, before Part) error {
	if !before.LeftAt.IsZero() {
		return nil
	}
	after := before
	after.LeftAt = tx.Now()
	if _, err := s.parts.Update(tx, &before, &after); err != nil {
		return err
	}
	return changed(tx, after.row(), nil)
}
