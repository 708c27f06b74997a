package fhir

import (
	"errors"
	"fmt"

	"alongside/platform/errs"
)

// Fault is one thing that cannot be taken: where it stands and why, in words
// that a person who did not write the file can pass on to whoever did. Neither
// part ever holds a value from the file, because values are about people.
type Fault struct {
	Place  string // "entry[17] Encounter/abc line 2034", "line 3 column 9"
	Reason string
}

// Error puts the place first, as a line of an import report has it.
func (f Fault) Error() string { return f.Place + ": " + f.Reason }

// refuse is the error for a file that is refused whole.
func refuse(place, reason string) error {
	return &errs.Error{Kind: errs.Invalid, Err: Fault{Place: place, Reason: reason}}
}

// FaultOf returns what an error of this package says of the file. It returns
// false for an error that is about something else, such as a disk.
func FaultOf(err error) (Fault, bool) {
	var f Fault
	ok := errors.As(err, &f)
	return f, ok
}

func lineColumn(line int, column int64) string {
	return fmt.Sprintf("line %d column %d", line, column)
}
