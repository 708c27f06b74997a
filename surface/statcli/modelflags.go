package statcli

import (
	"flag"
	"fmt"
	"slices"

	"alongside/platform/stat/design"
	"alongside/platform/stat/table"
)

// modelFlags are those of every regression.
type modelFlags struct {
	terms     list
	factors   list
	reference pairs
	parts     []string                       // flag, column: what no term can be
	events    func(more []design.Column) int // how many events there are to explain; nil for an outcome in every row
}

func (m *modelFlags) set(f *flag.FlagSet) {
	m.reference = pairs{}
	f.Var(&m.factors, "factor", "columns of numbers that are names of groups: `a,b`")
	f.Var(m.reference, "reference", "level that the others of a column are compared to: `COL=LEVEL`")
}

// clustersFew is the number of clusters below which the answer warns of them.
const clustersFew = 10

// few notes what clusters cannot carry: coefficients is how many were estimated.
func (n *notes) few(clusters, coefficients int) {
	if clusters > 0 && clusters < clustersFew {
		n.note(fmt.Sprintf("There are %d clusters. Errors by cluster want some 30; with so few they come out too small, and so does p.", clusters))
	}
	if clusters > 0 && clusters <= coefficients {
		n.note("There are no more clusters than coefficients, so all of them together cannot be tested.")
	}
}

// gathered is what a regression needs from a file.
type gathered struct {
	x    design.Matrix
	more []design.Column // what was asked for besides, in order
}

// read gathers the columns of the terms and those asked for besides.
func (m *modelFlags) read(c *call, n *notes, intercept bool, more ...table.Want) (gathered, error) {
	r, closing, err := c.open()
	if err != nil {
		return gathered{}, err
	}
	defer closing()
	wants := more
	names := design.Variables(m.terms, r.Has)
	if err := m.check(names); err != nil {
		return gathered{}, err
	}
	for _, name := range names {
		kind := table.Auto
		if slices.Contains(m.factors, name) {
			kind = table.Text
		}
		wants = append(wants, table.Want{Name: name, Kind: kind})
	}
	if err := r.Select(c.drop, wants...); err != nil {
		return gathered{}, err
	}
	columns, err := r.Gather()
	if err != nil {
		return gathered{}, err
	}
	n.took(c, r)
	d := design.Model{Terms: m.terms, Intercept: intercept, Reference: m.reference}
	if m.events != nil {
		d.Events = m.events(columns[:len(more)])
	}
	x, err := d.Build(columns[len(more):])
	return gathered{x, columns[:len(more)]}, err
}

// check refuses what the terms cannot mean; names are their columns.
func (m *modelFlags) check(names []string) error {
	for i, term := range m.terms {
		if slices.Contains(m.terms[:i], term) {
			return use(fmt.Sprintf("%q is named twice", term))
		}
	}
	for _, name := range m.factors {
		if !slices.Contains(names, name) {
			return use(fmt.Sprintf("--factor names column %q, which is not in the model", name))
		}
	}
	for i := 0; i < len(m.parts); i += 2 {
		if m.parts[i+1] != "" && slices.Contains(names, m.parts[i+1]) {
			return use(fmt.Sprintf("column %q is named by %s, so it cannot be one of those that explain", m.parts[i+1], m.parts[i]))
		}
	}
	return apart(m.parts...)
}
