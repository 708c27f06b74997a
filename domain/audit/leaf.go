package audit

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"alongside/platform/clock"
	"alongside/platform/field"
	"alongside/platform/scope"
)

// Leaf is one line of the log as it can be read back.
//
// Its stored form is JSON of one fixed shape: the keys in the order of the
// struct, no spaces, empty ones left out, instants in microseconds UTC, hashes
// in base64. The leaf's number stands first, so that a leaf that was moved
// contradicts its place.
type Leaf struct {
	Number  int64    `json:"n"` // from 0; Pending while it waits for its number
	Version int      `json:"v"`
	Kind    Kind     `json:"kind"`
	Action  string   `json:"action"`
	At      int64    `json:"at"` // microseconds UTC
	Actor   string   `json:"actor"`
	Role    string   `json:"role"`
	Purpose string   `json:"purpose"`
	Record  string   `json:"record"`
	About   string   `json:"about"` // nobody, one subject, or the name of a set
	Of      int      `json:"of"`    // how many the set holds
	To      string   `json:"to"`
	Under   string   `json:"under"`
	Changes []Column `json:"changes"`
}

// Column is a changed column and the hash of the bytes that were stored.
type Column struct {
	Name   string `json:"c"`
	Digest string `json:"h"` // SHA-256, base64 without padding
}

// Pending is the number of a leaf that has not been numbered yet.
const Pending int64 = -1

// leafVersion counts up when the shape changes; older leaves keep theirs.
const leafVersion = 1

var errUnknownLeaf = errors.New("audit: a leaf of a kind or version this program does not know")

// When is the instant the leaf speaks of.
func (l Leaf) When() time.Time { return time.UnixMicro(l.At).UTC() }

// encode writes a leaf without its number; number puts that in front.
func encode(e Entry, s scope.Scope, at time.Time, about string, of int) []byte {
	b := make([]byte, 0, 256+80*len(e.Changes))
	b = append(b, `"v":`...)
	b = strconv.AppendInt(b, leafVersion, 10)
	b = text(b, "kind", string(e.Kind))
	b = text(b, "action", e.Action)
	b = append(b, `,"at":`...)
	b = strconv.AppendInt(b, clock.Trim(at).UnixMicro(), 10)
	b = text(b, "actor", s.Actor)
	b = text(b, "role", s.Role)
	b = text(b, "purpose", s.Purpose)
	b = text(b, "record", e.Record)
	b = text(b, "about", about)
	if of > 1 {
		b = append(b, `,"of":`...)
		b = strconv.AppendInt(b, int64(of), 10)
	}
	b = text(b, "to", e.To)
	b = text(b, "under", e.Under)
	return append(changes(b, e.Changes), '}')
}

// number makes the leaf whole.
func number(n int64, rest []byte) []byte {
	b := make([]byte, 0, len(rest)+26)
	b = append(b, `{"n":`...)
	b = strconv.AppendInt(b, n, 10)
	b = append(b, ',')
	return append(b, rest...)
}

func text(b []byte, key, s string) []byte {
	if s == "" {
		return b
	}
	b = append(b, ',', '"')
	b = append(b, key...)
	b = append(b, '"', ':')
	if !plain(s) {
		// Only an actor or a reason can come here: a system user's name, why a
		// sweeping job runs.
		quoted, _ := json.Marshal(s)
		return append(b, quoted...)
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

func changes(b []byte, list []field.Change) []byte {
	for i, c := range list {
		if i == 0 {
			b = append(b, `,"changes":[`...)
		} else {
			b = append(b, ',')
		}
		b = append(b, `{"c":"`...)
		b = append(b, c.Column...)
		b = append(b, `","h":"`...)
		b = base64.RawStdEncoding.AppendEncode(b, c.Digest[:])
		b = append(b, `"}`...)
	}
	if len(list) > 0 {
		b = append(b, ']')
	}
	return b
}

// decode reads a stored leaf.
func decode(b []byte) (Leaf, error) {
	var l Leaf
	if err := json.Unmarshal(b, &l); err != nil {
		return l, err
	}
	if l.Version != leafVersion || !l.Kind.Known() {
		return l, errUnknownLeaf
	}
	return l, nil
}
