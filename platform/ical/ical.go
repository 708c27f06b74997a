// Package ical writes calendars that every phone reads (iCalendar, RFC
// 5545): hours and one word, and ids that say nothing.
//
// The writing is a library's. What is ours is an empty calendar, which the
// library refuses, and that there is no room for more than one word.
package ical

import (
	"bytes"
	"time"

	ics "github.com/emersion/go-ical"

	"alongside/platform/errs"
)

// Event is one stretch of time. ID stays the same, so that a calendar moves the
// event instead of showing it twice.
type Event struct {
	ID       string
	From, To time.Time
	Word     string
}

const empty = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//alongside//calendar//EN\r\nEND:VCALENDAR\r\n"

// Encode writes the events; now is when it was asked for.
func Encode(now time.Time, events []Event) ([]byte, error) {
	if len(events) == 0 {
		return []byte(empty), nil
	}
	cal := ics.NewCalendar()
	cal.Props.SetText(ics.PropVersion, "2.0")
	cal.Props.SetText(ics.PropProductID, "-//alongside//calendar//EN")
	for _, e := range events {
		cal.Children = append(cal.Children, component(now, e))
	}
	var b bytes.Buffer
	if err := ics.NewEncoder(&b).Encode(cal); err != nil {
		return nil, errs.Wrap("ical: encode", err)
	}
	return b.Bytes(), nil
}

func component(now time.Time, e Event) *ics.Component {
	c := ics.NewEvent()
	c.Props.SetText(ics.PropUID, e.ID)
	c.Props.SetDateTime(ics.PropDateTimeStamp, now)
	c.Props.SetDateTime(ics.PropDateTimeStart, e.From.UTC())
	c.Props.SetDateTime(ics.PropDateTimeEnd, e.To.UTC())
	c.Props.SetText(ics.PropSummary, e.Word)
	return c.Component
}
