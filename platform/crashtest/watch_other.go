//go:build !linux || !amd64

package crashtest

import "time"

// Watched is a program whose changes to files are seen; not on this machine.
type Watched struct{}

// Watch is not to be had here.
func Watch(Watching, string, ...string) (*Watched, error) { return nil, ErrCannotWatch }

// Tell does nothing.
func (*Watched) Tell(string) error { return ErrCannotWatch }

// FirstLine is none.
func (*Watched) FirstLine(time.Duration) (string, error) { return "", ErrCannotWatch }

// Finish does nothing.
func (*Watched) Finish() {}

// Kill does nothing.
func (*Watched) Kill() {}

// KillWithin does nothing.
func (*Watched) KillWithin(time.Duration) {}

// Ended is true.
func (*Watched) Ended() bool { return true }

// Events are none.
func (*Watched) Events() []Event { return nil }
