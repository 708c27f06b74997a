package sheet

import (
	"bytes"
	"fmt"
	"strings"
)

// parser cuts one row out of what is read so far.
type parser struct {
	in      []byte
	comma   byte
	last    bool // nothing follows in
	at      int
	lines   int
	cells   []string
	problem *Problem
}

// record reads one row and its line end. It reports false when the row does
// not end in what is there.
func (p *parser) record() bool {
	for {
		cell, ok := p.cell()
		if !ok {
			return false
		}
		if p.problem == nil {
			p.problem = check(cell, len(p.cells)+1)
		}
		p.cells = append(p.cells, string(cell))
		if p.at == len(p.in) {
			p.lines++
			return p.last
		}
		if p.in[p.at] == p.comma {
			p.at++
			continue
		}
		return p.lineEnd()
	}
}

// cell reads up to what ends it: the comma, a line end, or the end.
func (p *parser) cell() ([]byte, bool) {
	if p.at < len(p.in) && p.in[p.at] == '"' {
		return p.quoted()
	}
	from := p.at
	p.toEnd()
	return p.in[from:p.at], p.last || p.at < len(p.in)
}

// toEnd goes on to what ends a cell that is not in quotes.
func (p *parser) toEnd() {
	for p.at < len(p.in) {
		if c := p.in[p.at]; c == p.comma || c == '\n' || c == '\r' {
			return
		}
		p.at++
	}
}

// quoted reads a cell in quotes; two quotes stand for one.
func (p *parser) quoted() ([]byte, bool) {
	var out []byte
	p.at++
	for {
		end := bytes.IndexByte(p.in[p.at:], '"')
		if end < 0 {
			return nil, false
		}
		part := p.in[p.at : p.at+end]
		p.lines += bytes.Count(part, []byte{'\n'})
		out = append(out, part...)
		p.at += end + 1
		if p.at == len(p.in) {
			return out, p.last
		}
		if p.in[p.at] != '"' {
			return out, p.afterQuote()
		}
		out = append(out, '"')
		p.at++
	}
}

// afterQuote passes over what wrongly stands between a closing quote and the
// end of the cell.
func (p *parser) afterQuote() bool {
	from := p.at
	p.toEnd()
	if len(bytes.TrimSpace(p.in[from:p.at])) > 0 && p.problem == nil {
		p.problem = &Problem{len(p.cells) + 1, "has words after its closing quote; a quote inside a cell is written twice"}
	}
	return p.last || p.at < len(p.in)
}

// lineEnd takes LF, CR LF or CR alone.
func (p *parser) lineEnd() bool {
	if p.in[p.at] == '\r' {
		if p.at+1 == len(p.in) && !p.last {
			return false
		}
		p.at++
	}
	if p.at < len(p.in) && p.in[p.at] == '\n' {
		p.at++
	}
	p.lines++
	return true
}

// lost gives up a row whose quote never closes and goes on at its second line.
func (p *parser) lost() {
	column := len(p.cells) + 1
	p.cells, p.lines = nil, 1
	p.at = len(p.in)
	if end := bytes.IndexByte(p.in, '\n'); end >= 0 {
		p.at = end + 1
	}
	p.problem = &Problem{column, "opens a quote that is never closed"}
}

func counted(cells, header int) string {
	word := "cells"
	if cells == 1 {
		word = "cell"
	}
	return fmt.Sprintf("has %d %s where the header has %d", cells, word, header)
}

// Where names a place in a file, ready to stand before what is wrong there; a
// line or column of 0 is left out.
func Where(line, column int, name string) string {
	var b strings.Builder
	if line > 0 {
		fmt.Fprintf(&b, "line %d", line)
	}
	if column > 0 {
		fmt.Fprintf(&b, ", column %d", column)
	}
	if column > 0 && name != "" {
		fmt.Fprintf(&b, " (%s)", name)
	}
	if b.Len() == 0 {
		return ""
	}
	return b.String() + ": "
}
