package audit

import (
	"bytes"
	"crypto/hmac"
	"encoding/json"

	"golang.org/x/mod/sumdb/tlog"

	"alongside/platform/db"
)

// scan is one pass over a log, in the order of the leaves. It rebuilds the tree
// as it goes and stops judging at the first thing that is wrong; what follows
// is only looked at for what explains it.
type scan struct {
	head  *head
	keyed bool // the organisation's keys are here, so stamps can be checked
	point *Point
	last  int64 // the last leaf to read
	read  int64 // the last leaf that was read
	count int64

	tree   edge
	latest int64
	sets   map[string]Verdict // sets looked at lately
	wrong  *wrong

	root  tlog.Hash // at the checkpoint's size
	later int64     // the first leaf the checkpoint covers and that is younger than it; -1: none
}

// wrong is the first thing that does not fit.
type wrong struct {
	verdict Verdict
	at      int64
	until   int64
	// What would explain it, further on:
	lost   int64     // the leaf that should be here; -1: not asked
	found  int64     // the number of the leaf that is here instead; -1: none
	hash   tlog.Hash // the hash that is kept here and fits another leaf
	hashed bool
}

// maxSets bounds the memory for sets looked at.
const maxSets = 10000

// place is what a leaf says of its own place, whatever its kind and version.
type place struct {
	Number int64  `json:"n"`
	At     int64  `json:"at"`
	About  string `json:"about"`
	Of     int    `json:"of"`
}

func (s *scan) leaf(tx *db.Tx, r row) error {
	s.count++
	var p place
	p.Number = -1
	readable := json.Unmarshal(r.entry, &p) == nil
	if s.wrong == nil {
		if err := s.judgeLeaf(tx, r, p, readable); err != nil {
			return err
		}
	}
	if s.wrong != nil {
		s.wrong.explain(r, p.Number)
	}
	return nil
}

func (s *scan) judgeLeaf(tx *db.Tx, r row, p place, readable bool) error {
	at := s.tree.size
	switch {
	case r.number > at:
		s.wrong = &wrong{verdict: Deleted, at: at, until: r.number - 1, lost: at, found: -1}
		return nil
	case readable && p.Number >= 0 && p.Number != r.number:
		s.wrong = &wrong{verdict: Deleted, at: at, until: at, lost: at, found: p.Number}
		return nil
	case !readable || p.About != r.about:
		s.edited(at)
		return nil
	}
	return s.judgeContent(tx, r, p)
}

func (s *scan) judgeContent(tx *db.Tx, r row, p place) error {
	leaf := tlog.RecordHash(r.entry)
	want, err := s.tree.add(leaf)
	if err != nil {
		return err
	}
	kept, err := unpack(r.hashes)
	if err != nil || len(kept) == 0 {
		s.edited(r.number)
		return nil //nolint:nilerr // what cannot be read was edited: that is the finding
	}
	if kept[0] != leaf {
		s.edited(r.number)
		s.wrong.hash, s.wrong.hashed = kept[0], true
		return nil
	}
	if !bytes.Equal(r.hashes, pack(want)) {
		s.edited(r.number)
		return nil
	}
	s.judgeStamp(tx, r, leaf)
	if s.wrong == nil {
		s.note(p)
		return s.judgeSet(tx, p)
	}
	return nil
}

// judgeStamp: a leaf written on a head that did not hold bears an empty stamp,
// so something was cut off or altered before it.
func (s *scan) judgeStamp(tx *db.Tx, r row, leaf tlog.Hash) {
	if !s.keyed || hmac.Equal(r.stamp, stampLeaf(tx, leaf)) {
		return
	}
	s.edited(r.number)
	if bytes.Equal(r.stamp, make([]byte, stampSize)) {
		s.wrong.verdict = Truncated
	}
}

func (s *scan) edited(at int64) {
	s.wrong = &wrong{verdict: Edited, at: at, until: at, lost: -1, found: -1}
}

// note takes what the end of the scan needs from a leaf that is as it was.
func (s *scan) note(p place) {
	s.latest = max(s.latest, p.At)
	if s.point == nil || p.Number >= s.point.Size {
		return
	}
	if s.later < 0 && p.At > s.point.At.UnixMicro() {
		s.later = p.Number
	}
	if s.tree.size == s.point.Size {
		s.root, _ = s.tree.root()
	}
}

func (s *scan) judgeSet(tx *db.Tx, p place) error {
	if !isSet(p.About) {
		return nil
	}
	v, seen := s.sets[p.About]
	if !seen {
		members, err := readSet(tx, p.About)
		if err != nil {
			return err
		}
		v = verdictOnSet(p, members)
		if len(s.sets) >= maxSets {
			clear(s.sets)
		}
		s.sets[p.About] = v
	}
	if v != OK {
		s.edited(p.Number)
		s.wrong.verdict = v
	}
	return nil
}

func verdictOnSet(p place, members []string) Verdict {
	switch {
	case aboutOf(members) == p.About && len(members) == p.Of:
		return OK
	case len(members) < p.Of:
		return Deleted
	}
	return Edited
}

// explain looks at a leaf from the first wrong one onward. If the leaf that
// should have been there is somewhere else, the log was reordered; if the one
// that is there instead is also in its own place, it was written over.
func (w *wrong) explain(r row, number int64) {
	switch {
	case w.lost >= 0 && number == w.lost && r.number != w.lost:
		w.verdict, w.until = Reordered, w.at
	case w.verdict == Deleted && w.found >= 0 && (w.found < w.at || r.number == w.found && number == w.found):
		w.verdict = Edited
	case w.hashed && r.number != w.at && tlog.RecordHash(r.entry) == w.hash:
		w.verdict = Reordered
	}
}
