package fhir

import (
	"bytes"
	"errors"
	"io"
)

// window is how much of a file is in memory at a time, beside one resource.
const window = 64 << 10

// cutter cuts JSON values out of a stream. It knows line and column at every
// moment and holds one value at a time, up to a limit.
type cutter struct {
	src   io.Reader
	buf   []byte
	at    int   // the next byte in buf
	base  int64 // where buf begins in the file
	line  int   // from 1
	start int64 // where that line begins
	kept  []byte
	scan  scan
}

// cut is one value and where it stood. raw is nil when the value was longer
// than the limit; it is overwritten by the next cut.
type cut struct {
	raw        []byte
	start, end int64
	line       int
	column     int64 // from 1, in bytes
	depth      int
}

func newCutter(src io.Reader) *cutter {
	return &cutter{src: src, buf: make([]byte, 0, window), line: 1}
}

func (c *cutter) offset() int64 { return c.base + int64(c.at) }

// fill reads on when buf is used up. It returns io.EOF at the end.
func (c *cutter) fill() error {
	if c.at < len(c.buf) {
		return nil
	}
	c.base += int64(len(c.buf))
	c.at = 0
	n, err := io.ReadAtLeast(c.src, c.buf[:cap(c.buf)], 1)
	c.buf = c.buf[:n]
	if n > 0 {
		return nil
	}
	return err
}

// peek returns the next byte that is not white space.
func (c *cutter) peek() (byte, error) {
	for {
		if err := c.fill(); err != nil {
			return 0, err
		}
		switch b := c.buf[c.at]; b {
		case ' ', '\t', '\r':
			c.at++
		case '\n':
			c.pass(1)
		default:
			return b, nil
		}
	}
}

// pass goes over n bytes of buf and counts their lines.
func (c *cutter) pass(n int) {
	b := c.buf[c.at : c.at+n]
	if last := bytes.LastIndexByte(b, '\n'); last >= 0 {
		c.line += bytes.Count(b, []byte{'\n'})
		c.start = c.offset() + int64(last) + 1
	}
	c.at += n
}

// expect goes over the next byte that is not white space if it is want.
func (c *cutter) expect(want byte) (bool, error) {
	b, err := c.peek()
	if err != nil || b != want {
		return false, err
	}
	c.at++
	return true, nil
}

// value cuts the next value and keeps it if it is no longer than limit.
func (c *cutter) value(limit int) (cut, error) {
	if _, err := c.peek(); err != nil {
		return cut{}, err
	}
	v := cut{start: c.offset(), line: c.line, column: c.offset() - c.start + 1}
	c.kept = c.kept[:0]
	c.scan.again()
	for {
		n, whole, err := c.scan.feed(c.buf[c.at:])
		c.keep(c.buf[c.at:c.at+n], limit)
		c.pass(n)
		if err != nil {
			return v, err
		}
		if !whole {
			err = c.fill()
			whole = errors.Is(err, io.EOF) && c.scan.scalar && len(c.scan.open) == 0
		}
		if err != nil && !whole {
			return v, err
		}
		if whole {
			break
		}
	}
	v.end, v.depth = c.offset(), c.scan.deepest
	if v.end-v.start <= int64(limit) {
		v.raw = c.kept
	}
	return v, nil
}

func (c *cutter) keep(b []byte, limit int) {
	if len(c.kept)+len(b) <= limit {
		c.kept = append(c.kept, b...)
	}
}
