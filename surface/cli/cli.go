// Package cli is the program as its users type it: it finds the command, reads
// its flags, says what went wrong in words, and turns an error into an exit
// code. What a command does lives with the domain that it belongs to; app puts
// them together.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/module"
)

// Exit codes.
const (
	Done     = 0
	Refused  = 1
	WrongUse = 2
)

// Run runs the command that args name and returns its exit code. Of several
// commands whose words begin args, the longest wins ("audit verify").
func Run(ctx context.Context, env module.Env, commands []module.Command, args []string) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		Help(env, commands)
		return Done
	}
	c, rest, ok := find(commands, args)
	if !ok {
		fmt.Fprintf(env.Err, "alongside: there is no command %q; `alongside help` lists them\n", args[0])
		return WrongUse
	}
	return c.Run(ctx, env, rest)
}

func find(commands []module.Command, args []string) (module.Command, []string, bool) {
	var best module.Command
	words := 0
	for _, c := range commands {
		name := strings.Fields(c.Name)
		if len(name) > words && len(args) >= len(name) && strings.Join(args[:len(name)], " ") == c.Name {
			best, words = c, len(name)
		}
	}
	return best, args[words:], words > 0
}

// Help lists the commands.
func Help(env module.Env, commands []module.Command) {
	fmt.Fprint(env.Out, "Alongside: peer support in recovery, as one program.\n\n")
	for _, c := range commands {
		fmt.Fprintf(env.Out, "  alongside %-42s %s\n", strings.TrimSpace(c.Name+" "+c.Usage), c.Short)
	}
}

// Flags returns a flag set that prints its words to the command's own error
// stream.
func Flags(env module.Env, c string) *flag.FlagSet {
	f := flag.NewFlagSet("alongside "+c, flag.ContinueOnError)
	f.SetOutput(env.Err)
	return f
}

// Parse reads flags that may stand before or after the other words, and returns
// those. ok is false when the use was wrong; what was wrong is already said.
func Parse(f *flag.FlagSet, args []string) (words []string, ok bool) {
	for {
		if err := f.Parse(args); err != nil {
			return nil, false
		}
		if f.NArg() == 0 {
			return words, true
		}
		words = append(words, f.Arg(0))
		args = f.Args()[1:]
	}
}

// Answer turns an error into words and an exit code.
func Answer(env module.Env, words *i18n.Words, command string, err error) int {
	if err == nil {
		return Done
	}
	fmt.Fprintf(env.Err, "alongside %s: %s\n", command, Say(words, err))
	return Refused
}

// Say is an error in words for a person at a terminal. What has no words of its
// own is told by its trail, which holds operations and ids and nothing personal.
func Say(words *i18n.Words, err error) string {
	var e *errs.Error
	if words == nil || !errors.As(err, &e) || e.Say == "" || !words.Has(e.Say) {
		return err.Error()
	}
	kv := make([]any, 0, 2*len(e.Args))
	for k, v := range e.Args {
		kv = append(kv, k, v)
	}
	say := words.T(e.Say, kv...)
	if e.Place != "" {
		return e.Place + ": " + say
	}
	return say
}
