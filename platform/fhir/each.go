package fhir

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Spot is where one resource stands in a file: what a reader keeps instead of
// the resource.
type Spot struct {
	offset int64
	length int32
	index  int32 // among the entries, or the lines, from 0
	line   int32 // from 1
	shape  shape
}

// Entry is one resource of a file and what is around it. Resource and the text
// in it are valid until the next entry is read.
type Entry struct {
	Spot
	Type     string // resourceType; "" when there is none to take
	ID       string // as the file has it, or ""
	FullURL  string // the name the entry goes by in its Bundle, or ""
	Method   string // what a transaction asks for: PUT, DELETE; or ""
	Resource []byte // the resource as JSON; nil when Flaw is set
	Flaw     string // why this entry cannot be taken, or ""
}

// Place says where the entry stands, for a person: "entry[17] Encounter/abc
// line 2034". A patient's id is left out: some senders make it of the medical
// record number.
func (e *Entry) Place() string {
	parts := []string{}
	if e.shape == bundle {
		parts = append(parts, fmt.Sprintf("entry[%d]", e.index))
	}
	if e.Type != "" {
		parts = append(parts, e.nameInPlace())
	}
	parts = append(parts, fmt.Sprintf("line %d", e.line))
	return strings.Join(parts, " ")
}

func (e *Entry) nameInPlace() string {
	if e.ID == "" || !plainName(e.ID) || e.Type == "Patient" || e.Type == "Person" || e.Type == "RelatedPerson" {
		return e.Type
	}
	return e.Type + "/" + e.ID
}

// plainName reports whether s is an id or a name as FHIR forms them, so that it
// can be printed. 64 letters, digits, hyphens, points; brackets for a place.
func plainName(s string) bool {
	if len(s) > 64 {
		return false
	}
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && !strings.ContainsRune("-._[]", c) {
			return false
		}
	}
	return s != ""
}

// Each hands out the resources of the file in their order, those with a Flaw
// too. It stops at the first error that do returns.
func (f *File) Each(ctx context.Context, do func(*Entry) error) error {
	e := &each{walk: f.walk(ctx), shape: f.shape, do: do}
	if f.shape == bundle {
		return changed(e.members(e.member))
	}
	for i := 0; ; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := e.peek(); errors.Is(err, io.EOF) {
			return nil
		}
		if err := e.one(i); err != nil {
			return err
		}
	}
}

// each is every reading after the first.
type each struct {
	walk
	shape shape
	do    func(*Entry) error
	entry Entry
}

func (e *each) member(name string) error {
	if name == "entry" {
		return e.elements(e.one)
	}
	_, err := e.take(0)
	return err
}

func (e *each) one(i int) error {
	v, err := e.take(maxResource)
	if err != nil {
		return changed(err)
	}
	e.entry = Entry{Spot: Spot{offset: v.start, length: int32(min(v.end-v.start, maxResource+1)), index: int32(i), line: int32(v.line), shape: e.shape}}
	e.entry.read(v)
	return e.do(&e.entry)
}

// changed marks a fault in the form of a file that held together before.
func changed(err error) error {
	if f, ok := FaultOf(err); ok && (f.Reason == saysEnds || f.Reason == saysNotJSON) {
		return refuse(f.Place, saysChanged)
	}
	return err
}

// At reads the entry at a spot again.
func (f *File) At(s Spot) (*Entry, error) {
	raw := make([]byte, s.length)
	if _, err := io.ReadFull(io.NewSectionReader(f.src, f.begin+s.offset, int64(s.length)), raw); err != nil {
		return nil, err
	}
	e := &Entry{Spot: s}
	e.read(cut{raw: raw})
	if e.Flaw != "" {
		return nil, refuse(e.Place(), saysChanged)
	}
	return e, nil
}

// Index is the entry's number in its Bundle, or the number of the resource in
// a file of one per line, from 0.
func (s Spot) Index() int { return int(s.index) }
