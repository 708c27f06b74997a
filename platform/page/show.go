package page

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"alongside/platform/errs"
)

// pageSize is about what a page weighs in bytes; a larger one grows. What grew
// beyond keepSize is not kept for the next page.
const (
	pageSize = 8 << 10
	keepSize = 256 << 10
)

// ShowWith is Show for a form; one that comes back with problems says so in its
// status.
func ShowWith(w http.ResponseWriter, r *http.Request, d Doc, problems []Problem) error {
	if len(problems) > 0 {
		d.Status, d.Lacks = http.StatusUnprocessableEntity, problems
	}
	return Show(w, r, d)
}

// Told is a writer that nobody reads the page of: it is told what a form lacks.
type Told interface{ Tell(lacks []Problem) }

// Show puts d into the frame of the request and sends it. It draws the whole
// page before the first byte leaves, so that a fault becomes an error page and
// never half a page.
func Show(w http.ResponseWriter, r *http.Request, d Doc) error {
	if t, ok := w.(Told); ok {
		t.Tell(d.Lacks)
	}
	s := settingOf(r.Context())
	if s.Shell == nil {
		return errs.New(errs.Internal, "page.Show: no shell in the context", "")
	}
	b := s.buffer()
	defer s.keep(b)
	if err := s.Shell.Frame(s.View, d).Render(r.Context(), b); err != nil {
		return errs.Wrap("page.Show", err)
	}
	status := d.Status
	if status == 0 {
		status = http.StatusOK
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(b.Len())) // or it goes out in pieces, each with its length
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	return gone(err)
}

// buffer is memory to draw a page in. A board is ten times a small page: grown
// step by step each time, it cost a twentieth of the whole answer.
func (s Setting) buffer() *bytes.Buffer {
	if s.Buffers != nil {
		if b, ok := s.Buffers.Get().(*bytes.Buffer); ok {
			return b
		}
	}
	b := new(bytes.Buffer)
	b.Grow(pageSize)
	return b
}

func (s Setting) keep(b *bytes.Buffer) {
	if s.Buffers == nil || b.Cap() > keepSize {
		return
	}
	clear(b.Bytes()) // what a page said does not stay in memory
	b.Reset()
	s.Buffers.Put(b)
}

// Back sends the browser on to path with 303, after a form was taken. A path
// that is not our own is an error, so that nobody can be sent elsewhere.
func Back(w http.ResponseWriter, r *http.Request, path string) error {
	if !Own(path) {
		return errs.New(errs.Internal, "page.Back: not a path of our own", "")
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}

// Own reports whether path leads to a page of this program and nowhere else:
// one leading slash, no host, no scheme, no control character, no backslash.
func Own(path string) bool {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.Contains(path, `\`) {
		return false
	}
	if strings.ContainsFunc(path, func(c rune) bool { return c < ' ' || c == 0x7f }) {
		return false
	}
	u, err := url.Parse(path)
	return err == nil && u.Host == "" && u.Scheme == ""
}

// OwnOr returns path when it is our own, otherwise instead.
func OwnOr(path, instead string) string {
	if Own(path) {
		return path
	}
	return instead
}
