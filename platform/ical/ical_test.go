package ical_test

import (
	"strings"
	"testing"
	"time"

	"alongside/platform/ical"
)

func TestOneWordAndNothingElse(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("here", 3600))
	got, err := ical.Encode(at, []ical.Event{{ID: "e1", From: at, To: at.Add(time.Hour), Word: "Plans"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"BEGIN:VEVENT", "UID:e1", "DTSTART:20260302T080000Z", "DTEND:20260302T090000Z", "SUMMARY:Plans"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(string(got), "LOCATION") || strings.Contains(string(got), "DESCRIPTION") {
		t.Error("it says more than a word")
	}
	none, err := ical.Encode(at, nil)
	if err != nil || !strings.HasPrefix(string(none), "BEGIN:VCALENDAR") || strings.Contains(string(none), "VEVENT") {
		t.Errorf("an empty one: %v\n%s", err, none)
	}
}
