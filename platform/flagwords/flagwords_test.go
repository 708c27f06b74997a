package flagwords_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"strings"
	"testing"

	"alongside/platform/flagwords"
)

func flags() *flag.FlagSet {
	f := flag.NewFlagSet("x", flag.ContinueOnError)
	f.Bool("json", false, "print JSON")
	f.Int("weeks", 200, "weeks to play")
	f.Uint64("seed", 0, "plays the same again")
	f.Float64("share", 0, "a share")
	f.Func("at", "a time", func(s string) error {
		if s != "now" {
			return fmt.Errorf("%q is not now", s)
		}
		return nil
	})
	return f
}

func TestWhatIsWrongIsSaidInWords(t *testing.T) {
	for line, want := range map[string]string{
		"--jsn":                        "there is no flag --jsn; did you mean --json?",
		"--zzzzzz":                     "there is no flag --zzzzzz",
		"--weeks":                      "a value is missing after --weeks",
		"--weeks x":                    `--weeks: "x" is not a whole number`,
		"--weeks 1e99":                 `--weeks: "1e99" is not a whole number`,
		"--weeks 99999999999999999999": `--weeks: "99999999999999999999" is not a whole number`,
		"--seed -1":                    `--seed: "-1" is not a whole number, 0 or more`,
		"--share x":                    `--share: "x" is not a number`,
		"--json=maybe":                 "--json: stands alone, or is true or false",
		"--at later":                   `--at: "later" is not now`,
	} {
		var out bytes.Buffer
		f := flags()
		f.SetOutput(&out)
		_, err := flagwords.Parse(f, strings.Fields(line))
		if err == nil || err.Error() != want || out.Len() > 0 {
			t.Errorf("%s: %v, want %s; printed %q", line, err, want, out.String())
		}
	}
}

func TestFlagsStandAnywhere(t *testing.T) {
	f := flags()
	words, err := flagwords.Parse(f, strings.Fields("one --weeks 3 - --json two"))
	if err != nil || strings.Join(words, " ") != "one - two" || f.Lookup("weeks").Value.String() != "3" {
		t.Errorf("%q %v", words, err)
	}
	if _, err := flagwords.Parse(flags(), []string{"--help"}); !errors.Is(err, flag.ErrHelp) {
		t.Error(err)
	}
}

func TestHelpListsTheFlags(t *testing.T) {
	var out bytes.Buffer
	flagwords.Help(&out, flags())
	for _, want := range []string{"--json             print JSON\n", "--weeks N          weeks to play (200 unless you say otherwise)\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q does not hold %q", out.String(), want)
		}
	}
}
