package engagement

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"alongside/domain/ref"
)

func at(minute int) time.Time { return time.Date(2026, 3, 2, 9, minute, 0, 0, time.UTC) }

func TestSplitByHand(t *testing.T) {
	for name, c := range map[string]struct {
		spans []Span
		want  map[ref.Person]time.Duration
	}{
		"one after the other": {[]Span{{"a", at(0), at(10)}, {"b", at(10), at(30)}}, map[ref.Person]time.Duration{"a": 10 * time.Minute, "b": 20 * time.Minute}},
		"a group of three":    {[]Span{{"a", at(0), at(60)}, {"b", at(0), at(60)}, {"c", at(0), at(60)}}, map[ref.Person]time.Duration{"a": 20 * time.Minute, "b": 20 * time.Minute, "c": 20 * time.Minute}},
		"a call in a group":   {[]Span{{"a", at(0), at(30)}, {"b", at(10), at(20)}}, map[ref.Person]time.Duration{"a": 25 * time.Minute, "b": 5 * time.Minute}},
		"the same one twice":  {[]Span{{"a", at(0), at(30)}, {"a", at(10), at(40)}}, map[ref.Person]time.Duration{"a": 40 * time.Minute}},
		"no time":             {[]Span{{"a", at(5), at(5)}, {"b", at(9), at(3)}}, map[ref.Person]time.Duration{}},
		"nobody":              {nil, map[ref.Person]time.Duration{}},
	} {
		got := Split(c.spans)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v", name, got)
		}
		for p, d := range c.want {
			if got[p] != d {
				t.Errorf("%s: %s has %v, want %v", name, p, got[p], d)
			}
		}
	}
}

func spans() *rapid.Generator[[]Span] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Span {
		from := at(0).Add(time.Duration(rapid.Int64Range(0, 7_200_000_000).Draw(t, "from")) * time.Microsecond)
		long := time.Duration(rapid.Int64Range(-1000, 7_200_000_000).Draw(t, "long")) * time.Microsecond
		return Span{ref.Person(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "who")), from, from.Add(long)}
	}), 0, 12)
}

// covered is the time spent with anyone at all, found by walking along.
func covered(all []Span) (total time.Duration) {
	all = slices.DeleteFunc(slices.Clone(all), func(s Span) bool { return !s.To.After(s.From) })
	slices.SortFunc(all, func(a, b Span) int { return a.From.Compare(b.From) })
	var end time.Time
	for _, s := range all {
		if s.From.After(end) {
			end = s.From
		}
		if s.To.After(end) {
			total += s.To.Sub(end)
			end = s.To
		}
	}
	return total
}

// No minute counts twice and none is left out; nobody is given more time than
// was noted with them; the order does not matter; time with one more person
// never gives the others more.
func TestNoMinuteCountsTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := spans().Draw(t, "spans")
		got := Split(all)
		var sum time.Duration
		alone := map[ref.Person]time.Duration{}
		for p, d := range got {
			sum += d
			for _, s := range all {
				if s.Person == p {
					alone[p] += max(0, s.To.Sub(s.From))
				}
			}
			if d < 0 || d > alone[p] {
				t.Errorf("%s has %v of %v", p, d, alone[p])
			}
		}
		if sum != covered(all) {
			t.Errorf("the shares are %v, the time was %v", sum, covered(all))
		}
		mixed := slices.Clone(all)
		rand.New(rand.NewPCG(1, uint64(len(all)))).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		for p, d := range Split(mixed) {
			if got[p] != d {
				t.Errorf("in another order %s has %v, not %v", p, d, got[p])
			}
		}
		more := Split(append(slices.Clone(all), Span{"new", at(0), at(240)}))
		for p := range got {
			if more[p] > got[p]+time.Duration(len(all))*10*time.Microsecond {
				t.Errorf("with one more person %s has %v, before %v", p, more[p], got[p])
			}
		}
	})
}
