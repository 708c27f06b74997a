package bridge

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// List is a person's notes, newest first.
type List struct {
	Person string // the name they use
	Notes  []Note
	To     map[ref.Recipient]string
	Reach  []Recipient // whom a consent in force lets read a note
}

// One is a note with what belongs to it.
type One struct {
	Note
	Name    string // that the person uses
	To      string // whom it is for, in words
	Mark    []byte // of the words as they stand
	Yes     Approval
	Before  []Approval  // what was approved and no longer stands, newest first
	Read    []Reading   // newest first
	Covered bool        // a consent in force lets the recipient read it
	Token   string      // of the recipient's page; empty while it is not sent
	Reach   []Recipient // whom else it could be for, while it is being written
}

// Notes lists a person's notes.
func (s *Service) Notes(ctx context.Context, d Door) (List, error) {
	var out List
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		person, err := s.enter(tx, d)
		if err != nil {
			return err
		}
		if out, err = s.list(tx, person); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "bridge.note"}, string(person))
	})
	return out, errs.Wrap("bridge: notes", err)
}

func (s *Service) list(tx *db.Tx, person ref.Person) (List, error) {
	p, err := s.People.Find(tx, person)
	if err != nil {
		return List{}, err
	}
	out := List{Person: p.Name}
	if out.Notes, err = s.notes.List(tx, "WHERE tenant = $1 AND person = $2 ORDER BY made_at DESC, note DESC LIMIT 50", person); err != nil {
		return out, err
	}
	if out.To, err = s.recipients(tx); err != nil {
		return out, err
	}
	out.Reach, err = s.reach(tx, person)
	return out, err
}

// recipients are the names of those who can be told something.
func (s *Service) recipients(tx *db.Tx) (map[ref.Recipient]string, error) {
	all, err := s.Out.Recipients(tx)
	out := make(map[ref.Recipient]string, len(all))
	for _, r := range all {
		out[r.ID] = r.Name
	}
	return out, err
}

// reach are those whom a consent in force lets read a note about a person,
// whatever else it must name for what the note speaks of.
func (s *Service) reach(tx *db.Tx, person ref.Person) ([]Recipient, error) {
	all, err := s.Out.Recipients(tx)
	var out []Recipient
	for _, r := range all {
		covered, err := s.Out.Covers(tx, Note{Person: person, Recipient: r.ID})
		if err != nil {
			return nil, err
		}
		if covered {
			out = append(out, r)
		}
	}
	return out, err
}

// Note reads one note. Another's is NotFound.
func (s *Service) Note(ctx context.Context, d Door, which ref.Note) (One, error) {
	var out One
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		n, err := s.noteOf(tx, d, which)
		if err != nil {
			return err
		}
		if out, err = s.whole(tx, n); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "bridge.note", Record: n.Row()}, string(n.Person))
	})
	return out, errs.Wrap("bridge: note", err)
}

// noteOf is a note of the person whom the door is about.
func (s *Service) noteOf(tx *db.Tx, d Door, which ref.Note) (Note, error) {
	person, err := s.enter(tx, d)
	if err != nil {
		return Note{}, err
	}
	n, err := s.notes.Get(tx, which)
	if err == nil && n.Person != person {
		tx.Settle(string(n.Person))
		err = absent("note of another")
	}
	return n, err
}

func (s *Service) whole(tx *db.Tx, n Note) (One, error) {
	out := One{Note: n, Mark: markOf(tx, n)}
	p, err := s.People.Find(tx, n.Person)
	if err != nil {
		return out, err
	}
	to, err := s.recipients(tx)
	if err != nil {
		return out, err
	}
	out.Name, out.To = p.Name, to[n.Recipient]
	if err := s.answers(tx, &out); err != nil {
		return out, err
	}
	if out.Read, err = s.Out.Readings(tx, n); err != nil {
		return out, err
	}
	if out.Covered, err = s.Out.Covers(tx, n); err != nil {
		return out, err
	}
	if n.State == Sent {
		out.Token = noteToken(tx, n)
		return out, nil
	}
	out.Reach, err = s.reach(tx, n.Person)
	return out, err
}

// answers are each yes that the person said to words of the note.
func (s *Service) answers(tx *db.Tx, out *One) error {
	all, err := s.approvals.List(tx, `WHERE tenant = $1 AND person = $2 AND note = $3
		ORDER BY approved_at DESC, approval DESC LIMIT 50`, out.Person, out.ID)
	for _, a := range all {
		if a.ID == out.Approval {
			out.Yes = a
			continue
		}
		out.Before = append(out.Before, a)
	}
	return err
}

// markOf is a keyed mark of what someone says yes to: who reads it, what it
// speaks of, and every byte of the words.
func markOf(tx *db.Tx, n Note) []byte {
	text := strings.Join([]string{string(n.ID), string(n.Recipient), strings.Join(n.Touches, " "), n.Body}, "\x00")
	return tx.Vault().Token(tx.Scope().Tenant, "bridge.words", []byte(text))
}

// tidy is a text as it is kept: lines end in one way, and nothing stands in it
// that a page would show otherwise than it is.
func tidy(body string) string {
	body = strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\r", "\n")
	body = strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, body)
	return strings.TrimSpace(body)
}

// ordered is a set in one order, so that the same set has the same mark.
func ordered(set []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(set)))
}
