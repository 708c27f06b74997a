package survival

import "slices"

// run is a sorted list of distinct times with how often each was seen.
type run struct {
	time  []float64
	count []uint32
}

func (r *run) add(t float64, n uint32) {
	r.time = append(r.time, t)
	r.count = append(r.count, n)
}

// counts is a multiset of times that takes them in any order. Whole small
// numbers (days) are counted in place; others are gathered, sorted in chunks
// and merged, so that each is moved a logarithmic number of times and equal
// ones are held once.
type counts struct {
	n     int
	whole []uint32  // whole[t] for whole times below wholeMost
	fresh []float64 // not yet sorted
	runs  []run     // shrinking in size, largest first
}

const (
	wholeMost = 4096
	chunk     = 1 << 16
)

func (c *counts) add(t float64) {
	c.n++
	if d := int(t); t < wholeMost && float64(d) == t {
		for len(c.whole) <= d {
			c.whole = append(c.whole, make([]uint32, len(c.whole)+64)...)
		}
		c.whole[d]++
		return
	}
	c.fresh = append(c.fresh, t)
	if len(c.fresh) >= chunk {
		c.flush()
	}
}

// flush sorts what is fresh into a run and merges runs of like size.
func (c *counts) flush() {
	slices.Sort(c.fresh)
	var r run
	for i := 0; i < len(c.fresh); {
		j := i
		for j < len(c.fresh) && c.fresh[j] == c.fresh[i] {
			j++
		}
		r.add(c.fresh[i], uint32(j-i))
		i = j
	}
	c.fresh = c.fresh[:0]
	c.runs = append(c.runs, r)
	for k := len(c.runs); k > 1 && len(c.runs[k-2].time) < 2*len(c.runs[k-1].time); k = len(c.runs) {
		c.runs = append(c.runs[:k-2], merge(c.runs[k-2], c.runs[k-1]))
	}
}

// settled returns all as one run and lets go of the rest.
func (c *counts) settled() run {
	c.flush()
	c.fresh = nil
	var small run
	for d, n := range c.whole {
		if n > 0 {
			small.add(float64(d), n)
		}
	}
	all := small
	for k := len(c.runs) - 1; k >= 0; k-- {
		all = merge(c.runs[k], all)
		c.runs[k] = run{}
	}
	c.runs, c.whole = nil, nil
	return all
}

func merge(a, b run) run {
	if len(a.time) == 0 {
		return b
	}
	if len(b.time) == 0 {
		return a
	}
	size := len(a.time) + len(b.time)
	out := run{make([]float64, 0, size), make([]uint32, 0, size)}
	i, j := 0, 0
	for i < len(a.time) && j < len(b.time) {
		switch s, t := a.time[i], b.time[j]; {
		case s < t:
			out.add(s, a.count[i])
			i++
		case t < s:
			out.add(t, b.count[j])
			j++
		default:
			out.add(s, a.count[i]+b.count[j])
			i, j = i+1, j+1
		}
	}
	out.time = append(append(out.time, a.time[i:]...), b.time[j:]...)
	out.count = append(append(out.count, a.count[i:]...), b.count[j:]...)
	return out
}
