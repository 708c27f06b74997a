package handoff

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
)

// Input is what a step's form says, and who takes the step. Fields a step does
// not need are ignored.
type Input struct {
	Act          string // id of the form; the same form twice is one event
	Role         string
	Peer         ref.Account
	At           time.Time // when it happened; zero is now
	Minutes      int64     // until the peer is there
	Answer       string
	Destination  ref.Destination
	How          string // how consent was given
	Days         int64  // how long the consent holds
	Mode         string
	Present      int64
	ConnSource   string
	Contact      string
	Reason       string // declined_reason, in the person's words
	AskedBy      string
	ClosedReason string
	Corrects     int64
	Note         string
}

// ParseInput reads a step's form. What cannot be read as a number is zero, and
// the step's guard says what is missing; zone is where "14:30" is meant.
func ParseInput(form url.Values, now time.Time, zone *time.Location) Input {
	return Input{
		Act:          form.Get("act"),
		At:           clockTime(form.Get("at"), now, zone),
		Minutes:      number(form.Get("minutes")),
		Answer:       form.Get("answer"),
		Destination:  ref.Destination(form.Get("destination")),
		How:          form.Get("how"),
		Days:         number(form.Get("days")),
		Mode:         form.Get("mode"),
		Present:      number(form.Get("present")),
		ConnSource:   form.Get("connected_source"),
		Contact:      form.Get("contact"),
		Reason:       form.Get("declined_reason"),
		AskedBy:      form.Get("asked_by"),
		ClosedReason: form.Get("closed_reason"),
		Corrects:     number(form.Get("corrects")),
		Note:         cut(strings.TrimSpace(form.Get("note")), 1000),
	}
}

func number(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// clockTime reads "2026-11-24T14:30", as a browser's own control writes it. What
// is not one is zero.
func clockTime(s string, now time.Time, zone *time.Location) time.Time {
	t, err := time.ParseInLocation("2006-01-02T15:04", s, zone)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

func cut(s string, runes int) string {
	r := []rune(s)
	return string(r[:min(len(r), runes)])
}

// value is the choice that the step asked for, as the event keeps it.
func (in Input) value(step string) string {
	switch step {
	case StepConfirm:
		return in.Answer
	case StepIntro:
		return in.Mode
	case StepConnect, StepShown:
		return in.ConnSource
	case StepNotNow:
		return or(in.Reason, NotNowReasons(), "no_reason")
	case StepReopen:
		return in.AskedBy
	case StepClose:
		return in.ClosedReason
	case StepAgree:
		return in.How
	}
	return ""
}

func or(v string, options []field.Option, instead string) string {
	if oneOf(options, v) {
		return v
	}
	return instead
}
