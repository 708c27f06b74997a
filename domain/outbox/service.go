package outbox

import (
	"context"
	"net/url"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
)

// Deps are what the service is made of. All are required.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock // how long the writing door was held, and nothing else
	People *people.Service
	Allow  func(tx *db.Tx, action string, what access.Resource) error                             // policy; errs.Denied
	Names  func(tx *db.Tx, ids []ref.Account) (map[ref.Account]string, error)                     // work names
	Near   func(tx *db.Tx, some []ref.Person) (map[ref.Person]people.Around, error)               // what tells those of one name apart, as far as the asker may see it
	Writes func(tx *db.Tx, who ref.Account) (bool, error)                                         // may this account still send at all?
	Open   func(tx *db.Tx, who ref.Account) (bool, error)                                         // is this account still here?
	About  func(tx *db.Tx, path string) (ref.Person, error)                                       // whom a form is about; NotFound
	Play   func(ctx context.Context, path string, form url.Values) (state, why string, err error) // hands it to its page; why not, in words
}

// Service takes in what comes from phones. Each method decides, writes and
// records in one transaction.
type Service struct {
	Deps
	items    *field.Record[Item]
	settings *field.Record[Settings]
}

// New returns the service.
func New(d Deps) *Service { return &Service{Deps: d, items: Items(), settings: SettingRecords()} }

func me(tx *db.Tx) ref.Account { return ref.Account(tx.Scope().Actor) }

func absent(op string) error { return errs.New(errs.NotFound, "outbox: "+op, "") }

// own is the resource "something of this account's own".
func own(tx *db.Tx) access.Resource { return access.Own(tx.Scope().Actor) }

// Key is what a phone needs to keep things for whoever is signed in on it.
type Key struct {
	User  ref.Account
	Point []byte // the organisation's public key for boxes
	Slip  string
	Hours int64
}

// Key gives a phone its key.
func (s *Service) Key(ctx context.Context) (Key, error) {
	var k Key
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "outbox.send", own(tx)); err != nil {
			return err
		}
		set, err := s.set(tx)
		if err != nil {
			return err
		}
		tenant := tx.Scope().Tenant
		k = Key{User: me(tx), Hours: set.Hours, Slip: newSlip(tx.Vault(), tenant, me(tx), tx.Now().Add(slipLasts))}
		k.Point, err = tx.Vault().BoxKey(tenant)
		return err
	})
	return k, errs.Wrap("outbox: key", err)
}

func (s *Service) set(tx *db.Tx) (Settings, error) {
	set, err := s.settings.Get(tx, settingsKey)
	if errs.Is(err, errs.NotFound) {
		return Settings{Key: settingsKey, Hours: usualHours}, nil
	}
	return set, err
}

// SetHours stores how long phones of the organisation keep pages.
func (s *Service) SetHours(ctx context.Context, hours int64) error {
	if hours < 1 || hours > mostHours {
		return errs.At("outbox", "hours", "outbox.error.hours")
	}
	return errs.Wrap("outbox: hours", s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "outbox.set", access.Resource{}); err != nil {
			return err
		}
		before, err := s.set(tx)
		if err != nil {
			return err
		}
		after := before
		after.Hours = hours
		changes, err := s.putHours(tx, before, after)
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "outbox.set", Record: "outbox_setting/" + settingsKey, Changes: changes})
	}))
}

func (s *Service) putHours(tx *db.Tx, before, after Settings) ([]field.Change, error) {
	if before.Version == 0 {
		after.Version = 1
		return s.settings.Insert(tx, &after)
	}
	return s.settings.Update(tx, &before, &after)
}

// when is an instant that a phone says, or zero for one that cannot be.
func when(ms int64, now time.Time) time.Time {
	at := time.UnixMilli(ms).UTC()
	if ms <= 0 || at.After(now) || now.Sub(at) > 366*24*time.Hour {
		return time.Time{}
	}
	return at
}
