package engagement

import (
	"context"
	"crypto/hmac"
	"strconv"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/link"
	"alongside/platform/seal"
)

// TextDoor is the address to which a provider of texts hands an organisation what
// came in. Whoever knows it is taken for the provider. An address that was changed
// or shut looks at once like any that never was.
type TextDoor struct {
	Key     string // "texts": there is one row, once it was changed
	Turn    int64  // counts up when the address is changed, which ends the old one
	ShutAt  time.Time
	Version int64
}

const theTextDoor = "texts"

// TextDoors says what that record holds. It is about nobody.
func TextDoors() *field.Record[TextDoor] {
	return field.Define("engagement_textdoor", field.Keys[TextDoor]{ID: []string{"door"}},
		field.Field[TextDoor]{Column: "door", Kind: field.Ref, At: func(d *TextDoor) any { return &d.Key }},
		field.Field[TextDoor]{
			Column: "turn", Kind: field.Number, At: func(d *TextDoor) any { return &d.Turn },
			Label: i18n.Text{EN: "Addresses so far", ES: "Direcciones hasta ahora", AR: "العناوين حتى الآن"},
		},
		field.Field[TextDoor]{
			Column: "shut_at", Kind: field.Instant, At: func(d *TextDoor) any { return &d.ShutAt },
			Label: i18n.Text{EN: "Shut since", ES: "Cerrada desde", AR: "مغلق منذ"},
		},
		field.Field[TextDoor]{Column: "version", Kind: field.Version, At: func(d *TextDoor) any { return &d.Version }},
	)
}

// useTexts is the use of the key behind the address.
const useTexts = "engagement.texts-in"

// path is the address, behind the name of the machine; "" where it is shut.
func (d TextDoor) path(v *seal.Vault, tenant string) string {
	if !d.ShutAt.IsZero() {
		return ""
	}
	return "/text-in/" + link.Token(v, tenant, useTexts, strconv.FormatInt(d.Turn, 10))
}

// TextDoor is the path of an organisation's address; "" where it is shut.
func (s *Service) TextDoor(ctx context.Context) (path string, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "channel.view", access.Resource{}); err != nil {
			return err
		}
		d, err := s.textDoor(tx)
		path = d.path(tx.Vault(), tx.Scope().Tenant)
		return err
	})
	return path, errs.Wrap("engagement: text door", err)
}

// NewTextDoor gives an organisation another address, and opens it where it was
// shut. The old one ends at once.
func (s *Service) NewTextDoor(ctx context.Context) (string, error) {
	path, err := s.changeTextDoor(ctx, func(d *TextDoor, _ time.Time) { d.Turn, d.ShutAt = d.Turn+1, time.Time{} })
	return path, errs.Wrap("engagement: new text door", err)
}

// ShutTextDoor ends the address and opens no other: no text comes in by one.
func (s *Service) ShutTextDoor(ctx context.Context) (string, error) {
	path, err := s.changeTextDoor(ctx, func(d *TextDoor, now time.Time) { d.ShutAt = now })
	return path, errs.Wrap("engagement: shut text door", err)
}

func (s *Service) changeTextDoor(ctx context.Context, change func(*TextDoor, time.Time)) (path string, err error) {
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "channel.open", access.Resource{}); err != nil {
			return err
		}
		before, err := s.textDoor(tx)
		if err != nil {
			return err
		}
		after := before
		change(&after, tx.Now())
		path = after.path(tx.Vault(), tx.Scope().Tenant)
		changes, err := s.putTextDoor(tx, before, after)
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "engagement.text-door", Record: "engagement_textdoor/" + theTextDoor, Changes: changes})
	})
	return path, err
}

func (s *Service) textDoor(tx *db.Tx) (TextDoor, error) {
	d, err := s.textDoors.Get(tx, theTextDoor)
	if errs.Is(err, errs.NotFound) {
		return TextDoor{Key: theTextDoor, Turn: 1}, nil
	}
	return d, err
}

func (s *Service) putTextDoor(tx *db.Tx, before, after TextDoor) ([]field.Change, error) {
	if before.Version == 0 {
		after.Version = 1
		return s.textDoors.Insert(tx, &after)
	}
	return s.textDoors.Update(tx, &before, &after)
}

// knownDoor reports whether an organisation's texts come in by this token now.
// tenant is what the token says; it may be of nobody here.
func knownDoor(tx *db.Tx, tenant, token string) (bool, error) {
	d := TextDoor{Turn: 1}
	err := tx.SysRow("SELECT turn, shut_at FROM engagement_textdoor WHERE tenant = $1 AND door = $2", tenant, theTextDoor).Scan(&d.Turn, &d.ShutAt)
	if err != nil && !errs.Is(err, errs.NotFound) {
		return false, err
	}
	here := len(tx.Vault().Token(tenant, useTexts, nil)) > 0
	return here && hmac.Equal([]byte("/text-in/"+token), []byte(d.path(tx.Vault(), tenant))), nil
}
