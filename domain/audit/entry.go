package audit

import (
	"slices"

	"alongside/platform/errs"
	"alongside/platform/field"
)

// Kind is what a leaf records.
type Kind string

// The kinds. A log that holds another was not written by this program, and
// reading it is an error.
const (
	Look       Kind = "look"       // someone saw a person's record, or a list with the person in it
	Change     Kind = "change"     // something was written
	Disclosure Kind = "disclosure" // something left the organisation
)

// Known reports whether this program knows the kind.
func (k Kind) Known() bool { return k == Look || k == Change || k == Disclosure }

// Entry is what a service asks to have recorded. Who asks, in which role and
// for which purpose come from the transaction's scope, and when from its clock.
type Entry struct {
	Kind     Kind
	Action   string         // a word of the field: "handoff.acknowledge"
	Subjects []string       // everyone it is about; a list names all it showed
	Record   string         // "table/id" of what was seen or written; empty for a list
	Changes  []field.Change // columns and hashes of what was stored
	To       string         // whom a Disclosure went to: an id, never an address
	Under    string         // the consent that allowed it
}

// tidy returns the subjects once each and in order, which is what a set's name
// is made from.
func (e Entry) tidy() []string {
	if len(e.Subjects) < 2 {
		return e.Subjects
	}
	s := slices.Clone(e.Subjects)
	slices.Sort(s)
	return slices.Compact(s)
}

// check refuses what may not stand in a leaf. An id, an action and a column are
// letters, digits and a little punctuation: there is no room for a name with a
// space in it, an e-mail address or a telephone number with a plus.
func (e Entry) check() error {
	if !e.Kind.Known() {
		return refuse("kind")
	}
	if !word(e.Action) {
		return refuse("action")
	}
	if e.Kind == Disclosure && e.To == "" {
		return refuse("to")
	}
	for _, s := range []string{e.Record, e.To, e.Under} {
		if !plain(s) {
			return refuse("record, to or under")
		}
	}
	return e.checkLists()
}

func (e Entry) checkLists() error {
	for _, s := range e.Subjects {
		if s == "" || isSet(s) || !plain(s) {
			return refuse("subject")
		}
	}
	for _, c := range e.Changes {
		if c.Column == "" || !plain(c.Column) {
			return refuse("column")
		}
	}
	return nil
}

// refuse is our own fault, so it is Internal; the text never quotes the value.
func refuse(part string) error {
	return &errs.Error{Kind: errs.Internal, Op: "audit: write", Place: part, Say: "audit.not-for-the-log"}
}

// word reports whether s has the form "domain.what".
func word(s string) bool {
	dot := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.' && i > 0 && i < len(s)-1:
			dot++
		case c >= 'a' && c <= 'z', c == '-', c >= '0' && c <= '9':
		default:
			return false
		}
	}
	return dot > 0
}

// plain reports whether s is made of what ids and names of tables and columns
// are made of.
func plain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case c == '.', c == ':', c == '_', c == '-', c == '/', c == '=':
		default:
			return false
		}
	}
	return len(s) <= 200
}
