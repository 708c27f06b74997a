package statcli_test

import (
	"strings"
	"testing"

	"alongside/platform/stat/stattest"
)

func TestHelpSaysNoDefaultThatIsNone(t *testing.T) {
	for _, name := range strings.Fields("cox lm mixed wilcoxon") {
		help := run("", name, "--help").out
		for _, bad := range []string{"(map", "(true", "(false", "( unless"} {
			if strings.Contains(help, bad) {
				t.Errorf("%s says %s:\n%s", name, bad, help)
			}
		}
	}
	said(t, run("", "cuminc", "--help").out, "0 for none and 1, 2 … for each kind")
	said(t, run("", "km", "--help").out, "column of events, 0 for none and 1\n")
}

// A count of a million people is no 1e+06.
func TestLargeNumbersAreToldInFull(t *testing.T) {
	var file strings.Builder
	file.WriteString("y,x,t,e,g\n")
	for i := range 2000 {
		file.WriteString([]string{"123456,1,100000,1,a\n", "123460,2,100001,1,b\n", "123459,3,99999.4,0,a\n"}[i%3])
	}
	got := run(file.String(), "logrank", "--time", "t", "--event", "e", "--by", "g")
	if strings.Contains(got.out, "e+") || got.code != 0 {
		t.Errorf("%d %s%s", got.code, got.out, got.errw)
	}
	said(t, run(file.String(), "km", "--time", "t", "--event", "e").out, "\n100000 ", "\n100001 ", "median 100000 ")
	said(t, run(file.String(), "lm", "--outcome", "y", "--fixed", "x").out, "123455")
	said(t, run("a,b\n1e15,1\n3e15,2\n7e15,4\n", "ttest", "--a", "a", "--b", "b").out, "3.6667e+15")
}

func TestIntervalsSayTheirLevel(t *testing.T) {
	lung := stattest.Path("lung.csv")
	for line, want := range map[string]string{
		"cox --time time --event status --covariates sex --level 0.9":               "90 % interval",
		"rmst --time time --event status --tau 100 --by sex":                        "95 % interval",
		"lm --outcome time --fixed age":                                             "95 % interval",
		"mixed --outcome time --fixed age --subject inst --level .8 --drop-missing": "80 % interval",
		"ttest --a age --b time":                                                    "(95 % interval -",
	} {
		got := run("", append(strings.Fields(line), lung)...)
		if got.code != 0 || !strings.Contains(got.out, want) {
			t.Errorf("%s: %s%s", line, got.out, got.errw)
		}
	}
}

// With rows left out, which p is which?
func TestAdjustedPsOfAFileNameTheirLine(t *testing.T) {
	file := "test,p\nfirst,0.01\nsecond,NA\nthird,0.2\n"
	a := answer(t, file, "bh", "--drop-missing")
	check(t, "line", at(t, a, "adjusted.1.line"), "4")
	said(t, run(file, "bh", "--drop-missing").out, "line     p  adjusted", "\n4 ", "Rows left out for a missing cell: 1.")
	if got := run("", "bh", "--p", "0.01,0.2", "--json"); strings.Contains(got.out, "line") {
		t.Errorf("p-values of no file have a line:\n%s", got.out)
	}
}

func TestRefusalsSayWhatToDo(t *testing.T) {
	alike := run("a,b\n1,2\n3,4\n5,6\n", "ttest", "--paired", "--a", "a", "--b", "b")
	said(t, alike.errw, "the differences of all pairs, are alike")
	for line, want := range map[string]string{
		"kmm":                        "there is no \"kmm\"; did you mean km? `alongside stats help` lists what there is\n",
		"zzzzz":                      "there is no \"zzzzz\"; `alongside stats help` lists what there is\n",
		"lm --outcome y --fixed c":   "column c is the same in every row, so it explains nothing",
		"km --time day --event y":    `line 2, column "day": a date where a number belongs; write the days from a start`,
		"km --time y --event day":    "an event is 0 (or FALSE) for none, 1 (or TRUE)",
		"lm --outcome y --fixed age": `the file has y, c, day, "age, years"`,
	} {
		got := run("y,c,day,\"age, years\"\n1,7,2026-01-02,30\n2,7,2026-01-05,31\n4,7,2026-01-09,35\n", strings.Fields(line)...)
		if got.code == 0 || !strings.Contains(got.errw, want) {
			t.Errorf("%s: %d %s", line, got.code, got.errw)
		}
	}
}

// As write.csv2 of R and a spreadsheet in many countries have it.
func TestCommasBeforeDecimals(t *testing.T) {
	points := "y,x,g\n1.5,2,a\n2.25,4.5,a\n7,1.5,b\n3.125,9,b\n4,4,a\n"
	commas := strings.NewReplacer(",", ";", ".", ",").Replace(points)
	line := []string{"lm", "--outcome", "y", "--fixed", "x,g"}
	got, want := run(commas, append(line, "--comma")...), run(points, line...)
	if got.out != want.out || got.code != 0 {
		t.Errorf("%s%s, with points:\n%s", got.out, got.errw, want.out)
	}
	if got := run(commas, line...); got.code != 1 || !strings.Contains(got.errw, `line 2, column "y": a number with a comma`) {
		t.Errorf("%d %s%s", got.code, got.out, got.errw)
	}
	if got := run("", "bh", "--p", "0.1", "--comma"); got.code != 2 {
		t.Errorf("--comma without a file: %d", got.code)
	}
	said(t, run("", "km", "--help").out, "--comma ")
	if strings.Contains(run("", "wilson", "--help").out, "--comma") {
		t.Error("wilson reads no file")
	}
}
