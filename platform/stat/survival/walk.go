package survival

// walker goes through several runs at once, in the order of time.
type walker struct {
	runs []*run
	at   []int // position in each run
	heap []int // runs not at their end, the earliest on top
}

func walk(runs []*run) *walker {
	w := &walker{runs: runs, at: make([]int, len(runs))}
	for i, r := range runs {
		if len(r.time) > 0 {
			w.heap = append(w.heap, i)
		}
	}
	for i := len(w.heap)/2 - 1; i >= 0; i-- {
		w.sink(i)
	}
	return w
}

func (w *walker) time(slot int) float64 {
	i := w.heap[slot]
	return w.runs[i].time[w.at[i]]
}

// next returns the next time and calls see for every run that has it, with the
// count there. It returns false at the end.
func (w *walker) next(see func(run int, count uint32)) (t float64, ok bool) {
	if len(w.heap) == 0 {
		return 0, false
	}
	t = w.time(0)
	for len(w.heap) > 0 && w.time(0) == t {
		i := w.heap[0]
		see(i, w.runs[i].count[w.at[i]])
		w.at[i]++
		if w.at[i] == len(w.runs[i].time) {
			last := len(w.heap) - 1
			w.heap[0] = w.heap[last]
			w.heap = w.heap[:last]
		}
		w.sink(0)
	}
	return t, true
}

// sink restores the order of the heap below a slot.
func (w *walker) sink(slot int) {
	for {
		least := slot
		for child := 2*slot + 1; child <= 2*slot+2 && child < len(w.heap); child++ {
			if w.time(child) < w.time(least) {
				least = child
			}
		}
		if least == slot {
			return
		}
		w.heap[slot], w.heap[least] = w.heap[least], w.heap[slot]
		slot = least
	}
}
