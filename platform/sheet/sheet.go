// Package sheet reads a CSV file the way spreadsheets really write them: row by
// row, in the same small memory however long the file is, and with a line and a
// column for everything that cannot be read. A row that is wrong is handed on as
// a Problem and the reading goes on at the next one.
//
// It is not a library because encoding/csv takes everything after a lost quote for
// one cell, the rest of the file with it, and cannot find its way back.
// platform/stat/table stops at the first thing that is wrong, as a table of
// figures must and a list of people must not.
package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

const (
	bufferSize = 512 << 10
	recordMost = 256 << 10 // a row longer than this has lost a quote
)

// Problem is why a row cannot be read, in words for a terminal that never
// repeat what stands there. Column counts from 1; 0 is the whole row.
type Problem struct {
	Column int
	Say    string
}

// Row is one row. Line is where it begins; a row with a Problem may lack cells.
type Row struct {
	Line    int
	Cells   []string
	Problem *Problem
}

// Empty reports whether nothing stands in the row.
func (r Row) Empty() bool {
	for _, c := range r.Cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return r.Problem == nil
}

// Reader reads a file that has a header.
type Reader struct {
	Header []string
	Comma  byte // what stands between cells

	in    *bufio.Reader
	line  int // lines taken so far
	bytes int64
}

// Taken is how many bytes were read so far.
func (r *Reader) Taken() int64 { return r.bytes }

// New reads the header. What is no text file, or has none, is refused in words.
func New(in io.Reader) (*Reader, error) {
	r := &Reader{in: bufio.NewReaderSize(in, bufferSize)}
	if err := r.begin(); err != nil {
		return nil, err
	}
	for {
		start, err := r.in.Peek(recordMost)
		if len(start) == 0 {
			return nil, whyEmpty(err)
		}
		r.Comma = comma(start)
		row, ok, err := r.next()
		if err != nil || !ok {
			return nil, whyEmpty(err)
		}
		if row.Problem != nil {
			return nil, &Refusal{row.Line, *row.Problem}
		}
		if r.told(row) || row.Empty() {
			continue
		}
		r.Header = row.Cells
		return r, nil
	}
}

// Refusal is why a file cannot be read at all.
type Refusal struct {
	Line int
	Problem
}

// Error is the refusal in words, with its place.
func (r *Refusal) Error() string { return Where(r.Line, r.Column, "") + r.Say }

func whyEmpty(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return &Refusal{0, Problem{0, "the file is empty"}}
	}
	return err
}

// told takes the line "sep=;" by which a spreadsheet says what stands between
// cells. What is found in the header itself is as good.
func (r *Reader) told(row Row) bool {
	return row.Line == 1 && len(row.Cells) <= 2 && len(row.Cells[0]) >= 4 && row.Cells[0][:4] == "sep="
}

// begin looks at the first bytes for what is no CSV, and passes over the mark
// that says UTF-8.
func (r *Reader) begin() error {
	start, err := r.in.Peek(512)
	if len(start) == 0 {
		return whyEmpty(err)
	}
	for _, k := range kinds() {
		if bytes.HasPrefix(start, []byte(k.mark)) {
			return &Refusal{0, Problem{0, k.say}}
		}
	}
	if bytes.IndexByte(start, 0) >= 0 {
		return &Refusal{0, Problem{0, "this is no text file; " + saveAs}}
	}
	if bytes.HasPrefix(start, []byte("\ufeff")) {
		_, err = r.in.Discard(3)
		r.bytes += 3
		return err
	}
	return nil
}

const saveAs = "save it as “CSV UTF-8” in the spreadsheet"

type kind struct{ mark, say string }

func kinds() []kind {
	return []kind{
		{"PK\x03\x04", "this is a spreadsheet (.xlsx or .ods), not CSV; " + saveAs},
		{"\xd0\xcf\x11\xe0", "this is a spreadsheet (.xls), not CSV; " + saveAs},
		{"\xff\xfe", "this is UTF-16 (“Unicode text”); " + saveAs},
		{"\xfe\xff", "this is UTF-16 (“Unicode text”); " + saveAs},
		{"\x1f\x8b", "this is packed (gzip); unpack it first"},
		{"%PDF", "this is a PDF, not CSV"},
	}
}

// comma is what stands most often between the cells of the first line, outside
// quotes. Where two are equal the rarer in names wins.
func comma(start []byte) byte {
	var n [256]int
	quoted := false
	for _, c := range start {
		if c == '"' {
			quoted = !quoted
		} else if (c == '\n' || c == '\r') && !quoted {
			break
		} else if !quoted {
			n[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte{'|', ';', '\t'} {
		if n[c] > 0 && n[c] >= n[best] {
			best = c
		}
	}
	return best
}

// Next reads the next row; ok is false at the end. err is only of the disk.
func (r *Reader) Next() (row Row, ok bool, err error) {
	row, ok, err = r.next()
	if ok && row.Problem == nil && !row.Empty() && len(row.Cells) != len(r.Header) {
		row.Problem = &Problem{0, counted(len(row.Cells), len(r.Header))}
	}
	return row, ok, err
}

func (r *Reader) next() (Row, bool, error) {
	for size := 4 << 10; ; size = min(size*4, recordMost) {
		window, err := r.in.Peek(size)
		ended := errors.Is(err, io.EOF)
		if err != nil && !ended {
			return Row{}, false, err
		}
		if len(window) == 0 {
			return Row{}, false, nil
		}
		p := parser{in: window, comma: r.Comma, last: ended}
		whole := p.record()
		if !whole && !ended && size < recordMost {
			continue
		}
		if !whole {
			p.lost()
		}
		row := Row{Line: r.line + 1, Cells: p.cells, Problem: p.problem}
		r.line += p.lines
		r.bytes += int64(p.at)
		_, err = r.in.Discard(p.at)
		return row, true, err
	}
}

// check notes a cell that is no text.
func check(cell []byte, column int) *Problem {
	if !utf8.Valid(cell) {
		return &Problem{column, "is not UTF-8 (saved as Latin-1 or Windows-1252?); " + saveAs}
	}
	if bytes.IndexByte(cell, 0) >= 0 {
		return &Problem{column, "has a zero byte in it"}
	}
	return nil
}
