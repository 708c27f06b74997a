package statcli_test

import (
	"os"
	"strings"
	"testing"

	"alongside/platform/stat/stattest"
)

// Every field of an answer that the vectors do not reach.
func TestWholeAnswers(t *testing.T) {
	bh := answer(t, "", "bh", "--p", ".01,.05,.5,.04")
	for i, want := range [][2]string{{".04", "true"}, {"0.0666666667", "false"}, {".5", "false"}, {"0.0666666667", "false"}} {
		row := at(t, bh, "adjusted").([]any)[i]
		check(t, "adjusted", at(t, row, "adjusted"), want[0])
		check(t, "found", at(t, row, "rejected"), want[1])
	}
	check(t, "finds", at(t, bh, "rejected"), "1")
	just := answer(t, "", "bh", "--p", ".05,.05", "--q", "0.05")
	check(t, "finds of just q", at(t, just, "rejected"), "2")
	for _, q := range []string{"0", "1", "-.1", "1.5"} {
		if r := run("", "bh", "--p", ".01", "--q="+q); r.code != 2 || r.out != "" {
			t.Errorf("q %s: %+v", q, r)
		}
	}
	file := "b,a\n10,20\n20,10\n10,11\n30,37.0123\n40,52\n"
	rci := answer(t, file, "rci", "--sd", "8", "--r", ".9", "--before", "b", "--after", "a")
	for path, want := range map[string]string{
		"counts.n": "5", "counts.increased": "2", "counts.decreased": "1", "counts.unchanged": "2", "rows.1.line": "3",
		"rows.1.change": "-10", "rows.1.rc": "-2.7950849718747", "rows.1.reliable": "true", "rows.3.reliable": "false",
	} {
		check(t, path, at(t, rci, path), want)
	}
	said(t, run(file, "rci", "--sd", "8", "--r", ".9", "--before", "b", "--after", "a").out, "of 5: reliably up 2, reliably down 1, neither 2")
	did := answer(t, "y,g,p\n1,0,1\n2,0,2\n3,1,1\n7,1,2\n2,0,1\n4,0,2\n5,1,1\n8,1,2\n", "did", "--outcome", "y", "--group", "g", "--period", "p")
	for path, want := range map[string]string{
		"means.treated_before": "4", "means.treated_after": "7.5", "means.other_before": "1.5", "means.other_after": "3", "estimate": "2",
		"from": "2", "periods_before": "1", "periods.0.treated": "4", "periods.1.other": "3", "periods.1.other_n": "2",
	} {
		check(t, path, at(t, did, path), want)
	}
}

// A mixed model in words names the spread of slopes where there are any.
func TestSpreadsInWords(t *testing.T) {
	line := []string{"mixed", "--outcome", "y", "--fixed", "x", "--subject", "s"}
	if out := run(visits(1), line...).out; !strings.Contains(out, "own level") || strings.Contains(out, "own slope") {
		t.Error(out)
	}
	said(t, run(visits(1), append(line, "--slope", "x")...).out, "own level", "own slope", "their correlation", "what is left")
}

func TestWholeAnswersOfFiles(t *testing.T) {
	both := answer(t, "", "newcombe", "--x1", "56", "--n1", "70", "--x2", "48", "--n2", "80")
	check(t, "first share", at(t, both, "p1"), ".8")
	check(t, "second share", at(t, both, "p2"), ".6")
	lung, err := os.ReadFile(stattest.Path("lung.csv"))
	if err != nil {
		t.Fatal(err)
	}
	cox := answer(t, string(lung), "cox", "--time", "time", "--event", "status", "--covariates", "sex")
	for i, want := range []string{"-749.909801390", "-744.592999025"} { // R: coxph(Surv(time, status) ~ sex, lung)$loglik
		check(t, "log likelihood", at(t, cox, "loglik").([]any)[i], want)
	}
	said(t, stats("logrank --time time --event status --by sex lung.csv").out, "p 0.0013112")
	said(t, stats("logrank --time t --event ev --by treatment retention.csv").out, "df 3, p below 0.0001")
	said(t, run("v,g\n1,a\n2,b\n3,a\n5,b\n", "ttest", "--value", "v", "--by", "g").out, "a less b: mean difference -1.5")
}

// A note stands where it is due and nowhere else: one period before and not two,
// nine clusters and not ten.
func TestNotesAreDue(t *testing.T) {
	var two, three strings.Builder
	for i := range 60 {
		row := strings.Join([]string{[]string{"1", "2.5", "4", "3", "7", "2", "9"}[i*i%7], []string{"0", "1"}[i%2], []string{"1", "2", "3"}[i/2%3], "s" + string(rune('0'+i/2%10)) + "\n"}, ",")
		three.WriteString(row)
		if i/2%3 > 0 {
			two.WriteString(row)
		}
	}
	const head, seen = "y,g,p,c\n", "There is one period before the change"
	did := []string{"did", "--outcome", "y", "--group", "g", "--period", "p", "--from", "3"}
	if out := run(head+three.String(), did...).out; strings.Contains(out, seen) {
		t.Error(out)
	}
	said(t, run(head+two.String(), did...).out, seen)
	lm := []string{"lm", "--outcome", "y", "--fixed", "p", "--cluster", "c"}
	if out := run(head+three.String(), lm...).out; strings.Contains(out, "want some 30") || !strings.Contains(out, "10 of them") {
		t.Error(out)
	}
	nine := strings.ReplaceAll(three.String(), "s9", "s8")
	said(t, run(head+nine, lm...).out, "There are 9 clusters", "want some 30")
}
