package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// measureOurs runs the built program with its made-up world and measures it as
// its visitors meet it: through its pages.
func measureOurs(ctx context.Context, s *setup) error {
	if err := s.build(ctx); err != nil {
		return err
	}
	if err := s.measureStart(ctx); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	w, err := openWorld(ctx, s)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer w.stop()
	var trouble []error
	for _, step := range []struct {
		name string
		do   func(*world) error
	}{{"board", s.measureBoard}, {"create", s.measureCreate}, {"overload", s.measureOverload}, {"notes", s.measureNotes}} {
		if err := step.do(w); err != nil {
			trouble = append(trouble, fmt.Errorf("%s: %w", step.name, err))
		}
	}
	time.Sleep(6 * s.settle)
	figure{"memory_a_minute_after_load", w.anonymous(), "MB", w.anonymous() / 30, "30 MB", 0}.print()
	return errors.Join(trouble...)
}

// build makes the program, once.
func (s *setup) build(ctx context.Context) error {
	if s.bin != "" {
		return nil
	}
	s.bin = filepath.Join(s.dir, "alongside")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", s.bin, "./cmd/alongside")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building the program: %w: %s", err, out)
	}
	return nil
}

// measureStart times from exec to the first answer, on a folder that init made,
// and reads the memory of one that has been left alone.
func (s *setup) measureStart(ctx context.Context) error {
	data := filepath.Join(s.dir, "data")
	made := exec.CommandContext(ctx, s.bin, "init", "--data", data, "--org", "Harbour", "--admin", "admin@example.org")
	if out, err := made.CombinedOutput(); err != nil {
		return fmt.Errorf("init: %w: %s", err, out)
	}
	const starts = 11
	r := result{done: starts}
	for i := range starts {
		addr, err := freeAddr()
		if err != nil {
			return err
		}
		began := time.Now()
		p, err := start(ctx, filepath.Join(s.dir, "serve.log"), s.bin, "serve", "--data", data, "--addr", addr)
		if err != nil {
			return err
		}
		_, err = answered(addr, "/healthz", 20*time.Second)
		r.waits = append(r.waits, time.Since(began))
		if err == nil && i == starts-1 {
			time.Sleep(s.settle)
			figure{"memory_after_start", p.anonymous(), "MB", p.anonymous() / 30, "30 MB", 0}.print()
		}
		p.stop()
		if err != nil {
			return err
		}
	}
	figure{"first_answer_after_start", r.quantile(0.5), "ms", r.quantile(0.5) / 50, "50 ms", 0}.print()
	figure{"first_answer_after_start_slowest", r.quantile(1), "ms", r.quantile(1) / 50, "50 ms", 0}.print()
	return nil
}

// boardSize is how many hand-offs wait on the page that is measured.
const boardSize = 50

// measureBoard asks for the peers' board. Each answer also writes into the
// record that someone looked, which is one commit.
func (s *setup) measureBoard(w *world) error {
	for range boardSize {
		if err := w.askHere(); err != nil {
			return err
		}
	}
	return s.timeBoard(w, "board")
}

// timeBoard asks for the board of a peer who walks with nobody, so many times a
// second; name begins the names of its lines.
func (s *setup) timeBoard(w *world, name string) error {
	cookies, err := w.signIn("peer")
	if err != nil {
		return err
	}
	board := w.web.request(http.MethodGet, "/board", cookies, "")
	one := func() error { return w.web.send(board, http.StatusOK) }
	for range 20 {
		if err := one(); err != nil {
			return err
		}
	}
	r, err := median(s.rounds, func(r result) float64 { return r.quantile(0.99) },
		func() (result, error) { return steady(w.process, s.rate, 2*s.span, one) })
	if err != nil {
		return err
	}
	figure{fmt.Sprintf("%s_%d_a_second_p50", name, s.rate), r.quantile(0.5), "ms", 0, "", r.cpuEach()}.print()
	figure{fmt.Sprintf("%s_%d_a_second_p99", name, s.rate), r.quantile(0.99), "ms", r.quantile(0.99) / 5, "5 ms", r.cpuEach()}.print()
	bare, commit := s.probes.answer.cpuEach(), s.probes.commit.cpuEach()
	figure{name + "_cpu", r.cpuEach(), "us", (r.cpuEach() - commit) / bare, fmt.Sprintf("bare_answer_%d_a_second_p99, less one commit", s.rate), r.cpuEach()}.print()
	return nil
}

// measureCreate asks for a peer through the nurse's form.
func (s *setup) measureCreate(w *world) error {
	if err := s.askSyncs(w); err != nil {
		return err
	}
	one, err := median(s.rounds, result.rate, func() (result, error) { return hammer(w.process, 1, s.span, w.ask) })
	if err != nil {
		return err
	}
	figure{"create_1_client", one.rate(), "creates/s", one.rate() / s.probes.commit.rate(), "commit_probe", one.cpuEach()}.print()
	pair, err := s.beside(func() (result, error) { return hammer(w.process, 16, s.span, w.ask) })
	if err != nil {
		return err
	}
	s.create16 = pair.mine
	figure{"commit_probe_between", pair.commit.rate(), "commits/s", 0, "", pair.commit.cpuEach()}.print()
	figure{"create_16_clients", pair.mine.rate(), "creates/s", pair.ratio(), "commit_probe_between", pair.mine.cpuEach()}.print()
	return nil
}

// pair is one measurement and the commits just before it: a disk is not as fast
// at noon as at midnight.
type pair struct{ commit, mine result }

func (p pair) ratio() float64 { return p.mine.rate() / p.commit.rate() }

// beside measures in turn with the commit probe and returns the pair whose
// ratio is in the middle.
func (s *setup) beside(one func() (result, error)) (pair, error) {
	var all []pair
	for range s.rounds {
		commit, err := s.probeOnce(context.Background())
		if err != nil {
			return pair{}, err
		}
		mine, err := one()
		if err != nil {
			return pair{}, err
		}
		all = append(all, pair{commit, mine})
	}
	slices.SortFunc(all, func(a, b pair) int { return cmp.Compare(a.ratio(), b.ratio()) })
	return all[len(all)/2], nil
}

// askSyncs counts how often the program waits for the disk: one ask after the
// other, at least once for each; sixteen at once, shared.
func (s *setup) askSyncs(w *world) error {
	const asks = 50
	one := func() error {
		for range asks {
			if err := w.ask(); err != nil {
				return err
			}
		}
		return nil
	}
	n, ok, err := w.fsyncs(s.dir, one)
	if err != nil || !ok {
		return err
	}
	figure{"fsyncs_per_create_1_client", float64(n) / asks, "fsyncs", 0, "", 0}.print()
	var r result
	n, _, err = w.fsyncs(s.dir, func() (err error) {
		r, err = hammer(w.process, 16, s.span/2, w.ask)
		return err
	})
	figure{"fsyncs_per_create_16_clients", float64(n) / float64(max(r.done, 1)), "fsyncs", 0, "", 0}.print()
	return err
}
