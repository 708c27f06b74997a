package handoff

import (
	"slices"

	"alongside/platform/page"
)

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

const administrator = "administrator"

func roleIn(v *page.View) string {
	if v.Signed == nil {
		return ""
	}
	return v.Signed.Role
}

// lackSays is what is lacking, and who mends it where whoever reads cannot.
func lackSays(v *page.View, lack string) string {
	says := v.T("handoff.places.lacks-" + lack)
	if lack == "rota" && roleIn(v) == administrator {
		says += " " + v.T("handoff.places.lacks-rota-who")
	}
	return says
}

// mends are the ways to mend what is lacking, of those that whoever reads may go.
func mends(v *page.View, lacks []string) (out []page.Link) {
	has := func(what string) bool { return slices.Contains(lacks, what) }
	if roleIn(v) == administrator && (has("coordinators") || has("peers") || has("supervisors")) {
		out = append(out, page.Link{Path: "/accounts/invite", Label: v.T("handoff.places.lacks-invite")})
	}
	if has("sites") {
		out = append(out, page.Link{Path: "/places/site/new", Label: v.T("handoff.places.add-site")})
	}
	if roleIn(v) == "coordinator" && has("rota") {
		out = append(out, page.Link{Path: "/rota", Label: v.T("handoff.places.lacks-go")})
	}
	return out
}
