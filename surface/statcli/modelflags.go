package statcli

import (
	"flag"
	"slices"

	"alongside/platform/stat/design"
	"alongside/platform/stat/table"
)

// modelFlags are those of every regression.
type modelFlags struct {
	terms     list
	factors   list
	reference pairs
}

func (m *modelFlags) set(f *flag.FlagSet) {
	m.reference = pairs{}
	f.Var(&m.factors, "factor", "")
	f.Var(m.reference, "reference", "")
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
	x, err := design.Model{Terms: m.terms, Intercept: intercept, Reference: m.reference}.Build(columns[len(more):])
	return gathered{x, columns[:len(more)]}, err
}
