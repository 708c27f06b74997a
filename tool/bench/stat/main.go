// Command stat measures the survival statistics beside R's survival package, on
// the same numbers in the same run: Kaplan–Meier with intervals over ten
// million rows, Cox regression with five covariates over a million. Each runs
// in a process of its own, so that its peak memory is its own. It prints a line
// for each figure, as tool/bench does, and exits 1 where R is faster or the
// figures differ.
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
		return errors.New("no R on this machine: apt-get install r-base-core r-cran-survival")
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
	name := fmt.Sprintf("km_csv_days_%d_rows", kmRows)
	fmt.Printf("%s\t%.2f\ts\t\t\t\n%s_memory\t%.2f\tMB\t\t\t\n", name, mine.elapsed, name, megabytes(mine.peak))
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

// report prints the figures of a task as tool/bench does and returns 1 where R
// was faster or the answers differ.
func report(task string, rows int, mine, theirs measure) int {
	name := fmt.Sprintf("%s_%d_rows", task, rows)
	against := map[string]string{"km": "R survfit", "cox": "R coxph"}[task]
	line(name, mine.work, theirs.work, "s", against)
	line(name+"_cpu", mine.cpu, theirs.cpu, "s", against)
	line(name+"_memory", megabytes(mine.peak), megabytes(theirs.peak), "MB", against)
	if apart := farthest(mine.figures, theirs.figures); !(apart <= agreed) {
		fmt.Fprintf(os.Stderr, "%s: figures differ by %.2g of their size: %v, R %v\n", name, apart, mine.figures, theirs.figures)
		return 1
	}
	if mine.work > theirs.work {
		return 1
	}
	return 0
}

// agreed is how far a figure may lie from R's, of its size.
const agreed = 1e-7

// farthest is the largest difference of two lists, of the size of the second.
func farthest(mine, theirs []float64) float64 {
	if len(mine) != len(theirs) || len(mine) == 0 {
		return math.Inf(1)
	}
	apart := 0.0
	for i, v := range mine {
		apart = math.Max(apart, math.Abs(v-theirs[i])/math.Abs(theirs[i]))
	}
	return apart
}

// line prints name, value, unit, how many times R's value is, against what.
func line(name string, mine, theirs float64, unit, against string) {
	fmt.Printf("%s\t%.2f\t%s\t%.2f\t%s\t\n", name, mine, unit, theirs/mine, against)
}

func megabytes(bytes int64) float64 { return float64(bytes) / (1 << 20) }
