package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/platform/crashtest"
	"alongside/platform/soak"
)

// secrets are words that stand in every ask of the storm and in no file after
// it.
func secrets() []string {
	return []string{"Quillonfeather", "Bay Sassafras 7", "their sister Umbrellabird"}
}

// house is the real binary on a data folder of its own.
type house struct {
	bin, data, addr, ask string
	web                  *http.Client
	mu                   sync.Mutex
	postgres             string   // the address of its database; "" for one in the folder
	asked                []string // tokens of status pages that were handed out
	tried                int
}

// built is the real binary, made once for all tests of the package.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "alongside-test-")
	if err != nil {
		return "", err
	}
	return crashtest.Build(dir, "alongside/cmd/alongside")
})

func build(t *testing.T) string {
	t.Helper()
	bin, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

func newHouse(t *testing.T) *house {
	t.Helper()
	return newHouseIn(t, "")
}

// newHouseIn is newHouse on a PostgreSQL.
func newHouseIn(t *testing.T, postgres string) *house {
	t.Helper()
	h := &house{postgres: postgres, bin: build(t), data: filepath.Join(t.TempDir(), "d"), web: &http.Client{
		Timeout:       5 * time.Minute, // not a measure: a watched program beside other tests is slow
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.addr = "http://" + l.Addr().String()
	l.Close()
	h.run(t, "init", "--data", h.data, "--org", "Made-up Org", "--admin", "ada@made-up.example")
	link := h.run(t, "site", "add", "--data", h.data, "--org", "Made-up Org", "--name", "Made-up General")
	h.ask = h.addr + "/ask/" + strings.TrimSpace(link[strings.LastIndex(link, "/")+1:])
	return h
}

// on is a command with the place of its data.
func (h *house) on(args ...string) []string {
	if h.postgres == "" {
		return args
	}
	return append(args, "--postgres", h.postgres)
}

func (h *house) run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(h.bin, h.on(args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("alongside %s: %v\n%s", args[0], err, out)
	}
	return string(out)
}

// body answers a request with its status, body and Location.
func (h *house) body(ctx context.Context, method, address string, form url.Values) (int, string, string, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, "", "", err
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	res, err := h.web.Do(req)
	if err != nil {
		return 0, "", "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res.StatusCode, string(text), res.Header.Get("Location"), err
}

// once asks for a peer as a nurse does: open the page, send its form.
func (h *house) once(ctx context.Context, _ *crashtest.Program, n int) (string, error) {
	act, err := h.open(ctx)
	if err != nil {
		return "", err
	}
	return h.send(ctx, act, n)
}

// open opens the page and returns its act.
func (h *house) open(ctx context.Context) (act string, err error) {
	_, text, _, err := h.body(ctx, http.MethodGet, h.ask, nil)
	found := regexp.MustCompile(`name="act" value="([^"]+)"`).FindStringSubmatch(text)
	if err != nil || found == nil {
		return "", fmt.Errorf("no form: %w", err)
	}
	return found[1], nil
}

func (h *house) send(ctx context.Context, act string, n int) (string, error) {
	form := url.Values{
		"act": {act}, "answer": {"yes"}, "name": {secrets()[0]},
		"whereabouts": {secrets()[1]}, "know": {fmt.Sprint(secrets()[2], n)},
	}
	h.mu.Lock()
	h.tried++
	h.mu.Unlock()
	status, _, to, err := h.body(ctx, http.MethodPost, h.ask, form)
	if err != nil || status != http.StatusSeeOther {
		return "", fmt.Errorf("status %d: %w", status, err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = append(h.asked, to)
	return to, nil
}

// found asks for every status page that was handed out, and counts what the
// command line lists: no more than were tried.
func (h *house) found(ctx context.Context, _ *crashtest.Program) ([]string, error) {
	h.mu.Lock()
	asked, tried := append([]string{}, h.asked...), h.tried
	h.mu.Unlock()
	var out []string
	for _, to := range asked {
		status, _, _, err := h.body(ctx, http.MethodGet, h.addr+to, nil)
		if err != nil {
			return nil, err
		}
		if status == http.StatusOK {
			out = append(out, to)
		}
	}
	list, err := exec.CommandContext(ctx, h.bin, h.on("handoffs", "--data", h.data, "--org", "Made-up Org", "--json")...).Output()
	if n := strings.Count(string(list), `"id":`); n > tried || n < len(asked) {
		return nil, fmt.Errorf("%d hand-offs after %d tries and %d receipts", n, tried, len(asked))
	}
	return out, err
}

func (h *house) verify(ctx context.Context, _ *crashtest.Program) error {
	out, err := exec.CommandContext(ctx, h.bin, h.on("audit", "verify", "--data", h.data)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("audit verify: %w: %s", err, out)
	}
	return nil
}

// TestKilledInAStorm kills the program again and again while asks come in. What
// was acknowledged is there once, the log verifies, and none of the words lies
// readable in any file.
func TestKilledInAStorm(t *testing.T) {
	h := newHouse(t)
	storm := crashtest.Storm{
		Start: func() (*crashtest.Program, error) {
			return crashtest.Start(h.bin, "serve", "--data", h.data, "--addr", strings.TrimPrefix(h.addr, "http://"))
		},
		Ready: func(ctx context.Context, _ *crashtest.Program) error {
			status, _, _, err := h.body(ctx, http.MethodGet, h.addr+"/readyz", nil)
			if err == nil && status != http.StatusOK {
				err = fmt.Errorf("status %d", status)
			}
			return err
		},
		Work: h.once, Found: h.found, Check: h.verify,
		Kills: soak.Count(20), Workers: 8, AtLeast: 40,
	}
	report, err := storm.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := report.Err(); err != nil {
		t.Error(err)
	}
	t.Logf("%d acknowledged, %d found, slowest start %v", report.Acknowledged, report.Found, report.Slowest())
	h.nothingReadable(t)
}

// nothingReadable searches every file of the data folder for the words.
func (h *house) nothingReadable(t *testing.T) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(h.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		for _, word := range append(secrets(), "Made-up General", "SQLite format 3") {
			if bytes.Contains(content, []byte(word)) {
				t.Errorf("%q lies readable in %s", word, filepath.Base(path))
			}
		}
		return err
	})
	if err != nil || files < 4 {
		t.Errorf("looked into %d files: %v", files, err)
	}
}
