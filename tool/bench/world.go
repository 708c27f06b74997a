package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"alongside/platform/id"
)

// world is a running demo and how to come in, as `demo --json` says.
type world struct {
	*process
	base string
	said saidByDemo
	web  *wires
	turn atomic.Int64
}

type saidByDemo struct {
	Addr     string `json:"addr"`
	Accounts []struct {
		Org, Role, Name, Email, Link string
	} `json:"accounts"`
	AskLinks []string `json:"ask_links"`
}

func openWorld(ctx context.Context, s *setup) (*world, error) {
	p, err := start(ctx, filepath.Join(s.dir, "demo.log"), s.bin, "demo", "--addr", "127.0.0.1:0", "--json")
	if err != nil {
		return nil, err
	}
	w := &world{process: p}
	said, err := p.first(time.Minute)
	if err == nil {
		err = json.Unmarshal([]byte(said), &w.said)
	}
	if err == nil && (w.said.Addr == "" || len(w.said.AskLinks) == 0) {
		err = errors.New("no address or no link to ask by")
	}
	if err != nil {
		p.stop()
		return nil, err
	}
	addr := strings.TrimPrefix(w.said.Addr, "http://")
	w.base, w.web = "http://"+addr, newWires(addr)
	return w, nil
}

// full makes a link that may be a path into a whole address on this server.
func (w *world) full(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	return w.base + u.RequestURI()
}

// ask asks for a peer as the form would, answering what a nurse in a hurry
// answers, of each site in turn.
func (w *world) ask() error { return w.web.send(w.askForm(), http.StatusSeeOther) }

func (w *world) askForm() []byte {
	n := w.turn.Add(1)
	return w.formAt(w.said.AskLinks[int(n)%len(w.said.AskLinks)], n)
}

// askHere asks by the first link only, so that all wait on one board.
func (w *world) askHere() error {
	return w.web.send(w.formAt(w.said.AskLinks[0], w.turn.Add(1)), http.StatusSeeOther)
}

func (w *world) formAt(link string, n int64) []byte {
	link = strings.TrimPrefix(w.full(link), w.base)
	form := url.Values{
		"act": {id.New(time.Now())}, "answer": {"yes"}, "name": {fmt.Sprintf("Robin %d", n)},
		"whereabouts": {"Bed 12, behind the desk"}, "language": {"en"},
		"know": {"Speaks softly. Would like someone who also has children."}, "asker": {"Nurse on nights"},
	}
	headers := "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\nOrigin: " + w.base + "\r\n"
	return w.web.request(http.MethodPost, link, headers, form.Encode())
}

// signIn comes in by the link of the first account of a role and returns the
// header line with its cookies.
func (w *world) signIn(role string) (string, error) {
	for _, a := range w.said.Accounts {
		if a.Role == role {
			return w.comeIn(w.full(a.Link))
		}
	}
	return "", fmt.Errorf("no account of a %s", role)
}

// comeIn opens the link and presses the button of its page, if there is one.
func (w *world) comeIn(link string) (string, error) {
	c := client()
	res, err := c.Get(link)
	if err != nil {
		return "", err
	}
	body, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err == nil && res.StatusCode != http.StatusSeeOther {
		err = w.press(c, link, string(body))
	}
	if err != nil {
		return "", err
	}
	u, err := url.Parse(w.base)
	if err != nil {
		return "", err
	}
	var pairs []string
	for _, cookie := range c.Jar.Cookies(u) {
		pairs = append(pairs, cookie.Name+"="+cookie.Value)
	}
	return "Cookie: " + strings.Join(pairs, "; ") + "\r\n", nil
}

func (w *world) press(c *http.Client, link, page string) error {
	form := url.Values{}
	if m := regexp.MustCompile(`<form[^>]* action="(/sign-in[^"]*)"`).FindStringSubmatch(page); m != nil {
		link = w.base + html.UnescapeString(m[1])
	}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		form.Set(m[1], m[2])
	}
	req, err := http.NewRequest(http.MethodPost, link, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", w.base)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	return send(c, req, http.StatusSeeOther)
}
