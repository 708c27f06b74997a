package table

// Select says which columns are wanted. With dropMissing, rows with an empty
// cell in one of them are left out and counted; without, they are refused.
func (r *Reader) Select(dropMissing bool, wants ...Want) error {
	r.wants, r.dropMissing = wants, dropMissing
	r.place = make([]int, len(wants))
	for i, w := range wants {
		r.place[i] = r.find(w.Name)
		if r.place[i] < 0 {
			return refuse(r.scan.line, w.Name, "there is no such column; the file has %s", listed(r.header))
		}
		for _, h := range r.header[r.place[i]+1:] {
			if h == w.Name {
				return refuse(r.scan.line, w.Name, "the header names this column twice")
			}
		}
	}
	r.text, r.number = make([][]byte, len(wants)), make([]float64, len(wants))
	r.asText, r.decided = make([]bool, len(wants)), make([]bool, len(wants))
	return nil
}
