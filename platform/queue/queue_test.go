package queue

import (
	"math"
	"reflect"
	"testing"
)

func one(calls float64, people int) Model {
	return Model{
		Arrivals: []float64{calls}, Yes: 1, Service: Time{Mean: 60}, Within: 30,
		Ladder: []Rung{{Ask: 0, Wait: 1e9}}, Shifts: []Shift{{Name: "all", People: people}},
	}
}

// Values of the formula that stand in any table of it.
func TestErlangC(t *testing.T) {
	for _, c := range []struct {
		load    float64
		servers int
		want    float64
	}{{0.5, 1, 0.5}, {1, 2, 1.0 / 3}, {2, 3, 4.0 / 9}, {0.8, 1, 0.8}} {
		if got, _ := ErlangC(c.load, 1, c.servers); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("load %v, %d servers: %v, want %v", c.load, c.servers, got, c.want)
		}
	}
	if waits, mean := ErlangC(3, 1, 3); waits != 1 || !math.IsInf(mean, 1) {
		t.Error("who cannot keep up makes everyone wait:", waits, mean)
	}
	if got := ErlangWithin(0.8, 1, 1, 0); math.Abs(got-0.2) > 1e-12 {
		t.Error(got)
	}
}

// The simulation against the theory, within 2 percent, where theory has an
// answer: calls at random, one line, times without memory, nobody travels.
func TestPlayAgreesWithErlangC(t *testing.T) {
	for _, c := range []struct {
		calls  float64
		people int
	}{{0.5, 1}, {1.5, 2}, {2.1, 3}} {
		r := Play(t.Context(), one(c.calls, c.people), 3000, 7)
		waits, mean := ErlangC(c.calls, 1, c.people)
		for name, pair := range map[string][2]float64{
			"waits at all": {r.Waited, waits}, "mean minutes": {r.Mean, mean * 60}, "within 30": {r.Share, ErlangWithin(c.calls, 1, c.people, 0.5)},
		} {
			if off := math.Abs(pair[0]/pair[1] - 1); off > 0.02 {
				t.Errorf("%v calls, %d people, %s: %v, theory %v, off by %.1f %%", c.calls, c.people, name, pair[0], pair[1], 100*off)
			}
		}
	}
}

func TestASeedPlaysTheSameWeeks(t *testing.T) {
	m := one(1.5, 2)
	if a, b := Play(t.Context(), m, 20, 3), Play(t.Context(), m, 20, 3); !reflect.DeepEqual(a, b) {
		t.Error(a, b)
	}
	if a, b := Play(t.Context(), m, 20, 3), Play(t.Context(), m, 20, 4); a.Mean == b.Mean {
		t.Error("two seeds played the same weeks")
	}
}

func TestNobodyOnDutyMeansNobodyComes(t *testing.T) {
	m := one(0.3, 0)
	if r := Play(t.Context(), m, 4, 1); r.Calls == 0 || r.Within != 0 || r.Never != r.Calls || r.Share != 0 {
		t.Errorf("%+v", r)
	}
	m.Shifts = []Shift{{Name: "day", From: 8 * 60, To: 16 * 60, People: 3}}
	r := Play(t.Context(), m, 40, 1)
	if r.ByHour[3] > 0.01 || r.ByHour[10] < 0.9 || r.Never != 0 {
		t.Errorf("%+v", r)
	}
}

func TestTheLadderCostsTimeWhenNobodySaysYes(t *testing.T) {
	m := one(0.2, 4)
	m.Yes, m.Travel, m.Service = 0.5, Time{Mean: 10, Fixed: true}, Time{Mean: 20}
	m.Ladder = []Rung{{Ask: 1, Wait: 3}, {Ask: 1, Wait: 3}, {Ask: 0, Wait: 4}}
	slow := Play(t.Context(), m, 200, 1)
	m.Ladder = []Rung{{Ask: 0, Wait: 3}}
	fast := Play(t.Context(), m, 200, 1)
	if fast.Mean >= slow.Mean || fast.Median < 10 || slow.Never != 0 {
		t.Errorf("asking all at once: %v, one after the other: %v", fast.Mean, slow.Mean)
	}
}

func TestStaffFindsTheFewestThatSuffice(t *testing.T) {
	m := one(1.5, 0)
	m.Shifts = []Shift{{Name: "day", From: 8 * 60, To: 20 * 60}, {Name: "night", From: 20 * 60, To: 8 * 60}}
	found, r, ok := Staff(t.Context(), m, 0.9, 60, 1)
	if !ok || r.Share < 0.9 {
		t.Fatal(found.Shifts, r)
	}
	for i := range found.Shifts {
		less := found
		less.Shifts = append([]Shift(nil), found.Shifts...)
		less.Shifts[i].People--
		if less.Shifts[i].People >= 0 && Play(t.Context(), less, 60, 1).Share >= 0.9 {
			t.Errorf("one fewer on %s would do", less.Shifts[i].Name)
		}
	}
	m.Travel = Time{Mean: 45, Fixed: true}
	if _, _, ok := Staff(t.Context(), m, 0.9, 2, 1); ok {
		t.Error("no number of people shortens the road")
	}
}

func TestCheckSaysWhatIsWrong(t *testing.T) {
	good := one(1, 1)
	if say := good.Check(); say != "" {
		t.Fatal(say)
	}
	for name, spoil := range map[string]func(*Model){
		"arrivals": func(m *Model) { m.Arrivals = []float64{1, 2} }, "no calls": func(m *Model) { m.Arrivals = []float64{0} },
		"yes": func(m *Model) { m.Yes = 0 }, "service": func(m *Model) { m.Service = Time{} }, "ladder": func(m *Model) { m.Ladder = nil },
		"within": func(m *Model) { m.Within = 0 }, "rung": func(m *Model) { m.Ladder = []Rung{{}} },
		"shift":                      func(m *Model) { m.Shifts = []Shift{{People: -1}} },
		"less than nobody calls":     func(m *Model) { m.Arrivals = append(make([]float64, 23), -1); m.Arrivals[0] = 1 },
		"nobody has a million peers": func(m *Model) { m.Shifts = []Shift{{People: 1_000_000}} },
		"a ninth day":                func(m *Model) { m.Shifts = []Shift{{Days: []int{9}}} },
		"time runs back":             func(m *Model) { m.Travel.Mean = -5 }, "no spread": func(m *Model) { m.Service.SD = -1 },
	} {
		m := good
		if spoil(&m); m.Check() == "" {
			t.Error(name)
		}
	}
}

// What comes while all are busy, or nobody is there, costs no more for waiting:
// each call is on the agenda a few times, however long it lies there.
func TestWhoWaitsCostsNothing(t *testing.T) {
	m := one(10, 1)
	m.Ladder = []Rung{{Ask: 1, Wait: 1}}
	for name, shifts := range map[string][]Shift{
		"too few": {{Name: "all", People: 1}}, "nobody": {{Name: "all"}}, "only by day": {{Name: "day", From: 8 * 60, To: 16 * 60, People: 1}},
	} {
		m.Shifts = shifts
		if r := play(t.Context(), m, 3, 1); len(r.calls) < 4000 || r.seq > 4*len(r.calls) {
			t.Errorf("%s: %d calls were %d times on the agenda", name, len(r.calls), r.seq)
		}
	}
	if m.Arrivals = []float64{1000}; !m.TooMany(200) || m.TooMany(20) {
		t.Error("how much can be played is not said")
	}
}
