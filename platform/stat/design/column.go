package design

import "alongside/platform/stat"

// Column is one variable: numbers, or levels of a factor.
type Column struct {
	Name    string
	Numbers []float64 // nil for a factor
	Codes   []uint32  // index into Levels; nil for numbers
	Levels  []string  // in order, see SortLevels
}

// Numeric returns a column of numbers.
func Numeric(name string, values []float64) Column { return Column{Name: name, Numbers: values} }

// Factor returns a column of levels from its text.
func Factor(name string, cells []string) Column {
	var b FactorBuilder
	for _, cell := range cells {
		b.Add(cell)
	}
	return b.Column(name)
}

// Len is the number of rows.
func (c Column) Len() int {
	if c.IsFactor() {
		return len(c.Codes)
	}
	return len(c.Numbers)
}

// IsFactor tells levels from numbers.
func (c Column) IsFactor() bool { return c.Levels != nil }

// FactorBuilder gathers levels cell by cell, holding each text once. The zero
// builder is ready to use.
type FactorBuilder struct {
	codes  []uint32
	levels []string
	known  map[string]uint32
}

// Add takes in the next cell.
func (b *FactorBuilder) Add(cell string) {
	code, ok := b.known[cell]
	if !ok {
		if b.known == nil {
			b.known = map[string]uint32{}
		}
		code = uint32(len(b.levels))
		b.known[cell] = code
		b.levels = append(b.levels, cell)
	}
	b.codes = append(b.codes, code)
}

// AddBytes takes in the next cell without holding on to its bytes.
func (b *FactorBuilder) AddBytes(cell []byte) {
	if code, ok := b.known[string(cell)]; ok {
		b.codes = append(b.codes, code)
		return
	}
	b.Add(string(cell))
}

// Column returns the factor with its levels in order.
func (b *FactorBuilder) Column(name string) Column {
	sorted := append([]string{}, b.levels...)
	SortLevels(sorted)
	place := make(map[string]uint32, len(sorted))
	for i, l := range sorted {
		place[l] = uint32(i)
	}
	to := make([]uint32, len(b.levels))
	for old, l := range b.levels {
		to[old] = place[l]
	}
	codes := make([]uint32, len(b.codes))
	for i, old := range b.codes {
		codes[i] = to[old]
	}
	return Column{Name: name, Codes: codes, Levels: sorted}
}

// coded returns the numbers of a column: itself, or a 0/1 column for each
// level but the reference.
func (c Column) coded(reference string) (Matrix, error) {
	if !c.IsFactor() {
		return Matrix{Names: []string{c.Name}, Columns: [][]float64{c.Numbers}}, nil
	}
	base, err := c.base(reference)
	if err != nil {
		return Matrix{}, err
	}
	var m Matrix
	for code, level := range c.Levels {
		if code == base {
			continue
		}
		column := make([]float64, len(c.Codes))
		for i, v := range c.Codes {
			if int(v) == code {
				column[i] = 1
			}
		}
		m.Names = append(m.Names, c.Name+"="+level)
		m.Columns = append(m.Columns, column)
	}
	return m, nil
}

func (c Column) base(reference string) (int, error) {
	if len(c.Levels) < 2 {
		return 0, stat.Refuse(stat.OneGroup, "column %s is the same for everybody, so it explains nothing", c.Name)
	}
	if reference == "" {
		return 0, nil
	}
	for i, level := range c.Levels {
		if level == reference {
			return i, nil
		}
	}
	return 0, stat.Refuse(stat.OutOfRange, "the reference named for column %s is not one of its levels", c.Name)
}
