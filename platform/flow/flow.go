// Package flow holds a process as a table of steps. A row says from which
// states, which step, to which state, who may take it and what must be true
// first. Buttons, the next steps of a page, the test of every pair, the words
// of a refusal and the picture in the docs all come from that one table.
//
// It is not a library because the state machine libraries keep handlers beside
// the table; here the table is the whole machine and the domain does the work.
package flow

import (
	"fmt"
	"slices"

	"alongside/platform/errs"
	"alongside/platform/i18n"
)

// Step is one row: a way from one of several states to one state. E is what
// guards look at. To may equal the state it came from, for what is noted on
// the way without moving.
type Step[E any] struct {
	Name  string        // verb, stable, used in forms and events
	From  []string      // states it may be taken in; empty for the step that begins
	To    string        // state after it; Stay keeps the state
	Who   []string      // roles that may take it
	Label i18n.Text     // on the button, in the words of the person who presses it
	Done  i18n.Text     // on the timeline, after it happened
	Yours i18n.Text     // the same where the person whom it is about reads it; empty: Done says it as well
	Needs []string      // names of the fields the step asks for
	Aside bool          // turns off the path: offered after the ways on
	Guard func(E) error // nil when nothing more must be true
}

// Stay as a step's To keeps the state it was taken in.
const Stay = "="

// State is one state with its words and whether something must still happen.
type State struct {
	Name  string
	Label i18n.Text
	Open  bool   // someone still has to do something
	Lane  string // which part of a board shows it; the domain names its lanes
	End   string // for a state without a way on: the reason it may end here
}

// Flow is a process: its states in the order of the path, and its steps.
type Flow[E any] struct {
	Name   string
	States []State
	Steps  []Step[E]
}

// Next returns the steps that role may take in state, in the table's order.
// Guards are not asked: a button whose guard says no explains why when pressed.
// Rows are not copied to be looked at: each is hundreds of bytes of words, and a
// board looks at all of them for each card.
func (f *Flow[E]) Next(state, role string) []Step[E] {
	var out []Step[E]
	for i := range f.Steps {
		s := &f.Steps[i]
		if slices.Contains(s.From, state) && slices.Contains(s.Who, role) {
			out = append(out, *s)
		}
	}
	return out
}

// Take answers whether role may take the step in state and which state follows.
// An unknown step or a role that may not is Denied; a step that is not possible
// in this state is a Conflict; otherwise the guard's own error is returned.
func (f *Flow[E]) Take(state, step, role string, e E) (Step[E], string, error) {
	op := fmt.Sprintf("%s: step %s in %s", f.Name, step, state)
	var named, allowed bool
	for i := range f.Steps {
		s := &f.Steps[i]
		if s.Name != step {
			continue
		}
		named = true
		if !slices.Contains(s.Who, role) {
			continue
		}
		allowed = true
		if !slices.Contains(s.From, state) && !(len(s.From) == 0 && state == "") {
			continue
		}
		if s.Guard != nil {
			if err := s.Guard(e); err != nil {
				return *s, state, errs.Wrap(op, err)
			}
		}
		return *s, s.after(state), nil
	}
	if !named || !allowed {
		return Step[E]{}, state, errs.New(errs.Denied, op, "")
	}
	return Step[E]{}, state, errs.New(errs.Conflict, op, "error.step-not-now")
}

func (s Step[E]) after(state string) string {
	if s.To == Stay {
		return state
	}
	return s.To
}

// State returns the state of that name; ok is false when there is none.
func (f *Flow[E]) State(name string) (State, bool) {
	i := slices.IndexFunc(f.States, func(s State) bool { return s.Name == name })
	if i < 0 {
		return State{}, false
	}
	return f.States[i], true
}
