package page

import (
	"time"

	"alongside/platform/i18n"
)

// Times are written on a 24-hour clock with Western digits in every language,
// so that a number means the same on a hospital form, a phone and this page.

// Clock writes the time of day, "23:02". A time that is not set is "".
func (v *View) Clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.Local(t).Format("15:04")
}

// Day writes the day: "" for today, the weekday within six days either way,
// otherwise "12 November", with the year when it is another.
func (v *View) Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	at, now := v.Local(t), v.Local(v.Now)
	switch days := daysBetween(at, now); {
	case days == 0:
		return ""
	case days > -7 && days < 7:
		return v.Text(weekdays()[at.Weekday()])
	}
	return v.Date(t)
}

// Date writes "12 November", with the year when it is not this one.
func (v *View) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	at := v.Local(t)
	return i18n.Date(v.Lang, at, at.Year() != v.Local(v.Now).Year())
}

// When writes day and time as briefly as is clear: "23:02" today, "Friday 23:02"
// this week, "12 November 23:02" before.
func (v *View) When(t time.Time) string {
	if day := v.Day(t); day != "" {
		return day + " " + v.Clock(t)
	}
	return v.Clock(t)
}

// Whenever is When that names today too: between two instants of different days
// a time alone would be read as a time of the other day.
func (v *View) Whenever(t time.Time) string {
	if t.IsZero() || v.Day(t) != "" {
		return v.When(t)
	}
	return v.today() + " " + v.Clock(t)
}

// OnDay is Day that names today too, for what has no time of day.
func (v *View) OnDay(t time.Time) string {
	if day := v.Day(t); t.IsZero() || day != "" {
		return day
	}
	return v.today()
}

func (v *View) today() string { return v.Text(i18n.Text{EN: "today", ES: "hoy", AR: "اليوم"}) }

// Stamp writes t for a machine: the datetime attribute of the time element.
func Stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func daysBetween(a, b time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(a).Sub(day(b)) / (24 * time.Hour))
}

func weekdays() [7]i18n.Text {
	return [7]i18n.Text{
		{EN: "Sunday", ES: "domingo", AR: "الأحد"},
		{EN: "Monday", ES: "lunes", AR: "الاثنين"},
		{EN: "Tuesday", ES: "martes", AR: "الثلاثاء"},
		{EN: "Wednesday", ES: "miércoles", AR: "الأربعاء"},
		{EN: "Thursday", ES: "jueves", AR: "الخميس"},
		{EN: "Friday", ES: "viernes", AR: "الجمعة"},
		{EN: "Saturday", ES: "sábado", AR: "السبت"},
	}
}
