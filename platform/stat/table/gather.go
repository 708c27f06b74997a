package table

import "alongside/platform/stat/design"

// Gather reads the rest of the file into columns, in the order asked for.
// Columns of text become factors.
func (r *Reader) Gather() ([]design.Column, error) {
	columns, _, err := r.GatherLines()
	return columns, err
}

// GatherLines also returns the line that each row begins on.
func (r *Reader) GatherLines() ([]design.Column, []int, error) {
	var lines []int
	numbers := make([][]float64, len(r.wants))
	factors := make([]design.FactorBuilder, len(r.wants))
	for {
		ok, err := r.Next()
		if err != nil {
			return nil, nil, err
		}
		if !ok {
			break
		}
		lines = append(lines, r.Line())
		for i, w := range r.wants {
			if w.Kind == Text || w.Kind == Auto && r.asText[i] {
				factors[i].AddBytes(r.text[i])
				continue
			}
			numbers[i] = append(numbers[i], r.number[i])
		}
	}
	out := make([]design.Column, len(r.wants))
	for i, w := range r.wants {
		out[i] = design.Numeric(w.Name, numbers[i])
		if numbers[i] == nil {
			out[i] = factors[i].Column(w.Name)
		}
	}
	return out, lines, nil
}
