package assessment

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"alongside/platform/strictjson"
)

func TestItemNineIsNeverGuessed(t *testing.T) {
	in, _ := Shipped().Find("phq-9")
	for _, s := range in.Scores {
		if s.Prorate != nil && !slices.Contains(mustSpell(s.Prorate.Never), "9") {
			t.Error("something may stand in for item 9")
		}
	}
	a := Answers{Answers: map[string]*float64{}}
	for _, id := range mustSpell("1..8") {
		a.Answers[id] = ptr(3.0)
	}
	if r := scored(t, "phq-9", a); r.Scores["total"] != nil || r.Complete || !slices.Equal(r.Missing, []string{"9"}) || len(r.Flags) > 0 {
		t.Errorf("%+v", r)
	}
	for v, flags := range map[float64]int{0: 0, 1: 1, 2: 1, 3: 1} {
		a.Answers["9"] = &v
		if r := scored(t, "phq-9", a); len(r.Flags) != flags || *r.Scores["total"] != 24+v {
			t.Errorf("item 9 is %v: %+v", v, r)
		}
	}
}

func TestNoTotalWhereNoneIsValid(t *testing.T) {
	for _, code := range []string{"bam", "assist", "proqol-5", "whoqol-bref"} {
		in, _ := Shipped().Find(code)
		if slices.ContainsFunc(in.Scores, func(s Score) bool { return s.Name == "total" }) {
			t.Errorf("%s has a total", code)
		}
	}
}

func TestUnscoredItemsCountNothing(t *testing.T) {
	in, _ := Shipped().Find("bam")
	a := Answers{Answers: map[string]*float64{}}
	for _, it := range in.items {
		a.Answers[it.id] = ptr(0.0)
	}
	for _, id := range mustSpell("7A 7B 7C 7D 7E 7F 7G 17") {
		a.Answers[id] = ptr(4.0)
	}
	for name, v := range scored(t, "bam", a).Scores {
		if *v != 0 {
			t.Errorf("%s is %v", name, *v)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, row := range []struct{ code, in, want string }{
		{"phq-9", `{"answers":{"1":4}}`, "/answers/1: 4 is not an answer to it; it takes 0, 1, 2, 3"},
		{"phq-9", `{"answers":{"1":-1}}`, "/answers/1: -1 is not"},
		{"phq-9", `{"answers":{"1":1.5}}`, "/answers/1: 1.5 is not"},
		{"phq-9", `{"answers":{"11":1}}`, `/answers/11: phq-9 has no item "11"; it has 1 to 10`},
		{"bam", `{"answers":{"7H":1}}`, `/answers/7H: bam has no item "7H"; it has 1 to 6, 7A 7B 7C 7D 7E 7F 7G, 8 to 13, 14, 15 to 17`},
		{"phq-9", `{"answers":{}}`, "/answers: there is no answer"},
		{"phq-9", `{}`, "/answers: there is no answer"},
		{"phq-9", `{"answers":{"1":null}}`, "/answers: there is no answer"},
		{"phq-9", `{"answers":{"1":1},"version":"2"}`, `/version: phq-9 has no version "2"; it has standard`},
		{"phq-9", `{"answers":{"1":1},"sex":"Female"}`, `/sex: "Female" is not female, male or unstated`},
		{"arc", `{"answers":{"1":1}}`, "/version: say which: tick or likert"},
		{"barc-10", `{"answers":{"1":0}}`, "/answers/1: 0 is not an answer to it; it takes 1, 2, 3, 4, 5, 6"},
		{"herth-hope-index", `{"answers":{"1":5}}`, "/answers/1: 5 is not an answer to it; it takes whole numbers from 1 to 4"},
		{"mirc", `{"answers":{"1":4}}`, "mirc is not scored"},
		{"bam", `{"answers":{"14":1}}`, "/answers/14: 1 is not an answer to it; it takes 0, 4"},
		{"bam", `{"answers":{"4":5},"version":"7-day"}`, "/answers/4: 5 is not"},
		{"audit", `{"answers":{"9":1},"sex":"male"}`, "/answers/9: 1 is not an answer to it; it takes 0, 2, 4"},
		{"sure", `{"answers":{"1":1}}`, "sure is not scored"},
	} {
		var a Answers
		if err := strictjson.Decode([]byte(row.in), &a); err != nil {
			t.Fatal(err)
		}
		in, _ := Shipped().Find(row.code)
		_, err := in.Score(a)
		if err == nil || !strings.HasPrefix(err.Error(), row.want) {
			t.Errorf("%s %s: %v", row.code, row.in, err)
		}
	}
}

// TestAsTheQuestionnaireFiles compares PHQ-9 and GAD-7 with the FHIR
// Questionnaires of HL7/pco-ig, item by item. Those rebuild two sentences; what
// they say instead is written here.
func TestAsTheQuestionnaireFiles(t *testing.T) {
	known := map[string]string{
		"phq-9 10": "How difficult have these problems made it for you to do your work, take care of things at home, or get along with other people?",
		"gad-7 2":  "Over the past 2 weeks have you not been able to stop or control worrying",
	}
	for code, file := range map[string]string{"phq-9": "testdata/pco-Questionnaire-PHQ9.json", "gad-7": "testdata/pco-Questionnaire-GAD7.json"} {
		in, _ := Shipped().Find(code)
		n := 0
		for _, q := range questions(t, file) {
			if q.Type != "choice" {
				continue
			}
			it := in.items[n]
			n++
			want := it.text["en"]
			if k, ok := known[code+" "+it.id]; ok {
				want = k
			}
			if it.loinc != q.Code[0].Code || wordsOf(q.Text) != wordsOf(want) {
				t.Errorf("%s %s: %s %q, the file has %s %q", code, it.id, it.loinc, want, q.Code[0].Code, q.Text)
			}
			for i, c := range in.scaleOf(it, in.Versions[0]).Choices {
				got := q.Options[i].Value.Display
				if got != c.Label["en"] && (code+it.id+got) != "gad-72More days than not" || c.Value != float64(i) {
					t.Errorf("%s %s: answer %v is %q, the file has %q", code, it.id, c.Value, c.Label["en"], got)
				}
			}
		}
		if n != len(in.items) {
			t.Errorf("%s has %d items, the file %d", code, len(in.items), n)
		}
	}
}

type question struct {
	Text, Type string
	Code       []struct{ Code string }
	Options    []struct {
		Value struct{ Display string } `json:"valueCoding"`
	} `json:"answerOption"`
}

func questions(t *testing.T, file string) []question {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var q struct{ Item []question }
	if err := json.Unmarshal(raw, &q); err != nil {
		t.Fatal(err)
	}
	return q.Item
}

// wordsOf leaves dashes and stops out.
func wordsOf(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
