package table

import (
	"bytes"
	"io"
)

// scanner splits a file into records of cells. Cells point into its buffer and
// hold until the next record.
type scanner struct {
	in       io.Reader
	buf      []byte
	from, to int // unread part of buf
	ended    bool
	err      error
	line     int // line that the present record begins on
	lines    int // lines taken so far
	comma    byte
	cells    [][]byte
	scratch  []byte
}

const (
	bufferSize = 1 << 18
	recordMost = 1 << 24 // a record longer than this is a lost quote
)

func newScanner(in io.Reader) *scanner {
	return &scanner{in: in, buf: make([]byte, bufferSize), comma: ','}
}

// fill reads more, keeping what is unread. It returns false at the end.
func (s *scanner) fill() bool {
	if s.ended {
		return false
	}
	if s.from > 0 {
		copy(s.buf, s.buf[s.from:s.to])
		s.to -= s.from
		s.from = 0
	}
	if s.to == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.in.Read(s.buf[s.to:])
	s.to += n
	if err != nil {
		s.ended = true
		if err != io.EOF {
			s.err = err
		}
	}
	return n > 0 || !s.ended
}

// record returns the bytes of the next record without its line end, and
// whether quotes occur in it; nil at the end of the file.
func (s *scanner) record() (raw []byte, quoted bool, err error) {
	seen, open := 0, false
	s.line = s.lines + 1
	for {
		part := s.buf[s.from+seen : s.to]
		end := bytes.IndexByte(part, '\n')
		if end < 0 && s.fill() {
			if s.to-s.from > recordMost {
				return nil, false, refuse(s.line, "", "the row has no end; a quote may be missing")
			}
			continue
		}
		if s.err != nil {
			return nil, false, s.err
		}
		last := end < 0
		if last {
			end = len(part)
		}
		if n := bytes.Count(part[:end], []byte{'"'}); n > 0 {
			quoted = true
			open = open != (n%2 == 1)
		}
		s.lines++
		seen += end + 1
		if !open || last {
			return s.cut(seen, last, open, quoted)
		}
	}
}

func (s *scanner) cut(seen int, last, open, quoted bool) ([]byte, bool, error) {
	if open {
		return nil, false, refuse(s.line, "", "a quote is opened and never closed")
	}
	if last {
		seen--
	}
	raw := s.buf[s.from : s.from+seen]
	s.from += seen
	if last && len(raw) == 0 {
		return nil, false, nil
	}
	raw = bytes.TrimSuffix(raw, []byte{'\n'})
	return bytes.TrimSuffix(raw, []byte{'\r'}), quoted, nil
}

// next splits the next record that is not blank into cells; false at the end.
func (s *scanner) next() (bool, error) {
	for {
		raw, quoted, err := s.record()
		if raw == nil || err != nil {
			return false, err
		}
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		if quoted {
			return true, s.splitQuoted(raw)
		}
		s.split(raw)
		return true, nil
	}
}

func (s *scanner) split(raw []byte) {
	s.cells = s.cells[:0]
	for {
		i := bytes.IndexByte(raw, s.comma)
		if i < 0 {
			s.cells = append(s.cells, bytes.TrimSpace(raw))
			return
		}
		s.cells = append(s.cells, bytes.TrimSpace(raw[:i]))
		raw = raw[i+1:]
	}
}

// splitQuoted splits a record in which some cells are quoted.
func (s *scanner) splitQuoted(raw []byte) error {
	s.cells = s.cells[:0]
	if cap(s.scratch) < len(raw) {
		s.scratch = make([]byte, 0, 2*len(raw))
	}
	s.scratch = s.scratch[:0] // never grows below, so cells keep their place
	for {
		raw = bytes.TrimLeft(raw, " ")
		if len(raw) > 0 && raw[0] == '"' {
			rest, ok := s.quotedCell(raw[1:])
			if !ok {
				return refuse(s.line, "", "a quoted cell is followed by more text")
			}
			if rest == nil {
				return nil
			}
			raw = rest
			continue
		}
		i := bytes.IndexByte(raw, s.comma)
		if i < 0 {
			s.cells = append(s.cells, bytes.TrimSpace(raw))
			return nil
		}
		s.cells = append(s.cells, bytes.TrimSpace(raw[:i]))
		raw = raw[i+1:]
	}
}

// quotedCell takes the cell whose opening quote was just passed. rest is what
// follows the next comma, nil at the end of the record.
func (s *scanner) quotedCell(raw []byte) (rest []byte, ok bool) {
	start := len(s.scratch)
	for {
		i := bytes.IndexByte(raw, '"')
		if i < 0 {
			return nil, false
		}
		s.scratch = append(s.scratch, raw[:i]...)
		raw = raw[i+1:]
		if len(raw) == 0 || raw[0] != '"' {
			break
		}
		s.scratch = append(s.scratch, '"')
		raw = raw[1:]
	}
	s.cells = append(s.cells, bytes.TrimSpace(s.scratch[start:]))
	raw = bytes.TrimLeft(raw, " ")
	if len(raw) == 0 {
		return nil, true
	}
	return raw[1:], raw[0] == s.comma
}
