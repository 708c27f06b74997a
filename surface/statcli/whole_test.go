package statcli_test

import (
	"strings"
	"testing"
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
