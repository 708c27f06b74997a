package handoff

import "alongside/platform/page"

func placeTitle(v *page.View, id, kind string) string {
	if id == newPlace {
		return v.T("handoff.places.new-" + kind)
	}
	return v.T("handoff.places.one-" + kind)
}

// deskLinkSays says whether a service's page is in use, and since when.
func deskLinkSays(v *page.View, d Destination) string {
	if d.DeviceAt.IsZero() {
		return v.T("handoff.places.desk-link-says")
	}
	return v.T("handoff.places.desk-bound", "When", v.When(d.DeviceAt))
}
