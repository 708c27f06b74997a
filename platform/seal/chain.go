package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A chain is a list in an organisation's folder that only grows: who was erased
// (ledger.go), what was taken back (taken.go). A line is "v1", what it says, the
// instant in microseconds UTC, a hash of the lines before, and the
// organisation's signature over all that, its name and which list it is. A line
// cut out or changed breaks the rest.
type chain struct {
	path   string
	tenant string
	use    string // what a signature is bound to, so that no line passes from one list to the other
	words  int    // how many a line says
	sign   ed25519.PrivateKey
	end    tail
}

// saying is what one line says, and when that was.
type saying struct {
	says string
	at   time.Time
}

// chained is the hash that the next line must carry.
type chained [sha256.Size]byte

func (c chained) then(line string) chained { return sha256.Sum256(append(c[:], line...)) }

func (c chained) String() string { return encode(c[:16]) }

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (c *chain) line(s saying, before chained) string {
	text := fmt.Sprintf("v1 %s %d %s", s.says, s.at.UnixMicro(), before)
	return text + " " + encode(ed25519.Sign(c.sign, c.signed(text))) + "\n"
}

func (c *chain) signed(text string) []byte { return bind(nil, c.use, c.tenant, text) }

// bytes are what the list holds; nothing when it is not there.
func (c *chain) bytes() ([]byte, error) {
	b, err := os.ReadFile(c.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return b, err
}

// read proves the lines of a list. A last line without its end was being written
// when the power went; it is left out, because nothing was done by it yet.
func (c *chain) read(b []byte) ([]saying, error) {
	var out []saying
	var before chained
	for line := range strings.Lines(string(whole(b))) {
		s, err := c.readLine(line, before)
		if err != nil {
			return nil, c.wrong(len(out), err)
		}
		out = append(out, s)
		before = before.then(line)
	}
	return out, nil
}

// wrong names the line, counted from 0, in which something is wrong.
func (c *chain) wrong(line int, err error) error {
	return fmt.Errorf("%s, line %d: %w", filepath.Base(c.path), line+1, err)
}

// whole cuts a list after its last whole line.
func whole(b []byte) []byte { return b[:bytes.LastIndexByte(b, '\n')+1] }

func (c *chain) readLine(line string, before chained) (s saying, err error) {
	parts := strings.Split(strings.TrimSuffix(line, "\n"), " ")
	n := len(parts)
	if n != c.words+4 || parts[0] != "v1" {
		return s, errors.New("not a line of this list")
	}
	sig, err := base64.RawURLEncoding.DecodeString(parts[n-1])
	text := c.signed(strings.Join(parts[:n-1], " "))
	if err != nil || !ed25519.Verify(c.sign.Public().(ed25519.PublicKey), text, sig) {
		return s, errors.New("the signature is not this organisation's")
	}
	if parts[n-2] != before.String() {
		return s, errors.New("a line before it is missing or changed")
	}
	at, err := strconv.ParseInt(parts[n-3], 10, 64)
	if err != nil {
		return s, errors.New("names no instant")
	}
	return saying{strings.Join(parts[1:n-3], " "), time.UnixMicro(at).UTC()}, nil
}

// tail is where a list ended when this process last wrote to it.
type tail struct {
	size int64
	last string  // its last line, of which no two are alike
	next chained // what the line after it carries
}

// stands reports whether the file still ends there.
func (e tail) stands(f *os.File) bool {
	st, err := f.Stat()
	if err != nil || e.size == 0 || st.Size() != e.size {
		return false
	}
	b := make([]byte, len(e.last))
	_, err = f.ReadAt(b, e.size-int64(len(b)))
	return err == nil && string(b) == e.last
}

// find looks where the list ends. It is read through only where somebody else
// has written to it.
func (c *chain) find(f *os.File) (tail, error) {
	if c.end.stands(f) {
		return c.end, nil
	}
	b, err := io.ReadAll(f)
	e := tail{}
	for line := range strings.Lines(string(whole(b))) {
		e = e.then(line)
	}
	return e, err
}

func (e tail) then(line string) tail {
	return tail{e.size + int64(len(line)), line, e.next.then(line)}
}

// add makes lines part of the list, durably, and returns its size. Call it alone
// with the organisation's keys. Where it fails the list is as it was.
func (c *chain) add(more []saying) (size int64, err error) {
	f, err := os.OpenFile(c.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	was, err := c.find(f)
	if err != nil {
		return 0, err
	}
	now := was
	var b []byte
	for _, s := range more {
		line := c.line(s, now.next)
		now, b = now.then(line), append(b, line...)
	}
	if _, err := f.WriteAt(b, was.size); err != nil {
		return 0, errors.Join(err, f.Truncate(was.size))
	}
	if err := errors.Join(f.Truncate(now.size), f.Sync()); err != nil {
		return 0, err
	}
	if was.size == 0 { // it may be new: then its name must be durable too
		err = syncDir(filepath.Dir(c.path))
	}
	c.end = now
	return now.size, err
}
