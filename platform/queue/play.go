package queue

import (
	"container/heap"
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// Result is what weeks of calls came to.
type Result struct {
	Calls  int       `json:"calls"`
	Within int       `json:"within"` // someone was there in time
	Never  int       `json:"never"`  // nobody had come when the time was over
	Share  float64   `json:"share"`
	Lower  float64   `json:"lower"` // 95 percent interval of the share, from week to week
	Upper  float64   `json:"upper"`
	Mean   float64   `json:"mean_minutes"`
	Median float64   `json:"median_minutes"`
	P90    float64   `json:"p90_minutes"`
	Waited float64   `json:"waited"` // share of calls that waited at all before someone said yes
	ByHour []float64 `json:"by_hour"`
	LateBy []int     `json:"late_by_shift"` // calls that were late, by the shift on duty when they came
}

type kind int

const (
	arrives kind = iota
	climbs
	answers
	freed
	begins
)

type event struct {
	at           float64
	kind         kind
	call, server int
	seq          int
}

type agenda []event

func (a agenda) Len() int      { return len(a) }
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a agenda) Less(i, j int) bool {
	if a[i].at != a[j].at {
		return a[i].at < a[j].at
	}
	return a[i].seq < a[j].seq
}

// Push is for container/heap.
func (a *agenda) Push(x any) { *a = append(*a, x.(event)) }

// Pop is for container/heap.
func (a *agenda) Pop() any {
	old := *a
	x := old[len(old)-1]
	*a = old[:len(old)-1]
	return x
}

type call struct {
	at, there float64 // there is +Inf until someone is
	taken     bool
	delayed   bool
	rung      int
	asked     map[int]bool
}

type server struct {
	until float64
	free  bool
	done  int
}

type run struct {
	m       Model
	rng     *rand.Rand
	comes   *rand.Rand // of calls alone: two rotas are tried on the same calls
	end     float64
	agenda  agenda
	seq     int
	calls   []call
	waiting []int
	servers []server
	idle    []int // servers that are free and on duty, in the order in which they became so
}

// Play plays so many weeks. The same seed plays the same weeks. When ctx ends it
// stops, and what it returns is of no use.
func Play(ctx context.Context, m Model, weeks int, seed uint64) Result {
	return play(ctx, m, weeks, seed).result(weeks)
}

func play(ctx context.Context, m Model, weeks int, seed uint64) *run {
	r := &run{m: m, rng: rand.New(rand.NewPCG(seed, 168)), comes: rand.New(rand.NewPCG(seed, 24)), end: float64(weeks) * Week}
	for s := range m.Shifts {
		r.plan(s, weeks)
	}
	r.add(event{at: r.nextCall(0), kind: arrives})
	for len(r.agenda) > 0 && (r.seq%1024 != 0 || ctx.Err() == nil) {
		e := heap.Pop(&r.agenda).(event)
		if e.at > r.end+Week { // a week more for who still waits
			break
		}
		r.step(e)
	}
	return r
}

func (r *run) add(e event) {
	r.seq++
	e.seq = r.seq
	heap.Push(&r.agenda, e)
}

// plan puts a shift's beginnings on the agenda.
func (r *run) plan(s, weeks int) {
	shift := r.m.Shifts[s]
	if shift.always() {
		r.add(event{at: 0, kind: begins, server: s})
		return
	}
	for day := range (weeks + 1) * 7 {
		if len(shift.Days) == 0 || slices.Contains(shift.Days, day%7) {
			r.add(event{at: float64(day)*24*60 + shift.From, kind: begins, server: s})
		}
	}
}

// nextCall draws the next call after t, by thinning the busiest hour's rate.
func (r *run) nextCall(t float64) float64 {
	peak := r.m.peak()
	for {
		t += r.comes.ExpFloat64() * 60 / peak
		if r.comes.Float64()*peak <= r.m.rate(t) {
			return t
		}
	}
}

func (r *run) step(e event) {
	switch e.kind {
	case arrives:
		r.arrive(e.at)
	case climbs:
		r.climb(e.at, e.call)
	case answers:
		r.answer(e.at, e.call, e.server)
	case freed:
		r.freed(e.at, e.server)
	case begins:
		r.begin(e.at, r.m.Shifts[e.server])
	}
}

func (r *run) arrive(t float64) {
	if t > r.end {
		return
	}
	r.calls = append(r.calls, call{at: t, there: math.Inf(1), asked: map[int]bool{}})
	n := len(r.calls) - 1
	r.waiting = append(r.waiting, n)
	r.climb(t, n)
	r.calls[n].delayed = !r.calls[n].taken
	r.add(event{at: r.nextCall(t), kind: arrives})
}

// climb asks the next; after the last rung it asks all again, for as long as
// anyone is free. Whoever becomes free later goes to whoever has waited longest,
// so that where all are busy there is nothing to climb for: ten thousand calls
// that wait must not each be looked at every minute.
func (r *run) climb(t float64, n int) {
	c := &r.calls[n]
	if c.taken {
		return
	}
	rung := r.m.Ladder[min(c.rung, len(r.m.Ladder)-1)]
	if c.rung >= len(r.m.Ladder) {
		clear(c.asked)
		rung.Ask = 0
	}
	c.rung++
	asked := 0
	for _, s := range r.onDuty(t) {
		if c.asked[s] || rung.Ask > 0 && asked == rung.Ask || c.taken {
			continue
		}
		asked++
		c.asked[s] = true
		if r.rng.Float64() >= r.m.Yes {
			continue
		}
		if wait := r.m.Answer.draw(r.rng); wait > 0 {
			r.add(event{at: t + wait, kind: answers, call: n, server: s})
		} else {
			r.answer(t, n, s)
		}
	}
	if !c.taken && len(r.idle) > 0 {
		r.add(event{at: t + rung.Wait, kind: climbs, call: n})
	}
}

// onDuty are the servers that are free, whoever has done least first.
func (r *run) onDuty(t float64) []int {
	r.idle = slices.DeleteFunc(r.idle, func(s int) bool { return r.servers[s].until <= t })
	out := slices.Clone(r.idle)
	slices.SortStableFunc(out, func(a, b int) int { return r.servers[a].done - r.servers[b].done })
	return out
}

// answer is a yes, if the call still waits and the server is still free.
func (r *run) answer(t float64, n, s int) {
	c, v := &r.calls[n], &r.servers[s]
	if c.taken || !v.free || v.until <= t {
		return
	}
	c.taken, v.free = true, false
	v.done++
	r.idle = slices.DeleteFunc(r.idle, func(x int) bool { return x == s })
	if r.waiting[0] == n {
		r.waiting = r.waiting[1:]
	} else {
		r.waiting = slices.DeleteFunc(r.waiting, func(x int) bool { return x == n })
	}
	c.there = t + r.m.Travel.draw(r.rng)
	r.add(event{at: c.there + r.m.Service.draw(r.rng), kind: freed, server: s})
}

// freed lets a server go home, or to whoever has waited longest.
func (r *run) freed(t float64, s int) {
	v := &r.servers[s]
	if v.until <= t {
		return
	}
	v.free = true
	r.idle = append(r.idle, s)
	if len(r.waiting) > 0 {
		r.answer(t, r.waiting[0], s)
	}
}

func (r *run) begin(t float64, shift Shift) {
	until := t + shift.length()
	if shift.always() {
		until = math.Inf(1)
	}
	for range shift.People {
		r.servers = append(r.servers, server{until: until})
		r.freed(t, len(r.servers)-1)
	}
}
