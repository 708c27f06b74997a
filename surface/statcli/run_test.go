package statcli_test

import (
	"bytes"
	"context"
	"encoding/json"
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

func run(in string, args ...string) ran {
	var out, errw bytes.Buffer
	code := statcli.Run(context.Background(), strings.NewReader(in), &out, &errw, args)
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

// answered are command lines with what they answer, from published figures.
func answered() map[string][]string {
	return map[string][]string{
		"km --time time --event status --by x --at 13 aml.csv": {
			"groups.0.group Maintained", "groups.0.n 11", "groups.0.events 7", "groups.0.median.estimate 31", "groups.0.median.lower 18",
			"groups.0.median.upper null", "groups.0.at.0.time 13", "groups.0.at.0.at_risk 10", "groups.0.at.0.survival .81818182",
			"groups.0.at.0.se .11629130", "groups.0.at.0.lower .6192489874", "groups.0.at.0.upper 1",
		},
		"km --conf log-log --time time --event status --by x --at 13 aml.csv": {"groups.0.at.0.lower .4474286147"},
		"km --time time --event status lung.csv --by sex":                     {"groups.1.median.lower 348", "groups.1.group 2"},
		"logrank --time t --event ev --by treatment retention.csv":            {"chisq 286.765476244", "df 3", "groups.0.group Methadone", "groups.0.n 504"},
		"logrank --rho 1 --time time --event status --by sex lung.csv":        {"chisq 12.7141514012"},
		"logrank --time time --event status --by sex lung.csv":                {"p .00131116452", "groups.0.observed 112", "groups.0.expected 91.581739"},
		"cox --time t --event ev --covariates treatment --reference treatment=Methadone retention.csv": {
			"n 1784", "events 881", "coefficients.1.coef 1.618058848",
		},
		"cox --ties breslow --time time --event status --covariates sex lung.csv":             {"coefficients.0.coef -.530396574509"},
		"cox --time time --event status --covariates age,sex,ph.ecog --drop-missing lung.csv": {"n 227", "left_out 1", "coefficients.2.coef .46372847537", "coefficients.2.name ph.ecog"},
		"cox --time time --event cens --covariates treat gehan.csv":                           {"coefficients.0.hr 4.8168739", "coefficients.0.se .412396718"},
		"rmst --tau 365 --time time --event status --by sex lung.csv":                         {"groups.0.estimate 241.495085192", "groups.1.se 10.7913239788"},
		"cuminc --time time --event event --at 60,120,240 mgus2.csv":                          {"groups.0.causes.0.at.1.estimate .063722168", "groups.0.causes.1.at.2.estimate .72402798"},
		"wilson --x 0 --n 10":                                                         {"lower 0", "upper .2775327999"},
		"clopper-pearson --x 1 --n 10":                                                {"estimate .1", "lower .0025285785", "upper .445016117"},
		"newcombe --x1 56 --n1 70 --x2 48 --n2 80":                                    {"estimate .2", "lower .0524314724", "upper .333872654", "chi_squared.statistic 7.023411371", "fisher_p .0125211297"},
		"ttest --paired --value extra --by group --subject ID sleep.csv":              {"statistic -4.062127683", "df 9", "p .0028328902", "lower -2.459885763", "upper -.700114237", "effect.d_z.estimate -1.28455756"},
		"ttest --value extra --by group sleep.csv":                                    {"statistic -1.860813467", "df 17.77647352", "p .0793941402", "effect.hedges_g -.79693524"},
		"wilcoxon --value extra --by group --subject ID sleep.csv":                    {"statistic 0", "p .00909069802", "uncorrected_p .00763244165", "exact_p null"},
		"mcnemar --b 150 --c 86":                                                      {"statistic 17.3559322", "corrected.statistic 16.81779661", "exact_p 3.71593614e-05"},
		"lm --outcome y --fixed x norris.csv":                                         {"coefficients.0.name (Intercept)", "coefficients.1.estimate 1.00211681802045", "sigma .884796396144373", "f.statistic 5436385.54079785", "r_squared .999993745883712"},
		"mixed --outcome Reaction --fixed Days --subject Subject sleepstudy.csv":      {"random.intercept_variance 1378.17851381", "random.residual_variance 960.45657856", "criterion 1786.46508539", "method REML"},
		"mixed --ml --outcome Reaction --fixed Days --subject Subject sleepstudy.csv": {"random.intercept_variance 1296.87004549", "loglik -897.039321503"},
		"mixed --outcome Reaction --fixed Days --subject Subject --slope Days sleepstudy.csv": {
			"coefficients.0.estimate 251.405104848", "coefficients.1.estimate 10.4672859596", "criterion 1743.62827196",
		},
		"mixed --outcome distance --fixed age*Sex --subject Subject --reference Sex=Male orthodont.csv": {
			"coefficients.3.estimate -.3048295455", "coefficients.3.name age:Sex=Female",
		},
		"rci --sd 7.54 --r .88 --before 32.5 --after 47.5": {"se 2.61193261781", "s_diff 3.69383053212", "rc 4.0608251704", "threshold 7.23990784295", "reliable true"},
		"bh --p .0001,.0004,.0019,.0095,.0201,.0278,.0298,.0344,.0459,.3240,.4262,.5719,.6528,.7590,1": {
			"rejected 4", "adjusted.0.adjusted .0015", "adjusted.5.adjusted .0638571429",
		},
	}
}

// Every command answers the published figures, as the interface has them.
func TestAnswers(t *testing.T) {
	for line, want := range answered() {
		got := stats(line + " --json")
		var answer any
		if err := json.Unmarshal([]byte(got.out), &answer); err != nil || got.code != 0 {
			t.Errorf("%s: exit %d, %s %v", line, got.code, got.errw, err)
			continue
		}
		for _, w := range want {
			path, value, _ := strings.Cut(w, " ")
			check(t, line+": "+path, at(t, answer, path), value)
		}
		if words := stats(line); words.code != 0 || words.out == "" || strings.Contains(words.out, "NaN") {
			t.Errorf("%s in words: exit %d, %s %s", line, words.code, words.out, words.errw)
		}
	}
}

func check(t *testing.T, what string, got any, want string) {
	t.Helper()
	switch v := got.(type) {
	case nil:
		if want != "null" {
			t.Errorf("%s is null, want %s", what, want)
		}
	case float64:
		stattest.Near(t, what, v, want, stattest.Fitted)
	case string:
		if v != want {
			t.Errorf("%s is %q, want %q", what, v, want)
		}
	case bool:
		if v != (want == "true") {
			t.Errorf("%s is %v", what, v)
		}
	default:
		t.Errorf("%s is no single value: %v", what, got)
	}
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
		{"p\n1.5\n", []string{"bh", "--p", "p", "-"}, "between 0 and 1"},
		{"", []string{"wilson", "--x", "5", "--n", "3"}, "between 0 and n"},
		{"", []string{"mcnemar", "--b", "0", "--c", "0"}, "nobody changed"},
		{"", []string{"mcnemar", "--b", "4000000000", "--c", "1"}, "a count above"},
		{"", []string{"newcombe", "--x1", "1", "--n1", "4000000000", "--x2", "1", "--n2", "2"}, "a count above"},
		{"y,x\n1e308,1\n-1e308,2\n1e308,4\n5,6\n", []string{"lm", "--outcome", "y", "--fixed", "x"}, "finite number below"},
		{"t,e\n1,1\n\"1,000\",0\n", km, `line 3, column "t": a number with a comma`},
		{"t,e\n1,1\n\"1,000,000\",0\n", km, `line 3, column "t": a number with a comma`},
		{"t,e\n1,1\nInf,0\n", km, `line 3, column "t": text where a number`},
		{"t,e\n1,1\n0x10,0\n", km, `line 3, column "t": text where a number`},
		{"t,e\n1,1\n1e400,0\n", km, `line 3, column "t": text where a number`},
		{"t,e\n1,1\nNaN,0\n", km, `line 3, column "t": the cell is missing`},
		{"t,e\n1,1\n2\n", km, "line 3: 1 cells where the header has 2"},
		{"t,t,e\n1,1,1\n", km, "names this column twice"},
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

func TestWrongUseIsExitTwo(t *testing.T) {
	for _, line := range []string{
		"", "kaplan", "km --time t aml.csv", "km --time t --event e --conf wide aml.csv", "km --nonsense", "wilson --x one --n 2",
		"wilson --x 1 --n 2 more", "cox --time t --event e aml.csv", "cox --time t --event e --covariates a --ties exact aml.csv",
		"km --json --plot --time t --event e", "wilson --x 1 --n 2 --level 95", "km --time t --event e --at 1,x", "km --time t --event", "km --time t --event e a.csv b.csv", "lm --outcome y x.csv", "bh", "mcnemar --b 1",
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

func TestMissingCellsOfTwoColumns(t *testing.T) {
	file := "a,b\n1,5\n2,7\n3,\n4.5,6\n"
	if got := run(file, "ttest", "--a", "a", "--b", "b"); got.code != 1 {
		t.Errorf("a gap was taken: %+v", got)
	}
	got := run(file, "ttest", "--a", "a", "--b", "b", "--drop-missing", "--json")
	var answer struct {
		N       []int `json:"n"`
		LeftOut int   `json:"left_out"`
	}
	if err := json.Unmarshal([]byte(got.out), &answer); err != nil || answer.N[0] != 4 || answer.N[1] != 3 || answer.LeftOut != 1 {
		t.Errorf("%+v %v", answer, err)
	}
	got = run(file, "ttest", "--paired", "--a", "a", "--b", "b", "--drop-missing", "--json")
	if err := json.Unmarshal([]byte(got.out), &answer); err != nil || answer.N[0] != 3 {
		t.Errorf("%+v %v", answer, err)
	}
}

func TestDiffInDiffOfAFile(t *testing.T) {
	file := "y,state,year\n20,NJ,1\n21,NJ,1\n21,NJ,2\n22,NJ,2\n23,PA,1\n24,PA,1\n21,PA,2\n22,PA,2\n"
	got := run(file, "did", "--outcome", "y", "--group", "state", "--period", "year", "--treated", "NJ", "--json")
	var answer any
	if err := json.Unmarshal([]byte(got.out), &answer); err != nil {
		t.Fatal(got.errw)
	}
	check(t, "estimate", at(t, answer, "estimate"), "3")
	check(t, "mean", at(t, answer, "means.treated_before"), "20.5")
	if !strings.Contains(got.out, "one period before") {
		t.Error("nothing says that the trend before cannot be seen")
	}
	if got := run(file, "did", "--outcome", "y", "--group", "state", "--period", "year"); got.code != 1 {
		t.Errorf("no group was named, exit %d", got.code)
	}
}

func TestDiffInDiffOfFourMeans(t *testing.T) {
	file := "fte,state,wave\n20.44,NJ,1\n21.03,NJ,2\n23.33,PA,1\n21.17,PA,2\n"
	got := run(file, "did", "--outcome", "fte", "--group", "state", "--period", "wave", "--treated", "NJ", "--json")
	var answer any
	if err := json.Unmarshal([]byte(got.out), &answer); err != nil {
		t.Fatal(got.errw)
	}
	check(t, "estimate", at(t, answer, "estimate"), "2.75")
	for _, key := range []string{"se", "lower", "upper", "statistic", "df", "p"} {
		check(t, key, at(t, answer, key), "null")
	}
	if !strings.Contains(got.out, "no error to judge") {
		t.Error("nothing says why there is no error")
	}
}

// Subjects who are alike leave an ordinary regression.
func TestSubjectsWhoAreAlike(t *testing.T) {
	file := "y,x,s\n5,1,a\n6,2,a\n7,4,b\n5,6,b\n6,1,c\n7,2,c\n8,5,d\n4.5,7,d\n"
	mixed := run(file, "mixed", "--outcome", "y", "--fixed", "x", "--subject", "s", "--json")
	lm := run(file, "lm", "--outcome", "y", "--fixed", "x", "--json")
	var one, other any
	if json.Unmarshal([]byte(mixed.out), &one) != nil || json.Unmarshal([]byte(lm.out), &other) != nil {
		t.Fatal(mixed.errw, lm.errw)
	}
	check(t, "singular", at(t, one, "singular"), "true")
	check(t, "spread", at(t, one, "random.intercept_sd"), "0")
	for _, key := range []string{"estimate", "se", "df", "p"} {
		got, want := at(t, one, "coefficients.1."+key).(float64), at(t, other, "coefficients.1."+key).(float64)
		stattest.Same(t, key, got, want, stattest.Fitted, 0)
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

func TestStopsWhenToldTo(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var out, errw bytes.Buffer
	code := statcli.Run(ctx, strings.NewReader("t,e\n1,1\n"), &out, &errw, []string{"km", "--time", "t", "--event", "e"})
	if code != 1 || out.Len() > 0 {
		t.Errorf("exit %d, %s", code, out.String())
	}
}
