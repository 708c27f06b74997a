package bridge

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
)

// Begin keeps a new note. Its id is that of the form; the same form twice makes
// one, and with other words it is a Conflict: nothing is dropped in silence.
func (s *Service) Begin(ctx context.Context, d Door, n Note) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		person, err := s.enter(tx, d)
		if err != nil {
			return err
		}
		have, err := s.notes.Get(tx, n.ID)
		switch {
		case err == nil && have.Person != person:
			tx.Settle(string(have.Person))
			return absent("note of another")
		case err == nil && !sameForm(n, have):
			tx.Settle(string(have.Person))
			return other("a note, with other words")
		case err == nil:
			return s.again(tx, have)
		case !errs.Is(err, errs.NotFound):
			return err
		}
		return s.begin(tx, d, Note{ID: n.ID, Person: person, Recipient: n.Recipient, Body: n.Body, Touches: n.Touches})
	})
	return errs.Wrap("bridge: begin", err)
}

// sameForm reports whether the form of a note says what it said before: the
// words, who reads them and what they speak of. What was written to a note since
// is no other form.
func sameForm(sent, have Note) bool {
	return tidy(sent.Body) == have.Body && sent.Recipient == have.Recipient && slices.Equal(ordered(sent.Touches), have.Touches)
}

// again answers a form that was sent twice: nothing is done anew.
func (s *Service) again(tx *db.Tx, n Note) error {
	return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "bridge.note", Record: n.Row()}, string(n.Person))
}

func (s *Service) begin(tx *db.Tx, d Door, n Note) error {
	if !id.Valid(string(n.ID)) {
		return errs.New(errs.Invalid, "bridge: id of a form", "error.old-form")
	}
	if _, err := s.People.Find(tx, n.Person); err != nil {
		return err
	}
	_, to, err := s.noteFlow.Take("", StepBegin, d.role(tx), n)
	if err != nil {
		return err
	}
	n.State, n.MadeAt, n.MadeBy = to, tx.Now(), tx.Scope().Actor
	if err := s.word(tx, &n); err != nil {
		return err
	}
	changes, err := s.notes.Insert(tx, &n)
	return s.changed(tx, StepBegin, n, changes, err)
}

// word makes the words of a note ready to be kept, and refuses those that are
// none, or that no consent lets the recipient read: nobody writes for nothing.
func (s *Service) word(tx *db.Tx, n *Note) error {
	n.Body, n.Touches, n.WrittenAt = tidy(n.Body), ordered(n.Touches), tx.Now()
	switch {
	case n.Body == "":
		return refuse("body", "error.needed")
	case len([]rune(n.Body)) > mostWords:
		return refuse("body", "bridge.error.long")
	}
	return s.reaches(tx, *n)
}

// reaches refuses a note that its recipient could not be told, and says which
// of the two ways out there is.
func (s *Service) reaches(tx *db.Tx, n Note) error {
	covered, err := s.Out.Covers(tx, n)
	if err != nil || covered {
		return err
	}
	without := n
	without.Touches = nil
	covered, err = s.Out.Covers(tx, without)
	switch {
	case err != nil:
		return err
	case covered:
		return refuse("touches", "bridge.error.touches")
	}
	return refuse("recipient", "bridge.error.not-covered")
}

// Write keeps other words. was is the mark of those that whoever writes had
// before them: who did not see the last ones is shown them first. A yes that
// was said to the words before is over.
func (s *Service) Write(ctx context.Context, d Door, w Note, was []byte) error {
	err := s.turn(ctx, d, w.ID, StepWrite, func(tx *db.Tx, n *Note) error {
		if !bytes.Equal(was, markOf(tx, *n)) {
			return refuse("body", "bridge.error.changed")
		}
		n.Recipient, n.Body, n.Touches = w.Recipient, w.Body, w.Touches
		if err := s.word(tx, n); err != nil {
			return err
		}
		return s.over(tx, n)
	})
	return errs.Wrap("bridge: write", err)
}

// Approve is the person's yes to these words and no others: mark is of what
// they read. On their own page their account says who it was; on the peer's
// screen they sign with the name they use.
func (s *Service) Approve(ctx context.Context, d Door, which ref.Note, mark []byte, signedAs string) error {
	err := s.turn(ctx, d, which, StepApprove, func(tx *db.Tx, n *Note) error {
		signedAs = strings.TrimSpace(signedAs)
		switch {
		case !bytes.Equal(mark, markOf(tx, *n)):
			return refuse("words", "bridge.error.changed")
		case !d.Own && signedAs == "":
			return refuse("signed_as", "bridge.error.sign")
		}
		a := Approval{
			ID: id.New(tx.Now()), Note: n.ID, Person: n.Person, Recipient: n.Recipient, Body: n.Body, Touches: n.Touches, Mark: mark,
			How: OnScreen, SignedAs: signedAs, At: tx.Now(), By: tx.Scope().Actor,
		}
		if d.Own {
			a.How, a.SignedAs = OnOwn, ""
		}
		n.Approval = a.ID
		_, err := s.approvals.Insert(tx, &a)
		return err
	})
	return errs.Wrap("bridge: approve", err)
}

// Undo takes the yes back before the note was sent.
func (s *Service) Undo(ctx context.Context, d Door, which ref.Note) error {
	return errs.Wrap("bridge: undo", s.turn(ctx, d, which, StepUndo, s.over))
}

// Back takes a note back that was sent: from now on it is not there for whoever
// had its link.
func (s *Service) Back(ctx context.Context, d Door, which ref.Note) error {
	err := s.turn(ctx, d, which, StepBack, func(tx *db.Tx, n *Note) error {
		n.BackAt, n.LinkKey, n.DeviceKey = tx.Now(), nil, nil
		return s.over(tx, n)
	})
	return errs.Wrap("bridge: take back", err)
}

// Send lets the recipient read what was approved, by a link of its own, while a
// consent in force covers it.
func (s *Service) Send(ctx context.Context, d Door, which ref.Note) error {
	err := s.turn(ctx, d, which, StepSend, func(tx *db.Tx, n *Note) error {
		if _, err := s.standing(tx, *n); err != nil {
			return err
		}
		if err := s.reaches(tx, *n); err != nil {
			return err
		}
		n.SentAt = tx.Now()
		relink(tx, n)
		return nil
	})
	return errs.Wrap("bridge: send", err)
}

// Relink gives the note a new link. The old one is gone, and the device with it.
func (s *Service) Relink(ctx context.Context, d Door, which ref.Note) error {
	err := s.turn(ctx, d, which, StepLink, func(tx *db.Tx, n *Note) error {
		relink(tx, n)
		replaced(tx, n)
		return nil
	})
	return errs.Wrap("bridge: new link", err)
}

// standing is the yes to a note's words, held against its mark: what is read is
// what was approved, or nothing.
func (s *Service) standing(tx *db.Tx, n Note) (Approval, error) {
	a, err := s.approvals.Get(tx, n.Approval)
	if err != nil {
		return a, err
	}
	said := Note{ID: a.Note, Recipient: a.Recipient, Touches: a.Touches, Body: a.Body}
	if !a.OverAt.IsZero() || !bytes.Equal(a.Mark, markOf(tx, said)) || !bytes.Equal(a.Mark, markOf(tx, n)) {
		return a, errs.New(errs.Internal, "bridge: an approval that does not stand", "")
	}
	return a, nil
}

// turn takes a step of a note. change alters it first; twice is once.
func (s *Service) turn(ctx context.Context, d Door, which ref.Note, step string, change func(*db.Tx, *Note) error) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		before, err := s.noteOf(tx, d, which)
		if err != nil {
			return err
		}
		_, to, err := s.noteFlow.Take(before.State, step, d.role(tx), before)
		if errs.Is(err, errs.Conflict) && before.State == stepTo(s.noteFlow, step) {
			return s.again(tx, before)
		}
		if err != nil {
			return err
		}
		after := before
		after.State = to
		if err := change(tx, &after); err != nil {
			return err
		}
		changes, err := s.notes.Update(tx, &before, &after)
		return s.changed(tx, step, after, changes, err)
	})
}

func (s *Service) changed(tx *db.Tx, step string, n Note, changes []field.Change, err error) error {
	if err != nil {
		return err
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "bridge." + step, Record: n.Row(), Changes: changes}, string(n.Person))
}

// over ends the yes to a note's words.
func (s *Service) over(tx *db.Tx, n *Note) error {
	if n.Approval == "" {
		return nil
	}
	tx.TakenBack(YesKind, n.Approval)
	before, err := s.approvals.Get(tx, n.Approval)
	if err != nil {
		return err
	}
	after := before
	after.OverAt, n.Approval = tx.Now(), ""
	_, err = s.approvals.Update(tx, &before, &after)
	return err
}
