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
	web  *http.Client
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
	w := &world{process: p, web: client()}
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
	w.base = "http://" + strings.TrimPrefix(w.said.Addr, "http://")
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
// answers. All asks come by the first site's link, so that they wait on one
// board.
func (w *world) ask() error {
	link := w.full(w.said.AskLinks[0])
	n := w.turn.Add(1)
	form := url.Values{
		"act": {id.New(time.Now())}, "answer": {"yes"}, "name": {fmt.Sprintf("Robin %d", n)},
		"whereabouts": {"Bed 12, behind the desk"}, "language": {"en"},
		"know": {"Speaks softly. Would like someone who also has children."}, "asker": {"Nurse on nights"},
	}
	req, err := http.NewRequest(http.MethodPost, link, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", w.base)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	return send(w.web, req, http.StatusSeeOther)
}

// signIn comes in by the link of the first account of a role, pressing the
// button of the page if there is one.
func (w *world) signIn(role string) (*http.Client, error) {
	for _, a := range w.said.Accounts {
		if a.Role == role {
			return w.comeIn(w.full(a.Link))
		}
	}
	return nil, fmt.Errorf("no account of a %s", role)
}

func (w *world) comeIn(link string) (*http.Client, error) {
	c := client()
	res, err := c.Get(link)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || res.StatusCode == http.StatusSeeOther {
		return c, err
	}
	form := url.Values{}
	if m := regexp.MustCompile(`<form[^>]* action="(/sign-in[^"]*)"`).FindStringSubmatch(string(body)); m != nil {
		link = w.base + html.UnescapeString(m[1])
	}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(string(body), -1) {
		form.Set(m[1], m[2])
	}
	req, err := http.NewRequest(http.MethodPost, link, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", w.base)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	return c, send(c, req, http.StatusSeeOther)
}
