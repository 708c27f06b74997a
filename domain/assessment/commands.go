package assessment

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"alongside/platform/filecmd"
	"alongside/platform/guess"
	"alongside/platform/module"
)

// packFlag turns the optional pack on for one run.
func packFlag(f *flag.FlagSet) *bool {
	return f.Bool("pack", false, "take the optional pack, and keep to its terms")
}

// Commands are the command line of a catalogue, which is read when one of them
// runs: every command of the program lists them, and reading is long.
func Commands(c func() Catalogue) []module.Command {
	return []module.Command{
		filecmd.Spec{
			Name: "instruments", Usage: "[--pack] [--json]", Short: "list questionnaires: licence, state, versions",
			Flags: func(f *flag.FlagSet) func(*filecmd.Call) (filecmd.Answer, error) {
				pack := packFlag(f)
				return func(*filecmd.Call) (filecmd.Answer, error) { return c().entries(*pack), nil }
			},
		}.Command(),
		filecmd.Spec{
			Name: "score", Usage: "CODE FILE.json [--pack] [--json]", Short: "score one filled questionnaire", Words: 2,
			Flags: func(f *flag.FlagSet) func(*filecmd.Call) (filecmd.Answer, error) {
				pack := packFlag(f)
				return func(call *filecmd.Call) (filecmd.Answer, error) { return c().score(call, *pack) }
			},
		}.Command(),
	}
}

func (c Catalogue) score(call *filecmd.Call, pack bool) (filecmd.Answer, error) {
	code, file := call.Words[0], call.Words[1]
	in, ok := c.Find(code)
	if !ok {
		return nil, fmt.Errorf("there is no instrument %q%s", code, guess.Hint(code, c.codes(), "`alongside instruments` lists them"))
	}
	if in.State(pack) == "off" {
		return nil, fmt.Errorf("%s is in the optional pack, which is off. Its terms: %s. If you keep to them, add --pack", code, in.Licence.Says)
	}
	if in.Refuses != "" {
		return nil, fmt.Errorf("%s is not scored: %s", code, in.Refuses)
	}
	var a Answers
	if err := call.Read(file, &a); err != nil {
		return nil, err
	}
	r, err := in.Score(a)
	if err != nil {
		return nil, filecmd.In(file, err)
	}
	return r, nil
}

// Tell says a result in words.
func (r Result) Tell(w io.Writer) {
	fmt.Fprintf(w, "%s, version %s\n", r.Instrument, r.Version)
	for _, name := range slices.Sorted(maps.Keys(r.Scores)) {
		if v := r.Scores[name]; v != nil {
			fmt.Fprintf(w, "  %-12s %s\n", name, rounded(*v))
		} else {
			fmt.Fprintf(w, "  %-12s cannot be computed: answers are missing\n", name)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(r.Bands)) {
		if b := r.Bands[key]; b != nil {
			fmt.Fprintf(w, "  %s: %s\n", key, *b)
		} else {
			fmt.Fprintf(w, "  %s: no band\n", key)
		}
	}
	for _, s := range r.says {
		fmt.Fprintf(w, "  ! %s\n", s)
	}
	if len(r.Missing) > 0 {
		fmt.Fprintf(w, "  not answered: %s\n", strings.Join(r.Missing, " "))
	}
	fmt.Fprintf(w, "Source: %s\n", r.Source)
}
