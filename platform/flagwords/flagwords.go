// Package flagwords reads the flags of a command and says what is wrong with
// them in words: package flag speaks of a "flag provided but not defined: -x"
// and of a "parse error".
//
// It is not a library because package flag does the reading.
package flagwords

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"alongside/platform/guess"
)

// Parse reads flags that may stand before or after the other words, and returns
// those. A lone "-" is a word. Its errors are sentences for a person, but for
// flag.ErrHelp, which asks for help.
func Parse(f *flag.FlagSet, args []string) (words []string, err error) {
	to, usage := f.Output(), f.Usage
	defer func() { f.SetOutput(to); f.Usage = usage }()
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	for {
		if err := f.Parse(args); err != nil {
			return nil, say(f, err)
		}
		if f.NArg() == 0 {
			return words, nil
		}
		words = append(words, f.Arg(0))
		args = f.Args()[1:]
	}
}

// say is what package flag found, in words.
func say(f *flag.FlagSet, err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	said := err.Error()
	if name, ok := strings.CutPrefix(said, "flag provided but not defined: -"); ok {
		return fmt.Errorf("there is no flag --%s%s", name, guess.DidYouMean("--"+name, names(f)))
	}
	if name, ok := strings.CutPrefix(said, "flag needs an argument: -"); ok {
		return fmt.Errorf("a value is missing after --%s", name)
	}
	for _, before := range []string{" for flag -", " for -"} {
		begin, rest, ok := strings.Cut(said, before)
		if !ok {
			continue
		}
		name, why, _ := strings.Cut(rest, ": ")
		_, value, _ := strings.Cut(begin, " value ")
		return fmt.Errorf("--%s: %s", name, reason(f, name, value, why))
	}
	return err
}

// reason is why a value does not suit a flag: the flag's own words where it has
// some, else what the value should have been.
func reason(f *flag.FlagSet, name, value, why string) string {
	if why != "parse error" && why != "value out of range" {
		return why
	}
	var kind any
	if g, ok := f.Lookup(name).Value.(flag.Getter); ok {
		kind = g.Get()
	}
	switch kind.(type) {
	case bool:
		return "stands alone, or is true or false"
	case float64:
		return value + " is not a number"
	case uint, uint64:
		return value + " is not a whole number, 0 or more"
	}
	return value + " is not a whole number"
}

func names(f *flag.FlagSet) []string {
	var out []string
	f.VisitAll(func(x *flag.Flag) { out = append(out, "--"+x.Name) })
	return out
}

// Help lists the flags of a command, one a line with what it is for. A usage may
// end in its value's label, as in "column of times: `COL`".
func Help(w io.Writer, f *flag.FlagSet) {
	f.VisitAll(func(x *flag.Flag) {
		kind, usage := flag.UnquoteUsage(x)
		begin := "--" + x.Name
		if kind != "" {
			begin += " " + label(kind)
		}
		usage = strings.TrimSuffix(usage, ": "+kind) // a label that only names the value
		if x.DefValue != "" && x.DefValue != "0" && x.DefValue != "false" && x.DefValue != "true" {
			usage += " (" + x.DefValue + " unless you say otherwise)"
		}
		if usage != "" {
			fmt.Fprintf(w, "  %-18s %s\n", begin, usage)
		}
	})
}

// label is what stands in the place of a value: the word in backquotes of the
// flag's usage, or one for its kind.
func label(kind string) string {
	switch kind {
	case "string", "value":
		return "TEXT"
	case "int", "uint", "float":
		return "N"
	}
	return kind
}

// Twice names a flag that is given more than once, "" when none is: the last
// would win and nobody would see. Flags that gather several values may be named
// again.
func Twice(f *flag.FlagSet, args []string, may ...string) string {
	seen := map[string]bool{}
	for i := 0; i < len(args) && args[i] != "--"; i++ {
		name, _, joined := strings.Cut(strings.TrimLeft(args[i], "-"), "=")
		x := f.Lookup(name)
		if !strings.HasPrefix(args[i], "-") || args[i] == "-" || x == nil {
			continue
		}
		if seen[name] && !slices.Contains(may, name) {
			return name
		}
		seen[name] = true
		if alone, ok := x.Value.(interface{ IsBoolFlag() bool }); !joined && !(ok && alone.IsBoolFlag()) {
			i++ // its value
		}
	}
	return ""
}
