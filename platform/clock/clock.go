// Package clock is the only place the program learns the time from. The real
// one reads the machine; a test or a simulation owns its own.
//
// It is not a library because it is one method; testing/synctest covers
// goroutines that sleep, and this covers what is written on a record.
package clock

import (
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface {
	Now() time.Time
}

// System is the machine's clock, in UTC and in whole microseconds, which is
// what the database keeps.
type System struct{}

// Now returns the machine's time.
func (System) Now() time.Time { return Trim(time.Now()) }

// Trim cuts an instant to what the database keeps: microseconds, UTC.
func Trim(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// Begin is when the day that day shows begins in a zone. In a night whose clocks
// go from 24:00 to 01:00 it begins at 01:00.
func Begin(day time.Time, zone *time.Location) time.Time {
	t := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
	if t.Day() != day.Day() {
		t = t.Add(time.Hour)
	}
	return t
}

// Fake is a clock that moves only when told. It is safe for use by several
// goroutines.
type Fake struct {
	mu  sync.Mutex
	now time.Time
}

// NewFake returns a clock that stands at t.
func NewFake(t time.Time) *Fake { return &Fake{now: Trim(t)} }

// Now returns where the clock stands.
func (f *Fake) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Add moves the clock by d, which may be negative.
func (f *Fake) Add(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
}

// Set puts the clock at t, which may lie in the past.
func (f *Fake) Set(t time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = Trim(t)
}
