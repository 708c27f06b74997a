package statcli

import (
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// parse reads flags before and after the other words, which it returns.
func parse(f *flag.FlagSet, args []string) ([]string, error) {
	var names []string
	args = joinPlot(args)
	for {
		if err := f.Parse(args); err != nil {
			if err == flag.ErrHelp {
				return nil, err
			}
			return nil, use(flagWords(err))
		}
		if f.NArg() == 0 {
			return names, nil
		}
		names = append(names, f.Arg(0))
		args = f.Args()[1:]
	}
}

// flagWords says what package flag found in the words of this program.
func flagWords(err error) string {
	said := err.Error()
	for begins, say := range map[string]string{
		"flag provided but not defined: -": "there is no flag --",
		"flag needs an argument: -":        "a value is missing after --",
	} {
		if name, ok := strings.CutPrefix(said, begins); ok {
			return say + name
		}
	}
	if at := strings.LastIndex(said, " flag -"); at >= 0 {
		name, why, _ := strings.Cut(said[at+len(" flag -"):], ": ")
		return "--" + name + ": " + why
	}
	if at := strings.LastIndex(said, " for -"); at >= 0 {
		name, why, _ := strings.Cut(said[at+len(" for -"):], ": ")
		if why == "parse error" {
			why = "stands alone, or is true or false"
		}
		return "--" + name + ": " + why
	}
	return said
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
	for i := 0; i < len(parts); i += 2 {
		for j := i + 2; j < len(parts); j += 2 {
			if parts[i+1] != "" && parts[i+1] == parts[j+1] {
				return use(fmt.Sprintf("column %q is named for both %s and %s; it can be one of them", parts[i+1], parts[i], parts[j]))
			}
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
