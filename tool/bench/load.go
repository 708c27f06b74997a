package main

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// result is what one measurement saw.
type result struct {
	done  int           // requests answered as expected
	took  time.Duration // from the first to the last
	cpu   time.Duration // of the child, over the same time
	waits []time.Duration
}

func (r result) rate() float64 { return float64(r.done) / r.took.Seconds() }

// cpuEach is the child's CPU a request, in microseconds.
func (r result) cpuEach() float64 {
	return float64(r.cpu.Microseconds()) / float64(max(r.done, 1))
}

// quantile is how long the q-th part of the requests waited at most, in ms.
func (r result) quantile(q float64) float64 {
	if len(r.waits) == 0 {
		return 0
	}
	slices.Sort(r.waits)
	return float64(r.waits[min(int(q*float64(len(r.waits))), len(r.waits)-1)].Microseconds()) / 1000
}

// client keeps connections and cookies, follows no redirects and trusts no
// proxy.
func client() *http.Client {
	jar, _ := cookiejar.New(nil)
	return &http.Client{
		Jar:           jar,
		Timeout:       10 * time.Second,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 64},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// send makes one request and refuses another status than want.
func send(c *http.Client, req *http.Request, want int) error {
	res, err := c.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != want {
		return fmt.Errorf("%s %s: %s, not %d: %.200s", req.Method, req.URL.Path, res.Status, want, body)
	}
	return nil
}

// hammer lets n clients send one request after the other for a time. The first
// unexpected answer ends it.
func hammer(p *process, n int, span time.Duration, one func() error) (result, error) {
	var done atomic.Int64
	var wg sync.WaitGroup
	var once sync.Once
	var first error
	stop := make(chan struct{})
	before, began := p.cpu(), time.Now()
	timer := time.AfterFunc(span, func() { once.Do(func() { close(stop) }) })
	defer timer.Stop()
	for range n {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if err := one(); err != nil {
					once.Do(func() { first = err; close(stop) })
					return
				}
				done.Add(1)
			}
		})
	}
	wg.Wait()
	return result{done: int(done.Load()), took: time.Since(began), cpu: p.cpu() - before}, first
}

// steady sends perSecond requests a second, whether or not the ones before are
// answered, and measures from the moment each was due.
func steady(p *process, perSecond int, span time.Duration, one func() error) (result, error) {
	total := int(span.Seconds() * float64(perSecond))
	r := result{waits: make([]time.Duration, total)}
	answers := make([]error, total)
	var wg sync.WaitGroup
	before, began := p.cpu(), time.Now()
	for i := range total {
		due := began.Add(time.Duration(i) * time.Second / time.Duration(perSecond))
		time.Sleep(time.Until(due))
		wg.Go(func() {
			answers[i] = one()
			r.waits[i] = time.Since(due)
		})
	}
	wg.Wait()
	r.took, r.cpu = time.Since(began), p.cpu()-before
	for _, err := range answers {
		if err != nil {
			return r, err
		}
		r.done++
	}
	return r, nil
}

// median measures several times and returns the result in the middle.
func median(rounds int, by func(result) float64, one func() (result, error)) (result, error) {
	var all []result
	for range rounds {
		r, err := one()
		if err != nil {
			return r, err
		}
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b result) int { return cmp.Compare(by(a), by(b)) })
	return all[len(all)/2], nil
}
