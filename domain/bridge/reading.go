package bridge

import (
	"context"
	"fmt"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/link"
)

// A recipient reads a note by a link of its own. The first device that says so
// binds the page to itself; to any other it does not exist. Each time it is
// read it goes through the one door: without a consent in force, or after the
// person took it back, nothing is there, and nothing says that it was.

// Uses of the organisation's keyed marks.
const (
	useNote   = "bridge.note-link"
	useKey    = "bridge.link-key"
	useDevice = "bridge.note-device"
	useBind   = "bridge.note-bind"
)

// Sheet is a note as its recipient reads it.
type Sheet struct {
	To    string // whom it is for
	Bound bool   // this device is the one; without it nothing below is there
	Name  string // that the person uses, where the consent names it
	Words Approval
	Told  Told
}

// Key is what opens a note's page: the link's token, and the secret that the
// device was given, or "".
type Key struct{ Token, Device string }

func noteToken(tx *db.Tx, n Note) string {
	return link.Token(tx.Vault(), tx.Scope().Tenant, useNote, fmt.Sprintf("%s/%d", n.ID, n.Turn))
}

func linkKey(tx *db.Tx, token string) []byte {
	return tx.Vault().Token(tx.Scope().Tenant, useKey, []byte(token))
}

func deviceKey(tx *db.Tx, n ref.Note, device string) []byte {
	return tx.Vault().Token(tx.Scope().Tenant, useDevice, []byte(string(n)+"/"+device))
}

// relink gives a note its next link, bound to no device.
func relink(tx *db.Tx, n *Note) {
	n.Turn++
	n.LinkKey, n.DeviceKey = linkKey(tx, noteToken(tx, *n)), nil
}

// live is the note behind a link that may be read now; NotFound otherwise.
func (s *Service) live(tx *db.Tx, token string) (Note, error) {
	rows, err := s.notes.List(tx, "WHERE tenant = $1 AND link_key = $2", linkKey(tx, token))
	if err == nil && len(rows) == 0 {
		err = absent("link")
	}
	if err != nil {
		return Note{}, err
	}
	n := rows[0]
	covered := n.State == Sent
	if covered {
		covered, err = s.Out.Covers(tx, n)
	}
	if err == nil && !covered {
		tx.Settle(string(n.Person))
		err = absent("note that may not be read")
	}
	return n, err
}

func isDevice(tx *db.Tx, n Note, device string) bool {
	return device != "" && string(n.DeviceKey) == string(deviceKey(tx, n.ID, device))
}

// Open reads a note for its recipient's device. A page that is bound to none
// yet says whom it is for, and nothing else.
func (s *Service) Open(ctx context.Context, k Key) (Sheet, error) {
	var out Sheet
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		n, err := s.live(tx, k.Token)
		if err != nil {
			return err
		}
		to, err := s.recipients(tx)
		if err != nil {
			return err
		}
		closed := Sheet{To: to[n.Recipient]}
		switch {
		case len(n.DeviceKey) == 0:
			tx.Settle(string(n.Person))
			out = closed
			return nil
		case !isDevice(tx, n, k.Device):
			tx.Settle(string(n.Person))
			return absent("another device")
		}
		out, err = s.sheet(tx, n, closed)
		return err
	})
	return out, errs.Wrap("bridge: open", err)
}

func (s *Service) sheet(tx *db.Tx, n Note, out Sheet) (Sheet, error) {
	words, err := s.standing(tx, n)
	if err != nil {
		return Sheet{}, err
	}
	person, err := s.People.Find(tx, n.Person)
	if err != nil {
		return Sheet{}, err
	}
	told, err := s.Out.Tell(tx, n)
	if err != nil {
		return Sheet{}, err
	}
	out.Bound, out.Words, out.Told = true, words, told
	if told.Named {
		out.Name = person.Name
	}
	return out, nil
}

// Bind binds a note's page to the device that asks, if none is bound yet, and
// returns the secret that the device keeps. The same form sent twice gets the
// same secret.
func (s *Service) Bind(ctx context.Context, token, act string) (string, error) {
	var secret string
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		n, err := s.live(tx, token)
		if err != nil {
			return err
		}
		secret = link.Mark(tx.Vault().Token(tx.Scope().Tenant, useBind, []byte(string(n.ID)+"/"+act)))
		if len(n.DeviceKey) > 0 {
			tx.Settle(string(n.Person))
			if !isDevice(tx, n, secret) {
				return absent("bound to another device")
			}
			return nil
		}
		after := n
		after.DeviceKey, after.DeviceAt = deviceKey(tx, n.ID, secret), tx.Now()
		changes, err := s.notes.Update(tx, &n, &after)
		return s.changed(tx, "bind", after, changes, err)
	})
	return secret, errs.Wrap("bridge: bind", err)
}
