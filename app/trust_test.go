package app

import (
	"bytes"
	"strings"
	"testing"

	"alongside/platform/module"
)

// Wrong use is code 2 and a decision is code 0, whichever it is.
func TestExitCodesOfConsentCheck(t *testing.T) {
	dir := t.TempDir()
	run := func(args ...string) (int, string) {
		var out, errs bytes.Buffer
		code := Main(t.Context(), module.Env{In: strings.NewReader(""), Out: &out, Err: &errs}, args)
		return code, out.String()
	}
	if code, _ := run("init", "--data", dir, "--org", "Made-up Org", "--admin", "ada@made-up.example"); code != 0 {
		t.Fatal(code)
	}
	check := []string{"consent", "check", "--data", dir, "--org", "Made-up Org", "--person", "nobody", "--recipient", "nobody"}
	for _, c := range []struct {
		more []string
		code int
	}{
		{[]string{"--purpose", "TREAT"}, 0},
		{[]string{"--purpose", "TREAT", "--at", "2031-01-01T00:00:00+02:00", "--json"}, 0},
		{[]string{"--purpose", "treat"}, 2},
		{[]string{"--purpose", "TREAT", "--at", "2031-01-01"}, 2},
		{[]string{"--purpose", "TREAT", "--at", ""}, 0},
		{[]string{"--purpose", "TREAT", "word"}, 2},
		{[]string{"--purpose", "TREAT", "--hat", "x"}, 2},
		{nil, 2},
		{[]string{"--purpose", "TREAT", "--org", "Elsewhere"}, 1},
	} {
		if code, out := run(append(check, c.more...)...); code != c.code || (code != 0) != (out == "") {
			t.Errorf("%v: code %d, %q", c.more, code, out)
		}
	}
}
