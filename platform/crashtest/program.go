package crashtest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

// Build compiles a main package (as `go build` names it) into a folder and
// returns the binary. Keep the result for the test run: sync.OnceValues.
func Build(dir, pkg string) (string, error) {
	bin := filepath.Join(dir, "program")
	if runtime.GOOS == "windows" {
		bin += ".exe"
	}
	cmd := exec.Command("go", "build", "-o", bin, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build %s: %w\n%s", pkg, err, out)
	}
	return bin, nil
}

// Program is one run of the binary.
type Program struct {
	cmd   *exec.Cmd
	ended chan struct{}
	first chan string

	mu   sync.Mutex
	said bytes.Buffer // the last that it wrote to standard error
}

// Start runs a binary. Its standard output is read and, but for the first
// line, thrown away.
func Start(bin string, args ...string) (*Program, error) {
	p := &Program{cmd: exec.Command(bin, args...), ended: make(chan struct{}), first: make(chan string, 1)}
	p.cmd.Stderr = (*tail)(p)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		hear(out, p.first)
		p.cmd.Wait()
		close(p.ended)
	}()
	return p, nil
}

// FirstLine waits for the first line of standard output. It may be asked for
// once.
func (p *Program) FirstLine(wait time.Duration) (string, error) {
	s, err := heard(p.first, wait)
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, p.Said())
	}
	return s, err
}

// hear reads what a program says: its first line is passed on, the rest thrown
// away.
func hear(out io.Reader, first chan<- string) {
	lines := bufio.NewReader(out)
	s, _ := lines.ReadString('\n')
	first <- strings.TrimSpace(s)
	io.Copy(io.Discard, lines)
}

func heard(first <-chan string, wait time.Duration) (string, error) {
	select {
	case s := <-first:
		if s == "" {
			return "", errors.New("ended without a word")
		}
		return s, nil
	case <-time.After(wait):
		return "", fmt.Errorf("said nothing for %s", wait)
	}
}

// Kill ends the program as a power cut would, as far as a process can see one,
// and returns when it is gone. It may be called again.
func (p *Program) Kill() {
	p.cmd.Process.Kill()
	<-p.ended
}

// Ended reports whether the program is gone.
func (p *Program) Ended() bool { return closed(p.ended) }

// Said returns the end of what the program wrote to standard error.
func (p *Program) Said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.String()
}

const keptWords = 16 << 10

// tail keeps the end of what is written to it.
type tail Program

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.said.Write(b)
	if over := t.said.Len() - keptWords; over > 0 {
		t.said.Next(over)
	}
	return len(b), nil
}
