package handoff

import (
	"context"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/flow"
	"alongside/platform/link"
)

// A service has one page of its own, by a link. The first device that says so
// binds the page to itself; to any other device it does not exist. On it stand
// the people who said yes to this service, each only while a live consent
// covers it, and only with what that consent covers.

// Desk is the service's page.
type Desk struct {
	To      Destination
	Bound   bool // this device is the one
	Arrives []Arrival
	Notice  string // the statutory notice that goes with what is told
}

// Arrival is one person as the service sees them: the name they use and where
// things stand.
type Arrival struct {
	ID     ref.Handoff
	Name   string
	Code   string // the ward's code: two people may use one name
	State  string
	SlotAt time.Time
	Mode   string // how they were introduced
	Freed  bool   // the service had said yes, and they are not expected now
	Next   []flow.Step[Facts]
}

// DeskKey is what opens a service's page: the link's token, and the secret that
// the device was given when the page was bound to it, or "".
type DeskKey struct{ Token, Device string }

// DeskFor reads a service's page for a device. A page bound to another device is
// NotFound; one that is bound to none says so and shows nobody.
func (s *Service) DeskFor(ctx context.Context, k DeskKey) (Desk, error) {
	var out Desk
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		d, err := s.byService(tx, k.Token)
		if err != nil {
			return err
		}
		if out = (Desk{To: d}); len(d.DeviceKey) == 0 {
			return nil
		}
		if !s.isDevice(tx, d, k.Device) {
			return absent("another device")
		}
		out.Bound = true
		return s.arrivals(tx, &out)
	})
	return out, errs.Wrap("handoff: desk", err)
}

func (s *Service) byService(tx *db.Tx, token string) (Destination, error) {
	rows, err := s.destinations.List(tx, "WHERE tenant = $1 AND link_key = $2", linkKey(tx.Vault(), tx.Scope().Tenant, token))
	if err == nil && len(rows) == 0 {
		err = absent("service link")
	}
	if err != nil {
		return Destination{}, err
	}
	return rows[0], nil
}

func deviceKey(tx *db.Tx, d ref.Destination, device string) []byte {
	return tx.Vault().Token(tx.Scope().Tenant, useDevice, []byte(string(d)+"/"+device))
}

func (s *Service) isDevice(tx *db.Tx, d Destination, device string) bool {
	return device != "" && string(d.DeviceKey) == string(deviceKey(tx, d.ID, device))
}

// Bind binds a service's page to the device that asks, if none is bound yet, and
// returns the secret that the device keeps. The same form sent twice gets the
// same secret. The coordinator can let another device in by giving the service a
// new link.
func (s *Service) Bind(ctx context.Context, token, act string) (string, error) {
	var secret string
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		d, err := s.byService(tx, token)
		if err != nil {
			return err
		}
		secret = link.Mark(tx.Vault().Token(tx.Scope().Tenant, useBind, []byte(string(d.ID)+"/"+act)))
		if len(d.DeviceKey) > 0 && !s.isDevice(tx, d, secret) {
			return absent("bound to another device")
		}
		after := d
		after.DeviceKey, after.DeviceAt = deviceKey(tx, d.ID, secret), tx.Now()
		_, err = s.destinations.Update(tx, &d, &after)
		return err
	})
	return secret, errs.Wrap("handoff: bind", err)
}

// arrivals puts on the desk the people whose consent covers the service now.
// Each shown is told by the one door, under that consent; who is not covered any
// more is not there, and nothing says that they were.
func (s *Service) arrivals(tx *db.Tx, desk *Desk) error {
	all, err := s.handoffs.List(tx, `WHERE tenant = $1 AND destination = $2 AND (lane IN ('walking', 'after') OR `+notComing+`)
		ORDER BY CASE WHEN lane = 'after' OR state = 'out_of_touch' THEN 1 ELSE 0 END, requested_at DESC LIMIT 50`, desk.To.ID, tx.Now().Add(-notComingFor))
	if err != nil {
		return err
	}
	if all, err = stillWaited(tx, all); err != nil {
		return err
	}
	for _, h := range all {
		person, err := s.People.Find(tx, h.Person)
		if err != nil {
			return err
		}
		last, err := s.last(tx, h)
		if err != nil {
			return err
		}
		notice, told, err := s.Out.Tell(tx, h.Person, string(h.Destination), "page")
		if err != nil {
			return err
		}
		if !told {
			tx.Settle(string(h.Person)) // read and not shown: nobody has looked
			continue
		}
		desk.Notice = notice
		desk.Arrives = append(desk.Arrives, Arrival{
			ID: h.ID, Name: person.Name, Code: Code(tx, h.ID), State: h.State, SlotAt: h.SlotAt, Mode: h.Mode, Freed: h.freed(),
			Next: takeable(timely(h, tx.Now(), s.flow.Next(h.State, RoleDestination)), last, tx.Scope().Actor, RoleDestination, tx.Now()),
		})
	}
	return nil
}

// Receive takes a step for the service: it can take the person or not, they
// arrived or not. Only for a hand-off to this very service, by its own device,
// under a live consent; anything else is NotFound.
func (s *Service) Receive(ctx context.Context, k DeskKey, h ref.Handoff, step string, in Input) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		d, err := s.byService(tx, k.Token)
		if err != nil {
			return err
		}
		if err := s.mayReceive(tx, d, k.Device, h); err != nil {
			return err
		}
		in.Role, in.ConnSource = RoleDestination, "receiver"
		return s.take(tx, h, step, in)
	})
	return errs.Wrap("handoff: receive", err)
}

func (s *Service) mayReceive(tx *db.Tx, d Destination, device string, id ref.Handoff) error {
	if !s.isDevice(tx, d, device) {
		return absent("another device")
	}
	h, err := s.find(tx, id)
	if err != nil {
		return err
	}
	covered := false
	if h.Destination == d.ID {
		covered, err = s.Consents.Covers(tx, h.Person, string(d.ID))
	}
	if err == nil && !covered {
		tx.Settle(string(h.Person))
		err = absent("not for this service")
	}
	return err
}

// Room keeps what a service says of its free places today.
func (s *Service) Room(ctx context.Context, k DeskKey, places int64) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		d, err := s.byService(tx, k.Token)
		if err != nil {
			return err
		}
		if !s.isDevice(tx, d, k.Device) {
			return absent("another device")
		}
		if places < 0 || places > 999 {
			return refuse("places", "handoff.error.places")
		}
		after := d
		after.Places, after.PlacesAt = places, tx.Now()
		_, err = s.destinations.Update(tx, &d, &after)
		return err
	})
	return errs.Wrap("handoff: room", err)
}
