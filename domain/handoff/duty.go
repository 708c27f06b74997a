package handoff

import (
	"context"
	"net/http"

	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

const (
	dutyOfSite   = `SELECT duty FROM handoff_site WHERE tenant = $1 AND link_key = $2`
	dutyOfStatus = `SELECT s.duty FROM handoff_handoff h JOIN handoff_site s ON s.tenant = h.tenant AND s.site = h.site
		WHERE h.tenant = $1 AND h.status_key = $2 AND ` + askedLast + ` >= $3`
	dutyOfOwn = `SELECT s.duty FROM handoff_handoff h JOIN handoff_site s ON s.tenant = h.tenant AND s.site = h.site
		WHERE h.tenant = $1 AND h.handoff = $3 AND h.own_key = $2`
	dutyOfService = `SELECT '' FROM handoff_destination WHERE tenant = $1 AND link_key = $2`
)

// Duty is the telephone of the site that a link belongs to, "" where none is
// known, and nothing else: it is read also while the organisation is paused. A
// link that opens nothing is NotFound.
func (s *Service) Duty(ctx context.Context, token string) (string, error) {
	var out string
	err := s.DB.Read(scope.Always(ctx), func(tx *db.Tx) error {
		key := func(t string) []byte { return linkKey(tx.Vault(), tx.Scope().Tenant, t) }
		own, h, _ := SplitOwn(token)
		for _, q := range []struct {
			sql  string
			args []any
		}{
			{dutyOfSite, []any{key(token)}},
			{dutyOfStatus, []any{key(token), tx.Now().Add(-StatusLife)}},
			{dutyOfOwn, []any{key(own), h}},
			{dutyOfService, []any{key(token)}},
		} {
			err := tx.Row(q.sql, q.args...).Scan(&out)
			if !errs.Is(err, errs.NotFound) {
				return err
			}
		}
		return absent("link")
	})
	return out, errs.Wrap("handoff: duty", err)
}

// shut answers a link of a paused organisation: nobody comes by this way, and
// which telephone to call instead.
func (web *Web) shut(r *http.Request) error {
	phone, err := web.S.Duty(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	web.dress(r)
	return tenant.Shut(phone, r.Method == http.MethodPost)
}
