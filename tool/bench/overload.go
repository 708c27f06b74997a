package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"
)

// A crowd is as many who ask at once as make ten times the load: the rate is ten
// times what sixteen clients got through before, and each waits for its answer.
const (
	crowd     = 1000
	timesOver = 10
)

// answers are how long those with one status waited.
type answers struct {
	mu    sync.Mutex
	waits map[int][]time.Duration
}

func (a *answers) add(status int, wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.waits[status] = append(a.waits[status], wait)
}

func (a *answers) of(status int) result {
	return result{done: len(a.waits[status]), waits: a.waits[status]}
}

// measureOverload asks ten times as often as can be answered. Waits are from
// when a request is sent, on the same two cores that the load is made on.
func (s *setup) measureOverload(w *world) error {
	if s.create16.done == 0 {
		return errors.New("needs what sixteen clients get through")
	}
	a, began := &answers{waits: map[int][]time.Duration{}}, time.Now()
	every := time.Duration(float64(crowd) / (timesOver * s.create16.rate()) * float64(time.Second))
	var all sync.WaitGroup
	failed := make([]error, crowd)
	for i := range crowd {
		all.Go(func() { failed[i] = s.oneOfACrowd(w, a, began.Add(every*time.Duration(i)/crowd), every) })
	}
	all.Wait()
	took := time.Since(began).Seconds()
	in, out := a.of(http.StatusSeeOther), a.of(http.StatusServiceUnavailable)
	figure{"overload_sent", float64(in.done+out.done) / took, "requests/s", float64(in.done+out.done) / took / s.create16.rate(), "create_16_clients", 0}.print()
	figure{"overload_let_in", float64(in.done) / took, "creates/s", float64(in.done) / took / s.create16.rate(), "create_16_clients", 0}.print()
	figure{"overload_let_in_p99", in.quantile(0.99), "ms", in.quantile(0.99) / 250, "250 ms", 0}.print()
	figure{"overload_told_to_come_back_p50", out.quantile(0.5), "ms", out.quantile(0.5) / 100, "100 ms", 0}.print()
	figure{"overload_told_to_come_back_p99", out.quantile(0.99), "ms", out.quantile(0.99) / 100, "100 ms", 0}.print()
	return errors.Join(failed...)
}

// oneOfACrowd asks at its own pace, as far as answers come.
func (s *setup) oneOfACrowd(w *world, a *answers, due time.Time, every time.Duration) error {
	for end := due.Add(s.span); due.Before(end); due = due.Add(every) {
		time.Sleep(time.Until(due))
		sent := time.Now()
		status, err := w.web.answer(w.askForm())
		if err != nil {
			return err
		}
		if status != http.StatusSeeOther && status != http.StatusServiceUnavailable {
			return fmt.Errorf("an ask in a crowd was answered by %d", status)
		}
		a.add(status, time.Since(sent))
	}
	return nil
}

// measureLadder runs the benchmark of the domain's service, which can leave the
// ladder out as no page can.
func measureLadder(ctx context.Context, s *setup) error {
	cost := map[string][]float64{}
	for range s.rounds {
		out, err := exec.CommandContext(ctx, "go", "test", "./app", "-run", "^$", "-bench", "^BenchmarkAsk$", "-benchtime", "3000x").CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		for _, m := range regexp.MustCompile(`BenchmarkAsk/(\w+).*?([\d.]+) cpu-µs/op`).FindAllSubmatch(out, -1) {
			v, err := strconv.ParseFloat(string(m[2]), 64)
			if err != nil {
				return err
			}
			cost[string(m[1])] = append(cost[string(m[1])], v)
		}
	}
	middle := func(name string) float64 {
		all := cost[name]
		slices.Sort(all)
		return all[len(all)/2]
	}
	if len(cost["plain"]) == 0 || len(cost["ladder"]) == 0 || len(cost["rung"]) == 0 {
		return errors.New("the benchmark said nothing")
	}
	plain := middle("plain")
	figure{"ask_without_ladder_cpu", plain, "us", 0, "", plain}.print()
	figure{"ask_with_ladder_cpu", middle("ladder"), "us", middle("ladder") / plain, "ask_without_ladder_cpu; the aim is 1.5", middle("ladder")}.print()
	figure{"ask_with_first_rung_climbed_cpu", middle("rung"), "us", middle("rung") / plain, "ask_without_ladder_cpu", middle("rung")}.print()
	return nil
}
