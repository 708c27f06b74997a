package filecmd

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/platform/module"
)

type double struct {
	N int `json:"n"`
}

func (d double) Tell(w io.Writer) { fmt.Fprintf(w, "twice is %d\n", d.N) }

func spec() Spec {
	return Spec{
		Name: "double", Usage: "FILE [--plus N] [--json]", Short: "twice a number", Words: 1,
		Flags: func(f *flag.FlagSet) func(c *Call) (Answer, error) {
			plus := f.Int("plus", 0, "")
			return func(c *Call) (Answer, error) {
				var d double
				err := c.Read(c.Words[0], &d)
				return double{N: 2*d.N + *plus}, err
			}
		},
	}
}

func run(t *testing.T, in string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = spec().Command().Run(t.Context(), module.Env{In: strings.NewReader(in), Out: &o, Err: &e}, args)
	return code, o.String(), e.String()
}

func TestCommand(t *testing.T) {
	file := filepath.Join(t.TempDir(), "n.json")
	if err := os.WriteFile(file, []byte(`{"n":4}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		in, args  string
		code      int
		out, errs string
	}{
		{"", file, 0, "twice is 8\n", ""},
		{"", file + " --json", 0, "{\"n\":8}\n", ""},
		{`{"n":3}`, "--json - --plus 1", 0, "{\"n\":7}\n", ""},
		{`{"n":"x"}`, "-", 1, "", "alongside double: standard input: /n: a number is expected, not a text\n"},
		{"", "nowhere.json", 1, "", "alongside double: nowhere.json cannot be opened: there is no such file or folder\n"},
		{"", t.TempDir(), 1, "", "cannot be read: it is a folder, not a file"},
		{"", "", 2, "", "a word is missing"},
		{"", "a b", 2, "", `"b" is a word too many`},
		{"", "a --loud", 2, "", "there is no flag --loud"},
		{"", "a --plus x", 2, "", "plus"},
		{"", "--help", 0, "alongside double FILE [--plus N] [--json]\ntwice a number\n\n  --json             print JSON\n", ""},
	} {
		code, out, errs := run(t, row.in, strings.Fields(row.args)...)
		if code != row.code || out != row.out || !strings.Contains(errs, row.errs) || (row.errs == "") != (errs == "") {
			t.Errorf("%s: %d %q %q", row.args, code, out, errs)
		}
	}
}
