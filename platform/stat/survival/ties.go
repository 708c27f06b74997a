package survival

import "math"

// tieTolerance is the square root of the machine's precision: 1.5e-8.
const tieTolerance = 0x1p-26

// joinTies gives times that differ by rounding only one value, the first of
// them: 0.1+0.2 and 0.3 are the same day. Two neighbours are joined when their
// gap is at most 1.5e-8, as it stands or against the mean of all distinct
// times. It is R's rule (survival::aeqSurv, timefix=TRUE), so that counts of
// ties agree with R's.
func joinTies(runs []*run) {
	n, total, gap := gaps(runs)
	if n < 2 || !tied(gap, total/n) {
		return
	}
	mean := total / n
	w, to := walk(runs), newRewriter(runs)
	last, first := math.Inf(-1), 0.0
	for {
		var t float64
		t, ok := w.peek()
		if !ok {
			break
		}
		if !tied(t-last, mean) {
			first = t
		}
		last = t
		w.next(func(i int, count uint32) { to.put(i, first, count) })
	}
	to.finish()
}

func tied(gap, mean float64) bool { return gap <= tieTolerance || gap/mean <= tieTolerance }

// gaps returns the number of distinct times, their sum and the least distance
// between two.
func gaps(runs []*run) (n, total, least float64) {
	w, last := walk(runs), math.Inf(-1)
	least = math.Inf(1)
	for {
		t, ok := w.next(func(int, uint32) {})
		if !ok {
			return n, total, least
		}
		n++
		total += t
		least = math.Min(least, t-last)
		last = t
	}
}

func (w *walker) peek() (float64, bool) {
	if len(w.heap) == 0 {
		return 0, false
	}
	return w.time(0), true
}

// rewriter writes joined times over the runs that are being read; it never
// gets ahead of the reader.
type rewriter struct {
	runs []*run
	at   []int
}

func newRewriter(runs []*run) *rewriter { return &rewriter{runs, make([]int, len(runs))} }

func (r *rewriter) put(i int, t float64, count uint32) {
	target, k := r.runs[i], r.at[i]
	if k > 0 && target.time[k-1] == t {
		target.count[k-1] += count
		return
	}
	target.time[k], target.count[k] = t, count
	r.at[i]++
}

func (r *rewriter) finish() {
	for i, k := range r.at {
		r.runs[i].time = r.runs[i].time[:k]
		r.runs[i].count = r.runs[i].count[:k]
	}
}
