package tenant

import (
	"time"

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
