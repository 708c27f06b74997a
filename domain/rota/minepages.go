package rota

import "alongside/platform/page"

// works reports whether they can have shifts, or have some. A coordinator cannot: theirs
// is to be told.
func (f mineForm) works() bool { return f.Goes || len(f.Turns) > 0 || len(f.Aways) > 0 }

func (f mineForm) title(v *page.View) string {
	if f.works() {
		return v.T("rota.mine.title")
	}
	return v.T("rota.told.title")
}

// toldTitle is the heading of the ways to be told, where the page is not called so.
func (f mineForm) toldTitle(v *page.View) string {
	if f.works() {
		return v.T("rota.told.title")
	}
	return ""
}

// lead says whether they are on call, and else when next.
func (f mineForm) lead(v *page.View) string {
	switch {
	case !f.works():
		return ""
	case len(f.On) > 0:
		return v.T("rota.mine.on", "Time", v.When(f.On[0].To))
	case len(f.Turns) > 0:
		return v.T("rota.mine.next", "Time", v.When(f.Turns[0].From))
	}
	return v.T("rota.mine.none")
}

// toMine are the words of a way to one's own page; mine is the key of those for who has
// shifts.
func toMine(v *page.View, mine string) string {
	if v.Signed != nil && v.Signed.Role == "coordinator" {
		return v.T("rota.told.title")
	}
	return v.T(mine)
}
