package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"alongside/platform/id"
)

// What is open in an organisation of many: who waits, whom a peer walks with,
// and what a flood brought that nobody has looked at.
const (
	openWalking = 4000
	openWaiting = 3000
	openKept    = 3000
)

// measureCrowded asks for the same board as measureBoard twice in one program:
// with fifty who wait, and with ten thousand hand-offs open.
func measureCrowded(ctx context.Context, s *setup) error {
	if err := s.build(ctx); err != nil {
		return err
	}
	w, err := openWorld(ctx, s)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer w.stop()
	lead, err := w.signIn("supervisor")
	if err != nil {
		return err
	}
	calls, err := w.calls(lead)
	if err != nil {
		return err
	}
	if err := times(boardSize, calls); err != nil {
		return err
	}
	if err := s.timeBoard(w, "board_fifty_open"); err != nil {
		return err
	}
	if err := w.crowd(lead, calls); err != nil {
		return err
	}
	return s.timeBoard(w, "board_ten_thousand_open")
}

// crowd fills the organisation: by calls that a worker types in, which are
// never kept back, and by a flood at one link, which is.
func (w *world) crowd(lead string, calls func() error) error {
	if err := times(openWalking, calls); err != nil {
		return err
	}
	if err := w.walk(lead, openWalking); err != nil {
		return err
	}
	if err := times(openWaiting-boardSize, calls); err != nil {
		return err
	}
	return times(openKept, w.askHere)
}

func times(n int, one func() error) error {
	for range n {
		if err := one(); err != nil {
			return err
		}
	}
	return nil
}

// calls returns what types in one call, as a worker would.
func (w *world) calls(lead string) (func() error, error) {
	sites, err := w.found(lead, "/board/phone", `name="site"[^>]* value="([^"]+)"`)
	if err != nil || len(sites) == 0 {
		return nil, errors.Join(err, errors.New("no site to ask for"))
	}
	return func() error {
		n := w.turn.Add(1)
		return w.post(lead, "/board/phone", url.Values{
			"act": {id.New(time.Now())}, "site": {sites[0]}, "answer": {"yes"}, "name": {fmt.Sprintf("Robin %d", n)},
			"phone": {fmt.Sprintf("555-%07d", n)}, "whereabouts": {"Bed 12, behind the desk"}, "language": {"en"},
		}, http.StatusSeeOther)
	}, nil
}

// walk lets a supervisor go to so many of those who wait longest.
func (w *world) walk(lead string, most int) error {
	for done := 0; done < most; {
		waiting, err := w.found(lead, "/board", `action="(/handoff/[^"/]+)/acknowledge"`)
		if err != nil || len(waiting) == 0 {
			return errors.Join(err, errors.New("nobody waits"))
		}
		for _, h := range waiting {
			if err := w.goTo(lead, h); err != nil {
				return err
			}
		}
		done += len(waiting)
	}
	return nil
}

// goTo says yes to one who waits, and is beside them.
func (w *world) goTo(cookies, h string) error {
	for _, step := range []string{"acknowledge", "meet"} {
		if err := w.post(cookies, h+"/"+step, url.Values{"act": {id.New(time.Now())}}, http.StatusSeeOther); err != nil {
			return err
		}
	}
	return nil
}
