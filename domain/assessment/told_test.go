package assessment

import (
	"strings"
	"testing"
)

// told is what a command says, the lines before where it comes from.
func told(t *testing.T, code, answers string) string {
	t.Helper()
	exit, out, errs := command(t, Shipped(), "score", answers, code, "-")
	if exit != 0 || errs != "" {
		t.Fatalf("%s: exit %d, %s", code, exit, errs)
	}
	words, _, _ := strings.Cut(out, "Source: ")
	return words
}

// A score in words says all that the JSON does: what stands in, what lacks, what
// has no band and what has to be looked at now.
func TestAScoreInWords(t *testing.T) {
	for _, c := range []struct{ code, answers, want string }{
		{"phq-9", `{"answers":{"1":3,"2":2,"3":1,"4":1,"5":1,"6":1,"7":1,"8":1,"9":1}}`, "phq-9, version standard\n" +
			"  total        12\n  caseness: 10 or more\n  total: moderate\n" +
			"  ! Item 9 is above 0: talk about safety now and open the safety plan.\n"},
		{"phq-9", `{"answers":{"1":3,"9":0}}`, "phq-9, version standard\n" +
			"  total        cannot be computed: answers are missing\n  caseness: no band\n  total: no band\n" +
			"  not answered: 2 3 4 5 6 7 8\n"},
		{"core-10", `{"answers":{"1":1,"2":4,"3":4,"4":1,"5":0,"6":0,"7":2,"8":1,"9":1}}`, "core-10, version standard\n" +
			"  total        6.67\n  total: below 11\n" +
			"  ! total: the mean of the other answers stands in for item 10, as the authors allow.\n" +
			"  not answered: 10\n"},
		{"audit-c", `{"answers":{"1":2,"2":1,"3":1}}`, "audit-c, version past-year\n" +
			"  total        4\n  total: no band\n" +
			"  ! The cut-off differs by sex, so a band is left out: add \"sex\", female or male, or unstated if it is not to be told.\n"},
	} {
		if got := told(t, c.code, c.answers); got != c.want {
			t.Errorf("%s %s:\n%swant:\n%s", c.code, c.answers, got, c.want)
		}
	}
}

// Where the authors let an answer be missing, a sum takes the mean of the others in
// its place; one too many, or one for which nothing stands in, and there is none.
func TestASumMayLackAsItsAuthorsSay(t *testing.T) {
	allows := strings.Replace(tiny(), `"items":"1 2",`, `"items":"1 2 3","prorate":{"most":1,"never":"3","source":"made up"},`, 1)
	allows = strings.Replace(allows, `{"from":0,"to":6}`, `{"from":0,"to":9}`, 1)
	allows = strings.Replace(allows, `{"from":3,"to":6,"name":"high"}`, `{"from":3,"to":9,"name":"high"}`, 1)
	allows = strings.Replace(allows, `"text":{"en":"Two?"}}`, `"text":{"en":"Two?"}},{"ids":"3","scale":"s","text":{"en":"Three?"}}`, 1)
	c, err := Read(with(t, allows, `[
{"name":"all","source":"by hand","answers":{"1":1,"2":0,"3":3},"scores":{"total":4},"bands":{"total":"high"},"flags":[],"missing":[],"complete":true},
{"name":"two of three","source":"by hand: (1 + 3) / 2 * 3","answers":{"1":1,"3":3},"scores":{"total":6},"bands":{"total":"high"},"flags":[],"missing":["2"],"complete":false},
{"name":"one of three","source":"by hand","answers":{"3":3},"scores":{"total":null},"bands":{"total":null},"flags":[],"missing":["1","2"],"complete":false},
{"name":"nothing stands in","source":"by hand","answers":{"1":1,"2":2},"scores":{"total":null},"bands":{"total":null},"flags":[],"missing":["3"],"complete":false}]`))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := c.Find("made-up-2"); !ok {
		t.Error("it is not there")
	}
}

// An instrument that is not scored has nothing of a scoring in its file.
func TestWhatIsNotScoredHasNoScoring(t *testing.T) {
	for _, part := range []string{
		`"scores":[{"name":"total","of":"sum","items":"1","ranges":[{"from":0,"to":3}]}]`,
		`"bands":[{"score":"total","population":"nobody","source":"made up","bands":[{"from":0,"to":3,"name":"low"}]}]`,
		`"flags":[{"name":"one","item":"1","above":2,"says":"High."}]`,
	} {
		text := `{"code":"made-up-2","name":"Made up","tier":"C","licence":{"says":"free","source":"here"},"source":"made up","refuses":"not known",` + part + `}`
		if _, err := Read(with(t, text, `[]`)); err == nil || !strings.Contains(err.Error(), "/refuses") {
			t.Errorf("%.8s: %v", part, err)
		}
	}
}
