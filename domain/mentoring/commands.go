package mentoring

import (
	"flag"
	"fmt"
	"io"

	"alongside/platform/filecmd"
	"alongside/platform/module"
)

// Commands are this domain's words on the command line.
func Commands() []module.Command {
	return []module.Command{filecmd.Spec{
		Name: "goals score", Usage: "FILE.json [--json]", Short: "goal attainment scaling: T before and after", Words: 1,
		Flags: func(*flag.FlagSet) func(*filecmd.Call) (filecmd.Answer, error) { return scoreFile },
	}.Command()}
}

func scoreFile(c *filecmd.Call) (filecmd.Answer, error) {
	var g Goals
	if err := c.Read(c.Words[0], &g); err != nil {
		return nil, err
	}
	a, err := g.Score()
	if err != nil {
		return nil, filecmd.In(c.Words[0], err)
	}
	return a, nil
}

// Tell says an attainment in words, the spread beside T.
func (a Attainment) Tell(w io.Writer) {
	fmt.Fprintf(w, "T at the start  %.1f\n", a.BaselineT)
	if a.AchievedT != nil {
		fmt.Fprintf(w, "T now           %.1f\nchange          %+.1f\n", *a.AchievedT, *a.Change)
	} else {
		fmt.Fprintf(w, "T now           not yet: %d of %d goals not rated, and the change needs the same goals before and after\n", a.Unrated, a.counted)
	}
	d := a.Distribution
	fmt.Fprintf(w, "goals by level  much less %d · less %d · as expected %d · more %d · much more %d\n", d.MuchLess, d.Less, d.Expected, d.More, d.MuchMore)
	if a.Partly > 0 {
		fmt.Fprintf(w, "partly achieved (−0.5) counts as −1: %d\n", a.Partly)
	}
	if a.LeftOut > 0 {
		fmt.Fprintf(w, "left out, weight 0: %d\n", a.LeftOut)
	}
	fmt.Fprint(w, "The levels are ranks: read the spread first, and use T neither as a target nor to compare peers.\n")
}
