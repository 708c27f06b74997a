package statcli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"alongside/platform/errs"
	"alongside/platform/flagwords"
	"alongside/platform/guess"
	"alongside/platform/stat"
	"alongside/platform/stat/table"
)

// Exit codes.
const (
	done     = 0
	refused  = 1
	wrongUse = 2
)

// result is what a command found: it marshals as JSON and can be told in words.
type result interface {
	words(p *page)
}

// action does the work of a command once its flags are read.
type action func(c *call) (result, error)

// command is one word after `alongside stats`.
type command struct {
	name, usage, short string
	reads              bool // takes a file
	level              bool // gives intervals, so that --level means something
	set                func(f *flag.FlagSet) action
}

// use is an error of whoever typed the command.
type use string

func (u use) Error() string { return string(u) }

// call is one run of a command.
type call struct {
	ctx   context.Context
	in    io.Reader
	out   io.Writer
	errw  io.Writer
	file  string
	json  bool
	drop  bool
	comma bool
	level float64
	read  bool // a table was opened
}

// Run runs the command that args name (the words after `alongside stats`) and
// returns the exit code: 0 done, 1 refused with words on errw, 2 wrong use.
// Without a file, or with -, the table is read from in.
func Run(ctx context.Context, in io.Reader, out, errw io.Writer, args []string) int {
	if len(args) == 0 {
		help(errw)
		return wrongUse
	}
	if isHelp(args[0]) && len(args) > 1 {
		args = []string{args[1], "--help"}
	}
	if isHelp(args[0]) {
		help(out)
		return done
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(&call{ctx: ctx, in: in, out: out, errw: errw}, args[1:])
		}
	}
	fmt.Fprintf(errw, "alongside stats: there is no %q%s\n", args[0], guess.Hint(args[0], names(), "`alongside stats help` lists what there is"))
	return wrongUse
}

func names() []string {
	var out []string
	for _, c := range commands() {
		out = append(out, c.name)
	}
	return out
}

func isHelp(s string) bool { return s == "help" || s == "-h" || s == "--help" || s == "-help" }

func help(w io.Writer) {
	fmt.Fprint(w, "Statistics on a CSV file with a header, as R computes them.\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  alongside stats %s\n      %s\n", strings.TrimSpace(c.name+" "+c.usage), c.short)
	}
	fmt.Fprint(w, "\nEvery command takes --json, those that give intervals --level 0.95, those with a\n"+
		"file --drop-missing and --comma (1,5 for one and a half); they read standard input when no file is named.\n"+
		"`alongside stats COMMAND --help` says what each flag means.\n")
}

func (c command) run(k *call, args []string) int {
	f := flag.NewFlagSet("alongside stats "+c.name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.BoolVar(&k.json, "json", false, "print JSON")
	level := number{value: stat.Level}
	if c.level {
		f.Var(&level, "level", "level of the intervals, between 0 and 1: `L`")
	}
	if c.reads {
		f.BoolVar(&k.drop, "drop-missing", false, "leave out rows with a missing cell, and say how many")
		f.BoolVar(&k.comma, "comma", false, "numbers of the file have a comma before decimals")
	}
	act := c.set(f)
	if len(args) == 1 && isHelp(args[0]) {
		args = []string{"--help"}
	}
	names, err := parse(f, args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(k.out, "alongside stats %s %s\n%s\n\n", c.name, c.usage, c.short)
		flagwords.Help(k.out, f)
		return done
	}
	if err == nil {
		err = c.takes(k, names)
	}
	k.level = level.value
	if said := stat.CheckLevel(k.level); err == nil && said != nil {
		err = use("--level: " + said.Error())
	}
	if err == nil {
		err = k.answer(act)
	}
	return c.code(k, err)
}

func (c command) takes(k *call, names []string) error {
	if !c.reads && len(names) > 0 || len(names) > 1 {
		return use("there is a word too many: " + names[len(names)-1])
	}
	if len(names) == 1 {
		k.file = names[0]
	}
	return nil
}

func (k *call) answer(act action) error {
	r, err := act(k)
	if err != nil {
		return err
	}
	if !k.read && (k.drop || k.comma || k.file != "") {
		return use("everything is on the command line, so no file is read: leave out its name, --drop-missing and --comma")
	}
	if k.json {
		return errs.Written(table.Write(k.out, r))
	}
	p := &page{level: k.level}
	r.words(p)
	_, err = io.WriteString(k.out, visible(p.String()))
	return errs.Written(err)
}

func (c command) code(k *call, err error) int {
	if err == nil {
		return done
	}
	fmt.Fprintf(k.errw, "alongside stats %s: %s\n", c.name, visible(err.Error()))
	var wrong use
	if errors.As(err, &wrong) {
		fmt.Fprintf(k.errw, "use: alongside stats %s\n", strings.TrimSpace(c.name+" "+c.usage))
		return wrongUse
	}
	return refused
}

// open returns the table that the call is about.
func (k *call) open() (*table.Reader, func(), error) {
	r, closing, err := k.opened()
	if err == nil && k.comma {
		r.DecimalComma()
	}
	return r, closing, err
}

func (k *call) opened() (*table.Reader, func(), error) {
	k.read = true
	if k.file == "" && typed(k.in) {
		return nil, nil, use("name a file; or - for a table that is typed here and ended with Ctrl-D")
	}
	if k.file == "" || k.file == "-" {
		r, err := table.Open(until{k.ctx, k.in})
		return r, func() {}, err
	}
	f, err := os.Open(k.file)
	if err != nil {
		return nil, nil, fmt.Errorf("%s cannot be read: %s", k.file, errs.Plain(err))
	}
	r, err := table.Open(until{k.ctx, f})
	if err != nil {
		f.Close()
		return nil, nil, unread(k.file, err)
	}
	return r, func() { f.Close() }, nil
}

// unread names the file where the system could not read it; what is wrong with
// its rows says where by itself.
func unread(file string, err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("%s cannot be read: %s", file, errs.Plain(err))
	}
	return err
}

// typed tells whether in is a terminal, where somebody would wait for an answer
// to a question that was never asked.
func typed(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	it, err := f.Stat()
	if err != nil || it.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	nothing, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(it, nothing)
}

// until stops reading when the context ends.
type until struct {
	ctx context.Context
	in  io.Reader
}

func (u until) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, errors.New("stopped")
	}
	return u.in.Read(p)
}
