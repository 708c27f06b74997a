package statcli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"alongside/platform/stat/stattest"
)

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
