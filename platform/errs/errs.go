// Package errs gives every error two voices. One is for the person: a key into
// the words of the program, with a hint of what to do next. The other is for
// the log: which operation, on which ids, and what lay beneath. What is not
// marked is Internal and shows a person only a reference.
//
// It is not a library because the standard errors package does the wrapping,
// and the rest is the program's own list of kinds.
package errs

import (
	"errors"
	"fmt"
	"strings"
)

// Kind is what the caller can act on.
type Kind int

// The kinds. Denied is answered in the very words and status of NotFound,
// because the difference would say that something is here.
const (
	Internal    Kind = iota // our fault: logged, shown as a reference
	NotFound                // not here, or not for you: nobody can tell which
	Denied                  // policy or consent said no; shown as NotFound
	Invalid                 // something typed or sent cannot be taken; says where
	Conflict                // someone was first, or the step is not possible now
	TooMany                 // slow down
	Unavailable             // try again soon: full disk, shutting down, engine away
)

// Error is one step of an operation that did not work out.
type Error struct {
	Kind  Kind
	Op    string         // operation with ids only, never names or free text
	Say   string         // key of the words for the person; empty takes those of the kind
	Args  map[string]any // values for the words; nothing personal
	Place string         // the field, line or path that the words speak of
	Err   error          // what lay beneath, for the log
}

// Error is the log's voice: the trail of operations, without Args.
func (e *Error) Error() string {
	parts := []string{}
	if e.Op != "" {
		parts = append(parts, e.Op)
	}
	if e.Place != "" {
		parts = append(parts, "at "+e.Place)
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	} else if e.Say != "" {
		parts = append(parts, e.Say)
	} else {
		parts = append(parts, e.Kind.String())
	}
	return strings.Join(parts, ": ")
}

// Unwrap returns what lay beneath.
func (e *Error) Unwrap() error { return e.Err }

// String names the kind, as the log and the word catalogue know it.
func (k Kind) String() string {
	names := [...]string{"internal", "not-found", "denied", "invalid", "conflict", "too-many", "unavailable"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("kind-%d", int(k))
}

// New returns an error with words for the person. say is a key of the words.
func New(kind Kind, op, say string) *Error { return &Error{Kind: kind, Op: op, Say: say} }

// At returns an Invalid error that names the place.
func At(op, place, say string) *Error {
	return &Error{Kind: Invalid, Op: op, Place: place, Say: say}
}

// Wrap adds an operation to the trail and keeps kind and words. It returns nil
// for nil.
func Wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return &Error{Kind: e.Kind, Op: op, Say: e.Say, Args: e.Args, Place: e.Place, Err: err}
	}
	return &Error{Kind: Internal, Op: op, Err: err}
}

// KindOf returns the kind of err; Internal when it was never marked.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is of the kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }
