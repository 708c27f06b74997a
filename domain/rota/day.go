package rota

import "time"

// Day is a day on the calendar of an organisation, "2026-03-08".
type Day string

const dayForm = "2006-01-02"

// DayOf is the day on the wall calendar at an instant.
func DayOf(t time.Time, zone *time.Location) Day { return Day(t.In(zone).Format(dayForm)) }

// Valid reports whether d is a day that exists: 2026-02-29 is not.
func (d Day) Valid() bool {
	_, err := time.Parse(dayForm, string(d))
	return err == nil
}

// Add is the day so many days later.
func (d Day) Add(days int) Day { return Day(d.noon().AddDate(0, 0, days).Format(dayForm)) }

// Since is how many days lie between, negative when d comes before.
func (d Day) Since(earlier Day) int { return int(d.noon().Sub(earlier.noon()) / (24 * time.Hour)) }

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.noon().Weekday() }

// Monday is the first day of the day's week.
func (d Day) Monday() Day { return d.Add(-(int(d.Weekday()) + 6) % 7) }

// noon stands for the day where no clock is changed.
func (d Day) noon() time.Time {
	t, err := time.Parse(dayForm, string(d))
	if err != nil {
		return time.Time{}
	}
	return t.Add(12 * time.Hour)
}

// Minutes in a day of the wall clock.
const dayMinutes = 24 * 60

// At is the instant at which the wall clock of a zone shows so many minutes
// after midnight of the day. A time that the clock shows twice is the first of
// the two. One that it skips counts as if the clock had not yet been changed:
// 02:30 in a night that goes from 02:00 to 03:00 is when the clock shows 03:30.
// Two shifts that meet at such a time still meet.
func (d Day) At(minutes int64, zone *time.Location) time.Time {
	wall := d.noon().Add(-12*time.Hour + time.Duration(minutes)*time.Minute)
	before, after := wall.Add(-offset(wall.Add(-24*time.Hour), zone)), wall.Add(-offset(wall.Add(24*time.Hour), zone))
	first, second := before, after
	if second.Before(first) {
		first, second = second, first
	}
	for _, t := range []time.Time{first, second} {
		if t.Add(offset(t, zone)).Equal(wall) {
			return t
		}
	}
	return before
}

func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}
