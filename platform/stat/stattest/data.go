package stattest

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
)

// Data is a file of platform/stat/testdata, by column.
type Data struct {
	t       testing.TB
	columns map[string][]string
}

// Path returns the place of a file in platform/stat/testdata.
func Path(name string) string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), "..", "testdata", name)
}

// Load reads a data set, leaving out rows with NA in any of the columns named.
func Load(t testing.TB, name string, needed ...string) Data {
	t.Helper()
	f, err := os.Open(Path(name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	d := Data{t, map[string][]string{}}
	for _, row := range rows[1:] {
		if missing(rows[0], row, needed) {
			continue
		}
		for i, cell := range row {
			d.columns[rows[0][i]] = append(d.columns[rows[0][i]], cell)
		}
	}
	return d
}

func missing(header, row, needed []string) bool {
	for i, name := range header {
		for _, want := range needed {
			if name == want && row[i] == "NA" {
				return true
			}
		}
	}
	return false
}

// Text returns a column as it stands.
func (d Data) Text(name string) []string {
	d.t.Helper()
	if d.columns[name] == nil {
		d.t.Fatalf("no column %s", name)
	}
	return d.columns[name]
}

// Numbers returns a column of numbers.
func (d Data) Numbers(name string) []float64 {
	d.t.Helper()
	cells := d.Text(name)
	out := make([]float64, len(cells))
	for i, cell := range cells {
		v, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			d.t.Fatalf("column %s: %v", name, err)
		}
		out[i] = v
	}
	return out
}

// Where returns the values of a column of numbers in the rows where another
// column holds the text.
func (d Data) Where(name, by, text string) []float64 {
	d.t.Helper()
	var out []float64
	group := d.Text(by)
	for i, v := range d.Numbers(name) {
		if group[i] == text {
			out = append(out, v)
		}
	}
	return out
}
