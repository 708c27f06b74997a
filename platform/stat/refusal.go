package stat

import "fmt"

// Reason says why there is no number, so that a caller can choose its own
// words or offer a way on.
type Reason string

// The reasons.
const (
	TooFew       Reason = "too few"       // not enough values for this question
	NoEvents     Reason = "no events"     // nothing happened to anybody
	OneGroup     Reason = "one group"     // a comparison with nothing to compare to
	NoSpread     Reason = "no spread"     // all values alike, so no scale to measure by
	Separation   Reason = "separation"    // a column decides the outcome; the estimate has no end
	Redundant    Reason = "redundant"     // a column says only what others say already
	OutOfRange   Reason = "out of range"  // a value outside what it can be
	Uneven       Reason = "uneven"        // columns that should match do not
	NotReached   Reason = "not reached"   // the data end before the point asked about
	NotConverged Reason = "not converged" // the search did not settle
)

// Refusal is the answer when there is no honest number.
type Refusal struct {
	Reason Reason
	Say    string // a plain sentence part, for a person; holds no cell of the data
}

// Error returns the words.
func (r *Refusal) Error() string { return r.Say }

// Refuse makes a Refusal. Its words may hold names of columns, counts and
// limits, never a value of a person.
func Refuse(reason Reason, format string, args ...any) error {
	return &Refusal{Reason: reason, Say: fmt.Sprintf(format, args...)}
}
