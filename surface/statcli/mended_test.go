package statcli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/platform/stat/stattest"
)

// answer is what a run says as JSON.
func answer(t *testing.T, in string, args ...string) any {
	t.Helper()
	got := run(in, append(args, "--json")...)
	var out any
	if err := json.Unmarshal([]byte(got.out), &out); err != nil || got.code != 0 {
		t.Fatalf("%v: exit %d, %s", args, got.code, got.errw)
	}
	return out
}

// said fails unless every one of the words is in the text.
func said(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not said in:\n%s", w, text)
		}
	}
}

// lung.csv holds 1 and 2. R: survfit(Surv(time, factor(status)) ~ 1).
func TestCumincTakesTheLowestCodeAsNone(t *testing.T) {
	a := answer(t, "", "cuminc", "--time", "time", "--event", "status", "--at", "100,300", stattest.Path("lung.csv"))
	check(t, "cause", at(t, a, "groups.0.causes.0.cause"), "2")
	check(t, "share", at(t, a, "groups.0.causes.0.at.0.estimate"), ".1360310")
	check(t, "share", at(t, a, "groups.0.causes.0.at.1.estimate"), ".4693919")
	check(t, "note", at(t, a, "notes.0"), "Column status holds no 0: 1, the lowest, is taken as no event, as R does. If it is one, say --none 0.")
	a = answer(t, "t,e\n1,1\n2,2\n3,1\n4,2\n", "cuminc", "--time", "t", "--event", "e", "--none", "0")
	check(t, "two kinds", at(t, a, "groups.0.causes.1.events"), "2")
	a = answer(t, "t,e\n1,2\n2,2\n", "km", "--time", "t", "--event", "e")
	check(t, "note", at(t, a, "notes.0"), "Column e holds 2 alone: 2 is taken as the event, as R does, so everybody had it.")
	if got := run("t,e\n1,0\n2,1\n", "cuminc", "--time", "t", "--event", "e", "--none", "1"); got.code != 1 {
		t.Errorf("0 and 1 were both taken as none: %+v", got)
	}
}

func TestFewClustersAreSaid(t *testing.T) {
	file := stattest.Path("aml.csv")
	got := run("", "cox", "--time", "time", "--event", "status", "--covariates", "x", "--cluster", "x", file)
	said(t, got.out, "by cluster: 2 of them", "There are 2 clusters", "(Wald)", "which knows nothing of them")
	a := answer(t, "", "cox", "--time", "time", "--event", "status", "--covariates", "x", "--cluster", "x", file)
	check(t, "clusters", at(t, a, "clusters"), "2")
	check(t, "SE", at(t, a, "coefficients.0.se"), ".0174428059083")
	lm := "y,x,s\n1,1,a\n3,2,a\n2,4,a\n5,3,b\n6,7,b\n9,8,b\n4,6,b\n"
	for _, line := range []string{"lm --outcome y --fixed s --cluster s", "did --outcome y --group s --period x --from 4 --treated a --cluster s"} {
		if got := run(lm, strings.Fields(line)...); got.code != 1 || !strings.Contains(got.errw, "the clusters say nothing of the error of") {
			t.Errorf("%s: exit %d, %s%s", line, got.code, got.out, got.errw)
		}
	}
	got = run(lm, "lm", "--outcome", "y", "--fixed", "x", "--cluster", "s")
	said(t, got.out, "F by these errors", "There are 2 clusters")
}

// R codes a factor otherwise when the rest of its product is not in the model.
func TestProductsNeedTheirParts(t *testing.T) {
	var file strings.Builder
	file.WriteString("y,q,z,site\n")
	for i := range 24 {
		fmt.Fprintf(&file, "%d,%d,%d,%c\n", i*i%11, i%5, i*7%9, 'A'+i%3)
	}
	for fixed, want := range map[string]string{
		"site,q:site": "q:site needs q in the model too; write q*site",
		"q:q":         "q:q names a column twice",
		"q*z*site":    "", "q:z": "", "q,q:site": "", "q,site,site:q": "",
	} {
		got := run(file.String(), "lm", "--outcome", "y", "--fixed", fixed)
		if want == "" && got.code != 0 || want != "" && (got.code != 1 || !strings.Contains(got.errw, want)) {
			t.Errorf("%s: exit %d, %s", fixed, got.code, got.errw)
		}
	}
	a := answer(t, file.String(), "lm", "--outcome", "y", "--fixed", "q*z*site")
	check(t, "a product of two of three", at(t, a, "coefficients.5.name"), "q:z")
}

func TestAColumnOfNamesIsRefusedAtOnce(t *testing.T) {
	var file strings.Builder
	file.WriteString("t,e,id\n")
	for i := range 3000 {
		fmt.Fprintf(&file, "%d,%d,p%d\n", i%400+1, i%3/2, i)
	}
	for line, want := range map[string]string{
		"cox --time t --event e --covariates id": "id has too many different values: 1000 events are too few",
		"logrank --time t --event e --by id":     "id has too many different values: more than 1000 groups",
		"km --time t --event e --by id":          "id has too many different values",
	} {
		if got := run(file.String(), strings.Fields(line)...); got.code != 1 || !strings.Contains(got.errw, want) {
			t.Errorf("%s: exit %d, %s", line, got.code, got.errw)
		}
	}
}

func TestNoSpreadBeforeTau(t *testing.T) {
	file := "d,e,g\n3,1,a\n3,1,a\n4,1,b\n4,1,b\n"
	a := answer(t, file, "rmst", "--time", "d", "--event", "e", "--by", "g", "--tau", "3.5")
	check(t, "a", at(t, a, "groups.0.estimate"), "3")
	check(t, "its SE", at(t, a, "groups.0.se"), "0")
	check(t, "its end", at(t, a, "groups.0.upper"), "null")
	check(t, "difference", at(t, a, "differences.0.estimate"), "0.5")
	check(t, "p", at(t, a, "differences.0.p"), "null")
	if text := run(file, "rmst", "--time", "d", "--event", "e", "--by", "g", "--tau", "3.5").out; strings.Contains(text, "nobody") {
		t.Error("it says that nobody had the event:", text)
	}
}

func TestPairsUnderOneAnotherWithGaps(t *testing.T) {
	file := "id,v,w\np1,3,a\np1,5,b\np2,4,a\np3,1,a\np3,4,b\np4,2,b\np5,7,a\np5,8,b\n"
	args := []string{"--value", "v", "--by", "w", "--subject", "id"}
	for _, name := range []string{"ttest", "wilcoxon"} {
		line := append([]string{name}, args...)
		if name == "ttest" {
			line = append(line, "--paired")
		}
		got := run(file, line...)
		if got.code != 1 || !strings.Contains(got.errw, `line 4, column "id": this subject has a row in one group only; --drop-missing`) || strings.Contains(got.errw, "p2") {
			t.Errorf("%s: exit %d, %s", name, got.code, got.errw)
		}
		a := answer(t, file, append(line, "--drop-missing")...)
		check(t, "left out", at(t, a, "left_out_subjects"), "2")
		said(t, run(file, append(line, "--drop-missing")...).out, "Subjects left out because they have one value of two: 2.", "3 ")
	}
	twice := file + "p5,9,b\n"
	if got := run(twice, append([]string{"ttest", "--paired"}, args...)...); !strings.Contains(got.errw, `line 10, column "id": this subject already has a row in this group, on line 9`) {
		t.Errorf("%+v", got)
	}
}

func TestAPictureDoesNotOverwrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mine.svg")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := run("", "km", "--time", "time", "--event", "status", "--plot", file, stattest.Path("aml.csv"))
	b, _ := os.ReadFile(file)
	if got.code != 1 || string(b) != "mine" || !strings.Contains(got.errw, "is already there") {
		t.Errorf("%+v %q", got, b)
	}
	if got := stats("km --plot --time time --event status aml.csv"); strings.Contains(got.out, "limits") {
		t.Errorf("limits are spoken of and not drawn:\n%s", got.out)
	}
	var many strings.Builder
	many.WriteString("t,e,g\n")
	for i := range 40 {
		fmt.Fprintf(&many, "%d,1,g%d\n%d,0,g%d\n", i+1, i, i+2, i)
	}
	if got := run(many.String(), "km", "--time", "t", "--event", "e", "--by", "g", "--plot"); got.code != 1 || !strings.Contains(got.errw, "a picture of 40 lines") {
		t.Errorf("%d %s", got.code, got.errw)
	}
}

func TestTheCommandLineIsTakenWhole(t *testing.T) {
	for line, want := range map[string]string{
		"km --time a --time b --event e x.csv":                        "--time is given twice",
		"bh --p 0.1 --level 0.9":                                      "there is no flag --level",
		"rci --sd 1 --r .5 --before 1 --after 2 --level .9":           "there is no flag --level",
		"rci --sd 1 --r .5 --before 1 --after 2 --drop-missing":       "no file is read",
		"mcnemar --b 1.5 --c 2":                                       `"1.5" is not a whole number`,
		"did --outcome y --group g --period p --period q missing.csv": "--period is given twice",
	} {
		if got := run("", strings.Fields(line)...); got.code != 2 || !strings.Contains(got.errw, want) {
			t.Errorf("%s: exit %d, %s", line, got.code, got.errw)
		}
	}
	a := answer(t, "", "wilson", "--x", "1e3", "--n", "1e6")
	check(t, "n", at(t, a, "n"), "1000000")
	a = answer(t, "p\n0.01\n0.2\n", "bh")
	check(t, "column p of standard input", at(t, a, "rejected"), "1")
	file := "sep=;\n\"age, years\";y;site\n1;2;\"a\nb\"\n2;3;c\n4;9;\"a\nb\"\n7;1;c\n3;3;c\n"
	a = answer(t, file, "lm", "--outcome", "y", "--fixed", `"age, years",site`)
	check(t, "a name with a comma", at(t, a, "coefficients.1.name"), "age, years")
	got := run(file, "lm", "--outcome", "y", "--fixed", "site")
	if strings.Contains(got.out, "a\nb") || !strings.Contains(got.out, "site=c") {
		t.Errorf("a line end in a level breaks the table:\n%s", got.out)
	}
	got = run("y,g,p\n1,1,first\n2,0,then\n", "did", "--outcome", "y", "--group", "g", "--period", "p")
	said(t, got.errw, `line 2, column "p": text where a number belongs; number the periods`)
	got = run("t,e,g\n1,1,S\xe3o\n2,0,S\xe3o\n", "km", "--time", "t", "--event", "e", "--by", "g")
	said(t, got.errw, `line 2, column "g": this is not text in UTF-8`)
}

func TestWordsAreTrue(t *testing.T) {
	said(t, run("t,e\n3,1\n", "km", "--time", "t", "--event", "e").out, "all: 1 person, 1 event;")
	said(t, run("a,b\n1,2\n2,4\n5,4\n", "ttest", "--paired", "--a", "a", "--b", "b").out, "paired t test of 3 pairs")
	said(t, run("a,b\n1,2\n2,\n5,4\n", "ttest", "--drop-missing", "--a", "a", "--b", "b").out, "of 3 and 2 values", "Missing cells passed over: 1.")
	said(t, run("", "newcombe", "--x1", "3", "--n1", "10", "--x2", "5", "--n2", "10").out, "odds ratio 0.42857")
	said(t, run("", "bh", "--p", "0.001,0.6").out, "a find at 0.05", "1 of 2 tests may be called finds")
	got := stats("wilcoxon --value extra --by group --subject ID sleep.csv")
	said(t, got.out, "by the normal curve with continuity correction", "(95 % interval -2.95 to -1.05)")
	said(t, run("a,b\n1,2.5\n2,4\n5,4.25\n1,9\n", "wilcoxon", "--a", "a", "--b", "b").out, "4 differences (0 more are 0), exact")
	got = run("y,g,p\n1,1,1\n2,1,2\n4,1,3\n2,0,1\n3,0,2\n3,0,3\n", "did", "--outcome", "y", "--group", "g", "--period", "p", "--from", "3", "--json")
	said(t, got.out, `"slopes_before": null`, "too few, or too regular")
	help := run("", "km", "--help").out
	said(t, help, "--json", "--level L", "--drop-missing", "0.95 unless", "--plot", "svg, as SVG")
	if run("", "km", "help").out != help || run("", "help", "km").out != help {
		t.Error("km help, help km and km --help differ")
	}
}

// A terminal would wait for a table that nobody knows to type.
func TestATerminalIsNotWaitedFor(t *testing.T) {
	tty, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Log("not shown on this machine: it has no terminals to open")
		return
	}
	defer tty.Close()
	got := runFrom(tty, "km", "--time", "t", "--event", "e")
	if got.code != 2 || !strings.Contains(got.errw, "name a file") {
		t.Errorf("%+v", got)
	}
}
