// Package filecmd makes commands that read at most one small JSON file and
// answer at once, in words or as JSON, without a database. A domain offers such
// a command in its module and says only what it computes.
//
// It is not a library because flag and module.Command do the work; what is left
// is this program's promise about exit codes: 0 done, 1 refused with words on
// standard error that name the place, 2 wrong use.
package filecmd

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"alongside/platform/errs"
	"alongside/platform/flagwords"
	"alongside/platform/module"
	"alongside/platform/strictjson"
)

// Answer is what a command found. It marshals as JSON and can be told in words.
type Answer interface {
	Tell(w io.Writer)
}

// Call is one run of a command.
type Call struct {
	Env   module.Env
	Words []string // the words of the command line that are not flags
}

// Spec is a command before it is one.
type Spec struct {
	Name, Usage, Short string
	Words              int // how many words it takes beside its flags
	Flags              func(f *flag.FlagSet) func(c *Call) (Answer, error)
}

// Read decodes the file of that name into v, standard input for "-".
func (c *Call) Read(name string, v any) error { return Read(name, c.Env.In, v) }

// Read decodes the file of that name into v, in for "-".
func Read(name string, in io.Reader, v any) error {
	if name == "-" && in != nil {
		return In(name, strictjson.Read(in, strictjson.Most, v))
	}
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("%s cannot be opened: %s", name, errs.Plain(err))
	}
	defer f.Close()
	return In(name, strictjson.Read(f, strictjson.Most, v))
}

// In names the file, or standard input, that err is about; nil stays nil.
func In(name string, err error) error {
	switch {
	case err == nil:
		return nil
	case name == "-":
		name = "standard input"
	}
	var p *os.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("%s cannot be read: %s", name, errs.Plain(err))
	}
	return fmt.Errorf("%s: %w", name, err)
}

// Command is the command that s describes.
func (s Spec) Command() module.Command {
	return module.Command{Name: s.Name, Usage: s.Usage, Short: s.Short, Run: s.run, AtOnce: true}
}

func (s Spec) run(_ context.Context, env module.Env, args []string) int {
	f := flag.NewFlagSet(s.Name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	asJSON := f.Bool("json", false, "print JSON")
	act := s.Flags(f)
	words, err := flagwords.Parse(f, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(env.Out, "alongside %s %s\n%s\n\n", s.Name, s.Usage, s.Short)
		flagwords.Help(env.Out, f)
		return 0
	case err != nil:
		return s.wrongUse(env, err.Error())
	case len(words) < s.Words:
		return s.wrongUse(env, "a word is missing")
	case len(words) > s.Words:
		return s.wrongUse(env, fmt.Sprintf("%q is a word too many", words[s.Words]))
	}
	a, err := act(&Call{Env: env, Words: words})
	if err == nil {
		err = errs.Written(write(env.Out, a, *asJSON))
	}
	if err != nil {
		fmt.Fprintf(env.Err, "alongside %s: %s\n", s.Name, err)
		return 1
	}
	return 0
}

func (s Spec) wrongUse(env module.Env, why string) int {
	fmt.Fprintf(env.Err, "alongside %s: %s\nuse: alongside %s\n", s.Name, why, strings.TrimSpace(s.Name+" "+s.Usage))
	return 2
}

func write(w io.Writer, a Answer, asJSON bool) error {
	if !asJSON {
		a.Tell(w)
		return nil
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(a)
}
