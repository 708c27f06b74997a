package handoff

import (
	"context"
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
)

// AddSite stores a new site and returns it with the token of its page for
// asking. With an ID that is the form's own, the same form twice is one site.
func (s *Service) AddSite(ctx context.Context, site Site) (Site, string, error) {
	var token string
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "site.edit"); err != nil {
			return err
		}
		if err := site.check(); err != nil {
			return err
		}
		site.ID, site.Turn = ref.Site(given(tx, string(site.ID))), 1
		site.Door = or(site.Door, doorOptions(), DoorWard)
		token = AskToken(tx, site)
		site.LinkKey = linkKey(tx.Vault(), tx.Scope().Tenant, token)
		_, err := s.sites.Insert(tx, &site)
		return once(err)
	})
	return site, token, errs.Wrap("handoff: add site", err)
}

// EditSite changes what a site says; change gets the present one. Its link and
// its id stay.
func (s *Service) EditSite(ctx context.Context, which ref.Site, change func(*Site)) error {
	return errs.Wrap("handoff: edit site", s.editSite(ctx, which, func(_ *db.Tx, site *Site) { change(site) }))
}

// NewLink gives a site a new link. The old one ends at once, and looks like any
// that never was.
func (s *Service) NewLink(ctx context.Context, which ref.Site) error {
	return errs.Wrap("handoff: new link", s.editSite(ctx, which, func(tx *db.Tx, site *Site) {
		site.Turn++
		site.LinkKey = linkKey(tx.Vault(), tx.Scope().Tenant, AskToken(tx, *site))
		replaced(tx, askLink, site.ID, site.Turn)
	}))
}

func (s *Service) editSite(ctx context.Context, which ref.Site, change func(*db.Tx, *Site)) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "site.edit"); err != nil {
			return err
		}
		before, err := s.sites.Get(tx, which)
		if err != nil {
			return err
		}
		after := before
		change(tx, &after)
		if err := after.check(); err != nil {
			return err
		}
		_, err = s.sites.Update(tx, &before, &after)
		return err
	})
}

// Places are the organisation's sites and services, each with the token of its
// present page.
type Places struct {
	Sites        []Site
	Destinations []Destination
	Asks         map[ref.Site]string
	Desks        map[ref.Destination]string
	Lacks        []string // without which an ask reaches no peer: coordinators, peers, supervisors, sites, rota
}

// lacksWithin is how far ahead the rota is looked at for someone who could be asked.
const lacksWithin = 7 * day * time.Hour

// lacks says what an organisation does not have yet that an ask needs.
func (s *Service) lacks(tx *db.Tx, sites int) (out []string, err error) {
	var peers []ref.Account
	for _, role := range []string{"coordinator", "peer", "supervisor"} {
		some, err := s.Staff(tx, role)
		if err != nil {
			return nil, err
		}
		if len(some) == 0 {
			out = append(out, role+"s")
		}
		if role == "peer" {
			peers = some
		}
	}
	if sites == 0 {
		out = append(out, "sites")
	}
	on, err := s.OnCall(tx, tx.Now(), tx.Now().Add(lacksWithin))
	if len(peers) > 0 && !slices.ContainsFunc(peers, func(p ref.Account) bool { return on[p] > 0 }) {
		out = append(out, "rota")
	}
	return out, err
}

// Places lists sites and services by name.
func (s *Service) Places(ctx context.Context) (Places, error) {
	out := Places{Asks: map[ref.Site]string{}, Desks: map[ref.Destination]string{}}
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "site.edit"); err != nil {
			return err
		}
		var err error
		if out.Sites, err = s.sites.List(tx, "WHERE tenant = $1 ORDER BY name"); err != nil {
			return err
		}
		for _, site := range out.Sites {
			out.Asks[site.ID] = AskToken(tx, site)
		}
		out.Destinations, err = s.destinations.List(tx, "WHERE tenant = $1 ORDER BY name")
		if err != nil {
			return err
		}
		for _, d := range out.Destinations {
			out.Desks[d.ID] = ServiceToken(tx, d)
		}
		out.Lacks, err = s.lacks(tx, len(out.Sites))
		return err
	})
	return out, errs.Wrap("handoff: places", err)
}

// given is the id a form gave, or a new one.
func given(tx *db.Tx, form string) string {
	if form != "" {
		return form
	}
	return id.New(tx.Now())
}

// once takes a row that is there already for what it is: the same form, sent
// twice.
func once(err error) error {
	if errs.Is(err, errs.Conflict) {
		return nil
	}
	return err
}

// PassOn is the path of the organisation's page on which people ask for
// themselves, for a friend to pass on; "" when there is none. The scope is that
// of any of its links.
func (s *Service) PassOn(ctx context.Context) (string, error) {
	path := ""
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := s.sites.List(tx, "WHERE tenant = $1 AND door = $2 ORDER BY site LIMIT 1", DoorPerson)
		if err == nil && len(rows) > 0 {
			path = "/ask/" + AskToken(tx, rows[0])
		}
		return err
	})
	return path, errs.Wrap("handoff: pass on", err)
}

// SitesToAskFor are the sites that a worker can type a call in for, by name.
func (s *Service) SitesToAskFor(ctx context.Context) ([]Site, error) {
	var out []Site
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.step"); err != nil {
			return err
		}
		var err error
		out, err = s.sites.List(tx, "WHERE tenant = $1 ORDER BY name")
		return err
	})
	return out, errs.Wrap("handoff: sites", err)
}

// AddDestination stores a new destination with a link of its own. With an ID
// that is the form's own, the same form twice is one destination.
func (s *Service) AddDestination(ctx context.Context, d Destination) (Destination, error) {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "destination.edit"); err != nil {
			return err
		}
		d.ID, d.Turn = ref.Destination(given(tx, string(d.ID))), 1
		d.LinkKey = linkKey(tx.Vault(), tx.Scope().Tenant, ServiceToken(tx, d))
		_, err := s.destinations.Insert(tx, &d)
		return once(err)
	})
	return d, errs.Wrap("handoff: add destination", err)
}

// EditDestination changes what is said of a service; change gets the present
// one. Its link and its id stay.
func (s *Service) EditDestination(ctx context.Context, which ref.Destination, change func(*Destination)) error {
	return errs.Wrap("handoff: edit destination",
		s.editDestination(ctx, which, func(_ *db.Tx, d *Destination) { change(d) }))
}

// NewDesk gives a service a new link, bound to no device yet. The old one ends
// at once.
func (s *Service) NewDesk(ctx context.Context, which ref.Destination) error {
	return errs.Wrap("handoff: new desk", s.editDestination(ctx, which, func(tx *db.Tx, d *Destination) {
		d.newDesk(tx, d.Turn+1)
		replaced(tx, deskLink, d.ID, d.Turn)
	}))
}

// newDesk is a service with the link of that turn, bound to no device.
func (d *Destination) newDesk(tx *db.Tx, turn int64) {
	d.Turn = turn
	d.DeviceKey, d.DeviceAt = nil, time.Time{}
	d.LinkKey = linkKey(tx.Vault(), tx.Scope().Tenant, ServiceToken(tx, *d))
}

func (s *Service) editDestination(ctx context.Context, which ref.Destination, change func(*db.Tx, *Destination)) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "destination.edit"); err != nil {
			return err
		}
		before, err := s.destinations.Get(tx, which)
		if err != nil {
			return err
		}
		after := before
		change(tx, &after)
		_, err = s.destinations.Update(tx, &before, &after)
		return err
	})
}
