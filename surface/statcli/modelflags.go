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
	parts     []string // flag, column: what no term can be
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
	x, err := design.Model{Terms: m.terms, Intercept: intercept, Reference: m.reference}.Build(columns[len(more):])
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
