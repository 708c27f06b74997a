package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"sync"

	"alongside/platform/errs"
	"alongside/platform/flagwords"
	"alongside/platform/module"
)

// ears stand between a command and its standard error. They know whether
// anything was said, so that no wrong use ends without a word, and whether help
// was asked for, after which nothing else is.
type ears struct {
	to, out io.Writer
	command module.Command

	mu     sync.Mutex
	said   bool     // anything at all
	used   bool     // how the command is used
	helped bool     // help was asked for and given
	words  []string // those that were not flags
}

// mouth stands between a command and its standard output. It remembers what
// could not be written, so that a full disk is not taken for an answer.
type mouth struct {
	to io.Writer

	mu    sync.Mutex
	wrong error
}

// Write passes on what the command answers.
func (m *mouth) Write(p []byte) (int, error) {
	n, err := m.to.Write(p)
	if err != nil {
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.wrong == nil {
			m.wrong = err
		}
	}
	return n, err
}

func (m *mouth) err() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.wrong
}

// heard runs a command and says what the command itself did not.
func heard(ctx context.Context, env module.Env, c module.Command, args []string) int {
	m := &mouth{to: env.Out}
	e := &ears{to: env.Err, out: m, command: c}
	env.Err, env.Out = e, m
	code := c.Run(ctx, env, args)
	if err := m.err(); err != nil && (code == Done || e.helped) {
		e.helped = false
		fmt.Fprintf(e, "alongside %s: %s\n", c.Name, errs.Written(err))
		return Refused
	}
	if e.helped {
		return Done
	}
	if code == WrongUse {
		e.wrongUse()
	}
	return code
}

func (e *ears) wrongUse() {
	if !e.said && len(e.words) > 0 {
		fmt.Fprintf(e, "alongside %s: %q is a word too many, or none that it knows\n", e.command.Name, e.words[len(e.words)-1])
	} else if !e.said {
		fmt.Fprintf(e, "alongside %s: a word is missing\n", e.command.Name)
	}
	if !e.used {
		fmt.Fprintf(e, "use: alongside %s\n", e.usage())
	}
}

func (e *ears) usage() string { return strings.TrimSpace(e.command.Name + " " + e.command.Usage) }

// Write passes on what the command says.
func (e *ears) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.helped {
		return len(p), nil
	}
	e.said = true
	e.used = e.used || strings.Contains(string(p), "use: alongside")
	return e.to.Write(p)
}

// help tells of the command and its flags on standard output.
func (e *ears) help(f *flag.FlagSet) {
	fmt.Fprintf(e.out, "alongside %s\n%s\n\n", e.usage(), e.command.Short)
	flagwords.Help(e.out, f)
	e.helped = true
}

// Flags returns a flag set that Parse reads.
func Flags(env module.Env, c string) *flag.FlagSet {
	f := flag.NewFlagSet(c, flag.ContinueOnError)
	f.SetOutput(env.Err)
	return f
}

// Parse reads flags that may stand before or after the other words, and returns
// those. ok is false when the use was wrong, which is then said, or when help
// was asked for, which is then given.
func Parse(f *flag.FlagSet, args []string) (words []string, ok bool) {
	words, err := flagwords.Parse(f, args)
	e, listening := f.Output().(*ears)
	switch {
	case err == nil:
		if listening {
			e.words = words
		}
		return words, true
	case listening && errors.Is(err, flag.ErrHelp):
		e.help(f)
	default:
		fmt.Fprintf(f.Output(), "alongside %s: %s\n", f.Name(), err)
	}
	return nil, false
}
