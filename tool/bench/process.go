package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a child whose CPU and memory are read from outside.
type process struct {
	cmd   *exec.Cmd
	lines *bufio.Reader // its standard output
}

func start(ctx context.Context, log string, name string, args ...string) (*process, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	errs, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer errs.Close()
	cmd.Stderr = errs
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &process{cmd: cmd, lines: bufio.NewReader(out)}, nil
}

// first waits for the child's first line and lets it say what it likes then.
func (p *process) first(wait time.Duration) (string, error) {
	got := make(chan string, 1)
	go func() {
		s, _ := p.lines.ReadString('\n')
		got <- strings.TrimSpace(s)
		io.Copy(io.Discard, p.lines)
	}()
	select {
	case s := <-got:
		if s == "" {
			return "", errors.New("it ended without saying anything")
		}
		return s, nil
	case <-time.After(wait):
		return "", fmt.Errorf("it said nothing for %s", wait)
	}
}

// stop ends the child as a machine going down would ask it to.
func (p *process) stop() {
	p.cmd.Process.Signal(syscall.SIGTERM)
	done := make(chan struct{})
	go func() { p.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		p.cmd.Process.Kill()
		<-done
	}
}

// cpu is the time that the child has spent on all cores, in user and system
// mode. The kernel counts it in hundredths of a second.
func (p *process) cpu() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(raw), ") ")
	f := strings.Fields(after)
	user, _ := strconv.ParseInt(f[11], 10, 64)
	system, _ := strconv.ParseInt(f[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}

// anonymous is the memory of the child that no file stands behind, in MB.
func (p *process) anonymous() float64 {
	raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	for _, l := range strings.Split(string(raw), "\n") {
		if kb, ok := strings.CutPrefix(l, "RssAnon:"); ok {
			n, _ := strconv.ParseFloat(strings.Fields(kb)[0], 64)
			return n / 1024
		}
	}
	return 0
}

// fsyncs counts the child's fsync and fdatasync calls while do runs. ok is
// false where strace is not installed or may not look.
func (p *process) fsyncs(dir string, do func() error) (n int, ok bool, err error) {
	out := filepath.Join(dir, "strace.txt")
	cmd := exec.Command("strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", out, "-p", strconv.Itoa(p.cmd.Process.Pid))
	if err := cmd.Start(); err != nil {
		return 0, false, do()
	}
	time.Sleep(500 * time.Millisecond) // strace says nothing when it is attached
	err = do()
	cmd.Process.Signal(os.Interrupt)
	cmd.Wait()
	raw, _ := os.ReadFile(out)
	for _, l := range strings.Split(string(raw), "\n") {
		if strings.Contains(l, "sync(") { // a call that was interrupted has a second line without it
			n++
		}
	}
	return n, n > 0, err
}

// freeAddr is a loopback address that nobody listens on just now.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
