// Package crashtest kills the real program in the middle of its work and asks
// afterwards whether everything it had acknowledged is there, once. The test
// says how to start the program, what one piece of work is and how to list what
// is found; this kit builds the binary once, keeps the storm going, kills
// without warning (-9), starts again and compares.
//
// It is not a library because what counts as lost or doubled is a promise of
// this program, and the killing itself is one line of the standard library.
package crashtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Storm is one program under load, killed again and again.
type Storm struct {
	// Start runs the program on the same data each time and returns when it has
	// begun; it need not be ready.
	Start func() (*Program, error)
	// Ready returns nil once the program answers.
	Ready func(ctx context.Context, p *Program) error
	// Work does one piece of work and returns the name under which Found will
	// list it. n tells the pieces apart. An error means: not acknowledged.
	Work func(ctx context.Context, p *Program, n int) (name string, err error)
	// Found lists what is there, each name as often as it is there.
	Found func(ctx context.Context, p *Program) ([]string, error)
	// Check looks at anything else after each start; nil when there is nothing.
	Check func(ctx context.Context, p *Program) error

	Kills   int           // how often; soak.Count(20) for the usual two sizes
	Workers int           // side by side
	AtLeast int           // pieces acknowledged before each kill, so that a storm is one
	Pause   time.Duration // longest wait for that, and for ready; 0 for 20 s
}

// Report is what a storm saw. Ready has the time from start to the first
// answer, one for each start but the first.
type Report struct {
	Acknowledged, Found int
	Lost, Doubled       []string
	Ready               []time.Duration
}

// Err says what was wrong; nil when every piece acknowledged is there once and
// nothing is there twice. A piece that was not acknowledged may be there.
func (r Report) Err() error {
	var all []error
	if len(r.Lost) > 0 {
		all = append(all, fmt.Errorf("%d acknowledged and lost, the first: %s", len(r.Lost), r.Lost[0]))
	}
	if len(r.Doubled) > 0 {
		all = append(all, fmt.Errorf("%d there twice, the first: %s", len(r.Doubled), r.Doubled[0]))
	}
	if r.Acknowledged == 0 {
		all = append(all, errors.New("nothing was acknowledged: the storm was none"))
	}
	return errors.Join(all...)
}

// Slowest is the longest time from start to ready.
func (r Report) Slowest() time.Duration {
	if len(r.Ready) == 0 {
		return 0
	}
	return slices.Max(r.Ready)
}

// Run lets the storm rage. It returns an error when the program could not be
// started, asked or listed; what was lost stands in the report.
func (s Storm) Run(ctx context.Context) (Report, error) {
	var r Report
	tally := &tally{names: map[string]bool{}}
	p, _, err := s.start(ctx)
	for kill := 0; err == nil && kill < s.Kills; kill++ {
		if err = s.rage(ctx, p, tally); err != nil {
			break
		}
		var took time.Duration
		if p, took, err = s.start(ctx); err != nil {
			break
		}
		r.Ready = append(r.Ready, took)
		err = s.compare(ctx, p, tally, &r)
	}
	if p != nil {
		p.Kill()
	}
	return r, err
}

func (s Storm) pause() time.Duration {
	if s.Pause == 0 {
		return 20 * time.Second
	}
	return s.Pause
}

// start starts the program and asks every few milliseconds until it is ready.
func (s Storm) start(ctx context.Context) (*Program, time.Duration, error) {
	began := time.Now()
	p, err := s.Start()
	if err != nil {
		return nil, 0, fmt.Errorf("start: %w", err)
	}
	for {
		if err = s.Ready(ctx, p); err == nil {
			return p, time.Since(began), nil
		}
		if time.Since(began) > s.pause() || p.Ended() {
			p.Kill()
			return nil, 0, fmt.Errorf("not ready after %s: %w\n%s", time.Since(began).Round(time.Millisecond), err, p.Said())
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// tally is what was acknowledged, over all starts.
type tally struct {
	mu    sync.Mutex
	names map[string]bool
	next  atomic.Int64
}

func (t *tally) add(name string) (total int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.names[name] = true
	return len(t.names)
}

func (t *tally) total() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.names)
}

// rage works until enough was acknowledged, kills the program while the workers
// go on, and returns when the last of them has seen it die.
func (s Storm) rage(ctx context.Context, p *Program, t *tally) error {
	want := t.total() + max(s.AtLeast, 1)
	enough, over := make(chan struct{}), make(chan struct{})
	var once sync.Once
	var wg sync.WaitGroup
	for range max(s.Workers, 1) {
		wg.Go(func() {
			for !closed(over) {
				name, err := s.Work(ctx, p, int(t.next.Add(1)))
				if err == nil && t.add(name) >= want {
					once.Do(func() { close(enough) })
				}
			}
		})
	}
	var err error
	select {
	case <-enough:
	case <-time.After(s.pause()):
		err = fmt.Errorf("only %d of %d acknowledged in %s\n%s", t.total(), want, s.pause(), p.Said())
	}
	p.Kill()
	close(over)
	wg.Wait()
	return err
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func (s Storm) compare(ctx context.Context, p *Program, t *tally, r *Report) error {
	found, err := s.Found(ctx, p)
	if err != nil {
		return fmt.Errorf("listing what is there: %w", err)
	}
	times := map[string]int{}
	for _, name := range found {
		times[name]++
	}
	r.Acknowledged, r.Found = len(t.names), len(found)
	for _, name := range slices.Sorted(maps.Keys(t.names)) {
		if times[name] == 0 && !slices.Contains(r.Lost, name) {
			r.Lost = append(r.Lost, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(times)) {
		if times[name] > 1 && !slices.Contains(r.Doubled, name) {
			r.Doubled = append(r.Doubled, name)
		}
	}
	if s.Check != nil {
		return s.Check(ctx, p)
	}
	return nil
}
