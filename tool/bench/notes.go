package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"alongside/platform/id"
)

// caseloadSize is how many people a peer walks with on the page that is
// measured.
const caseloadSize = 50

// measureNotes notes contacts through the peer's form, and asks for the page
// with the people they walk with. Each page also writes down that someone
// looked, which is one commit.
func (s *setup) measureNotes(w *world) error {
	cookies, err := w.signIn("peer")
	if err != nil {
		return err
	}
	people, err := w.caseload(cookies)
	if err != nil {
		return err
	}
	pair, err := s.beside(func() (result, error) {
		return hammer(w.process, 16, s.span, func() error { return w.note(cookies, people) })
	})
	if err != nil {
		return err
	}
	figure{"note_create_16_clients", pair.mine.rate(), "notes/s", pair.ratio(), "commit probe just before", pair.mine.cpuEach()}.print()
	list := w.web.request(http.MethodGet, "/caseload", cookies, "")
	r, err := median(s.rounds, func(r result) float64 { return r.quantile(0.99) }, func() (result, error) {
		return steady(w.process, 100, 2*s.span, func() error { return w.web.send(list, http.StatusOK) })
	})
	if err != nil {
		return err
	}
	bare, commit := s.probes.answer.cpuEach(), s.probes.commit.cpuEach()
	figure{"caseload_page_50_p99", r.quantile(0.99), "ms", r.quantile(0.99) / 5, "5 ms", r.cpuEach()}.print()
	figure{"caseload_page_50_cpu", r.cpuEach(), "us", (r.cpuEach() - commit) / bare, "bare_answer_100_a_second_p99, less one commit", r.cpuEach()}.print()
	return nil
}

// note notes a call with each person in turn.
func (w *world) note(cookies string, people []string) error {
	n := w.turn.Add(1)
	form := url.Values{
		"act": {id.New(time.Now())}, "way": {"call"}, "long": {"15"}, "about": {"listening"}, "went": {"well"},
		"note": {fmt.Sprintf("We spoke of the weather, for the %dth time.", n)},
	}
	return w.post(cookies, people[int(n)%len(people)]+"/note", form, http.StatusSeeOther)
}

func (w *world) post(cookies, path string, form url.Values, want int) error {
	headers := cookies + "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\nOrigin: " + w.base + "\r\n"
	return w.web.send(w.web.request(http.MethodPost, path, headers, form.Encode()), want)
}

// caseload goes to people who wait until the peer walks with enough of them,
// and returns the paths of those they walk with.
func (w *world) caseload(cookies string) ([]string, error) {
	met := map[string]bool{}
	for range 2 * caseloadSize {
		people, err := w.found(cookies, "/caseload", `href="(/walk/[^"/]+)"`)
		if err != nil || len(people) >= caseloadSize {
			return people, err
		}
		if err := w.meetOne(cookies, met); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("nobody is left to meet")
}

// meetOne asks for a peer, and goes.
func (w *world) meetOne(cookies string, met map[string]bool) error {
	if err := w.askHere(); err != nil {
		return err
	}
	waiting, err := w.found(cookies, "/board", `action="(/handoff/[^"/]+)/acknowledge"`)
	if err != nil {
		return err
	}
	for _, h := range waiting {
		if met[h] {
			continue
		}
		met[h] = true
		return w.goTo(cookies, h)
	}
	return errors.New("nobody waits")
}

// found are the first groups of what a page holds, once each.
func (w *world) found(cookies, path, pattern string) ([]string, error) {
	req, err := http.NewRequest(http.MethodGet, w.base+path, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Cookie", strings.TrimSpace(strings.TrimPrefix(cookies, "Cookie:")))
	res, err := client().Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	var out []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(page), -1) {
		if !slices.Contains(out, m[1]) {
			out = append(out, m[1])
		}
	}
	return out, err
}
