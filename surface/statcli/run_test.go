package statcli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/platform/stat/stattest"
	"alongside/surface/statcli"
)

// ran is one run of `alongside stats`.
type ran struct {
	code      int
	out, errw string
}

func run(in string, args ...string) ran { return runFrom(strings.NewReader(in), args...) }

func runFrom(in io.Reader, args ...string) ran {
	var out, errw bytes.Buffer
	code := statcli.Run(context.Background(), in, &out, &errw, args)
	return ran{code, out.String(), errw.String()}
}

// stats runs a command line whose words ending in .csv are data sets.
func stats(line string) ran {
	args := strings.Fields(line)
	for i, a := range args {
		if strings.HasSuffix(a, ".csv") {
			args[i] = stattest.Path(a)
		}
	}
	return run("", args...)
}

// at finds groups.0.median.lower in an answer.
func at(t *testing.T, answer any, path string) any {
	t.Helper()
	for _, key := range strings.Split(path, ".") {
		switch v := answer.(type) {
		case map[string]any:
			next, ok := v[key]
			if !ok {
				t.Fatalf("%s: there is no %s", path, key)
			}
			answer = next
		case []any:
			answer = v[int(key[0]-'0')]
		}
	}
	return answer
}

func TestRefusesInWordsWithThePlace(t *testing.T) {
	km := []string{"km", "--time", "t", "--event", "e"}
	cox := []string{"cox", "--time", "t", "--event", "e", "--covariates", "x"}
	for _, c := range []struct {
		file string
		args []string
		want string
	}{
		{"", km, "line 1: the file is empty"},
		{"t,e\n", km, "no rows"},
		{"t,x\n1,1\n", km, `line 1, column "e": there is no such column`},
		{"t,e\n1,1\n,0\n", km, `line 3, column "t": the cell is missing`},
		{"t,e\n1,1\n-2,0\n", km, `line 3, column "t": a time below 0`},
		{"t,e\n1,1\nlong,0\n", km, `line 3, column "t": text where a number`},
		{"t,e\n1,0\n2,1\n3,2\n", km, "several kinds of event"},
		{"t,e,x\n1,0,1\n2,0,2\n3,0,1\n", cox, "nobody had the event"},
		{"t,e,x\n1,1,4\n2,1,3\n3,1,2\n4,1,1\n", cox, "separates"},
		{"t,e,x\n1,1,4\n2,1,4\n", cox, "column x is the same for everybody"},
		{"t,e,x\n1,1,a\n2,1,b\n", append(cox, "--reference", "x=c"), "is not one of its levels"},
		{"t,e,x\n1,1,1\n2,1,old\n", cox, `line 3, column "x": text among numbers`},
		{"t,e,g\n1,1,a\n2,0,a\n", []string{"logrank", "--time", "t", "--event", "e", "--by", "g"}, "two groups or more"},
		{"t,e\n1,1\n2,0\n", []string{"rmst", "--time", "t", "--event", "e", "--tau", "3"}, "beyond the longest time"},
		{"t,e\n1,0\n2,0\n", []string{"cuminc", "--time", "t", "--event", "e"}, "nobody had an event"},
		{"a,b\n1,1\n1,1\n", []string{"ttest", "--paired", "--a", "a", "--b", "b"}, "no scale to test on"},
		{"a,b\n1,1\n", []string{"wilcoxon", "--a", "a", "--b", "b"}, "no pair differs"},
		{"y,x\n1,1\n2,2\n", []string{"lm", "--outcome", "y", "--fixed", "x"}, "too few"},
		{"y,x,s\n1,1,a\n2,2,b\n4,3,c\n", []string{"mixed", "--outcome", "y", "--fixed", "x", "--subject", "s"}, "too few"},
		{"y,g,p\n1,1,0\n2,1,1\n4,0,0\n", []string{"did", "--outcome", "y", "--group", "g", "--period", "p"}, "both groups need rows"},
		{"p\n1.5\n", []string{"bh", "--p", "p", "-"}, `line 2, column "p": a value outside 0 to 1`},
		{"", []string{"wilson", "--x", "5", "--n", "3"}, "between 0 and n"},
		{"", []string{"mcnemar", "--b", "0", "--c", "0"}, "nobody changed"},
		{"", []string{"mcnemar", "--b", "4000000000", "--c", "1"}, "a count above"},
		{"", []string{"newcombe", "--x1", "1", "--n1", "4000000000", "--x2", "1", "--n2", "2"}, "a count above"},
		{"y,x\n1e308,1\n-1e308,2\n1e308,4\n5,6\n", []string{"lm", "--outcome", "y", "--fixed", "x"}, `line 2, column "y": a number too large to reckon with`},
		{"t,e\n1,1\n\"1,000\",0\n", km, `line 3, column "t": a number with a comma`},
		{"t,e\n1,1\n\"1,000,000\",0\n", km, `line 3, column "t": a number with a comma`},
		{"t,e\n1,1\nInf,0\n", km, `line 3, column "t": text where a number`},
		{"t,e\n1,1\n0x10,0\n", km, `line 3, column "t": text where a number`},
		{"t,e\n1,1\n1e400,0\n", km, `line 3, column "t": a number too large`},
		{"t,e\n1,1\nNaN,0\n", km, `line 3, column "t": the cell is missing`},
		{"t,e\n1,1\n2\n", km, "line 3: 1 cells where the header has 2"},
		{"t,t,e\n1,1,1\n", km, "names this column twice"},
		{"t,e\r1,1\r", km, "carriage returns alone"},
		{"\xff\xfet\x00,\x00e\x00\n\x00", km, "not text in UTF-8"},
		{"\xef\xbb\xbf", km, "line 1: the file is empty"},
		{"", []string{"rci", "--sd", "0", "--r", ".9", "--before", "1", "--after", "2"}, "above 0"},
		{"", []string{"km", "--time", "t", "--event", "e", "/no/such/file.csv"}, "cannot be read"},
	} {
		got := run(c.file, c.args...)
		if got.code != 1 || !strings.Contains(got.errw, c.want) || got.out != "" {
			t.Errorf("%v: exit %d, out %q, %s", c.args, got.code, got.out, got.errw)
		}
	}
}

// A model that names a column twice, or the outcome among what explains it, is
// refused: it would be fitted without that column and nobody would see.
func TestAModelNamesEachColumnOnce(t *testing.T) {
	file := "y,x,g,t,e\n1,3,a,5,1\n2,1,b,6,0\n4,2,a,7,1\n3,5,b,8,1\n6,4,a,9,1\n"
	for line, want := range map[string]string{
		"lm --outcome y --fixed g,g":                     `"g" is named twice`,
		"lm --outcome y --fixed x --fixed x":             `"x" is named twice`,
		"lm --outcome y --fixed x,y":                     `column "y" is named by --outcome`,
		"lm --outcome y --fixed x:y":                     `column "y" is named by --outcome`,
		"lm --outcome y --fixed x --factor g":            `--factor names column "g"`,
		"cox --time t --event e --covariates x,t":        `column "t" is named by --time`,
		"mixed --outcome y --fixed x,g --subject g":      `column "g" is named by --subject`,
		"lm --outcome y --fixed x*g,x":                   "",
		"mixed --outcome y --fixed x --subject g --help": "",
	} {
		got := run(file, strings.Fields(line)...)
		if want == "" {
			if got.code == 2 {
				t.Errorf("%s: %s", line, got.errw)
			}
			continue
		}
		if got.code != 2 || !strings.Contains(got.errw, want) || got.out != "" {
			t.Errorf("%s: exit %d, %q %s", line, got.code, got.out, got.errw)
		}
	}
}

// A column with a name in each row would be a thousand columns of a regression.
func TestAFactorWithALevelForEachRow(t *testing.T) {
	var file strings.Builder
	file.WriteString("y,a,b\n")
	for i := range 40 {
		fmt.Fprintf(&file, "%d,a%d,b%d\n", i*i%7, i, i%20)
	}
	for _, fixed := range []string{"a:b", "a,b", "a:b:a:b:a:b:a:b:a:b:a:b:a:b"} {
		got := run(file.String(), "lm", "--outcome", "y", "--fixed", fixed)
		if got.code != 1 || !strings.Contains(got.errw, "has too many different values: 40 rows are too few") {
			t.Errorf("%s: exit %d, %s", fixed, got.code, got.errw)
		}
	}
	if got := run("y,a\n1,2\n3,4\n5,7\n", "lm", "--outcome", "y", "--fixed", "a:"); got.code != 1 || !strings.Contains(got.errw, `"a:" is not a column`) {
		t.Errorf("exit %d, %s", got.code, got.errw)
	}
}

func TestWrongUseIsExitTwo(t *testing.T) {
	for _, line := range []string{
		"", "kaplan", "km --time t aml.csv", "km --time t --event e --conf wide aml.csv", "km --nonsense", "wilson --x one --n 2",
		"wilson --x 1 --n 2 more", "cox --time t --event e aml.csv", "cox --time t --event e --covariates a --ties exact aml.csv",
		"km --json --plot --time t --event e", "wilson --x 1 --n 2 --level 95", "km --time t --event e --at 1,x", "km --time t --event", "km --time t --event e a.csv b.csv", "lm --outcome y x.csv", "bh --p", "mcnemar --b 1",
		"km --time t --event t a.csv", "km --time t --event e --by t a.csv", "ttest --a x --b x a.csv", "ttest --value v --by v a.csv",
		"ttest --a x --b y --value v --by g a.csv", "ttest --value v --by g --subject s a.csv", "rci --sd 1 --r .9 --before x --after x a.csv",
		"rci --sd 1 --r .9 --before 1 --after x", "did --outcome y --group g --period g a.csv", "mixed --outcome y --fixed x --subject y a.csv",
		"mixed --outcome y --fixed x --subject s --slope y a.csv", "bh --p 0.1,x", "rmst --time t --event e --tau Inf a.csv",
		"km --time t --event e --at NaN a.csv", "km --time t --event e --plot curve.png a.csv", "wilson --x 1 --n 2 --level NaN",
		"cox --time t --event e --covariates a --reference a=1 --reference a=2 a.csv",
		"cox --time t --event e --covariates a --reference b aml.csv", "ttest --paired --value v --by g x.csv", "wilcoxon --paired=false --a x --b y",
	} {
		if got := run("", strings.Fields(line)...); got.code != 2 || got.errw == "" {
			t.Errorf("%q: exit %d, %s", line, got.code, got.errw)
		}
	}
	for _, line := range []string{"help", "--help", "km --help"} {
		if got := run("", strings.Fields(line)...); got.code != 0 || !strings.Contains(got.out, "alongside stats km") {
			t.Errorf("%q: exit %d, %s", line, got.code, got.out)
		}
	}
}

func TestPictures(t *testing.T) {
	if got := stats("km --plot --time time --event status --by x aml.csv"); got.code != 0 || !strings.Contains(got.out, "still") {
		t.Errorf("terminal: %+v", got)
	}
	if got := stats("km --plot svg --time time --event status --by x aml.csv"); got.code != 0 || !strings.HasPrefix(got.out, "<svg") || !strings.HasSuffix(got.out, "</svg>\n") {
		t.Errorf("svg: %+v", got)
	}
	file := filepath.Join(t.TempDir(), "curve.svg")
	got := run("", "cuminc", "--time", "time", "--event", "event", "--json", "--plot", file, stattest.Path("mgus2.csv"))
	b, err := os.ReadFile(file)
	if err != nil || got.code != 0 || !bytes.HasPrefix(b, []byte("<svg")) || !json.Valid([]byte(got.out)) {
		t.Errorf("file: %v %d %s", err, got.code, got.errw)
	}
}

// A name that holds an escape sequence reaches neither terminal nor picture.
func TestNamesCannotCommandATerminal(t *testing.T) {
	file := "t,e,g\n1,1,\x1b[31mred\n2,0,\x1b[31mred\n"
	for _, more := range [][]string{nil, {"--plot"}, {"--plot", "svg"}, {"--json"}} {
		got := run(file, append([]string{"km", "--time", "t", "--event", "e", "--by", "g"}, more...)...)
		if got.code != 0 || strings.Contains(got.out, "\x1b") || !strings.Contains(got.out, "[31mred") {
			t.Errorf("%v: exit %d, %q", more, got.code, got.out)
		}
	}
	if got := run("\x1bt,e\n1,1\n", "km", "--time", "t", "--event", "e"); strings.Contains(got.errw, "\x1b") {
		t.Errorf("%q", got.errw)
	}
}

func TestStopsWhenToldTo(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var out, errw bytes.Buffer
	code := statcli.Run(ctx, strings.NewReader("t,e\n1,1\n"), &out, &errw, []string{"km", "--time", "t", "--event", "e"})
	if code != 1 || out.Len() > 0 {
		t.Errorf("exit %d, %s", code, out.String())
	}
}
