package flow

import (
	"fmt"
	"slices"
	"strings"
)

// Check returns what is wrong with the table, in words, one line each: a state
// nobody reaches, a state without a way on or a reason to end, a step to a
// state that is not listed, a step nobody may take, words missing in a language.
func (f *Flow[E]) Check() []string {
	var bad []string
	say := func(format string, a ...any) { bad = append(bad, f.Name+": "+fmt.Sprintf(format, a...)) }
	for _, s := range f.Steps {
		f.checkStep(s, say)
	}
	for _, st := range f.States {
		f.checkState(st, say)
	}
	return bad
}

func (f *Flow[E]) checkStep(s Step[E], say func(string, ...any)) {
	if _, ok := f.State(s.To); !ok && s.To != Stay {
		say("step %s leads to %q, which is not a state", s.Name, s.To)
	}
	for _, from := range s.From {
		if _, ok := f.State(from); !ok {
			say("step %s starts in %q, which is not a state", s.Name, from)
		}
	}
	if len(s.Who) == 0 {
		say("step %s may be taken by nobody", s.Name)
	}
	if !s.Label.Complete() || !s.Done.Complete() {
		say("step %s lacks words in a language", s.Name)
	}
}

func (f *Flow[E]) checkState(st State, say func(string, ...any)) {
	reached, left := false, false
	for _, s := range f.Steps {
		reached = reached || s.To == st.Name
		left = left || (slices.Contains(s.From, st.Name) && s.To != Stay)
	}
	if !reached {
		say("state %s is never reached", st.Name)
	}
	if !left && st.End == "" {
		say("state %s has no way on and no reason to end", st.Name)
	}
	if !st.Label.Complete() {
		say("state %s lacks words in a language", st.Name)
	}
}

// Diagram returns the process as a Mermaid state diagram, in the table's order.
func (f *Flow[E]) Diagram() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, s := range f.Steps {
		if len(s.From) == 0 {
			fmt.Fprintf(&b, "    [*] --> %s: %s\n", s.To, s.Name)
		}
		for _, from := range s.From {
			if s.To != Stay {
				fmt.Fprintf(&b, "    %s --> %s: %s\n", from, s.To, s.Name)
			}
		}
	}
	for _, st := range f.States {
		if st.End != "" {
			fmt.Fprintf(&b, "    %s --> [*]: %s\n", st.Name, st.End)
		}
	}
	return b.String()
}
