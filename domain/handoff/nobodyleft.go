package handoff

import (
	"alongside/platform/db"
	"alongside/platform/page"
)

// asking reads how the asking goes, for who cannot say yes themselves: a coordinator is
// told where nobody supervises that nobody is left to ask, and reads here what helps.
func (s *Service) asking(tx *db.Tx, d *Detail) (err error) {
	if d.Lane == LaneWaiting && !s.goes(tx.Scope().Role) {
		d.Standing, err = s.Asking.Standing(tx, d.Handoff.ID)
	}
	return err
}

// nobodyLeft are the words for them once nobody on duty is left to ask; "" before.
func (d Detail) nobodyLeft(v *page.View) string {
	switch {
	case d.Standing.Alone():
		return v.T("handoff.view.next-alone")
	case d.Standing.Phone:
		return v.T("handoff.view.next-everyone")
	}
	return ""
}
