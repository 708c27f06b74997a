package table

import (
	"bytes"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"alongside/platform/stat"
)

// Kind says what the cells of a column must be.
type Kind int

// The kinds.
const (
	Number Kind = iota // a finite number
	Time               // a number, 0 or more
	Share              // a number from 0 to 1
	Event              // a whole number from 0 to 31, or TRUE or FALSE
	Flag               // 0 or 1, TRUE or FALSE
	Text               // any text, numbers too
	Auto               // numbers or text, as the first cell has it, never both
)

// Want is a column that is asked for.
type Want struct {
	Name string
	Kind Kind
	Gaps bool   // with dropMissing a missing number is NaN and the row stays
	Hint string // what to do where text stands instead of a number
}

// Reader goes through a file row by row. After Open, ask for columns with
// Select, then call Next until it returns false.
type Reader struct {
	scan        *scanner
	header      []string
	wants       []Want
	place       []int // column of each want
	text        [][]byte
	number      []float64
	asText      []bool // what an Auto column turned out to be
	decided     []bool
	dropMissing bool
	// decimalComma is that a comma stands before decimals, and never a point.
	decimalComma bool
	said         bool // the file itself names the sign between cells
	rows         int
	leftOut      int
}

// Open reads the header of a file.
func Open(in io.Reader) (*Reader, error) {
	r := &Reader{scan: newScanner(in)}
	if err := r.readHeader(); err != nil {
		return nil, err
	}
	return r, nil
}

// DecimalComma says, before the first Next, that numbers have a comma before
// decimals. R: read.csv2.
func (r *Reader) DecimalComma() { r.decimalComma = true }

func (r *Reader) readHeader() error {
	if raw, _, err := r.peekHeader(); err != nil {
		return err
	} else if raw == nil {
		return refuse(1, "", "the file is empty; it needs a header and rows")
	}
	for _, cell := range r.scan.cells {
		r.header = append(r.header, string(cell))
	}
	return r.checkHeader()
}

// checkHeader refuses what is no text, so that a workbook does not end as
// garbled names.
func (r *Reader) checkHeader() error {
	for _, name := range r.header {
		if !utf8.ValidString(name) || strings.ContainsRune(name, 0) {
			return refuse(r.scan.line, "", "this is not text in UTF-8; save the table as CSV, UTF-8")
		}
		if strings.ContainsRune(name, '\r') {
			return refuse(r.scan.line, "", "the lines end in carriage returns alone; save the table with other line ends")
		}
	}
	return nil
}

// peekHeader splits the first record by the sign that it holds most of.
func (r *Reader) peekHeader() ([]byte, bool, error) {
	for {
		raw, quoted, err := r.scan.record()
		if raw == nil || err != nil {
			return nil, false, err
		}
		raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		if said, ok := bytes.CutPrefix(raw, []byte("sep=")); ok && len(said) == 1 && bytes.IndexByte([]byte(",;\t"), said[0]) >= 0 {
			r.scan.comma, r.said = said[0], true // Excel's own first line
			continue
		}
		for _, c := range []byte{';', '\t'} {
			if !r.said && bytes.Count(raw, []byte{c}) > bytes.Count(raw, []byte{r.scan.comma}) {
				r.scan.comma = c
			}
		}
		if quoted {
			return raw, true, r.scan.splitQuoted(raw)
		}
		r.scan.split(raw)
		return raw, false, nil
	}
}

// Has tells whether the file has a column of that name.
func (r *Reader) Has(name string) bool { return r.find(name) >= 0 }

// Columns returns the names in the header.
func (r *Reader) Columns() []string { return r.header }

func (r *Reader) find(name string) int {
	for i, h := range r.header {
		if h == name {
			return i
		}
	}
	return -1
}

// Next moves to the next row that is complete. It returns false at the end,
// and refuses a file in which there was no such row.
func (r *Reader) Next() (bool, error) {
	for {
		ok, err := r.scan.next()
		if err != nil {
			return false, err
		}
		if !ok {
			return false, r.end()
		}
		if len(r.scan.cells) != len(r.header) {
			return false, refuse(r.scan.line, "", "%d cells where the header has %d columns", len(r.scan.cells), len(r.header))
		}
		missing, err := r.read()
		if err != nil {
			return false, err
		}
		if missing {
			r.leftOut++
			continue
		}
		r.rows++
		return true, nil
	}
}

func (r *Reader) end() error {
	if r.rows > 0 {
		return nil
	}
	if r.leftOut > 0 {
		return stat.Refuse(stat.TooFew, "every one of the %d rows has a missing cell", r.leftOut)
	}
	return refuse(r.scan.line, "", "there are no rows below the header")
}

// read takes the cells of a row; missing says that one was empty and may be.
func (r *Reader) read() (missing bool, err error) {
	for i, at := range r.place {
		cell := r.scan.cells[at]
		if !isMissing(cell) {
			continue
		}
		if !r.dropMissing {
			return false, refuse(r.scan.line, r.wants[i].Name, "the cell is missing; --drop-missing leaves such rows out")
		}
		if !r.wants[i].Gaps {
			return true, nil
		}
	}
	for i, at := range r.place {
		if r.wants[i].Gaps && isMissing(r.scan.cells[at]) {
			r.number[i] = math.NaN()
			continue
		}
		if err := r.cell(i, r.scan.cells[at]); err != nil {
			return false, err
		}
	}
	return false, nil
}

// Number returns the number in the i-th column asked for: of a Flag or Event
// its code.
func (r *Reader) Number(i int) float64 { return r.number[i] }

// Text returns the text in the i-th column asked for. It holds until Next.
func (r *Reader) Text(i int) []byte { return r.text[i] }

// IsText tells whether an Auto column holds text; it is known after one row.
func (r *Reader) IsText(i int) bool { return r.asText[i] }

// LeftOut is how many rows were left out for a missing cell.
func (r *Reader) LeftOut() int { return r.leftOut }

// Line is where the present row begins, the header being on line 1.
func (r *Reader) Line() int { return r.scan.line }

// Rows is how many rows were taken.
func (r *Reader) Rows() int { return r.rows }
