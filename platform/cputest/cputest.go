// Package cputest measures what a benchmark costs in processor time, which a
// busy machine changes less than the time on the clock.
//
// It is not a library because it is one call to the kernel.
package cputest

import (
	"syscall"
	"testing"
	"time"
)

// Each reports the processor time of one turn, user and system together, of the
// whole process. Call what it returns when the loop is through.
func Each(b *testing.B) func() {
	b.Helper()
	before := used()
	return func() {
		b.ReportMetric(float64((used()-before).Microseconds())/float64(b.N), "cpu-µs/op")
	}
}

func used() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
