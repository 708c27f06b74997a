package db

import "time"

const (
	looks     = 3
	lookAgain = 50 * time.Millisecond
)

// patiently looks up to three times, with a pause between, before something
// that another goroutine or program may be writing at this moment is called
// damaged: a file read while it is written can be of two times, here for far
// less than a pause. It reports whether look was content.
func patiently(look func() bool) bool {
	for i := range looks {
		if i > 0 {
			time.Sleep(lookAgain)
		}
		if look() {
			return true
		}
	}
	return false
}
