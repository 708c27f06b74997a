// Package cli is the program as its users type it: it finds the command, reads
// its flags, says what went wrong in words, and turns an error into an exit
// code. What a command does lives with the domain that it belongs to; app puts
// them together.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"alongside/platform/errs"
	"alongside/platform/guess"
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
	if len(args) > 1 && args[0] == "help" {
		args = append(slices.Clone(args[1:]), "--help")
	}
	if len(args) == 0 || isHelp(args[0]) {
		Help(env, commands)
		return Done
	}
	if c, rest, ok := find(commands, args); ok {
		return heard(ctx, env, c, rest)
	}
	return lost(env, commands, args)
}

// AtOnce tells whether the command that args name holds nothing that must be put
// away when a signal comes. Words that name none, and help, hold nothing.
func AtOnce(commands []module.Command, args []string) bool {
	c, _, ok := find(commands, args)
	return !ok || c.AtOnce
}

func isHelp(s string) bool { return s == "help" || s == "-h" || s == "-help" || s == "--help" }

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

// lost answers words that name no command: with the commands that begin with
// them, or with the one that was perhaps meant.
func lost(env module.Env, commands []module.Command, args []string) int {
	var begin []module.Command
	var names []string
	for _, c := range commands {
		names = append(names, c.Name)
		if strings.HasPrefix(c.Name, args[0]+" ") {
			begin = append(begin, c)
		}
	}
	if len(begin) == 0 {
		fmt.Fprintf(env.Err, "alongside: there is no command %q%s\n", args[0], guess.Hint(args[0], names, "`alongside help` lists them"))
		return WrongUse
	}
	if len(args) > 1 && isHelp(args[1]) {
		list(env.Out, begin)
		return Done
	}
	said := "say what to do"
	if len(args) > 1 {
		said = fmt.Sprintf("there is no %q; there is", args[0]+" "+args[1])
	}
	fmt.Fprintf(env.Err, "alongside %s: %s:\n", args[0], said)
	list(env.Err, begin)
	return WrongUse
}

// Help lists the commands.
func Help(env module.Env, commands []module.Command) {
	fmt.Fprint(env.Out, "Alongside: peer support in recovery, as one program.\n\n")
	list(env.Out, commands)
	fmt.Fprint(env.Out, "\n`alongside COMMAND --help` tells of one.\n")
}

// list tells of commands, a line each, or two where one would be too long.
func list(w io.Writer, commands []module.Command) {
	for _, c := range commands {
		begin := strings.TrimSpace(c.Name + " " + c.Usage)
		if utf8.RuneCountInString(begin) > 42 {
			fmt.Fprintf(w, "  alongside %s\n", begin)
			begin = ""
			fmt.Fprintf(w, "  %-52s %s\n", begin, c.Short)
			continue
		}
		fmt.Fprintf(w, "  alongside %-42s %s\n", begin, c.Short)
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

// Say is an error in words for a person at a terminal: its own, or those of its
// kind, or what the machine said. Not here and not for you are one sentence.
func Say(words *i18n.Words, err error) string {
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind == errs.Internal || e.Kind == errs.Invalid && e.Say == "" {
		return told(err) // a file that is refused names its line in words of its own
	}
	say := ofKind(e.Kind)
	if words != nil && e.Say != "" && words.Has(e.Say) {
		say = words.T(e.Say, pairs(e.Args)...)
	}
	if e.Place != "" {
		say = e.Place + ": " + say
	}
	if machine, ok := errs.Machine(err); ok && e.Kind == errs.Unavailable {
		say += " (" + machine + ")"
	}
	return say
}

func pairs(args map[string]any) []any {
	kv := make([]any, 0, 2*len(args))
	for k, v := range args {
		kv = append(kv, k, v)
	}
	return kv
}

// told is an error without words: what the machine said, or its trail, which
// holds operations and ids and nothing personal.
func told(err error) string {
	if say, ok := errs.Machine(err); ok {
		return say
	}
	return err.Error()
}

func ofKind(k errs.Kind) string {
	return map[errs.Kind]string{
		errs.NotFound:    "that is not here, or not for you",
		errs.Denied:      "that is not here, or not for you",
		errs.Invalid:     "this could not be read",
		errs.Conflict:    "it has changed meanwhile: look how it stands now, and try again",
		errs.TooMany:     "that was a lot at once: wait a minute, and try again",
		errs.Unavailable: "it cannot be done right now: wait a moment, and try again",
	}[k]
}
