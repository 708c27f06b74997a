// Command stat measures the survival statistics beside R's survival package, on
// the same numbers in the same run: Kaplan–Meier with intervals over ten
// million rows, Cox regression with five covariates over a million. Each runs
// in a process of its own, so that its peak memory is its own. It prints a line
// for each and exits 1 where R is faster or the figures differ.
package main

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	task := flag.String("task", "", "km, cox or csv: do one of ours on the file in -data and stop")
	data := flag.String("data", "", "folder of the numbers")
	kmRows := flag.Int("km-rows", 10_000_000, "rows of the curve")
	coxRows := flag.Int("cox-rows", 1_000_000, "rows of the regression")
	flag.Parse()
	var err error
	if *task != "" {
		err = ours(*task, *data)
	} else {
		err = beside(*kmRows, *coxRows)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench stat:", err)
		os.Exit(1)
	}
}

// measure is what one process took.
type measure struct {
	work    float64 // seconds of the computation alone, as the process says
	elapsed float64 // seconds from start to end
	cpu     float64 // seconds of user and system time
	peak    int64   // bytes
	figures []float64
}

// beside makes the numbers, runs both on them and compares.
func beside(kmRows, coxRows int) error {
	r, err := exec.LookPath("Rscript")
	if err != nil {
		return errors.New("R is not installed: apt-get install r-base-core r-cran-survival")
	}
	folder, err := os.MkdirTemp("", "bench-stat")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := generate(folder, kmRows, coxRows); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	rows, slower := map[string]int{"km": kmRows, "cox": coxRows}, 0
	for _, task := range []string{"km", "cox"} {
		mine, err := timed(exec.Command(self, "-task", task, "-data", folder))
		if err != nil {
			return err
		}
		theirs, err := timed(exec.Command(r, "--vanilla", "-e", script(task, folder)))
		if err != nil {
			return err
		}
		slower += report(task, rows[task], mine, theirs)
	}
	mine, err := timed(exec.Command(self, "-task", "csv", "-data", folder))
	if err != nil {
		return err
	}
	fmt.Printf("Kaplan–Meier of a CSV of %d rows in days: %.2f s, peak %d MB\n", kmRows, mine.elapsed, mine.peak>>20)
	if slower > 0 {
		return errors.New("slower than R, or not the same figures")
	}
	return nil
}

// timed runs a process that ends with a line "work seconds figure figure …".
func timed(c *exec.Cmd) (measure, error) {
	begin := time.Now()
	out, err := c.Output()
	m := measure{elapsed: time.Since(begin).Seconds()}
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%s: %w: %s", filepath.Base(c.Path), err, exit.Stderr)
		}
		return m, err
	}
	usage := c.ProcessState.SysUsage().(*syscall.Rusage)
	m.cpu = (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	m.peak = usage.Maxrss << 10
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for i, word := range strings.Fields(lines[len(lines)-1])[1:] {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil {
			return m, err
		}
		if i == 0 {
			m.work = v
			continue
		}
		m.figures = append(m.figures, v)
	}
	return m, nil
}

// report prints a line and returns 1 where R was faster or the figures differ.
func report(task string, rows int, mine, theirs measure) int {
	what := map[string]string{
		"km": "Kaplan–Meier with intervals beside survfit", "cox": "Cox, five covariates, beside coxph",
	}[task]
	fmt.Printf("%s, %d rows: %.2f s and %d MB; R %.2f s and %d MB; %.1f times as fast (whole process, CPU: %.2f s and %.2f s)\n",
		what, rows, mine.work, mine.peak>>20, theirs.work, theirs.peak>>20, theirs.work/mine.work, mine.cpu, theirs.cpu)
	apart := 0.0
	for i, v := range mine.figures {
		apart = math.Max(apart, math.Abs(v-theirs.figures[i])/math.Abs(theirs.figures[i]))
	}
	if apart > 1e-7 || len(mine.figures) != len(theirs.figures) {
		fmt.Printf("  figures differ by %.2g of their size: %v, R %v\n", apart, mine.figures, theirs.figures)
		return 1
	}
	if mine.work > theirs.work {
		return 1
	}
	return 0
}
