package mentoring

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"alongside/platform/strictjson"
)

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(b)) }

func ones(n int, x float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = x
	}
	return out
}

// TestWorkedTable holds T to the table of values worked in R: goals of equal
// weight that all reach the same level.
func TestWorkedTable(t *testing.T) {
	for n, want := range map[int][5]float64{
		1: {10, 30, 40, 60, 70},
		2: {6.201736729, 25.193053, 37.596527, 62.403473, 74.806947},
		3: {4.564354646, 22.613872, 36.306936, 63.693064, 77.386128},
		4: {3.627381251, 20.980950, 35.490475, 64.509525, 79.019050},
		5: {3.015113446, 19.848866, 34.924433, 65.075567, 80.151134},
		6: {2.581988897, 19.016133, 34.508067, 65.491933, 80.983867},
	} {
		one := ones(n, 0)
		one[0] = 1
		if got := T(Rho, ones(n, 1), one) - 50; math.Abs(got-want[0]) > 5e-10 {
			t.Errorf("%d goals, one point: %.9f, want %.9f", n, got, want[0])
		}
		for i, level := range []float64{-2, -1, 1, 2} {
			if got := T(Rho, ones(n, 1), ones(n, level)); math.Abs(got-want[i+1]) > 5e-7 {
				t.Errorf("%d goals all at %v: %.6f, want %.6f", n, level, got, want[i+1])
			}
			exact := 50 + level*float64(n)*want[0]
			if got := T(Rho, ones(n, 1), ones(n, level)); math.Abs(got-exact) > 1e-8 {
				t.Errorf("%d goals all at %v: %.9f is not %d steps", n, level, got, n)
			}
		}
	}
}

func TestWorkedValues(t *testing.T) {
	for _, row := range []struct {
		rho  float64
		w, x []float64
		want float64
	}{
		{Rho, ones(3, 1), []float64{0, 1, -1}, 50},
		{Rho, ones(3, 1), []float64{1, 0, 2}, 63.6930639376},
		{Rho, []float64{4, 3, 2, 1}, []float64{0, 1, -1, 2}, 54.2008402521},
		{Rho, []float64{6, 2, 3}, []float64{1, 1, 0}, 59.5211111785},
		{Rho, []float64{6, 2, 3}, []float64{-1, -1, -2}, 33.3380554376},
		{0, ones(3, 1), []float64{1, 0, 2}, 67.3205080757},
		{0.5, ones(3, 1), []float64{1, 0, 2}, 62.2474487139},
	} {
		if got := T(row.rho, row.w, row.x); math.Abs(got-row.want) > 1e-9 {
			t.Errorf("rho %v, w %v, x %v: %.10f, want %.10f", row.rho, row.w, row.x, got, row.want)
		}
	}
	a := score(t, `{"goals":[{"weight":6,"baseline":-1,"achieved":1},{"weight":2,"baseline":-1,"achieved":1},{"weight":3,"baseline":-2,"achieved":0}]}`)
	if math.Abs(a.BaselineT-33.3380554376) > 1e-9 || math.Abs(*a.AchievedT-59.5211111785) > 1e-9 || math.Abs(*a.Change-26.1830557409) > 1e-9 {
		t.Errorf("%v %v %v", a.BaselineT, *a.AchievedT, *a.Change)
	}
}

func score(t *testing.T, in string) Attainment {
	t.Helper()
	a, err := scored(in)
	if err != nil {
		t.Fatalf("%s: %v", in, err)
	}
	return a
}

func scored(in string) (Attainment, error) {
	var g Goals
	if err := strictjson.Decode([]byte(in), &g); err != nil {
		return Attainment{}, err
	}
	return g.Score()
}

// drawn is a set of goals that T is defined for.
type drawn struct {
	rho  float64
	w, x []float64
}

func draw(t *rapid.T) drawn {
	n := rapid.IntRange(1, 8).Draw(t, "goals")
	return drawn{
		rho: rapid.Float64Range(0, 1).Draw(t, "rho"),
		w:   rapid.SliceOfN(rapid.Float64Range(0.01, 9), n, n).Draw(t, "weights"),
		x:   rapid.SliceOfN(rapid.Map(rapid.IntRange(-2, 2), func(i int) float64 { return float64(i) }), n, n).Draw(t, "levels"),
	}
}

func times(k float64, v []float64) []float64 {
	out := make([]float64, len(v))
	for i, x := range v {
		out[i] = k * x
	}
	return out
}

func TestScaledWeightsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		k := math.Pow(10, rapid.Float64Range(-290, 290).Draw(t, "power"))
		if a, b := T(d.rho, d.w, d.x), T(d.rho, times(k, d.w), d.x); !near(a, b) {
			t.Fatalf("%v, times %v %v", a, k, b)
		}
	})
}

func TestNegationMirrors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		if a, b := T(d.rho, d.w, d.x), T(d.rho, d.w, times(-1, d.x)); !near(a, 100-b) {
			t.Fatalf("%v and %v", a, b)
		}
	})
}

func TestAllAsExpectedIsFiftyExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		if a := T(d.rho, d.w, make([]float64, len(d.w))); a != 50 {
			t.Fatal(a)
		}
	})
}

func TestWeightNoughtLeavesOut(t *testing.T) {
	with := score(t, `{"goals":[{"weight":2,"baseline":-1,"achieved":1},{"weight":0,"baseline":-2,"achieved":2},{"weight":1,"baseline":-1,"achieved":0}]}`)
	without := score(t, `{"goals":[{"weight":2,"baseline":-1,"achieved":1},{"weight":1,"baseline":-1,"achieved":0}]}`)
	if with.BaselineT != without.BaselineT || *with.AchievedT != *without.AchievedT || with.Distribution != without.Distribution {
		t.Errorf("%+v %+v", with, without)
	}
	if a := score(t, `{"goals":[{"weight":0,"baseline":-1},{"baseline":-1,"achieved":0}]}`); a.AchievedT == nil {
		t.Error("a goal that is left out need not be rated")
	}
}

func TestPartlyAchievedCountsAsNotYet(t *testing.T) {
	a := score(t, `{"goals":[{"baseline":-1,"achieved":-0.5},{"baseline":-1,"achieved":0}]}`)
	b := score(t, `{"goals":[{"baseline":-1,"achieved":-1},{"baseline":-1,"achieved":0}]}`)
	if *a.AchievedT != *b.AchievedT || a.Distribution != (Distribution{Less: 1, Expected: 1}) {
		t.Errorf("%+v %+v", a, b)
	}
}

func TestNotYetRated(t *testing.T) {
	for _, in := range []string{`{"goals":[{"baseline":-1,"achieved":null},{"baseline":-1,"achieved":2}]}`, `{"goals":[{"baseline":-1},{"baseline":-1,"achieved":2}]}`} {
		a := score(t, in)
		if a.AchievedT != nil || a.Change != nil || a.Distribution != (Distribution{MuchMore: 1}) || !near(a.BaselineT, 37.596527) && math.Abs(a.BaselineT-37.596527) > 1e-6 {
			t.Errorf("%+v", a)
		}
	}
}

func TestRefusals(t *testing.T) {
	for in, want := range map[string]string{
		`{}`:           "/goals: there is no goal",
		`{"goals":[]}`: "/goals: there is no goal",
		`{"goals":[{"weight":0,"baseline":-1,"achieved":0}]}`: "/goals: every weight is 0",
		`{"rho":1.1,"goals":[{"baseline":-1}]}`:               "/rho: 1.1 is not from 0 to 1",
		`{"rho":-0.1,"goals":[{"baseline":-1}]}`:              "/rho: -0.1",
		`{"goals":[{"baseline":-1,"achieved":3}]}`:            "/goals/0/achieved: 3 is not a level",
		`{"goals":[{"baseline":-1,"achieved":0.5}]}`:          "/goals/0/achieved: 0.5 is not a level",
		`{"goals":[{"baseline":-1},{"baseline":-3}]}`:         "/goals/1/baseline: -3 is not a level",
		`{"goals":[{"baseline":-0.5}]}`:                       "/goals/0/baseline: -0.5 is not a level",
		`{"goals":[{"baseline":-2,"achieved":-0.5}]}`:         "/goals/0/achieved: −0.5 stands for partly achieved from a baseline of −1",
		`{"goals":[{"achieved":0}]}`:                          "/goals/0/baseline: is missing",
		`{"goals":[{"weight":-1,"baseline":-1}]}`:             "/goals/0/weight: -1 is below 0",
		`{"goals":[{"weight":"1","baseline":-1}]}`:            "/goals/0/weight: a number is expected, not a text",
		`{"goals":[{"wieght":1,"baseline":-1}]}`:              "/goals/0/wieght: nothing here has this name",
		`{"goals":[{"baseline":-1,"baseline":0}]}`:            "/goals/0/baseline (line 1",
	} {
		if _, err := scored(in); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", in, err)
		}
	}
}

// A weight that is not given is 1 beside others that are, and rho may be 0 or 1.
func TestWhatIsNotGiven(t *testing.T) {
	said := score(t, `{"rho":0.3,"goals":[{"weight":1,"baseline":-1,"achieved":2},{"weight":3,"baseline":-2,"achieved":0}]}`)
	if left := score(t, `{"goals":[{"baseline":-1,"achieved":2},{"weight":3,"baseline":-2,"achieved":0}]}`); *left.AchievedT != *said.AchievedT || left.BaselineT != said.BaselineT {
		t.Errorf("%+v and %+v", left, said)
	}
	for rho, want := range map[string]float64{"0": 64.14213562373095, "1": 60} {
		a := score(t, `{"rho":`+rho+`,"goals":[{"baseline":-1,"achieved":1},{"baseline":-1,"achieved":1}]}`)
		if !near(*a.AchievedT, want) || !near(*a.Change, 2*(want-50)) {
			t.Errorf("rho %s: %v, change %v", rho, *a.AchievedT, *a.Change)
		}
	}
}
