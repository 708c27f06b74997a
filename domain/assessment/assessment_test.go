package assessment

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestShipped reads every instrument, which also scores its worked examples.
func TestShipped(t *testing.T) {
	want := map[string]string{
		"barc-10": "ready", "phq-9": "ready", "gad-7": "ready", "audit-c": "ready", "core-10": "ready", "pcl-5": "ready",
		"mirc": "not scored", "bam": "scoring only",
		"audit": "off", "dast-10": "off", "assist": "off", "proqol-5": "off", "gse": "off",
		"herth-hope-index": "scoring only", "state-hope": "scoring only", "csq-8": "scoring only", "arc": "scoring only", "whoqol-bref": "scoring only",
		"sure": "not scored", "rogers-empowerment": "not scored", "rec-cap": "not scored",
	}
	for _, in := range Shipped() {
		if got := in.State(false); got != want[in.Code] {
			t.Errorf("%s is %q, not %q", in.Code, got, want[in.Code])
		}
		if in.Tier != "A" && in.hasText() {
			t.Errorf("%s ships a text that its licence does not let an open program carry", in.Code)
		}
		delete(want, in.Code)
	}
	for code := range want {
		t.Errorf("there is no %s", code)
	}
}

func scored(t testing.TB, code string, a Answers) Result {
	t.Helper()
	in, ok := Shipped().Find(code)
	if !ok {
		t.Fatalf("there is no %s", code)
	}
	r, err := in.Score(a)
	if err != nil {
		t.Fatalf("%s: %v", code, err)
	}
	return r
}

// cutoff is one that is published: the lowest value of the upper band.
type cutoff struct {
	code, version, sex, score, key string
	at                             float64
	below, from                    string // names of the two bands
}

// cutoffs are the published ones, written here apart from the instruments' own
// files.
func cutoffs() []cutoff {
	list := []cutoff{
		{"barc-10", "", "", "total", "total", 47, "below 47", "47 or more"},
		{"bam", "30-day", "", "use", "use", 1, "0", "1 or more"},
		{"bam", "30-day", "", "risk", "risk", 12, "below 12", "12 or more"},
		{"bam", "30-day", "", "protective", "protective", 13, "12 or less", "above 12"},
		{"phq-9", "", "", "total", "total", 5, "minimal", "mild"},
		{"phq-9", "", "", "total", "total", 10, "mild", "moderate"},
		{"phq-9", "", "", "total", "total", 15, "moderate", "moderately severe"},
		{"phq-9", "", "", "total", "total", 20, "moderately severe", "severe"},
		{"phq-9", "", "", "total", "caseness", 10, "below 10", "10 or more"},
		{"gad-7", "", "", "total", "total", 5, "minimal", "mild"},
		{"gad-7", "", "", "total", "total", 10, "mild", "moderate"},
		{"gad-7", "", "", "total", "total", 15, "moderate", "severe"},
		{"gad-7", "", "", "total", "nhs-caseness", 8, "below 8", "8 or more"},
		{"audit-c", "", "female", "total", "total", 3, "below 3", "3 or more"},
		{"audit-c", "", "male", "total", "total", 4, "below 4", "4 or more"},
		{"audit-c", "va", "", "total", "total", 5, "below 5", "5 or more"},
		{"audit", "", "female", "total", "total", 8, "below 8", "8 or more"},
		{"audit", "", "female", "total", "likely-dependence", 13, "below 13", "13 or more"},
		{"audit", "", "male", "total", "likely-dependence", 15, "below 15", "15 or more"},
		{"audit", "", "male", "total", "who-zone", 8, "zone 1", "zone 2"},
		{"audit", "", "male", "total", "who-zone", 16, "zone 2", "zone 3"},
		{"audit", "", "male", "total", "who-zone", 20, "zone 3", "zone 4"},
		{"dast-10", "", "", "total", "total", 1, "none", "low"},
		{"dast-10", "", "", "total", "total", 3, "low", "moderate"},
		{"dast-10", "", "", "total", "total", 6, "moderate", "substantial"},
		{"dast-10", "", "", "total", "total", 9, "substantial", "severe"},
		{"core-10", "", "", "total", "total", 11, "below 11", "11 or more"},
		{"pcl-5", "", "", "total", "total", 31, "below 31", "31 to 33"},
		{"pcl-5", "", "", "total", "total", 34, "31 to 33", "above 33"},
		{"assist", "", "", "alcohol", "alcohol", 11, "lower", "moderate"},
		{"assist", "", "", "alcohol", "alcohol", 27, "moderate", "high"},
		{"assist", "", "", "opioids", "opioids", 4, "lower", "moderate"},
		{"assist", "", "", "tobacco", "tobacco", 27, "moderate", "high"},
	}
	for _, s := range []string{"compassion-satisfaction", "burnout", "secondary-traumatic-stress"} {
		list = append(list, cutoff{"proqol-5", "", "", s, s, 23, "low", "average"}, cutoff{"proqol-5", "", "", s, s, 42, "average", "high"})
	}
	return list
}

func TestEveryCutoff(t *testing.T) {
	for _, c := range cutoffs() {
		for value, want := range map[float64]string{c.at - 1: c.below, c.at: c.from} {
			in, _ := Shipped().Find(c.code)
			a := Answers{Answers: reach(t, in, c, value)}
			if c.version != "" {
				a.Version = &c.version
			}
			if c.sex != "" {
				a.Sex = &c.sex
			}
			if c.sex == "" && c.code == "audit-c" {
				a.Sex = ptr("unstated")
			}
			r := scored(t, c.code, a)
			if got := r.Scores[c.score]; got == nil || *got != value {
				t.Fatalf("%s %s is %s, not %v", c.code, c.score, text(got), value)
			}
			if got := r.Bands[c.key]; got == nil || *got != want {
				t.Errorf("%s %s %v is in band %s, not %q", c.code, c.key, value, text(got), want)
			}
		}
	}
}

// TestNoCutoffIsForgotten counts the borders in the files: a new one has to be
// written into cutoffs too. The ten substances of ASSIST share theirs.
func TestNoCutoffIsForgotten(t *testing.T) {
	have := map[string]int{}
	for _, c := range cutoffs() {
		have[c.code]++
	}
	for _, in := range Shipped() {
		borders := 0
		for _, b := range in.Bands {
			borders += len(b.Bands) - 1
		}
		if in.Code == "assist" {
			borders = 4
		}
		if borders != have[in.Code] {
			t.Errorf("%s has %d cut-offs in its file and %d in this test", in.Code, borders, have[in.Code])
		}
	}
}

func ptr[T any](v T) *T { return &v }

// reach finds answers whose score is a value, by raising one item after the
// other; items of other scores get their lowest answer.
func reach(t *testing.T, in *Instrument, c cutoff, value float64) map[string]*float64 {
	t.Helper()
	v := in.Versions[0]
	if i := slices.IndexFunc(in.Versions, func(x Version) bool { return x.Name == c.version }); i >= 0 {
		v = in.Versions[i]
	}
	out := map[string]*float64{}
	for _, it := range in.items {
		low, _ := in.scaleOf(it, v).bounds()
		out[it.id] = &low
	}
	sc := in.Scores[slices.IndexFunc(in.Scores, func(s Score) bool { return s.Name == c.score })]
	s := &sitting{in: in, version: v, given: map[string]float64{}}
	if !climb(s, out, mustSpell(sc.Items), value) {
		t.Fatalf("%s %s cannot be %v", in.Code, c.score, value)
	}
	return out
}

// climb gives each item in turn an answer, so that together they count value.
func climb(s *sitting, out map[string]*float64, ids []string, left float64) bool {
	if len(ids) == 0 {
		return left == 0
	}
	answers := s.in.scaleOf(s.in.item(ids[0]), s.version).values()
	slices.SortFunc(answers, func(a, b float64) int { return int(b - a) })
	for _, v := range answers {
		s.given[ids[0]] = v
		counts, _ := s.counts(ids[0])
		if counts > left {
			continue
		}
		out[ids[0]] = ptr(v)
		if climb(s, out, ids[1:], left-counts) {
			return true
		}
	}
	return false
}

// TestScoresStayInTheirRange answers every instrument at random, some items not
// at all: a score is in its range or null, and null only where something is
// missing.
func TestScoresStayInTheirRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SampledFrom(Shipped()).Draw(t, "instrument")
		if in.Refuses != "" {
			return
		}
		v := rapid.SampledFrom(in.Versions).Draw(t, "version")
		a := Answers{Answers: map[string]*float64{}, Version: &v.Name, Sex: ptr("female")}
		for _, it := range in.items {
			if rapid.IntRange(0, 9).Draw(t, it.id) > 0 {
				a.Answers[it.id] = ptr(rapid.SampledFrom(in.scaleOf(it, v).values()).Draw(t, it.id))
			}
		}
		r, err := in.Score(a)
		if err != nil {
			if len(a.Answers) == 0 {
				return
			}
			t.Fatal(err)
		}
		for _, s := range in.Scores {
			if why := wrong(s, v, r); why != "" {
				t.Fatalf("%s %s: %s", in.Code, s.Name, why)
			}
		}
		if r.Complete != (len(r.Missing) == 0) {
			t.Fatal("complete, and something is missing")
		}
	})
}

func wrong(s Score, v Version, r Result) string {
	got := r.Scores[s.Name]
	limits, _ := s.rangeIn(v)
	lacks := slices.ContainsFunc(mustSpell(s.Items), func(id string) bool { return slices.Contains(r.Missing, id) })
	switch {
	case got == nil && !lacks:
		return "null though nothing is missing"
	case got != nil && lacks && s.Prorate == nil:
		return "computed though something is missing"
	case got != nil && (*got < limits.From-1e-9 || *got > limits.To+1e-9):
		return fmt.Sprintf("%v is outside %v to %v", *got, limits.From, limits.To)
	}
	return ""
}

// TestReversedItems turns each reversed item from its lowest to its highest
// answer: the score must fall, and rise with every other.
func TestReversedItems(t *testing.T) {
	want := map[string]string{
		"core-10": "2 3", "dast-10": "3", "proqol-5": "1 4 15 17 29",
		"herth-hope-index": "3 6", "whoqol-bref": "3 4 26",
	}
	for _, in := range Shipped() {
		for _, s := range in.Scores {
			for _, id := range mustSpell(s.Items) {
				falls := slope(t, in, s, id) < 0
				if falls != slices.Contains(mustSpell(want[in.Code]), id) {
					t.Errorf("%s item %s in %s: falls is %v", in.Code, id, s.Name, falls)
				}
			}
		}
	}
}

func slope(t *testing.T, in *Instrument, s Score, id string) float64 {
	t.Helper()
	var ends [2]float64
	for i := range ends {
		a := Answers{Answers: map[string]*float64{}, Version: &in.Versions[0].Name, Sex: ptr("unstated")}
		for _, it := range in.items {
			low, high := in.scaleOf(it, in.Versions[0]).bounds()
			a.Answers[it.id] = &low
			if it.id == id && i == 1 {
				a.Answers[it.id] = &high
			}
		}
		ends[i] = *scored(t, in.Code, a).Scores[s.Name]
	}
	return ends[1] - ends[0]
}
