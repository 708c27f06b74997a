// Command bench measures the program beside plain things on the same machine in
// the same run: one durable commit, a bare answer, PocketBase. It prints one
// tab-separated line a figure: name, value, unit, ratio, against what, CPU
// microseconds a request. Subjects are real child processes on loopback; the
// load comes from this process and its CPU is not counted.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"
)

// setup is what a run is asked to do.
type setup struct {
	dir    string        // everything the run writes; removed afterwards
	span   time.Duration // of one measurement
	rounds int           // of each, the median is printed
	only   string        // probes, ours, sync, crowded, people, million, ladder or pocketbase; empty for all
	rate   int           // requests a second for a board and the bare answer beside it
	people int           // in the large organisation
	settle time.Duration // before memory is read
	bin    string        // the program, built once
	probes probes

	create16 result // ours, to stand beside PocketBase
}

func main() {
	if len(os.Args) > 2 && os.Args[1] == "child" {
		exit(child(os.Args[2:]))
	}
	s := setup{}
	flag.DurationVar(&s.span, "span", 5*time.Second, "time of one measurement")
	flag.IntVar(&s.rounds, "rounds", 3, "measurements of each kind; the median is printed")
	flag.StringVar(&s.only, "only", "", "probes, ours, sync, crowded, people, million, ladder or pocketbase; empty for all")
	flag.IntVar(&s.rate, "rate", 100, "requests a second for a board; fewer on a machine that is busy with others")
	flag.IntVar(&s.people, "people", 1_000_000, "people in the large organisation")
	flag.DurationVar(&s.settle, "settle", 10*time.Second, "pause before memory is read after start; six of them after a load")
	flag.StringVar(&s.bin, "bin", "", "the program; built when empty")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	exit(run(ctx, s))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func run(ctx context.Context, s setup) error {
	dir, err := os.MkdirTemp("", "alongside-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s.dir = dir
	fmt.Println("name\tvalue\tunit\tratio\tagainst\tcpu_us_per_request")
	steps := []struct {
		name string
		do   func(context.Context, *setup) error
	}{{"probes", measureProbes}, {"ours", measureOurs}, {"sync", measureSync}, {"crowded", measureCrowded}, {"people", measurePeople}, {"million", measureMillion}, {"ladder", measureLadder}, {"pocketbase", measurePocketBase}}
	var trouble []error
	for _, step := range steps {
		// The probes are what everything else stands beside.
		if s.only != "" && s.only != step.name && step.name != "probes" {
			continue
		}
		if err := step.do(ctx, &s); err != nil {
			trouble = append(trouble, fmt.Errorf("%s: %w", step.name, err))
		}
	}
	return errors.Join(trouble...)
}

// figure is one line. A ratio of 0 and a CPU of 0 are left empty.
type figure struct {
	name    string
	value   float64
	unit    string
	ratio   float64
	against string
	cpu     float64 // microseconds a request
}

func (f figure) print() {
	text := func(f float64) string {
		if f == 0 {
			return ""
		}
		return strings.TrimSuffix(fmt.Sprintf("%.2f", f), ".00")
	}
	fmt.Printf("%s\t%s\t%s\t%s\t%s\t%s\n", f.name, text(f.value), f.unit, text(f.ratio), f.against, text(f.cpu))
}
