package crashtest

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Disk is a folder as a power cut would leave it. It is told what a watched
// program did, and knows what the program had the right to rely on: what was in
// a file when a sync of it began, once that sync has ended; and the names in a
// folder, once the folder was synced. Anything else may be there or not, sector
// by sector, in any order. Names that were not synced may be there up to some
// point, in the order in which they were given, as a journal of names keeps them;
// folders themselves are always there.
//
// What a drive does that loses what it said it has is not imitated, nor files
// that are written through memory: their last content on the disk is garbage.
type Disk struct {
	root  string
	now   map[string]*diskFile // by name
	sure  map[string]*diskFile // names that are on the disk
	names []naming             // since
	count int
}

type naming struct {
	seq      int
	from, to string // the name that goes, and the one that comes; either may be empty
	file     *diskFile
}

// in reports whether a naming is of a folder.
func (n naming) in(folder string) bool {
	return n.from != "" && filepath.Dir(n.from) == folder || n.to != "" && filepath.Dir(n.to) == folder
}

func (n naming) give(names map[string]*diskFile) {
	if n.from != "" {
		delete(names, n.from)
	}
	if n.to != "" {
		names[n.to] = n.file
	}
}

type diskFile struct {
	sure    []byte   // what is on the disk
	changes []change // since
}

type change struct {
	seq  int
	what string
	at   int64
	data []byte
}

const sector = 512

// NewDisk reads a folder at rest: all of it is on the disk.
func NewDisk(root string) (*Disk, error) {
	d := &Disk{root: root, now: map[string]*diskFile{}, sure: map[string]*diskFile{}}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		d.now[path] = &diskFile{sure: b}
		return err
	})
	d.sure = maps.Clone(d.now)
	return d, err
}

// Happened tells the disk of the next event. Those elsewhere change nothing.
func (d *Disk) Happened(e Event) error {
	seq := d.count
	d.count++
	if !strings.HasPrefix(e.Path, d.root) {
		return nil
	}
	f := d.now[e.Path]
	switch e.What {
	case Strange:
		return fmt.Errorf("a change to %s that the kit does not know", e.Path)
	case Create:
		if f == nil {
			f = &diskFile{}
			d.name(naming{seq: seq, to: e.Path, file: f})
		}
		if e.At == 0 {
			f.changes = append(f.changes, change{seq: seq, what: Truncate})
		}
	case Rename:
		if f == nil {
			return fmt.Errorf("%s is renamed, and is no file that the kit knows", e.Path)
		}
		d.name(naming{seq: seq, from: e.Path, to: e.To, file: f})
	case Remove:
		d.name(naming{seq: seq, from: e.Path})
	case Sync:
		if f != nil {
			f.settle(e.Since)
		} else {
			d.settle(e.Path, e.Since)
		}
	case Write, Truncate, Grow:
		if f != nil {
			f.changes = append(f.changes, change{seq, e.What, e.At, e.Data})
		}
	}
	return nil
}

func (d *Disk) name(n naming) {
	n.give(d.now)
	d.names = append(d.names, n)
}

// settle puts the names of a folder on the disk that were given before since.
func (d *Disk) settle(folder string, since int) {
	d.names = slices.DeleteFunc(d.names, func(n naming) bool {
		done := n.seq < since && n.in(folder)
		if done {
			n.give(d.sure)
		}
		return done
	})
}

// settle puts what was done before since on the disk.
func (f *diskFile) settle(since int) {
	n := 0
	for n < len(f.changes) && f.changes[n].seq < since {
		f.sure = f.changes[n].on(f.sure, func() bool { return true })
		n++
	}
	f.changes = f.changes[n:]
}

// on makes the change to b, but for the sectors that are not kept.
func (c change) on(b []byte, kept func() bool) []byte {
	end := c.at + int64(len(c.data))
	if c.what == Truncate && int64(len(b)) > end {
		return b[:end]
	}
	for at := c.at; at < end; {
		next := min(end, at-at%sector+sector)
		if kept() {
			b = grown(b, next)
			copy(b[at:next], c.data[at-c.at:next-c.at])
		}
		at = next
	}
	if c.what != Write {
		b = grown(b, end)
	}
	return b
}

func grown(b []byte, size int64) []byte {
	if more := size - int64(len(b)); more > 0 {
		return append(b, make([]byte, more)...)
	}
	return b
}

// Cut writes to a folder what a power cut now leaves. Now and then that is all
// that was ever done, or nothing that was not synced.
func (d *Disk) Cut(rng *rand.Rand, to string) error {
	odds := []float64{0, 1, 0.5, rng.Float64()}[rng.IntN(4)]
	torn := rng.IntN(2) == 0
	names := maps.Clone(d.sure)
	for _, n := range d.names[:rng.IntN(len(d.names)+1)] {
		n.give(names)
	}
	for _, path := range slices.Sorted(maps.Keys(names)) {
		b := names[path].cut(rng, odds, torn)
		rel, err := filepath.Rel(d.root, path)
		if err != nil {
			return err
		}
		path = filepath.Join(to, rel)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// cut is a file after a power cut: of each change since the last sync all,
// nothing or, when torn, some sectors.
func (f *diskFile) cut(rng *rand.Rand, odds float64, torn bool) []byte {
	b := slices.Clone(f.sure)
	for _, c := range f.changes {
		lucky := rng.Float64() < odds
		if c.what != Write && !lucky {
			continue
		}
		b = c.on(b, func() bool {
			if torn {
				lucky = rng.Float64() < odds
			}
			return lucky
		})
	}
	return b
}
