package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// peopleMost is how many people the measured file holds.
const peopleMost = 100_000

// measurePeople reads a file of people into a new folder, with what makes them
// found and without, while the program answers pages on the same folder.
func measurePeople(ctx context.Context, s *setup) error {
	if err := s.build(ctx); err != nil {
		return err
	}
	file := filepath.Join(s.dir, "people.csv")
	if err := writePeople(file, peopleMost, 0); err != nil {
		return err
	}
	for _, how := range []struct {
		name, flag string
		aim        float64
	}{{"import_people", "--dates=mdy", 2000}, {"import_people_without_tokens", "--unlisted", 10000}} {
		if err := s.importPeople(ctx, file, how.name, how.flag, how.aim); err != nil {
			return fmt.Errorf("%s: %w", how.name, err)
		}
	}
	return nil
}

func (s *setup) importPeople(ctx context.Context, file, name, flag string, aim float64) error {
	data := filepath.Join(s.dir, name)
	made := exec.CommandContext(ctx, s.bin, "init", "--data", data, "--org", "Harbour", "--admin", "admin@example.org")
	if out, err := made.CombinedOutput(); err != nil {
		return fmt.Errorf("init: %w: %s", err, out)
	}
	addr, err := freeAddr()
	if err != nil {
		return err
	}
	serving, err := start(ctx, filepath.Join(s.dir, "serve.log"), s.bin, "serve", "--data", data, "--addr", addr)
	if err != nil {
		return err
	}
	defer serving.stop()
	if _, err := answered(addr, "/healthz", 20*time.Second); err != nil {
		return err
	}
	began := time.Now()
	p, err := start(ctx, filepath.Join(s.dir, name+".log"), s.bin, "import", "people", file, "--data", data, "--org", "Harbour", flag)
	if err != nil {
		return err
	}
	w := &importWatch{p: p, page: "http://" + addr + "/sign-in"}
	last, err := w.untilEnd()
	if err != nil {
		return err
	}
	if want := fmt.Sprintf("kept %d, already there 0, refused 0", peopleMost); last != want {
		return fmt.Errorf("it said %q", last)
	}
	rate := peopleMost / time.Since(began).Seconds()
	cpu := float64(w.cpu.Microseconds()) / peopleMost
	figure{name, rate, "people/s", rate / aim, fmt.Sprintf("%.0f people/s", aim), cpu}.print()
	figure{name + "_memory", w.memory, "MB", w.memory / 150, "150 MB", 0}.print()
	figure{name + "_page_meanwhile_p99", w.pages.quantile(0.99), "ms", w.pages.quantile(0.99) / 50, "50 ms", 0}.print()
	return nil
}

// importWatch looks at an import from outside while it runs.
type importWatch struct {
	p      *process
	page   string
	pages  result
	memory float64 // the most it held, MB
	cpu    time.Duration
}

// untilEnd returns the import's last line.
func (w *importWatch) untilEnd() (string, error) {
	last := make(chan string, 1)
	go func() {
		line := ""
		for lines := bufio.NewScanner(w.p.lines); lines.Scan(); {
			line = lines.Text()
		}
		last <- line
	}()
	c := client()
	for tick := time.NewTicker(20 * time.Millisecond); ; <-tick.C {
		select {
		case line := <-last:
			tick.Stop()
			return line, w.p.cmd.Wait()
		default:
		}
		w.memory, w.cpu = max(w.memory, w.p.anonymous()), max(w.cpu, w.p.cpu())
		req, err := http.NewRequest(http.MethodGet, w.page, nil)
		if err != nil {
			return "", err
		}
		asked := time.Now()
		if err := send(c, req, http.StatusOK); err != nil {
			return "", err
		}
		w.pages.waits = append(w.pages.waits, time.Since(asked))
	}
}

// writePeople writes n made-up people, as a spreadsheet would, the first of them
// the from-th of all.
func writePeople(path string, n, from int) error {
	var b strings.Builder
	b.WriteString("First Name,Last Name,Mobile Phone,Email,Preferred Language,OK to leave voicemail,OK to text\r\n")
	first := []string{"Ana", "Bo", "Salma", "José", "Wren", "Lucía", "Omar", "Tam"}
	last := []string{"Quill", "Fable", "Del Río", "Made", "Reed", "Al-Nur", "O'Marsh", "Vale"}
	for i := from; i < from+n; i++ {
		fmt.Fprintf(&b, "%s%c%c,%s%c,55%01d-%03d-%04d,p%d@made-up.example,Spanish,yes,no\r\n",
			first[i%8], 'a'+i%26, 'a'+i/26%26, last[i/8%8], 'a'+i/7%26, 5+i/10_000_000%5, i/10000%1000, i%10000, i)
	}
	return os.WriteFile(path, []byte(b.String()), 0o600)
}
