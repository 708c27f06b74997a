package app

import (
	"context"
	"fmt"
	"io"

	"alongside/platform/filecmd"
	"alongside/platform/module"
	"alongside/platform/queue"
	"alongside/surface/cli"
)

// exampleModel is played when no file is given: a made-up emergency room with
// the program's own ladder. The numbers are an example and describe no place.
func exampleModel() queue.Model {
	byHour := make([]float64, 24)
	for h := range byHour {
		byHour[h] = []float64{0.3, 0.2, 0.2, 0.3, 0.4, 0.5}[h/4]
	}
	return queue.Model{
		Arrivals: byHour, Answer: queue.Time{Mean: 1}, Yes: 0.8, Within: 30,
		Travel: queue.Time{Mean: 12, SD: 6}, Service: queue.Time{Mean: 75, SD: 40},
		Ladder: []queue.Rung{{Ask: 1, Wait: 3}, {Ask: 1, Wait: 3}, {Ask: 0, Wait: 4}},
		Shifts: []queue.Shift{
			{Name: "day", From: 8 * 60, To: 16 * 60, People: 1},
			{Name: "evening", From: 16 * 60, To: 24 * 60, People: 1},
			{Name: "night", From: 0, To: 8 * 60, People: 1},
		},
	}
}

// simulated is what `simulate handoffs` answers: as the rota is, and with the
// fewest people that keep the share.
type simulated struct {
	Want     float64       `json:"want_share"`
	Weeks    int           `json:"weeks"`
	Seed     uint64        `json:"seed"`
	As       queue.Result  `json:"as_planned"`
	Enough   bool          `json:"enough_found"`
	Needed   []queue.Shift `json:"needed_shifts"`
	WithThem queue.Result  `json:"with_needed"`
}

// runSimulate plays weeks of hand-offs against a rota.
func runSimulate(ctx context.Context, env module.Env, args []string) int {
	f := cli.Flags(env, "simulate handoffs")
	share := f.Float64("share", 0.9, "share of people to whom a peer should come in time")
	weeks := f.Int("weeks", 200, "weeks to play, 2 to 5000")
	seed := f.Uint64("seed", 1, "plays the same weeks again")
	asJSON := f.Bool("json", false, "print JSON")
	example := f.Bool("example", false, "print what is played without a file, to change and give as FILE.json; docs/simulate.md says what each line means")
	words, ok := cli.Parse(f, args)
	if ok && !(*share > 0 && *share < 1) {
		fmt.Fprintln(env.Err, "alongside simulate handoffs: --share lies between 0 and 1")
		ok = false
	}
	if ok && (*weeks < 2 || *weeks > 5000) {
		fmt.Fprintln(env.Err, "alongside simulate handoffs: --weeks is 2 to 5000")
		ok = false
	}
	if !ok || len(words) > 1 {
		return cli.WrongUse
	}
	if *example {
		return cli.Answer(env, plain(), "simulate handoffs", printJSON(env, exampleModel()))
	}
	m, err := readModel(words)
	if err != nil {
		fmt.Fprintln(env.Err, "alongside simulate handoffs:", err)
		return cli.Refused
	}
	if m.TooMany(*weeks) {
		fmt.Fprintln(env.Err, "alongside simulate handoffs: these are more calls than can be played; say fewer --weeks")
		return cli.Refused
	}
	out := simulated{Want: *share, Weeks: *weeks, Seed: *seed, As: queue.Play(ctx, m, *weeks, *seed)}
	found, with, enough := queue.Staff(ctx, m, *share, *weeks, *seed)
	if ctx.Err() != nil {
		fmt.Fprintln(env.Err, "alongside simulate handoffs: stopped before it was through")
		return cli.Refused
	}
	out.Needed, out.WithThem, out.Enough = found.Shifts, with, enough
	if *asJSON {
		return cli.Answer(env, plain(), "simulate handoffs", printJSON(env, out))
	}
	if len(words) == 0 {
		fmt.Fprintln(env.Out, "A made-up place is played. For yours: --example prints it, change it, and give the file.")
	}
	printSimulated(env.Out, m, out)
	return cli.Done
}

func readModel(words []string) (queue.Model, error) {
	if len(words) == 0 {
		return exampleModel(), nil
	}
	var m queue.Model
	if err := filecmd.Read(words[0], nil, &m); err != nil {
		return m, err
	}
	if say := m.Check(); say != "" {
		return m, fmt.Errorf("%s: %s", words[0], say)
	}
	return m, nil
}

func printSimulated(w io.Writer, m queue.Model, s simulated) {
	line := func(what string, r queue.Result) {
		fmt.Fprintf(w, "%s: a peer within %g minutes for %.1f %% (95 %% interval %.1f to %.1f) of %d asks; median %.0f, 90th percentile %.0f minutes; nobody came to %d\n",
			what, m.Within, 100*r.Share, 100*r.Lower, 100*r.Upper, r.Calls, r.Median, r.P90, r.Never)
	}
	line("as planned", s.As)
	for _, x := range m.Shifts {
		fmt.Fprintf(w, "  %-10s %d\n", x.Name, x.People)
	}
	if !s.Enough {
		fmt.Fprintf(w, "no rota was found that keeps %.0f %%: look at travel, answers and the ladder first\n", 100*s.Want)
		return
	}
	line("needed", s.WithThem)
	for _, x := range s.Needed {
		fmt.Fprintf(w, "  %-10s %d\n", x.Name, x.People)
	}
	fmt.Fprintln(w, "It holds for calls as described, not for a night like no other.")
}
