package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"alongside/platform/id"
)

// few is how many people the organisation has when a page is measured first.
const few = 1000

// measureMillion asks for the page with fifty people that a peer walks with, and
// finds someone by name in the organisation, when it has a thousand people and
// when it has many more.
func measureMillion(ctx context.Context, s *setup) error {
	if err := s.build(ctx); err != nil {
		return err
	}
	w, data, err := s.openFolder(ctx)
	if err != nil {
		return err
	}
	defer w.stop()
	peer, lead, err := w.settle(ctx, s, data)
	if err != nil {
		return err
	}
	if err := s.readIn(ctx, data, few, 0); err != nil {
		return err
	}
	before, err := s.measureAmong(w, peer, lead)
	if err != nil {
		return err
	}
	if err := s.readIn(ctx, data, s.people-few, few); err != nil {
		return err
	}
	after, err := s.measureAmong(w, peer, lead)
	if err != nil {
		return err
	}
	for i, name := range []string{"caseload_page_50", "search_by_tokens"} {
		a, b := before[i], after[i]
		figure{name + "_among_1000", a.cpuEach(), "us", 0, "", a.cpuEach()}.print()
		figure{fmt.Sprintf("%s_among_%d", name, s.people), b.cpuEach(), "us", b.cpuEach() / a.cpuEach(), name + "_among_1000", b.cpuEach()}.print()
		figure{fmt.Sprintf("%s_among_%d_p50", name, s.people), b.quantile(0.5), "ms", b.quantile(0.5) / a.quantile(0.5), name + "_among_1000", 0}.print()
	}
	return nil
}

// openFolder serves a new folder.
func (s *setup) openFolder(ctx context.Context) (*world, string, error) {
	data := filepath.Join(s.dir, "million")
	made := exec.CommandContext(ctx, s.bin, "init", "--data", data, "--org", "Harbour", "--admin", "admin@example.org")
	if out, err := made.CombinedOutput(); err != nil {
		return nil, "", fmt.Errorf("init: %w: %s", err, out)
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, "", err
	}
	p, err := start(ctx, filepath.Join(s.dir, "million.log"), s.bin, "serve", "--data", data, "--addr", addr)
	if err != nil {
		return nil, "", err
	}
	if _, err := answered(addr, "/healthz", 20*time.Second); err != nil {
		p.stop()
		return nil, "", err
	}
	return &world{process: p, base: "http://" + addr, web: newWires(addr)}, data, nil
}

// settle makes a peer, a coordinator and a place that asks, and lets the peer
// walk with fifty people.
func (w *world) settle(ctx context.Context, s *setup, data string) (peer, lead string, err error) {
	in := func(role string) (string, error) {
		add := exec.CommandContext(ctx, s.bin, "user", "add", "--data", data, "--org", "Harbour", "--role", role, "--email", role+"@example.org")
		out, err := add.Output()
		if err != nil {
			return "", fmt.Errorf("user add: %w", err)
		}
		return w.comeIn(w.full(regexp.MustCompile(`\S*/sign-in\S*`).FindString(string(out))))
	}
	if lead, err = in("coordinator"); err != nil {
		return "", "", err
	}
	if err := w.post(lead, "/places/site/new", url.Values{"act": {id.New(time.Now())}, "name": {"Made-up General"}, "door": {"link"}}, http.StatusSeeOther); err != nil {
		return "", "", err
	}
	sites, err := w.found(lead, "/places", `href="(/places/site/[^"]+)"`)
	for _, site := range sites {
		if err == nil && !strings.HasSuffix(site, "/new") {
			w.said.AskLinks, err = w.found(lead, site, `(/ask/[A-Za-z0-9._-]+)`)
		}
	}
	if err != nil {
		return "", "", err
	}
	if len(w.said.AskLinks) == 0 {
		return "", "", errors.New("no link to ask by")
	}
	if peer, err = in("peer"); err == nil {
		_, err = w.caseload(peer)
	}
	return peer, lead, err
}

// readIn brings people in, each with what makes them found.
func (s *setup) readIn(ctx context.Context, data string, n, from int) error {
	file := filepath.Join(s.dir, fmt.Sprintf("people-%d.csv", n))
	if err := writePeople(file, n, from); err != nil {
		return err
	}
	in := exec.CommandContext(ctx, s.bin, "import", "people", file, "--data", data, "--org", "Harbour", "--dates=mdy")
	out, err := in.Output()
	if err == nil && !strings.Contains(string(out), fmt.Sprintf("kept %d", n)) {
		err = fmt.Errorf("it said %.200q", out)
	}
	return err
}

// measureAmong asks for both pages, one after the other. The connections are new
// ones: those of before were given up while people were read in.
func (s *setup) measureAmong(w *world, peer, lead string) ([]result, error) {
	w.web = newWires(w.web.addr)
	list := w.web.request(http.MethodGet, "/caseload", peer, "")
	headers := lead + "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\nOrigin: " + w.base + "\r\n"
	find := w.web.request(http.MethodPost, "/people", headers, url.Values{"act": {id.New(time.Now())}, "text": {"Anaaa Quilla"}}.Encode())
	var out []result
	for _, req := range [][]byte{list, find} {
		r, err := median(s.rounds, result.cpuEach, func() (result, error) {
			return steady(w.process, 20, 2*s.span, func() error { return w.web.send(req, http.StatusOK) })
		})
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}
