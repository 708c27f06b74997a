package fhir

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// shape is how a file holds its resources.
type shape int

const (
	oneResource shape = iota
	bundle            // the entries of a Bundle
	perLine           // one resource after another, as bulk exports have it (NDJSON)
)

// File is a FHIR file that holds together from its first byte to its last.
type File struct {
	src   io.ReaderAt
	size  int64
	begin int64 // after a byte order mark
	shape shape
}

// Open reads all of src and holds none of it. It refuses, with a Fault that
// says where and why, what is not JSON, not FHIR, cut short, or followed by
// something else. Single entries with a flaw of their own are left for Each
// to name. src must not change until the File is no longer used.
func Open(ctx context.Context, src io.ReaderAt, size int64) (*File, error) {
	f := &File{src: src, size: size}
	if err := f.greet(); err != nil {
		return nil, err
	}
	o := &outline{walk: f.walk(ctx)}
	if err := o.roots(); err != nil {
		return nil, err
	}
	f.shape = o.shape
	return f, nil
}

func (f *File) walk(ctx context.Context) walk {
	return walk{ctx, newCutter(io.NewSectionReader(f.src, f.begin, f.size-f.begin))}
}

// greet looks at the first bytes: most files that are not FHIR show it there.
func (f *File) greet() error {
	head := make([]byte, 512)
	n, err := f.src.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	head = head[:n]
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		f.begin, head = 3, head[3:]
	}
	if says := notJSON(head); says != "" {
		return refuse(lineColumn(1, 1), says)
	}
	return nil
}

func notJSON(head []byte) string {
	first := bytes.TrimLeft(head, " \t\r\n")
	starts := func(s string) bool { return bytes.HasPrefix(first, []byte(s)) }
	switch {
	case len(head) == 0:
		return saysEmpty
	case starts("\xff\xfe"), starts("\xfe\xff"), bytes.HasPrefix(head, []byte("\x00{")), starts("{\x00"):
		return saysUTF16
	case starts("<"):
		return saysWebPage
	case starts("PK\x03\x04"), starts("\x1f\x8b"):
		return saysPacked
	case starts("%PDF"):
		return saysPDF
	case starts("["):
		return saysList
	case len(first) > 0 && first[0] != '{':
		return saysNotObject
	}
	return ""
}

// outline is the first reading. It goes through every root of a file: one, or
// one per line.
type outline struct {
	walk
	shape shape
}

// head is what the first reading keeps of a root.
type head struct {
	line      int
	kind      string // resourceType
	flaw      string // what is wrong with it, or ""
	entry     bool   // there is an entry
	entryList bool   // and it is a list
}

func (o *outline) roots() error {
	for n := 0; ; n++ {
		b, err := o.peek()
		switch {
		case errors.Is(err, io.EOF) && n == 0:
			return refuse(lineColumn(1, 1), saysEmpty)
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case n > 0 && (b != '{' || o.shape == bundle):
			return o.here(saysFollows)
		}
		h := head{line: o.line, flaw: saysNoType}
		if err := o.members(func(name string) error { return o.member(name, &h) }); err != nil {
			return began(err, h.line)
		}
		if err := o.judge(n, h); err != nil {
			return err
		}
	}
}

// began says of a root that does not end where it begins: in a file of one resource
// per line that is the line to mend, and the end of the file says nothing of it.
func began(err error, line int) error {
	if f, ok := FaultOf(err); ok && f.Reason == saysEnds && line > 1 {
		return refuse(f.Place, fmt.Sprintf("%s, in the resource that begins on line %d", saysEnds, line))
	}
	return err
}

// judge decides what a root makes of the file. A root that is no resource
// refuses a file of one; among several it is refused alone, by Each.
func (o *outline) judge(n int, h head) error {
	if n > 0 {
		o.shape = perLine
		return nil
	}
	if h.flaw != "" {
		return o.unlessMore(h)
	}
	if h.kind != "Bundle" {
		return nil
	}
	if h.entry && !h.entryList {
		return o.at(h.line, "Bundle "+saysEntryList)
	}
	o.shape = bundle
	return nil
}

// unlessMore refuses the file unless another root follows.
func (o *outline) unlessMore(h head) error {
	if b, err := o.peek(); err == nil && b == '{' {
		return nil
	}
	return o.at(h.line, saysNotFHIR+h.flaw)
}

func (o *outline) member(name string, h *head) error {
	if name == "entry" {
		h.entry = true
		if b, err := o.peek(); err == nil && b == '[' {
			h.entryList = true
			return o.elements(o.element)
		}
	}
	v, err := o.take(maxResource)
	if err != nil {
		return err
	}
	if v.raw == nil {
		return o.at(v.line, saysPartLong)
	}
	if name == "resourceType" {
		h.kind, h.flaw = kindOf(v.raw)
	}
	return o.sound(v, name)
}

func (o *outline) element(i int) error {
	v, err := o.take(maxResource)
	if f, ok := FaultOf(err); ok && f.Reason == saysEnds {
		return refuse(f.Place, fmt.Sprintf("%s, in entry[%d] that begins on line %d", saysEnds, i, v.line))
	}
	if err != nil {
		return err
	}
	return o.sound(v, fmt.Sprintf("entry[%d]", i))
}

// sound refuses the file when the JSON of v does not hold together.
func (o *outline) sound(v cut, where string) error {
	if v.raw == nil {
		return nil
	}
	says, broken := flaw(v.raw)
	if broken < 0 {
		return nil
	}
	before := v.raw[:broken]
	line := v.line + bytes.Count(before, []byte{'\n'})
	if last := bytes.LastIndexByte(before, '\n'); last >= 0 {
		return refuse(inside(where, line, int64(broken-last)), says)
	}
	return refuse(inside(where, line, v.column+int64(broken)), says)
}

func inside(where string, line int, column int64) string {
	if !plainName(where) {
		return lineColumn(line, column)
	}
	return where + " " + lineColumn(line, column)
}

// kindOf reads a resourceType and says what is wrong with it.
func kindOf(raw []byte) (kind, says string) {
	b, err := jsontext.AppendUnquote(nil, raw)
	switch {
	case err != nil:
		return "", saysTypeText
	case !IsResource(string(b)):
		return "", saysOtherType
	}
	return string(b), ""
}
