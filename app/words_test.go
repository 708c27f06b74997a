package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"alongside/platform/module"
	"alongside/surface/cli"
)

// goisms are words of Go, of its libraries and of the system that no person
// should read.
func goisms() []string {
	return []string{
		"strconv", "open /", "invalid syntax", "EOF", "unexpected end", "no such host", "%!", "no such file", "is a directory",
		"not a directory", "parse error", "provided but not defined", "dial tcp", "connection refused", "listen tcp", "mkdir ",
		"json:", "Go value", "invalid character", "<nil>", "sql:", "panic", "not-found", "goroutine", "Usage of", "cannot unmarshal", "missing port",
	}
}

// whole is a command line that lacks nothing, made of how the command says it is
// used: a data folder in the place of DIR, a file in the place of FILE.
func whole(c module.Command) string {
	usage := regexp.MustCompile(`\[[^\]]*\]|<.*|…`).ReplaceAllString(c.Usage, "")
	line := []string{c.Name}
	for _, word := range strings.Fields(usage) {
		parts := strings.Split(word, "|")
		word = parts[len(parts)-1]
		if value, ok := map[string]string{
			"DIR": "DIR", "FILE": "FILE", "URL": "FILE", "NAME": "O", "EMAIL": "a@example.org", "E": "a@example.org", "R": "peer", "K": "provider", "N": "1",
		}[word]; ok {
			word = value
		}
		line = append(line, word)
	}
	return strings.Join(append(line, map[string]string{
		"consent check": "--recipient y --purpose TREAT", "serve": "--addr 127.0.0.1:0",
	}[c.Name]), " ")
}

type said struct {
	code      int
	out, errw string
}

func typed(t *testing.T, args ...string) said {
	t.Helper()
	var out, errw bytes.Buffer
	code := Main(t.Context(), module.Env{In: strings.NewReader(""), Out: &out, Err: &errw}, args)
	return said{code, out.String(), errw.String()}
}

func inWords(t *testing.T, what string, got said, code int) {
	t.Helper()
	if got.code != code || strings.TrimSpace(got.errw) == "" || got.out != "" {
		t.Errorf("%s: exit %d, want %d with words on standard error alone: %q %q", what, got.code, code, got.out, got.errw)
	}
	for _, word := range goisms() {
		if strings.Contains(got.errw, word) {
			t.Errorf("%s: says %q: %s", what, word, got.errw)
		}
	}
}

// Every command is asked wrongly in every usual way.
func TestNoCommandIsLostForWords(t *testing.T) {
	for _, c := range commands() {
		name := strings.Fields(c.Name)
		inWords(t, c.Name+" --zzz", typed(t, append(slices.Clone(name), "--zzz")...), cli.WrongUse)
		inWords(t, c.Name+" with words too many", typed(t, append(slices.Clone(name), "one", "two", "three")...), cli.WrongUse)
		if line := whole(c); strings.TrimSpace(line) != c.Name {
			inWords(t, c.Name+" alone", typed(t, name...), cli.WrongUse)
		}
		if got := typed(t, append(slices.Clone(name), "--help")...); got.code != 0 || !strings.Contains(got.out, "alongside "+c.Name) || got.errw != "" {
			t.Errorf("%s --help: exit %d, %q %q", c.Name, got.code, got.out, got.errw)
		}
	}
}

// A data folder that is none: not there, a file, below a file, somebody else's.
func TestAFolderThatIsNoneIsSaid(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	other := filepath.Join(dir, "other")
	if err := os.WriteFile(file, []byte("hi"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(other, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, c := range commands() {
		line := whole(c)
		if !strings.Contains(line, "DIR") {
			continue
		}
		asked++
		for _, data := range []string{filepath.Join(dir, "none"), file, filepath.Join(file, "x"), other} {
			if c.Name == "init" && (data == other || data == filepath.Join(dir, "none")) {
				continue // it makes one there
			}
			args := strings.Fields(strings.NewReplacer("DIR", data, "FILE", file).Replace(line))
			inWords(t, c.Name+" of "+data, typed(t, args...), cli.Refused)
		}
		short := strings.Fields(strings.Replace(line, "--data DIR", "", 1))
		inWords(t, c.Name+" without --data", typed(t, short...), cli.WrongUse)
	}
	if asked < 20 {
		t.Errorf("only %d commands were asked about a data folder", asked)
	}
}

func TestWordsThatNameNoCommand(t *testing.T) {
	for line, want := range map[string]string{
		"goals":      "alongside goals: say what to do:\n  alongside goals score FILE.json",
		"audit":      "alongside audit verify",
		"goals scor": "alongside goals: there is no \"goals scor\"; there is:\n  alongside goals score FILE.json",
		"handofs":    `there is no command "handofs"; did you mean handoffs?`,
		"zzzzzz":     `there is no command "zzzzzz"; `,
	} {
		got := typed(t, strings.Fields(line)...)
		inWords(t, line, got, cli.WrongUse)
		if !strings.Contains(got.errw, want) {
			t.Errorf("%s: %s", line, got.errw)
		}
	}
	for _, line := range []string{"goals --help", "help goals", "help score", "help", "--help", ""} {
		if got := typed(t, strings.Fields(line)...); got.code != cli.Done || !strings.Contains(got.out, "alongside ") || got.errw != "" {
			t.Errorf("%s: exit %d, %q %q", line, got.code, got.out, got.errw)
		}
	}
}

// What stops a simulation stops it at once, and it says so.
func TestASimulationStopsWhenToldTo(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var out, errw bytes.Buffer
	code := Main(ctx, module.Env{In: strings.NewReader(""), Out: &out, Err: &errw}, strings.Fields("simulate handoffs --weeks 5000"))
	inWords(t, "simulate handoffs", said{code, out.String(), errw.String()}, cli.Refused)
}
