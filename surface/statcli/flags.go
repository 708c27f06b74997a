package statcli

import (
	"flag"
	"fmt"
	"strconv"
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
	return strings.NewReplacer(
		"flag provided but not defined: -", "there is no flag --",
		"flag needs an argument: -", "a value is missing after --",
		"invalid boolean value ", "", "invalid value ", "",
		" for flag -", " does not suit --", " for -", " does not suit --",
		": parse error", "",
	).Replace(err.Error())
}

// joinPlot lets --plot stand alone or with a word: --plot curve.svg.
func joinPlot(args []string) []string {
	var out []string
	for i := 0; i < len(args); i++ {
		next := ""
		if i+1 < len(args) {
			next = args[i+1]
		}
		isPlot := args[i] == "--plot" || args[i] == "-plot"
		if isPlot && (next == "svg" || next == "terminal" || strings.HasSuffix(next, ".svg")) {
			out = append(out, "--plot="+next)
			i++
			continue
		}
		out = append(out, args[i])
	}
	return out
}

// list is a flag of names, separated by commas or given several times.
type list []string

func (l *list) String() string { return strings.Join(*l, ",") }

func (l *list) Set(s string) error {
	for _, part := range strings.Split(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			*l = append(*l, part)
		}
	}
	return nil
}

// numbers is a flag of numbers, separated by commas.
type numbers []float64

func (n *numbers) String() string { return fmt.Sprint([]float64(*n)) }

func (n *numbers) Set(s string) error {
	for _, part := range strings.Split(s, ",") {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil {
			return fmt.Errorf("%q is not a number", part)
		}
		*n = append(*n, v)
	}
	return nil
}

// pairs is a flag of column=level, given once for each column.
type pairs map[string]string

func (p pairs) String() string { return fmt.Sprint(map[string]string(p)) }

func (p pairs) Set(s string) error {
	name, level, ok := strings.Cut(s, "=")
	if !ok || name == "" {
		return fmt.Errorf("%q is not column=level", s)
	}
	p[name] = level
	return nil
}

// picture is --plot: alone for the terminal, or with a file name.
type picture string

func (p *picture) String() string   { return string(*p) }
func (p *picture) IsBoolFlag() bool { return true }

func (p *picture) Set(s string) error {
	if s == "true" {
		s = "terminal"
	}
	if s != "svg" && s != "terminal" && !strings.HasSuffix(s, ".svg") {
		return fmt.Errorf("a picture is svg, terminal or the name of an .svg file")
	}
	*p = picture(s)
	return nil
}

// number is a flag that must be given and is a number.
type number struct {
	value float64
	given bool
}

func (n *number) String() string { return fmt.Sprint(n.value) }

func (n *number) Set(s string) error {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return fmt.Errorf("%q is not a number", s)
	}
	n.value, n.given = v, true
	return nil
}

// whole is a flag that must be given and is a whole number.
type whole struct {
	value int
	given bool
}

func (w *whole) String() string { return fmt.Sprint(w.value) }

func (w *whole) Set(s string) error {
	v, err := strconv.Atoi(s)
	if err != nil {
		return fmt.Errorf("%q is not a whole number", s)
	}
	w.value, w.given = v, true
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
