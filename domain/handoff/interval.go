package handoff

import (
	"cmp"
	"context"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Interval is one follow-up of a programme: so many hours after the person and
// the peer met, and from when to when it can be done. A programme is a site's
// own, or with an empty Site that of all sites without one.
type Interval struct {
	Site   ref.Site
	Hours  int64 // how the follow-up is called: 24 hours, 7 days
	Opens  int64 // hours after they met
	Closes int64
}

// Intervals says what that record holds.
func Intervals() *field.Record[Interval] {
	number := func(column string, label i18n.Text, at func(*Interval) any) field.Field[Interval] {
		return field.Field[Interval]{Column: column, Kind: field.Number, Label: label, At: at}
	}
	return field.Define("handoff_interval", field.Keys[Interval]{ID: []string{"site", "hours"}},
		field.Field[Interval]{Column: "site", Kind: field.Ref, At: func(i *Interval) any { return &i.Site }},
		number("hours", i18n.Text{EN: "Hours after they met", ES: "Horas después de conocerse", AR: "ساعات بعد اللقاء"}, func(i *Interval) any { return &i.Hours }),
		number("opens", i18n.Text{EN: "From hour", ES: "Desde la hora", AR: "من الساعة"}, func(i *Interval) any { return &i.Opens }),
		number("closes", i18n.Text{EN: "Until hour", ES: "Hasta la hora", AR: "حتى الساعة"}, func(i *Interval) any { return &i.Closes }),
	)
}

const day = 24

// DefaultProgramme is followed where a site has none of its own: 24 and 72
// hours, 7, 14, 30 and 90 days. No published windows were found; these are ours.
func DefaultProgramme() []Interval {
	return []Interval{
		{Hours: day, Opens: 12, Closes: 36},
		{Hours: 3 * day, Opens: 2 * day, Closes: 4 * day},
		{Hours: 7 * day, Opens: 5 * day, Closes: 9 * day},
		{Hours: 14 * day, Opens: 12 * day, Closes: 17 * day},
		{Hours: 30 * day, Opens: 26 * day, Closes: 37 * day},
		{Hours: 90 * day, Opens: 83 * day, Closes: 104 * day},
	}
}

// programme is the site's, the organisation's, or the default, first due first.
func (s *Service) programme(tx *db.Tx, site ref.Site) ([]Interval, error) {
	all, err := s.intervals.List(tx, "WHERE tenant = $1 AND (site = $2 OR site = '') ORDER BY site DESC, hours", site)
	if err != nil || len(all) == 0 {
		return DefaultProgramme(), err
	}
	first := all[0].Site
	return slices.DeleteFunc(all, func(i Interval) bool { return i.Site != first }), nil
}

// Programme reads which follow-ups a site has, and which sites there are.
func (s *Service) Programme(ctx context.Context, site ref.Site) (list []Interval, sites []Site, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.programme"); err != nil {
			return err
		}
		if list, err = s.programme(tx, site); err != nil {
			return err
		}
		sites, err = s.sites.List(tx, "WHERE tenant = $1 ORDER BY name")
		return err
	})
	return list, sites, errs.Wrap("handoff: programme", err)
}

// SetProgramme gives a site, or with "" the organisation, follow-ups of its
// own. Follow-ups that were made before stay as they are.
func (s *Service) SetProgramme(ctx context.Context, site ref.Site, list []Interval) error {
	slices.SortFunc(list, func(a, b Interval) int { return cmp.Compare(a.Hours, b.Hours) })
	if err := checkProgramme(list); err != nil {
		return err
	}
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.programme"); err != nil {
			return err
		}
		if _, err := tx.Exec("DELETE FROM handoff_interval WHERE tenant = $1 AND site = $2", site); err != nil {
			return err
		}
		for _, i := range list {
			i.Site = site
			if _, err := s.intervals.Insert(tx, &i); err != nil {
				return err
			}
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "handoff.programme", Record: "handoff_interval/" + string(site)})
	})
	return errs.Wrap("handoff: programme", err)
}

// mostFollowUps is how many a programme may have, and longest how many hours it
// may reach ahead: two years.
const (
	mostFollowUps = 12
	longest       = 2 * 366 * day
)

func checkProgramme(list []Interval) error {
	if len(list) == 0 || len(list) > mostFollowUps {
		return refuse("hours", "handoff.error.programme")
	}
	for n, i := range list {
		again := n > 0 && list[n-1].Hours == i.Hours
		if again || i.Opens < 0 || i.Hours < i.Opens || i.Closes <= i.Hours || i.Closes > longest {
			return refuse("hours", "handoff.error.programme")
		}
	}
	return nil
}

// in is the window of a follow-up of someone who was met at that time.
func (i Interval) in(met time.Time) (opens, closes time.Time) {
	return met.Add(time.Duration(i.Opens) * time.Hour), met.Add(time.Duration(i.Closes) * time.Hour)
}
