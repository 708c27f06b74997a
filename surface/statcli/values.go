package statcli

import (
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"alongside/platform/stat/table"
)

// list is a flag of names, separated by commas or given several times. A name
// with a comma in it stands in quotes: '"age, years",site'.
type list []string

func (l *list) String() string { return strings.Join(*l, ",") }

func (l *list) Set(s string) error {
	r := csv.NewReader(strings.NewReader(s))
	r.TrimLeadingSpace = true
	parts, err := r.Read()
	if err != nil && s != "" {
		return errors.New("names are separated by commas; one with a comma in it stands in double quotes")
	}
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			*l = append(*l, part)
		}
	}
	return nil
}

// numbers is a flag of numbers, separated by commas.
type numbers []float64

func (n *numbers) String() string { return strings.Trim(fmt.Sprint([]float64(*n)), "[]") }

func (n *numbers) Set(s string) error {
	for _, part := range strings.Split(s, ",") {
		v, ok := table.ParseNumber(strings.TrimSpace(part))
		if !ok {
			return notNumber(part)
		}
		*n = append(*n, v)
	}
	return nil
}

// pairs is a flag of column=level, given once for each column.
type pairs map[string]string

func (p pairs) String() string {
	var all []string
	for _, column := range slices.Sorted(maps.Keys(p)) {
		all = append(all, column+"="+p[column])
	}
	return strings.Join(all, ",")
}

func (p pairs) Set(s string) error {
	name, level, ok := strings.Cut(s, "=")
	if !ok || name == "" {
		return fmt.Errorf("%q is not column=level", s)
	}
	if other, twice := p[name]; twice && other != level {
		return fmt.Errorf("column %s has one reference, and two are named", name)
	}
	p[name] = level
	return nil
}

// picture is --plot: alone for the terminal, or with a file name.
type picture string

func (p *picture) String() string   { return string(*p) }
func (p *picture) IsBoolFlag() bool { return true }

func (p *picture) Set(s string) error {
	if s == "true" {
		s = "terminal"
	}
	if s != "svg" && s != "terminal" && !strings.HasSuffix(s, ".svg") {
		return fmt.Errorf("a picture is svg, terminal or the name of an .svg file")
	}
	*p = picture(s)
	return nil
}

// number is a flag that is a number. What it holds stands until one is given.
type number struct {
	value float64
	given bool
}

func (n *number) String() string { return fmt.Sprint(n.value) }

func (n *number) Set(s string) error {
	v, ok := table.ParseNumber(s)
	if !ok {
		return notNumber(s)
	}
	n.value, n.given = v, true
	return nil
}

func notNumber(s string) error {
	if s == "" {
		return errors.New("a number is missing")
	}
	return fmt.Errorf("%q is not a number", s)
}

// whole is a flag that must be given and is a whole number.
type whole struct {
	value int
	given bool
}

func (w *whole) String() string { return fmt.Sprint(w.value) }

func (w *whole) Set(s string) error {
	v, ok := table.ParseNumber(s)
	if !ok || v != math.Trunc(v) {
		return fmt.Errorf("%q is not a whole number", s)
	}
	if math.Abs(v) > 1<<53 {
		return fmt.Errorf("%q is too large to count", s)
	}
	w.value, w.given = int(v), true
	return nil
}
