package page_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"alongside/platform/page"
)

// serveStream runs one stream on a real server whose timeouts are far shorter
// than the stream lives, and returns its lines as they come.
func serveStream(t *testing.T, f page.Feed) (lines <-chan string, ended <-chan error) {
	t.Helper()
	done, out := make(chan error, 1), make(chan string, 100)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		done <- page.Stream(w, r, f)
	}))
	s.Config.ReadTimeout, s.Config.WriteTimeout = 50*time.Millisecond, 50*time.Millisecond
	s.Start()
	t.Cleanup(s.Close)
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("Content-Type %q", got)
	}
	go func() {
		defer close(out)
		defer res.Body.Close()
		for scan := bufio.NewScanner(res.Body); scan.Scan(); {
			if scan.Text() != "" {
				out <- scan.Text()
			}
		}
	}()
	return out, done
}

func TestStreamSendsBeatsAndEndsWithTheSession(t *testing.T) {
	events, beats := make(chan page.Event), 0
	lines, ended := serveStream(t, page.Feed{Events: events, Beat: 30 * time.Millisecond, Over: func(context.Context) bool {
		beats++
		return beats > 5 // well after the server's own timeouts
	}})
	part, err := page.Part(context.Background(), templ.Raw("<p id=\"a\">one\n</p>"))
	if err != nil {
		t.Fatal(err)
	}
	part.ID = "7"
	events <- part
	var got []string
	for l := range lines {
		got = append(got, l)
	}
	if err := <-ended; err != nil {
		t.Errorf("the stream ended with %v", err)
	}
	all := strings.Join(got, "\n")
	if !strings.HasPrefix(all, "retry: 3000\nid: 7\nevent: part\ndata: <p id=\"a\">one\ndata: </p>\n: beat") {
		t.Errorf("got:\n%s", all)
	}
	if strings.Count(all, ": beat") != 5 || !strings.HasSuffix(all, "event: over\ndata: over") {
		t.Errorf("got:\n%s", all)
	}
}

func TestStreamAsksToLookAgain(t *testing.T) {
	changed, events := make(chan struct{}), make(chan page.Event)
	lines, _ := serveStream(t, page.Feed{Events: events, Changed: changed})
	changed <- struct{}{}
	changed <- struct{}{}
	close(events)
	var got []string
	for l := range lines {
		got = append(got, l)
	}
	if all := strings.Join(got, "\n"); strings.Count(all, "event: look") != 2 {
		t.Errorf("got:\n%s", all)
	}
}

// Once it is over no change is passed on: the page would ask in vain.
func TestStreamIsOverAtAChange(t *testing.T) {
	changed := make(chan struct{})
	lines, ended := serveStream(t, page.Feed{Changed: changed, Over: func(context.Context) bool { return true }})
	changed <- struct{}{}
	var got []string
	for l := range lines {
		got = append(got, l)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if all := strings.Join(got, "\n"); strings.Contains(all, "look") || !strings.HasSuffix(all, "event: over\ndata: over") {
		t.Errorf("got:\n%s", all)
	}
}

func TestStreamEndsWithItsFeed(t *testing.T) {
	events := make(chan page.Event, 1)
	events <- page.Event{Name: "a\nevent: forged", Data: "x"}
	close(events)
	lines, ended := serveStream(t, page.Feed{Events: events})
	var got []string
	for l := range lines {
		got = append(got, l)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if all := strings.Join(got, "\n"); !strings.Contains(all, "event: a event: forged\ndata: x") {
		t.Errorf("got:\n%s", all)
	}
}

func TestStreamEndsWhenTheBrowserLeaves(t *testing.T) {
	done := make(chan error, 1)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		done <- page.Stream(w, r, page.Feed{Events: make(chan page.Event)})
	}))
	defer s.Close()
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	cancel()
	if err := <-done; err != nil {
		t.Errorf("the stream ended with %v", err)
	}
}
