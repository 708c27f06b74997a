package oracle

import (
	"bufio"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"alongside/platform/soak"
	"alongside/platform/stat/stattest"
)

// answers are what R said: by set, then by key.
type answers []map[string][]float64

// world is the random sets and R's answers to them.
type world struct {
	*testing.T
	watched  []watched
	measured []measured
	repeated []repeated
	r        answers
	compared int
}

func TestAgainstR(t *testing.T) {
	r, err := exec.LookPath("Rscript")
	if err != nil {
		t.Fatal("R is not installed, so nothing can be compared: apt-get install r-base-core r-cran-survival r-cran-lme4")
	}
	sets := soak.Count(1000)
	w := &world{T: t}
	random := rand.New(rand.NewPCG(seed(t), 2026))
	for i := range sets {
		w.watched = append(w.watched, drawWatched(random, i))
		w.measured = append(w.measured, drawMeasured(random, i))
		w.repeated = append(w.repeated, drawRepeated(random, i))
	}
	w.ask(r, t.TempDir())
	for i := range sets {
		w.curves(i)
		w.tests(i)
		w.incidence(i)
		w.cox(i)
		w.pairs(i)
		w.counts(i)
		w.linear(i)
		w.logistic(i)
		w.groups(i)
		w.mixed(i)
		if t.Failed() && i > 20 {
			t.Fatal("enough")
		}
	}
	t.Logf("%d figures of %d data sets of each kind agree with R", w.compared, sets)
	if w.compared < 1000*sets/3 {
		t.Errorf("only %d figures were compared", w.compared)
	}
}

// seed is the same on every run, so that a change to the program is what makes
// the test fail and not the draw; ALONGSIDE_SEED draws other sets.
func seed(t *testing.T) uint64 {
	said := os.Getenv(soak.SeedVar)
	if said == "" {
		return 7
	}
	seed, err := strconv.ParseUint(said, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return seed
}

// ask writes the sets, runs R once and reads what it said.
func (w *world) ask(r, folder string) {
	file(w.T, folder, "survival.csv", "time,event,cause,group,x1,x2,x3,cluster", len(w.watched), func(set int, line func(...any)) {
		d := w.watched[set]
		for i := range d.time {
			line(d.time[i], flag(d.cause[i] > 0), d.cause[i], d.group[i], d.x1[i], d.x2[i], d.x3[i], d.cluster[i])
		}
	})
	file(w.T, folder, "stats.csv", "a,b,z,f,g,yes,p,x1,n1,x2,n2", len(w.measured), func(set int, line func(...any)) {
		d := w.measured[set]
		for i := range d.a {
			line(d.a[i], d.b[i], d.z[i], d.f[i], d.g[i], flag(d.yes[i]), d.p[i], d.x1, d.n1, d.x2, d.n2)
		}
	})
	file(w.T, folder, "mixed.csv", "y,x,w,s", len(w.repeated), func(set int, line func(...any)) {
		d := w.repeated[set]
		for i := range d.y {
			line(d.y[i], d.x[i], d.w[i], d.s[i])
		}
	})
	out, err := exec.Command(r, "--vanilla", filepath.Join("testdata", "oracle.R"), folder).CombinedOutput()
	if err != nil {
		w.Fatalf("R stopped: %v\n%s", err, out)
	}
	w.r = read(w.T, filepath.Join(folder, "answers.txt"), len(w.watched))
}

func read(t *testing.T, name string, sets int) answers {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := make(answers, sets)
	for i := range out {
		out[i] = map[string][]float64{}
	}
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		words := strings.Fields(s.Text())
		set, _ := strconv.Atoi(words[0])
		values := []float64{}
		for _, word := range words[2:] {
			v, err := strconv.ParseFloat(word, 64)
			if err != nil {
				v = math.NaN()
			}
			values = append(values, v)
		}
		out[set][words[1]] = values
	}
	return out
}

// same compares figures to R's of that key; floor is an absolute error that is
// always allowed. It returns false when R has none.
func (w *world) same(set int, key string, relative, floor float64, got ...float64) bool {
	w.Helper()
	want, ok := w.r[set][key]
	if !ok {
		return false
	}
	what := "set " + strconv.Itoa(set) + " " + key
	if len(want) != len(got) {
		w.Errorf("%s: %d figures, R has %d", what, len(got), len(want))
		return true
	}
	for i := range want {
		w.compared++
		stattest.Same(w.T, what, got[i], want[i], relative, floor)
	}
	return true
}

// has tells whether R answered.
func (w *world) has(set int, key string) bool { _, ok := w.r[set][key]; return ok }

// refused fails unless R had no answer either.
func (w *world) refused(set int, key string, err error) {
	w.Helper()
	if w.has(set, key) {
		w.Errorf("set %d %s: refused (%v), but R answered %v", set, key, err, w.r[set][key])
	}
}
