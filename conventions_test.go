// Package alongside_test checks what the project has agreed about its own
// text: who may import whom, how long a function may grow, which words no page
// may use, how a table is keyed. Each agreement is a rule: what it looks for,
// why, and small examples it must refuse, so that a rule which can no longer
// find anything is found out itself. What a rule may overlook stands, with its
// reason, in conventions_exceptions_test.go; an entry nobody needs any more is
// an error.
package alongside_test

import (
	"fmt"
	"slices"
	"testing"
)

// rule is one agreement. bad and good are trees in txtar form: the rule must
// find something in each of the bad ones and nothing in any good one.
type rule struct {
	name  string
	why   string
	check func(*tree) []finding
	bad   []string
	good  []string
}

// finding is one place that breaks a rule. at is what an exception names: a
// path, or a path and a name within it ("platform/db/db.go Open").
type finding struct {
	at   string
	line int
	say  string
}

func rules() []rule {
	return slices.Concat(
		importRules(), libraryRules(), docRules(), sizeRules(), stateRules(), quietRules(),
		migrationRules(), sqlRules(), wordKeyRules(), wordRules(), pageRules(), fileRules(), twiceRules(),
	)
}

func TestConventions(t *testing.T) {
	here := readTree(t, ".")
	for _, r := range rules() {
		t.Run(r.name, func(t *testing.T) {
			used := map[string]bool{}
			for _, f := range r.check(here) {
				if excepted(r.name, f.at) {
					used[f.at] = true
					continue
				}
				t.Errorf("%s:%d: %s\n\twhy: %s", f.at, f.line, f.say, r.why)
			}
			for _, e := range exceptions() {
				if e.rule == r.name && !used[e.at] {
					t.Errorf("the exception for %s is no longer needed: take it out", e.at)
				}
			}
		})
	}
}

func TestEachRuleCanFindSomething(t *testing.T) {
	for _, r := range rules() {
		t.Run(r.name, func(t *testing.T) {
			if r.why == "" || len(r.bad) == 0 {
				t.Fatal("a rule needs a reason and an example that it refuses")
			}
			for i, text := range r.bad {
				if len(r.check(treeOf(t, text))) == 0 {
					t.Errorf("bad example %d was let through:\n%s", i, text)
				}
			}
			for i, text := range r.good {
				for _, f := range r.check(treeOf(t, text)) {
					t.Errorf("good example %d was refused: %s: %s", i, f.at, f.say)
				}
			}
		})
	}
}

func TestExceptionsNameARuleAndAReason(t *testing.T) {
	known := map[string]bool{}
	for _, r := range rules() {
		if known[r.name] {
			t.Errorf("two rules are called %q", r.name)
		}
		known[r.name] = true
	}
	for _, e := range exceptions() {
		if !known[e.rule] || len(e.why) < 15 {
			t.Errorf("exception for %s: rule %q must exist and the reason be said, not hinted at", e.at, e.rule)
		}
	}
}

func excepted(rule, at string) bool {
	return slices.ContainsFunc(exceptions(), func(e exception) bool { return e.rule == rule && e.at == at })
}

func found(at string, line int, format string, args ...any) finding {
	return finding{at: at, line: line, say: fmt.Sprintf(format, args...)}
}
