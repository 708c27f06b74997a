package tenant

import (
	"context"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Zone is the time zone of the organisation in the scope, UTC when the machine
// does not know it.
func (s *Service) Zone(tx *db.Tx) (*time.Location, error) {
	var o Tenant
	err := tx.Row("SELECT zone FROM tenant_tenant WHERE tenant = $1").Scan(&o.Zone)
	return s.Location(o), errs.Wrap("tenant: zone", err)
}

// SetZone puts an organisation into another time zone. Its pages and the shifts of
// its rota go by that clock from then on; what happened keeps its instant. Who may
// decide it is for the caller. What is so already is not recorded.
func (s *Service) SetZone(ctx context.Context, t ref.Tenant, zone string) error {
	err := s.DB.Write(operator(ctx, t), func(tx *db.Tx) error {
		before, err := s.tenants.Get(tx, t)
		if err != nil {
			return err
		}
		after := before
		after.Zone = zone
		if err := after.check(); err != nil || before.Zone == zone {
			return err
		}
		changes, err := s.tenants.Update(tx, &before, &after)
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "tenant.zone", Record: "tenant_tenant/" + string(t), Changes: changes})
	})
	return errs.Wrap("tenant: zone", err)
}
