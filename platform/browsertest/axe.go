package browsertest

import (
	_ "embed"
	"fmt"
	"strings"
)

// axe is axe-core 4.14.1 by Deque Systems, Mozilla Public License 2.0
// (testdata/axe.LICENSE.txt), as npm has it. It is a test asset and never part
// of the program.
//
//go:embed testdata/axe-4.14.1.min.js
var axe string

type violation struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		HTML           string `json:"html"`
		FailureSummary string `json:"failureSummary"`
	} `json:"nodes"`
}

type result struct {
	Violations []violation
	Passes     int
}

// Axe runs axe-core on the page as it stands and says in words what it found.
func (p *Page) Axe() {
	p.t.Helper()
	if p.opt.NoJS {
		p.t.Fatal("axe needs JavaScript; open the page with it")
	}
	if !Eval[bool](p, `typeof window.axe === "object"`) {
		Eval[bool](p, axe+";true")
	}
	found := Eval[result](p, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"]})
		.then((r) => ({Violations: r.violations, Passes: r.passes.length}))`)
	if found.Passes == 0 {
		p.t.Error("axe checked nothing")
	}
	for _, v := range found.Violations {
		p.t.Error(v.words())
	}
}

func (v violation) words() string {
	var b strings.Builder
	fmt.Fprintf(&b, "axe %s (%s): %s", v.ID, v.Impact, v.Help)
	for _, n := range v.Nodes {
		fmt.Fprintf(&b, "\n    %s\n      %s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", " "))
	}
	return b.String()
}
