package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// A board that stands open shows who asks, and from the moment a sign-in, a role
// or an account is ended not one word more: the stream is over.
func TestAnOpenBoardEndsWithTheRightToIt(t *testing.T) {
	for name, end := range map[string]func(*town, guest) error{
		"the sign-in is ended": func(w *town, g guest) error {
			own := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(g.account), Role: access.Peer, Purpose: scope.Operations})
			return w.a.Access.EndSignIn(own, g.session)
		},
		"the role is taken away": func(w *town, g guest) error {
			_, err := w.a.Access.SetRoles(w.operator("here"), g.account, []string{access.Evaluator})
			return err
		},
		"the account is paused": func(w *town, g guest) error { return w.a.Access.Pause(w.operator("here"), g.account) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			g := w.guest("here", access.Peer, own)
			board := w.follow(g, "/board/live")
			shown := ""
			for n := 0; !strings.Contains(shown, "Wren"); n++ { // the stream may not listen yet
				w.asks(fmt.Sprint("Wren ", n))
				shown = board.next(t)
			}
			w.must(end(w, g))
			w.asks("Kittiwake")
			if rest := board.rest(t); strings.Contains(rest, "Kittiwake") {
				t.Errorf("after the end it still shows %q", rest)
			}
		})
	}
}

func (w *town) asks(name string) {
	w.Helper()
	token := w.ids["here"]["token"]
	link := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: "link:" + token[len(token)-8:], Purpose: scope.Treatment})
	_, err := w.a.Handoffs.Ask(link, handoff.Ask{
		Handoff: handoff.Handoff{Answer: "yes", Where: "bay 9"}, Person: people.Person{Name: name}, Act: id.New(time.Now()), Site: ref.Site(w.ids["here"]["site"]),
	})
	w.must(err)
}

// following is an open stream of events, line by line.
type following struct{ lines chan string }

func (w *town) follow(g guest, path string) following {
	w.Helper()
	ctx, cancel := context.WithCancel(w.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url+path, http.NoBody)
	w.must(err)
	r.AddCookie(&http.Cookie{Name: "__Host-alongside", Value: g.cookie})
	res, err := http.DefaultTransport.RoundTrip(r)
	w.must(err)
	w.Cleanup(func() { cancel(); res.Body.Close() })
	if res.StatusCode != http.StatusOK {
		w.Fatal(res.Status)
	}
	f := following{make(chan string, 10_000)}
	go f.read(res.Body)
	return f
}

func (f following) read(body io.Reader) {
	defer close(f.lines)
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		f.lines <- lines.Text()
	}
}

// next is one event, whole, or what came within a second.
func (f following) next(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	for quiet := time.After(time.Second); ; {
		select {
		case line, open := <-f.lines:
			if !open {
				t.Fatal("the stream is over")
			}
			if out.WriteString(line + "\n"); line == "" && out.Len() > 1 {
				return out.String()
			}
		case <-quiet:
			return out.String()
		}
	}
}

// rest is all that comes until the stream is over.
func (f following) rest(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	for late := time.After(time.Minute); ; {
		select {
		case line, open := <-f.lines:
			if !open {
				return out.String()
			}
			out.WriteString(line + "\n")
		case <-late:
			t.Fatalf("the stream goes on; so far %q", out.String())
		}
	}
}
