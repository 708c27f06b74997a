package rota

import (
	"time"

	"alongside/platform/page"
)

func shortSays(v *page.View, name string, s Short) string {
	switch {
	case s.Long > 0:
		return v.T("rota.long", "Name", name, "Long", lasts(v, s.Long), "When", v.Whenever(s.Begins))
	case s.Hours() == 0:
		return v.T("rota.short-twice", "Name", name, "When", v.Whenever(s.Begins))
	}
	return v.T("rota.short", "Name", name, "Rest", lasts(v, s.Hours()), "When", v.Whenever(s.Begins))
}

// shortSays are the words for each rest of the week that is too short.
func (f weekForm) shortSays(v *page.View) (out []string) {
	for _, s := range f.Short {
		out = append(out, shortSays(v, f.name(v, s.Peer), s))
	}
	return out
}

// shortSays are the words for each of one's own.
func (f mineForm) shortSays(v *page.View) (out []string) {
	for _, s := range f.Short {
		out = append(out, shortSays(v, v.T("rota.mine.you"), s))
	}
	return out
}

// lasts is a stretch of time in hours and minutes.
func lasts(v *page.View, d time.Duration) string {
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	switch {
	case hours == 0:
		return v.N("rota.rest-minutes", max(1, minutes))
	case minutes == 0:
		return v.N("rota.rest-hours", hours)
	}
	return v.T("rota.rest-both", "Hours", v.N("rota.rest-hours", hours), "Minutes", v.N("rota.rest-minutes", minutes))
}
