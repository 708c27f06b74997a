package stat

import "alongside/platform/stat/dist"

// Intraclass is the agreement of raters on a scale, for one rater and for the
// mean of all, under the three designs of Shrout and Fleiss.
type Intraclass struct {
	One   Estimate // ICC(1,1): each person rated by other raters
	Two   Estimate // ICC(2,1): raters drawn from many; a constant shift counts
	Three Estimate // ICC(3,1): these raters only; a constant shift does not count
	OneK  float64  // the same for the mean of the k raters
	TwoK  float64
	ThrK  float64
}

// squaresOf are the mean squares of a table of people by raters.
type squaresOf struct {
	n, k                          float64
	people, within, raters, noise float64
}

// ICC returns the intraclass correlations of raters, each a column of ratings
// of the same people. Source: Shrout and Fleiss 1979. R: psych::ICC.
func ICC(raters [][]float64, level float64) (Intraclass, error) {
	n, err := checkRatings(raters, level)
	if err != nil {
		return Intraclass{}, err
	}
	m := meanSquares(raters, n)
	if m.people+m.within == 0 || m.people == 0 && m.noise == 0 {
		return Intraclass{}, Refuse(NoSpread, "people do not differ in any rating, so agreement has no scale")
	}
	k := m.k
	shift := (m.raters - m.noise) / m.n
	r := Intraclass{
		OneK: (m.people - m.within) / m.people,
		TwoK: (m.people - m.noise) / (m.people + shift),
		ThrK: (m.people - m.noise) / m.people,
	}
	tail := (1 - level) / 2
	r.One = m.byF(m.within, m.n*(k-1), tail)
	r.Three = m.byF(m.noise, (m.n-1)*(k-1), tail)
	r.Two.Value = (m.people - m.noise) / (m.people + (k-1)*m.noise + k*shift)
	r.Two.Interval = m.second(r.Two.Value, tail)
	return r, nil
}

// byF is (people − noise)/(people + (k−1) noise) and its interval from F.
func (m squaresOf) byF(noise, df, tail float64) Estimate {
	f := m.people / noise
	of := func(f float64) float64 { return (f - 1) / (f + m.k - 1) }
	return Estimate{(m.people - noise) / (m.people + (m.k-1)*noise), Interval{
		Lower: of(f / dist.FQuantile(1-tail, m.n-1, df)),
		Upper: of(f * dist.FQuantile(1-tail, df, m.n-1)),
	}}
}

// second is Satterthwaite's interval of ICC(2,1), from Shrout and Fleiss.
func (m squaresOf) second(icc, tail float64) Interval {
	n, k := m.n, m.k
	f := m.raters / m.noise
	rest := n*(1+(k-1)*icc) - k*icc
	top := k*icc*f + rest
	v := (k - 1) * (n - 1) * top * top / ((n-1)*k*k*icc*icc*f*f + rest*rest)
	up, down := dist.FQuantile(1-tail, n-1, v), dist.FQuantile(1-tail, v, n-1)
	noise := k*m.raters + (k*n-k-n)*m.noise
	return Interval{
		Lower: n * (m.people - up*m.noise) / (up*noise + n*m.people),
		Upper: n * (down*m.people - m.noise) / (noise + n*down*m.people),
	}
}

func meanSquares(raters [][]float64, n int) squaresOf {
	m := squaresOf{n: float64(n), k: float64(len(raters))}
	person, grand := make([]float64, n), 0.0
	for _, column := range raters {
		for i, v := range column {
			person[i] += v / m.k
		}
		grand += Mean(column) / m.k
	}
	for _, column := range raters {
		mean := Mean(column)
		m.raters += m.n * (mean - grand) * (mean - grand) / (m.k - 1)
		for i, v := range column {
			off, rest := v-person[i], v-person[i]-mean+grand
			m.within += off * off / (m.n * (m.k - 1))
			m.noise += rest * rest / ((m.n - 1) * (m.k - 1))
		}
	}
	m.people = m.k * Variance(person)
	return m
}
