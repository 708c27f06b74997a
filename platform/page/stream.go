package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"alongside/platform/errs"
)

// Names of the events that the page's script knows.
const (
	EventPart = "part" // HTML; each element with an id replaces the one of that id
	EventLook = "look" // something changed: the page fetches itself again
	EventOver = "over" // the session is over, or the organisation paused: the page loads itself anew
)

// Beat is how often a quiet stream says that it is alive, and asks whether it
// may go on. It is below the idle time of the proxies we know.
const Beat = 15 * time.Second

// writeWait is how long one event may take to leave; a sleeping phone is let go.
const writeWait = 10 * time.Second

// Event is one message of a stream. Data may have several lines.
type Event struct {
	ID   string // what the browser sends back as Last-Event-ID after a break; "" for none
	Name string
	Data string
}

// Feed is what a stream sends and when it must end.
type Feed struct {
	Events  <-chan Event                   // closing it ends the stream; nil when Changed says it all
	Changed <-chan struct{}                // each value asks the page to fetch itself again; nil is never
	Over    func(ctx context.Context) bool // asked at each beat and change; true ends the stream; nil is never
	Beat    time.Duration                  // 0 is Beat
}

// Over is the last event of a stream: the page loads itself anew, and shows what
// is so now.
func Over() Event { return Event{Name: EventOver, Data: "over"} }

// Part returns an event that replaces parts of the page by their ids.
func Part(ctx context.Context, c templ.Component) (Event, error) {
	var b bytes.Buffer
	if err := c.Render(ctx, &b); err != nil {
		return Event{}, errs.Wrap("page.Part", err)
	}
	return Event{Name: EventPart, Data: b.String()}, nil
}

// Stream sends events until the browser leaves, the feed is closed, the request
// ends, or the session is over. The answer is not kept anywhere.
func Stream(w http.ResponseWriter, r *http.Request, f Feed) error {
	s := &stream{w: w, ctl: http.NewResponseController(w)}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	// The server's read timeout would otherwise end the request's context.
	if err := s.ctl.SetReadDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return gone(err)
	}
	if err := s.send("retry: 3000\n\n"); err != nil {
		return err
	}
	return s.run(r.Context(), f)
}

type stream struct {
	w   http.ResponseWriter
	ctl *http.ResponseController
}

func (s *stream) run(ctx context.Context, f Feed) error {
	every := f.Beat
	if every == 0 {
		every = Beat
	}
	beat := time.NewTicker(every)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-f.Events:
			if !ok {
				return nil
			}
			if err := s.event(e); err != nil {
				return err
			}
		case <-f.Changed:
			if over, err := s.say(ctx, f, s.look); over || err != nil {
				return err
			}
		case <-beat.C:
			if over, err := s.say(ctx, f, s.beat); over || err != nil {
				return err
			}
		}
	}
}

// say sends what is due, or that the session is over.
func (s *stream) say(ctx context.Context, f Feed, due func() error) (over bool, err error) {
	if f.Over != nil && f.Over(ctx) {
		return true, s.event(Over())
	}
	return false, due()
}

func (s *stream) look() error { return s.event(Event{Name: EventLook, Data: "look"}) }
func (s *stream) beat() error { return s.send(": beat\n\n") }

func (s *stream) event(e Event) error {
	var b strings.Builder
	if e.ID != "" {
		fmt.Fprintf(&b, "id: %s\n", oneLine(e.ID))
	}
	if e.Name != "" {
		fmt.Fprintf(&b, "event: %s\n", oneLine(e.Name))
	}
	for line := range strings.SplitSeq(strings.ReplaceAll(e.Data, "\r", ""), "\n") {
		fmt.Fprintf(&b, "data: %s\n", line)
	}
	b.WriteString("\n")
	return s.send(b.String())
}

func (s *stream) send(text string) error {
	err := s.ctl.SetWriteDeadline(time.Now().Add(writeWait))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return gone(err)
	}
	if _, err := s.w.Write([]byte(text)); err != nil {
		return gone(err)
	}
	if err := s.ctl.Flush(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return gone(err)
	}
	return nil
}

func oneLine(s string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(s) }
