package people

import (
	"strconv"
	"strings"
	"time"

	"alongside/platform/clock"
)

// Dates is in which order a file writes days that are all figures.
type Dates string

// The orders. A day that begins with a year of four figures is read as it
// stands in every order.
const (
	MonthFirst Dates = "mdy"
	DayFirst   Dates = "dmy"
)

// DatesOf is the order usual in a country.
func DatesOf(country string) Dates {
	if country == "US" {
		return MonthFirst
	}
	return DayFirst
}

// since is the day since which someone is here: when it began on the
// organisation's clock.
func (c *cells) since() time.Time {
	s := c.value(colSince)
	if s == "" {
		return time.Time{}
	}
	day, say := c.r.dates.read(latinDigits(s))
	if say == "" {
		day = clock.Begin(day, c.r.today.Location())
	}
	if say == "" && day.After(c.r.today) {
		say = "lies in the future"
	}
	if say != "" {
		c.refuse(colSince, say)
		return time.Time{}
	}
	return day
}

// read reads a day, with or without a time behind it; say is what is wrong.
func (d Dates) read(s string) (day time.Time, say string) {
	s, _, _ = strings.Cut(s, "T")
	if len(strings.Fields(s)) > 1 && strings.ContainsAny(strings.Fields(s)[0], "-/.") {
		s = strings.Fields(s)[0]
	}
	for _, layout := range []string{"2 Jan 2006", "Jan 2, 2006", "January 2, 2006", "2 January 2006", "2-Jan-2006", "2-Jan-06"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, ""
		}
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '/' || r == '.' })
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(strings.TrimSpace(p))
		if err != nil || i > 2 {
			return day, "is no date; write it as 2026-11-20"
		}
		n[i] = v
	}
	switch {
	case len(parts) == 1 && n[0] > 9999 && n[0] < 99999:
		return day, "is a day number of the spreadsheet; make the column a date there"
	case len(parts) != 3:
		return day, "is no date; write it as 2026-11-20"
	}
	return d.build(n, len(parts[0]) == 4, len(parts[2]))
}

func (d Dates) build(n [3]int, yearFirst bool, lastLen int) (day time.Time, say string) {
	year, month, dom := n[0], n[1], n[2]
	order := "year-month-day"
	switch {
	case yearFirst:
	case lastLen != 4:
		return day, "has a year of two figures; write four"
	case d == MonthFirst:
		month, dom, year, order = n[0], n[1], n[2], "month/day/year"
	default:
		dom, month, year, order = n[0], n[1], n[2], "day/month/year"
	}
	read := ", read as " + order + " (--dates says otherwise)"
	if yearFirst {
		read = ""
	}
	if month < 1 || month > 12 {
		return day, "has no such month" + read
	}
	day = time.Date(year, time.Month(month), dom, 0, 0, 0, 0, time.UTC)
	if day.Day() != dom || year < 1900 {
		return time.Time{}, "is a day that does not exist" + read
	}
	return day, ""
}
