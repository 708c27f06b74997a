package fhir

import (
	"regexp"
	"strings"
	"time"
)

// Precision is how much of a time the sender wrote.
type Precision int

// FHIR allows a date to end after the year or the month; a time of day always
// has a zone.
const (
	Year Precision = iota + 1
	Month
	Day
	Second
)

// The forms of the specification, without the rules of the calendar.
var (
	dateForm = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d)?)?$`)
	timeForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)
	noZone   = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$`)
)

// Time reads a FHIR date, dateTime or instant. A time of day keeps the zone it
// was written with; a date without one begins at midnight UTC, and the
// precision says so. says is why it cannot be read, or "".
func Time(s string) (t time.Time, p Precision, says string) {
	switch {
	case timeForm.MatchString(s):
		return second(s)
	case noZone.MatchString(s):
		return t, 0, saysZone
	case !dateForm.MatchString(s):
		return t, 0, saysTimeForm
	}
	layout, p := "2006-01-02", Day
	switch len(s) {
	case 4:
		layout, p = "2006", Year
	case 7:
		layout, p = "2006-01", Month
	}
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() == 0 {
		return time.Time{}, 0, saysImpossible
	}
	return t, p, ""
}

// second reads a full time. Second 60, which FHIR allows for leap seconds, is
// the second after 59. Zones go up to 14 hours.
func second(s string) (time.Time, Precision, string) {
	leap := s[17:19] == "60"
	if leap {
		s = s[:17] + "59" + s[19:]
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	_, offset := t.Zone()
	if err != nil || t.Year() == 0 || offset > 14*3600 || offset < -14*3600 {
		return time.Time{}, 0, saysImpossible
	}
	if leap {
		t = t.Add(time.Second)
	}
	return t, Second, ""
}

// timeFlaw says what is wrong with s as a date, dateTime or instant.
func timeFlaw(kind, s string) string {
	_, p, says := Time(s)
	switch {
	case says != "":
		return says
	case kind == "instant" && p != Second:
		return saysInstantForm
	case kind == "date" && strings.Contains(s, "T"):
		return saysTimeForm
	}
	return ""
}
