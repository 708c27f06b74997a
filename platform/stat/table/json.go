package table

import (
	"encoding/json"
	"io"
	"math"
	"strconv"
)

// Num is a number of a result. What has no value is written as null.
type Num float64

// MarshalJSON writes the shortest digits that read back as the same number.
func (n Num) MarshalJSON() ([]byte, error) {
	v := float64(n)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return []byte("null"), nil
	}
	return json.Marshal(v)
}

// String writes the number for a person: seven significant digits, "–" for
// none.
func (n Num) String() string {
	v := float64(n)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	return strconv.FormatFloat(v, 'g', 7, 64)
}

// Write writes a result as JSON, on lines of its own.
func Write(out io.Writer, result any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(result)
}
