package web

import (
	"bytes"
	"io"
	"net/http"

	"alongside/platform/page"
)

// Whoever sends or reads a letter now and then takes half a minute for it. As many of
// them as there are places, which one laptop can be, held them all, and no ward could ask (0136).

// ahead is how much of a form is read before it has a place: as much as its page reads.
const ahead = page.MaxForm + 1

// readAhead reads it. What is wrong with it the page meets in its turn.
func readAhead(r *http.Request) {
	if r.Method != http.MethodPost {
		return
	}
	begun, _ := io.ReadAll(io.LimitReader(r.Body, ahead))
	r.Body = body{io.MultiReader(bytes.NewReader(begun), r.Body), r.Body}
}

type body struct {
	io.Reader
	io.Closer
}

// leaving gives its place up when the answer begins to leave: by then it is made.
type leaving struct {
	http.ResponseWriter
	leave func()
}

// WriteHeader begins the answer.
func (l leaving) WriteHeader(status int) {
	l.leave()
	l.ResponseWriter.WriteHeader(status)
}

// Write begins the answer, or goes on with it.
func (l leaving) Write(b []byte) (int, error) {
	l.leave()
	return l.ResponseWriter.Write(b)
}

// Written tells page.Answer whether it is too late for an error page.
func (l leaving) Written() bool {
	w, ok := l.ResponseWriter.(interface{ Written() bool })
	return ok && w.Written()
}

// Unwrap lets http.ResponseController reach the connection.
func (l leaving) Unwrap() http.ResponseWriter { return l.ResponseWriter }
