package survival

import (
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/dist"

	"gonum.org/v1/gonum/mat"
)

// Compared is the outcome of a log-rank test.
type Compared struct {
	stat.Test // chi-square with groups − 1 degrees of freedom
	Groups    []Tally
}

// Tally is one group of a log-rank test. With rho above 0 both counts are
// weighted.
type Tally struct {
	Group    string
	N        int
	Observed float64
	Expected float64
}

// LogRank tests that the groups have the same curve, with weight S(t−)^rho on
// each event time, S the curve of all together: rho 0 is the log-rank test,
// 1 the Peto–Peto version of Wilcoxon's test, which looks more at early times.
// The variance is hypergeometric, unstratified. It has most power when hazards
// are in proportion and may see nothing when curves cross.
// Source: Harrington and Fleming 1982. R: survdiff(rho=).
func (s *Study) LogRank(rho float64) (Compared, error) {
	if err := s.settle(); err != nil {
		return Compared{}, err
	}
	if len(s.groups) < 2 {
		return Compared{}, stat.Refuse(stat.OneGroup, "a log-rank test compares two groups or more; there is one")
	}
	if math.IsNaN(rho) || math.IsInf(rho, 0) || rho < 0 {
		return Compared{}, stat.Refuse(stat.OutOfRange, "rho must be 0 or more")
	}
	r := newRanker(s, rho)
	r.all()
	return r.result()
}

// ranker adds up observed less expected over the event times.
type ranker struct {
	study    *Study
	rho      float64
	owner    []int     // group of each run
	isEvent  []bool    // of each run
	atRisk   []float64 // by group, just before the time
	gone     []float64 // by group, at the time
	died     []float64
	observed []float64
	expected []float64
	cov      *mat.SymDense
	total    float64 // at risk in all
	pooled   float64 // S(t−) of all
}

func newRanker(s *Study, rho float64) *ranker {
	k := len(s.groups)
	r := &ranker{study: s, rho: rho, pooled: 1, cov: mat.NewSymDense(k, nil)}
	for _, v := range []*[]float64{&r.atRisk, &r.gone, &r.died, &r.observed, &r.expected} {
		*v = make([]float64, k)
	}
	for i, g := range s.groups {
		r.atRisk[i] = float64(g.n)
		r.total += float64(g.n)
		for code := range g.byCode {
			r.owner = append(r.owner, i)
			r.isEvent = append(r.isEvent, code != Censored)
		}
	}
	return r
}

func (r *ranker) all() {
	var runs []*run
	for _, g := range r.study.groups {
		runs = append(runs, g.runs()...)
	}
	w := walk(runs)
	for {
		died := 0.0
		_, ok := w.next(func(i int, count uint32) {
			r.gone[r.owner[i]] += float64(count)
			if r.isEvent[i] {
				r.died[r.owner[i]] += float64(count)
				died += float64(count)
			}
		})
		if !ok {
			return
		}
		if died > 0 {
			r.weigh(died)
		}
		for g, n := range r.gone {
			r.atRisk[g] -= n
			r.total -= n
			r.gone[g], r.died[g] = 0, 0
		}
	}
}

// weigh takes in one event time: expected d n_g/n, covariance
// d (n−d)/(n−1) (n_g/n)(δ − n_h/n).
func (r *ranker) weigh(died float64) {
	weight := 1.0
	if r.rho != 0 {
		weight = math.Pow(r.pooled, r.rho)
	}
	r.pooled *= (r.total - died) / r.total
	spread := 0.0
	if r.total > 1 {
		spread = weight * weight * died * (r.total - died) / (r.total - 1)
	}
	raw := r.cov.RawSymmetric()
	for g, n := range r.atRisk {
		r.observed[g] += weight * r.died[g]
		if n == 0 {
			continue
		}
		share := n / r.total
		r.expected[g] += weight * died * share
		line := raw.Data[g*raw.Stride:]
		line[g] += spread * share
		for h := g; h < len(r.atRisk); h++ {
			line[h] -= spread * share * r.atRisk[h] / r.total
		}
	}
}

func (r *ranker) result() (Compared, error) {
	out := Compared{}
	var in []int // groups that somebody could have had an event in
	for i, g := range r.study.groups {
		out.Groups = append(out.Groups, Tally{g.name, g.n, r.observed[i], r.expected[i]})
		if r.expected[i] > 0 {
			in = append(in, i)
		}
	}
	if stat.Sum(r.observed) == 0 {
		return Compared{}, stat.Refuse(stat.NoEvents, "nobody had the event, so there is nothing to compare")
	}
	if len(in) < 2 {
		return Compared{}, stat.Refuse(stat.OneGroup, "only one group was watched when events happened")
	}
	chisq, ok := r.quadratic(in[1:])
	if !ok {
		return Compared{}, stat.Refuse(stat.TooFew, "the events do not tell the groups apart: too few were watched together")
	}
	df := float64(len(in) - 1)
	out.Test = stat.Test{Statistic: chisq, DF: df, P: dist.ChiSquaredTail(chisq, df)}
	return out, nil
}

// quadratic is (O−E)' V⁻¹ (O−E) over the groups named.
func (r *ranker) quadratic(in []int) (float64, bool) {
	v, d := mat.NewSymDense(len(in), nil), mat.NewVecDense(len(in), nil)
	for i, g := range in {
		d.SetVec(i, r.observed[g]-r.expected[g])
		for j := i; j < len(in); j++ {
			v.SetSym(i, j, r.cov.At(g, in[j]))
		}
	}
	var solver mat.Cholesky
	if !solver.Factorize(v) || solver.Cond() > 1e14 {
		return 0, false
	}
	x := mat.NewVecDense(len(in), nil)
	if solver.SolveVecTo(x, d) != nil {
		return 0, false
	}
	return mat.Dot(d, x), true
}
