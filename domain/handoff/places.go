package handoff

import (
	"context"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
)

// AddSite stores a new site and returns it with the token of its page for
// asking.
func (s *Service) AddSite(ctx context.Context, site Site) (Site, string, error) {
	var token string
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "site.edit"); err != nil {
			return err
		}
		site.ID, site.Turn = ref.Site(id.New(tx.Now())), 1
		token = AskToken(tx, site)
		site.LinkKey = linkKey(tx.Vault(), tx.Scope().Tenant, token)
		_, err := s.sites.Insert(tx, &site)
		return err
	})
	return site, token, errs.Wrap("handoff: add site", err)
}

// Sites lists the organisation's sites, each with its present token.
func (s *Service) Sites(ctx context.Context) (map[ref.Site]string, []Site, error) {
	tokens := map[ref.Site]string{}
	var rows []Site
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "site.view"); err != nil {
			return err
		}
		var err error
		rows, err = s.sites.List(tx, "WHERE tenant = $1 ORDER BY name")
		for _, site := range rows {
			tokens[site.ID] = AskToken(tx, site)
		}
		return err
	})
	return tokens, rows, errs.Wrap("handoff: sites", err)
}

// AddDestination stores a new destination.
func (s *Service) AddDestination(ctx context.Context, d Destination) (Destination, error) {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "destination.edit"); err != nil {
			return err
		}
		d.ID = ref.Destination(id.New(tx.Now()))
		_, err := s.destinations.Insert(tx, &d)
		return err
	})
	return d, errs.Wrap("handoff: add destination", err)
}
