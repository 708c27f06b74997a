package db

import (
	"encoding/binary"
	"slices"
)

// mostKept is how many bytes of the log are kept in memory: a log that is to be
// brought to the main file, and what one more commit adds to it.
const mostKept = (logPages + 100) * frameSize

// kept is what a connection wrote to the log, before it was encrypted: one piece
// without a gap, of one log. Two frames share each block, so that without it
// each page that is brought to the main file costs two blocks to open, and each
// commit the opening of its first block and its last.
//
// Nothing in it can be out of date where it is used. What is committed in a log
// is never written anew, whoever writes; a log that starts over has another
// salt; and where the log ends elsewhere than this piece, someone else wrote.
type kept struct {
	salt uint64
	from int64 // where the piece begins in the log
	b    []byte
	safe int64 // its end at the last commit
}

func (k *kept) end() int64 { return k.from + int64(len(k.b)) }

// put follows a write to the log.
func (k *kept) put(p []byte, off int64) {
	if salt, ok := saltIn(p, off); ok && (salt != k.salt || off > k.end() || off < k.from) {
		*k = kept{salt: salt, from: off, b: k.b[:0], safe: off}
	}
	at := off - k.from
	if at < 0 || at > int64(len(k.b)) || int(at)+len(p) > mostKept {
		k.drop()
		return
	}
	n := copy(k.b[at:], p)
	k.b = append(k.b, p[n:]...)
}

// saltIn is the salt of the log that p begins, as its header or a frame's.
func saltIn(p []byte, off int64) (uint64, bool) {
	if off == 0 && len(p) == logHeader {
		return binary.BigEndian.Uint64(p[16:]), true
	}
	if _, ok := frameAt(off, 0); ok && len(p) == frameHeader {
		return binary.BigEndian.Uint64(p[8:]), true
	}
	return 0, false
}

// drop forgets all. What is written next begins a new piece.
func (k *kept) drop() { *k = kept{b: k.b[:0]} }

// committed ends the piece where the commit ends: what a savepoint took back may
// stand behind it.
func (k *kept) committed(lastHead int64) {
	end := min(k.end(), logHeader+(lastHead+1)*frameSize)
	if end < k.from {
		k.drop()
		return
	}
	k.b, k.safe = k.b[:end-k.from], end
}

// undone ends the piece where it ended at the last commit.
func (k *kept) undone() {
	if k.safe < k.from || k.safe > k.end() {
		k.drop()
		return
	}
	k.b = k.b[:k.safe-k.from]
}

// page is the page of a frame; nil where it is not kept.
func (k *kept) page(frame int64) []byte {
	at := logHeader + frame*frameSize + frameHeader - k.from
	if at < frameHeader || at+pageSize > int64(len(k.b)) {
		return nil
	}
	return k.b[at : at+pageSize]
}

// blocks are the whole blocks that n bytes at off lie in, and where they begin;
// nil where the first of them is not kept whole. Behind the end of the log there
// are zeros: what stands there in the file is of a log that is over.
func (k *kept) blocks(off int64, n int) ([]byte, int64) {
	first := off - off%pageSize
	last := off + int64(n) + pageSize - 1
	last -= last % pageSize
	if first < k.from || off+int64(n) > k.end() {
		return nil, 0
	}
	b := k.b
	if more := int(last - k.end()); more > 0 {
		k.b = slices.Grow(k.b, more)
		b = k.b[:len(k.b)+more]
		clear(b[len(k.b):])
	}
	return b[first-k.from : last-k.from], first
}

// ends reports whether the log of this salt and so many frames ends where the
// piece does.
func (k *kept) ends(now mark) bool {
	return now.frames > 0 && k.salt == now.salt && k.safe == k.end() && k.end() == logHeader+int64(now.frames)*frameSize
}
