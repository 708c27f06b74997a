package stat

import (
	"math"
	"math/rand/v2"
	"sort"

	"alongside/platform/stat/dist"
)

// Statistic computes one number from the rows picked; a row may come twice.
type Statistic func(rows []int) float64

// Drawing says how a bootstrap is made. The same seed gives the same result on
// every machine.
type Drawing struct {
	Draws int // 2,000 when 0; at least 100
	Seed  uint64
	Level float64 // 0.95 when 0
}

// Boot is the outcome of a bootstrap.
type Boot struct {
	Value      float64
	SE         float64  // standard deviation over the draws
	Bias       float64  // mean over the draws less Value
	Percentile Interval // quantiles of the draws
	BCa        Interval // corrected for bias and skew; prefer it
	Z0, Accel  float64  // the two corrections
	Undefined  int      // draws where the statistic has no value, left out
}

// Bootstrap draws n rows out of n with replacement, many times. It assumes
// that rows are independent: draw whole people, not their visits.
// The acceleration comes from the draws (influence) when there are ten times as
// many as rows and at most 200 rows, else from the jackknife.
// Source: Efron 1987. R: boot::boot, boot.ci(type=c("perc","bca")).
func Bootstrap(n int, s Statistic, d Drawing) (Boot, error) {
	d, err := d.filled(n)
	if err != nil {
		return Boot{}, err
	}
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	b := Boot{Value: s(rows)}
	if math.IsNaN(b.Value) {
		return Boot{}, Refuse(NoSpread, "the figure has no value on the data themselves")
	}
	drawn, learnt := draw(rows, s, d)
	b.Undefined = d.Draws - len(drawn)
	if 20*b.Undefined > d.Draws {
		return Boot{}, Refuse(TooFew, "the figure has no value in %d of %d draws: there are too few rows", b.Undefined, d.Draws)
	}
	sort.Float64s(drawn)
	b.SE, b.Bias = SD(drawn), Mean(drawn)-b.Value
	tail := (1 - d.Level) / 2
	b.Percentile = Interval{orderly(drawn, tail), orderly(drawn, 1-tail)}
	if learnt != nil {
		b.Accel = learnt.acceleration()
	} else {
		b.Accel = Acceleration(Leave(n, s))
	}
	b.correct(drawn, tail)
	return b, nil
}

func (d Drawing) filled(n int) (Drawing, error) {
	if d.Draws == 0 {
		d.Draws = 2000
	}
	if d.Level == 0 {
		d.Level = Level
	}
	if n < 2 {
		return d, Refuse(TooFew, "a bootstrap needs two rows or more")
	}
	if d.Draws < 100 {
		return d, Refuse(TooFew, "a bootstrap needs 100 draws or more")
	}
	return d, CheckLevel(d.Level)
}

func draw(rows []int, s Statistic, d Drawing) ([]float64, *influence) {
	learnt := newInfluence(len(rows), d.Draws)
	random := rand.New(rand.NewPCG(d.Seed, 0x616c6f6e67))
	drawn := make([]float64, 0, d.Draws)
	for range d.Draws {
		for i := range rows {
			rows[i] = random.IntN(len(rows))
		}
		if v := s(rows); !math.IsNaN(v) {
			drawn = append(drawn, v)
			if learnt != nil {
				learnt.add(rows, v)
			}
		}
	}
	return drawn, learnt
}

// correct fills the BCa interval; NaN where the draws lie all on one side.
func (b *Boot) correct(drawn []float64, tail float64) {
	below := float64(sort.SearchFloat64s(drawn, b.Value)) / float64(len(drawn))
	b.Z0 = dist.Z(below)
	b.BCa = Interval{math.NaN(), math.NaN()}
	if below == 0 || below == 1 || math.IsNaN(b.Accel) {
		return
	}
	at := func(p float64) float64 {
		z := b.Z0 + dist.Z(p)
		return orderly(drawn, dist.Normal(b.Z0+z/(1-b.Accel*z)))
	}
	b.BCa = Interval{at(tail), at(1 - tail)}
}

// orderly is the quantile of sorted draws by rank (R+1)p, between two ranks on
// the normal scale. Source: Davison and Hinkley 1997, equation 5.8.
func orderly(sorted []float64, p float64) float64 {
	n := float64(len(sorted))
	rank := (n + 1) * p
	k := math.Floor(rank)
	if k < 1 {
		return sorted[0]
	}
	if k >= n {
		return sorted[len(sorted)-1]
	}
	lo, hi := sorted[int(k)-1], sorted[int(k)]
	if rank == k {
		return lo
	}
	from, to := dist.Z(k/(n+1)), dist.Z((k+1)/(n+1))
	return lo + (dist.Z(p)-from)/(to-from)*(hi-lo)
}
