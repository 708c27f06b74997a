package statcli

import (
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"slices"

	"alongside/platform/flagwords"
)

// parse reads flags before and after the other words, which it returns.
func parse(f *flag.FlagSet, args []string) ([]string, error) {
	args = joinPlot(args)
	if name := flagwords.Twice(f, args, "covariates", "fixed", "factor", "reference", "at"); name != "" {
		return nil, use(fmt.Sprintf("--%s is given twice", name))
	}
	names, err := flagwords.Parse(f, args)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		return nil, use(err.Error())
	}
	return names, err
}

// joinPlot lets --plot stand alone or with a word: --plot curve.svg. A picture
// of another kind is joined too, so that its name is what is refused.
func joinPlot(args []string) []string {
	var out []string
	for i := 0; i < len(args); i++ {
		next := ""
		if i+1 < len(args) {
			next = args[i+1]
		}
		isPlot := args[i] == "--plot" || args[i] == "-plot"
		if isPlot && (next == "svg" || next == "terminal" || slices.Contains(pictures(), filepath.Ext(next))) {
			out = append(out, "--plot="+next)
			i++
			continue
		}
		out = append(out, args[i])
	}
	return out
}

func pictures() []string {
	return []string{".svg", ".png", ".pdf", ".jpg", ".jpeg", ".gif", ".html", ".eps", ".webp"}
}

// apart refuses one column in two parts of a question: name, then column. An
// empty name is a part that is not asked for.
func apart(parts ...string) error {
	said := map[string]string{}
	for pair := range slices.Chunk(parts, 2) {
		name, column := pair[0], pair[1]
		if before, twice := said[column]; twice {
			return use(fmt.Sprintf("column %q is named for both %s and %s; it can be one of them", column, before, name))
		}
		if column != "" {
			said[column] = name
		}
	}
	return nil
}

// needed refuses a command of which a flag was not given: name, then whether.
func needed(flags ...any) error {
	for i := 0; i+1 < len(flags); i += 2 {
		missing := false
		switch v := flags[i+1].(type) {
		case string:
			missing = v == ""
		case bool:
			missing = !v
		case int:
			missing = v == 0
		}
		if missing {
			return use(flags[i].(string) + " is missing")
		}
	}
	return nil
}
