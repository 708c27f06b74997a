package handoff

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
)

// Input is what a step's form says, and who takes the step. Fields a step does
// not ask for are ignored.
type Input struct {
	Act           string // id of the form; the same form twice is one event
	Role          string
	Peer          ref.Account
	At            time.Time // when it happened; zero is now
	Minutes       int64     // until the peer is there
	Answer        string
	Tried         []string // what was done to find or reach the person
	Destination   ref.Destination
	How           string // how a yes was given or taken back
	Days          int64  // how long the consent holds
	AskedHow      string // how the service was asked
	Slot          time.Time
	Mode          string
	Present       int64
	There         []string // who was there, besides the person and the peer
	Transport     string
	ConnSource    string
	Contact       string
	ReachOn       string // the number for that contact, where none was known
	Reason        string // declined_reason, in the person's words
	ServiceReason string
	PersonReason  string
	AskedBy       string
	ClosedReason  string
	Beside        string
	Corrects      int64
	Right         map[string]string // answers of that entry as they are right, by their questions
	Channel       string            // how a follow-up was tried
	Which         string            // which follow-up
	MovedTo       time.Time
	NewPeer       ref.Account
	Anyway        string // the new peer of whom it was said that they have days off
	SameAs        string // the hand-off that goes on for both
	Note          string
	Where         string // where the person is now
}

// ParseInput reads a step's form by the table of questions; zone is where
// "14:30" is meant.
func ParseInput(form url.Values, zone *time.Location) Input {
	in := Input{Act: form.Get("act"), Anyway: form.Get("anyway")}
	for _, q := range Questions() {
		if form.Has(q.Name) {
			q.read(form, &in, zone)
		}
	}
	return in
}

func number(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// clockTime reads "2026-11-24T14:30", as a browser's own control writes it. What
// is not one is zero, and so is a year that nobody here means: some of those cannot be
// written for other programs, which then read nothing at all.
func clockTime(s string, zone *time.Location) time.Time {
	t, err := time.ParseInLocation("2006-01-02T15:04", s, zone)
	if err != nil || t.Year() < 1900 || t.Year() > 2999 {
		return time.Time{}
	}
	return t.UTC()
}

func cut(s string, runes int) string {
	r := []rune(s)
	return string(r[:min(len(r), runes)])
}

// value is the answer that the step's event keeps, by its row in the table.
func (in Input) value(needs []string) string {
	q, ok := kept(needs)
	if !ok {
		return ""
	}
	v := q.value(&in)
	if v == "" && q.Name == "declined_reason" {
		return "no_reason"
	}
	return v
}

func or(v string, options []field.Option, instead string) string {
	if field.Offered(options, v) {
		return v
	}
	return instead
}

// among are those of what was said that are offered, each once.
func among(said []string, options []field.Option) (out []string) {
	for _, v := range said {
		if field.Offered(options, v) && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
