package design

import (
	"strings"

	"alongside/platform/stat"
)

// Intercept is the name of the column of ones.
const Intercept = "(Intercept)"

// Matrix is the columns of a regression with their names.
type Matrix struct {
	Names   []string
	Columns [][]float64
}

// Rows is the number of rows.
func (m Matrix) Rows() int {
	if len(m.Columns) == 0 {
		return 0
	}
	return len(m.Columns[0])
}

// Model says which columns of a regression are wanted.
type Model struct {
	Terms     []string          // names, products a:b, or a*b for a, b and a:b; a*b*c has all products of its parts
	Intercept bool              // a column of ones first
	Reference map[string]string // level that a factor is compared to; else the first
	Events    int               // where few rows tell of a level: how many do; 0 for all
}

// Build makes the columns of the model from the variables.
func (m Model) Build(variables []Column) (Matrix, error) {
	byName := make(map[string]Column, len(variables))
	rows := 0
	for _, v := range variables {
		byName[v.Name] = v
		rows = v.Len()
	}
	if err := m.check(byName); err != nil {
		return Matrix{}, err
	}
	terms := m.expanded(byName)
	if err := m.fits(terms, byName, rows); err != nil {
		return Matrix{}, err
	}
	if err := marginal(terms, byName); err != nil {
		return Matrix{}, err
	}
	var out Matrix
	if m.Intercept {
		ones := make([]float64, rows)
		for i := range ones {
			ones[i] = 1
		}
		out = Matrix{[]string{Intercept}, [][]float64{ones}}
	}
	for _, term := range terms {
		part, err := m.term(term, byName)
		if err != nil {
			return Matrix{}, err
		}
		out.Names = append(out.Names, part.Names...)
		out.Columns = append(out.Columns, part.Columns...)
	}
	return out, out.Finite()
}

func (m Model) check(byName map[string]Column) error {
	for name := range m.Reference {
		c, ok := byName[name]
		if ok && !c.IsFactor() {
			return stat.Refuse(stat.OutOfRange, "column %s holds numbers and has no reference level; name it a factor to compare its values", name)
		}
		if !ok {
			return stat.Refuse(stat.OutOfRange, "a reference is named for column %s, which is not in the model", name)
		}
	}
	return nil
}

// Variables lists the columns that terms speak of. A name that is itself a
// column of the file is one, even with a colon or star in it; has tells.
func Variables(terms []string, has func(string) bool) []string {
	var out []string
	seen := map[string]bool{}
	for _, term := range terms {
		parts := []string{term}
		if !has(term) {
			parts = strings.FieldsFunc(term, func(r rune) bool { return r == ':' || r == '*' })
		}
		for _, name := range parts {
			if !seen[name] {
				seen[name] = true
				out = append(out, name)
			}
		}
	}
	return out
}

func (m Model) term(term string, byName map[string]Column) (Matrix, error) {
	if c, ok := byName[term]; ok {
		return c.coded(m.Reference[term])
	}
	var out Matrix
	for i, name := range strings.Split(term, ":") {
		part, err := byName[name].coded(m.Reference[name])
		if err != nil {
			return Matrix{}, err
		}
		if i == 0 {
			out = part
			continue
		}
		out = products(out, part)
	}
	return out, nil
}

// products multiplies every column of a with every column of b, those of a
// changing fastest, as R orders them.
func products(a, b Matrix) Matrix {
	var out Matrix
	for j, y := range b.Columns {
		for i, x := range a.Columns {
			column := make([]float64, len(x))
			for row := range x {
				column[row] = x[row] * y[row]
			}
			out.Names = append(out.Names, a.Names[i]+":"+b.Names[j])
			out.Columns = append(out.Columns, column)
		}
	}
	return out
}

// Finite refuses columns that differ in length or hold a value that is not
// Finite.
func (m Matrix) Finite() error {
	for i, c := range m.Columns {
		if len(c) != m.Rows() {
			return stat.Refuse(stat.Uneven, "column %s has another number of rows than the first", m.Names[i])
		}
		if !stat.Finite(c) {
			return stat.Refuse(stat.OutOfRange, "column %s holds a value that is not a finite number below 1e150", m.Names[i])
		}
	}
	return nil
}
