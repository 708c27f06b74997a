package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/app"
	"alongside/platform/clock"
	"alongside/platform/crashtest"
	"alongside/platform/job"
	"alongside/platform/soak"
)

// withCheckpoints serves, and takes a checkpoint of the log for each line that
// it reads, as an organisation does that keeps them outside.
const withCheckpoints = `"$0" serve --data "$1" --addr "$2" &
while read n; do "$0" audit checkpoint --data "$1" --org "Made-up Org" > "$3/$n"; done
kill $!; wait`

// TestPowerCutsInAStorm records, at the kernel's door, everything that the real
// program and its commands do to their files while asks come in, ladders climb,
// texts go out and the log is brought to the main file. It then cuts the power
// at hundreds of moments, right after an answer among them, and opens what a
// disk would be left with: all that was synced, and any part of the rest. Each
// ask that was answered is there and its words can be read; the log verifies
// against the checkpoint that had left last; every ladder goes on.
func TestPowerCutsInAStorm(t *testing.T) {
	h := newHouse(t)
	texts, notes := t.TempDir(), t.TempDir()
	h.run(t, "user", "add", "--data", h.data, "--org", "Made-up Org", "--role", "supervisor", "--email", "sol@made-up.example")
	h.run(t, "channel", "open", "--data", h.data, "--org", "Made-up Org", "--channel", "sms", "--not-needed", "--why", "a folder on this machine")
	h.reach(t)
	doors := h.doors(t, 6)
	disk, err := crashtest.NewDisk(h.data)
	if err != nil {
		t.Fatal(err)
	}
	w := crashtest.Watching{Folders: []string{h.data, notes}, Env: []string{"ALONGSIDE_SMS=file:" + texts}}
	p, err := crashtest.Watch(w, "/bin/sh", "-c", withCheckpoints, h.bin, h.data, strings.TrimPrefix(h.addr, "http://"), notes)
	if errors.Is(err, crashtest.ErrCannotWatch) && !soak.Full() {
		t.Log("not shown on this machine:", err)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	h.answers(t, p)
	stormed(t, p, doors)
	p.Finish()
	c := &cutting{T: t, house: h, disk: disk, texts: texts, events: p.Events(), rng: soak.Rand(t, 700)}
	c.all(c.moments(soak.Count(600)))
}

// doors are so many sites, for one that is asked often in a minute is a flood.
func (h *house) doors(t *testing.T, n int) (all []*house) {
	for i := range n {
		link := h.run(t, "site", "add", "--data", h.data, "--org", "Made-up Org", "--name", fmt.Sprint("Made-up Ward ", i))
		all = append(all, &house{bin: h.bin, data: h.data, addr: h.addr, web: h.web, ask: h.addr + "/ask/" + strings.TrimSpace(link[strings.LastIndex(link, "/")+1:])})
	}
	return all
}

// stormed asks at every door at once, and lets checkpoints leave meanwhile.
func stormed(t *testing.T, p *crashtest.Watched, doors []*house) {
	var all sync.WaitGroup
	for i, d := range doors {
		all.Go(func() {
			for n := range 20 {
				if _, err := d.once(t.Context(), nil, n); err != nil {
					t.Error(err)
				}
				if i == 0 && n%5 == 0 {
					if err := p.Tell(fmt.Sprint(n)); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
}

// cutting is a recorded storm.
type cutting struct {
	*testing.T
	house  *house
	disk   *crashtest.Disk
	texts  string
	events []crashtest.Event
	rng    *rand.Rand

	answered []string // status pages that were handed out so far
	note     []byte   // the checkpoint that left last
}

// moments are where the power is cut: half of them right after an answer.
func (c *cutting) moments(n int) []int {
	var answers []int
	for i, e := range c.events {
		if asked(e) != "" {
			answers = append(answers, i)
		}
	}
	if len(answers) < 100 {
		c.Fatalf("%d answers in %d events: the storm was none", len(answers), len(c.events))
	}
	var at []int
	for i := range n {
		if i%2 == 0 {
			at = append(at, answers[c.rng.IntN(len(answers))])
		} else {
			at = append(at, answers[0]+c.rng.IntN(len(c.events)-answers[0]))
		}
	}
	slices.Sort(at)
	c.Logf("%d answers in %d events, the power cut %d times", len(answers), len(c.events), n)
	return at
}

// asked is the status page that an answer leads to, "" when it is no answer to
// an ask.
func asked(e crashtest.Event) string {
	if e.What != crashtest.Say || !bytes.HasPrefix(e.Data, []byte("HTTP/1.1 303")) {
		return ""
	}
	if m := regexp.MustCompile(`Location: (/asked/\S+)`).FindSubmatch(e.Data); m != nil {
		return string(m[1])
	}
	return ""
}

func (c *cutting) all(moments []int) {
	for i, e := range c.events {
		if err := c.disk.Happened(e); err != nil {
			c.Fatal(err)
		}
		if to := asked(e); to != "" {
			c.answered = append(c.answered, to)
		}
		if e.What == crashtest.Write && !strings.HasPrefix(e.Path, c.house.data) {
			c.note = e.Data
		}
		for len(moments) > 0 && moments[0] == i {
			moments = moments[1:]
			c.cut(i)
		}
		if c.Failed() {
			return
		}
	}
	if c.note == nil {
		c.Error("no checkpoint left")
	}
}

// cut opens what is left when the power is cut now.
func (c *cutting) cut(at int) {
	to, err := os.MkdirTemp("/dev/shm", "alongside-cut-") // no disk is waited for: this one has been
	if err != nil {
		to = c.TempDir()
	}
	defer os.RemoveAll(to)
	if err := c.disk.Cut(c.rng, to); err != nil {
		c.Fatal(err)
	}
	later := clock.NewFake(time.Now().Add(time.Minute)) // the leases of the dead have ended
	a, err := app.Open(c.Context(), app.Config{Data: to, Clock: later, Outside: app.Outside{SMS: "file:" + c.texts}})
	if err != nil {
		c.Errorf("cut at %d of %d: what is left does not open: %v", at, len(c.events), err)
		return
	}
	c.pages(a, at)
	if c.rng.IntN(4) == 0 {
		c.ladders(a, at)
	}
	if err := a.Close(); err != nil {
		c.Error(err)
	}
	c.verified(to, at)
}

// pages looks at the last ten that were handed out, and at some before.
func (c *cutting) pages(a *app.App, at int) {
	pages, err := a.Handler()
	if err != nil {
		c.Fatal(err)
	}
	for i, to := range c.answered {
		if i < len(c.answered)-10 && c.rng.IntN(10) > 0 {
			continue
		}
		rec := httptest.NewRecorder()
		pages.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, to, nil))
		if rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), secrets()[1]) {
			c.Errorf("cut at %d: ask %d of %d was answered; its page says %d", at, i+1, len(c.answered), rec.Code)
		}
	}
}

// ladders rings what waits: then every ladder has climbed.
func (c *cutting) ladders(a *app.App, at int) {
	runner := job.NewRunner(a.DB, a.Clock, a.Log, a.Rota.Jobs())
	if _, err := runner.Sweep(c.Context()); err != nil {
		c.Error(err)
	}
	if _, err := job.NewRunner(a.DB, a.Clock, a.Log, a.Gate.Jobs()).In(job.Outside).Sweep(c.Context()); err != nil {
		c.Error(err)
	}
	climbed := count(c.T, a, "SELECT COUNT(*) FROM rota_run WHERE tenant = $1 AND state = 'asking' AND step > 0")
	stuck := count(c.T, a, "SELECT COUNT(*) FROM rota_run WHERE tenant = $1 AND step = 0")
	waiting := count(c.T, a, "SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND state IN ('waiting', 'trying')")
	if climbed < len(c.answered) || stuck > 0 || waiting > 0 {
		c.Errorf("cut at %d: %d answered, %d ladders go on, %d do not, %d messages wait", at, len(c.answered), climbed, stuck, waiting)
	}
}

// verified asks the real command, with the checkpoint that left last.
func (c *cutting) verified(data string, at int) {
	args := []string{"audit", "verify", "--data", data}
	if c.note != nil {
		note := filepath.Join(c.TempDir(), "note")
		if err := os.WriteFile(note, c.note, 0o600); err != nil {
			c.Fatal(err)
		}
		args = append(args, "--checkpoint", note)
	}
	if out, err := exec.Command(c.house.bin, args...).CombinedOutput(); err != nil {
		c.Errorf("cut at %d: audit verify: %v %s", at, err, out)
	}
}
