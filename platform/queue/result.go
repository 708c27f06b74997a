package queue

import (
	"context"
	"math"
	"slices"
)

// result counts. A call to which nobody came is late, and its wait is as long
// as the longest.
func (r *run) result(weeks int) Result {
	out := Result{Calls: len(r.calls), ByHour: make([]float64, 24), LateBy: make([]int, len(r.m.Shifts))}
	waits := make([]float64, 0, len(r.calls))
	byWeek, inWeek, byHour := make([]float64, weeks), make([]float64, weeks), make([]float64, 24)
	for _, c := range r.calls {
		wait := c.there - c.at
		hour, week := int(c.at/60)%24, min(int(c.at/Week), weeks-1)
		byHour[hour]++
		byWeek[week]++
		if wait <= r.m.Within {
			out.Within++
			out.ByHour[hour]++
			inWeek[week]++
		} else {
			r.blame(c, out.LateBy)
		}
		if math.IsInf(wait, 1) {
			out.Never++
			continue
		}
		if c.delayed {
			out.Waited++
		}
		waits = append(waits, wait)
	}
	for h := range 24 {
		out.ByHour[h] /= max(1, byHour[h])
	}
	out.Waited = (out.Waited + float64(out.Never)) / max(1, float64(out.Calls))
	out.Share = float64(out.Within) / max(1, float64(out.Calls))
	out.Lower, out.Upper = interval(out.Share, inWeek, byWeek)
	slices.Sort(waits)
	out.Mean, out.Median, out.P90 = mean(waits), quantile(waits, 0.5), quantile(waits, 0.9)
	return out
}

// blame counts a late call against the shifts that were on duty when it came,
// or the one that came on next when none was.
func (r *run) blame(c call, late []int) {
	best, soonest := -1, math.Inf(1)
	for i, s := range r.m.Shifts {
		wait := s.until(c.at)
		if wait == 0 {
			late[i]++
			best = -2
		}
		if wait < soonest && best != -2 {
			best, soonest = i, wait
		}
	}
	if best >= 0 {
		late[best]++
	}
}

// until is how long it is from an instant until the shift is on; 0 when it is.
func (s Shift) until(t float64) float64 {
	if s.always() {
		return 0
	}
	day := math.Floor(t / (24 * 60))
	for d := day - 1; d <= day+8; d++ {
		weekday := (int(d)%7 + 7) % 7
		if len(s.Days) > 0 && !slices.Contains(s.Days, weekday) {
			continue
		}
		from := d*24*60 + s.From
		if t < from+s.length() {
			return max(0, from-t)
		}
	}
	return math.Inf(1)
}

// interval is the normal 95 percent interval of a ratio of sums, from week to
// week: calls of one week hang together, those of two hardly do.
func interval(share float64, in, all []float64) (lower, upper float64) {
	n, total, sum := float64(len(in)), 0.0, 0.0
	for i := range in {
		d := in[i] - share*all[i]
		sum += d * d
		total += all[i]
	}
	if n < 2 || total == 0 {
		return 0, 1
	}
	se := math.Sqrt(sum*n/(n-1)) / total
	return max(0, share-1.96*se), min(1, share+1.96*se)
}

func mean(sorted []float64) float64 {
	sum := 0.0
	for _, w := range sorted {
		sum += w
	}
	return sum / max(1, float64(len(sorted)))
}

func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

// Staff finds how many people each shift needs so that the share of calls to
// which someone comes in time is at least the wanted one: it adds one where
// most calls are late until that holds, then takes away whoever is not needed.
// ok is false when 200 people do not suffice, or ctx ended. Where 200 in every
// shift would not, it says so at once.
func Staff(ctx context.Context, m Model, want float64, weeks int, seed uint64) (Model, Result, bool) {
	m.Shifts = slices.Clone(m.Shifts)
	res := Play(ctx, m, weeks, seed)
	if res.Share < want {
		if most, best := crowded(ctx, m, weeks, seed); best.Share < want {
			return most, best, false
		}
	}
	for added := 0; res.Share < want; added++ {
		if added == plenty || ctx.Err() != nil {
			return m, res, false
		}
		m.Shifts[most(res.LateBy)].People++
		res = Play(ctx, m, weeks, seed)
	}
	for i := range m.Shifts {
		for m.Shifts[i].People > 0 && ctx.Err() == nil {
			m.Shifts[i].People--
			less := Play(ctx, m, weeks, seed)
			if less.Share < want {
				m.Shifts[i].People++
				break
			}
			res = less
		}
	}
	return m, res, true
}

// plenty is how many people are never not enough for one place.
const plenty = 200

// crowded plays the rota with plenty of people in every shift.
func crowded(ctx context.Context, m Model, weeks int, seed uint64) (Model, Result) {
	m.Shifts = slices.Clone(m.Shifts)
	for i := range m.Shifts {
		m.Shifts[i].People = max(m.Shifts[i].People, plenty)
	}
	return m, Play(ctx, m, weeks, seed)
}

func most(n []int) int {
	at := 0
	for i := range n {
		if n[i] > n[at] {
			at = i
		}
	}
	return at
}
