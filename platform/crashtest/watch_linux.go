//go:build amd64

package crashtest

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

// Watched is a program, with all that it starts, whose every change to some
// folders is seen in the order in which the kernel made it. It runs several
// times slower than it would.
type Watched struct {
	w     Watching
	in    *os.File // what it reads
	first chan string
	pid   int
	ended chan struct{}

	mu     sync.Mutex
	events []Event

	calls map[int]Event // by thread: what it is in the middle of
	known map[int]bool  // threads that have begun
}

// Watch starts a program.
func Watch(w Watching, bin string, args ...string) (*Watched, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	said, says, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer says.Close()
	p := &Watched{w: w, in: write, first: make(chan string, 1), ended: make(chan struct{}), calls: map[int]Event{}, known: map[int]bool{}}
	cmd := exec.Command(bin, args...)
	cmd.Stdin, cmd.Stdout = read, says
	cmd.Env = append(os.Environ(), w.Env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true, Setpgid: true}
	began := make(chan error)
	go p.follow(cmd, began)
	go func() {
		defer said.Close()
		hear(said, p.first)
	}()
	return p, <-began
}

// Tell writes a line to what the program reads.
func (p *Watched) Tell(line string) error {
	_, err := p.in.WriteString(line + "\n")
	return err
}

// FirstLine waits for the first line of standard output. It may be asked for
// once.
func (p *Watched) FirstLine(wait time.Duration) (string, error) { return heard(p.first, wait) }

// Finish ends what the program reads and waits until it is gone.
func (p *Watched) Finish() {
	p.in.Close()
	<-p.ended
}

// Kill ends the program and what it started, at once.
func (p *Watched) Kill() {
	p.strike()
	p.Finish()
}

// KillWithin waits so long for the program to end by itself, and then kills it.
func (p *Watched) KillWithin(long time.Duration) {
	select {
	case <-p.ended:
	case <-time.After(long):
	}
	p.Kill()
}

func (p *Watched) strike() { syscall.Kill(-p.pid, syscall.SIGKILL) }

// Ended reports whether the program is gone.
func (p *Watched) Ended() bool { return closed(p.ended) }

// Events are what happened so far.
func (p *Watched) Events() []Event {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.events
}

// follow starts the program and sees it through. The thread that started it is
// the only one that may.
func (p *Watched) follow(cmd *exec.Cmd, began chan<- error) {
	runtime.LockOSThread() // and never unlocked: the thread ends with its watch
	defer close(p.ended)
	if err := cmd.Start(); err != nil {
		began <- fmt.Errorf("%w: %w", ErrCannotWatch, err)
		return
	}
	p.pid = cmd.Process.Pid
	var status syscall.WaitStatus
	_, err := syscall.Wait4(p.pid, &status, 0, nil)
	if err == nil {
		err = syscall.PtraceSetOptions(p.pid, traceOptions)
	}
	p.known[p.pid] = true
	if err == nil {
		err = syscall.PtraceSyscall(p.pid, 0)
	}
	if began <- err; err != nil {
		p.strike()
		return
	}
	for {
		thread, err := syscall.Wait4(-1, &status, waitAll, nil)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return // nobody is left
		}
		if status.Stopped() {
			syscall.PtraceSyscall(thread, p.stopped(thread, status.StopSignal()))
		}
	}
}

// From linux/ptrace.h and linux/wait.h.
const (
	traceOptions   = 0x100000 | 0x1 | 0x2 | 0x4 | 0x8 // die with the watcher; mark system calls; follow fork, vfork and clone
	waitAll        = 0x40000000 | 0x20000000          // threads too; children of this thread alone
	systemCall     = syscall.SIGTRAP | 0x80
	getSyscallInfo = 0x420e
)

// stopped is told that a thread stands still, and returns the signal with which
// it goes on.
func (p *Watched) stopped(thread int, sig syscall.Signal) int {
	switch {
	case sig == systemCall:
		p.called(thread)
		return 0
	case sig == syscall.SIGSTOP && !p.known[thread]:
		p.known[thread] = true
		return 0
	case sig == syscall.SIGTRAP:
		return 0
	}
	return int(sig)
}

// info is struct ptrace_syscall_info.
type info struct {
	op     uint8
	_      [3]uint8
	_      uint32
	_, _   uint64
	number uint64 // or, at the end of a call, its result
	args   [6]uint64
}

// called is told that a thread is about to make a system call, or has made it.
func (p *Watched) called(thread int) {
	var i info
	_, _, e := syscall.RawSyscall6(syscall.SYS_PTRACE, getSyscallInfo, uintptr(thread), unsafe.Sizeof(i), uintptr(unsafe.Pointer(&i)), 0, 0)
	if e != 0 {
		return
	}
	if i.op == 1 {
		p.begins(thread, i)
		return
	}
	if e, begun := p.calls[thread]; begun && i.op == 2 {
		delete(p.calls, thread)
		p.ends(thread, e, int64(i.number))
	}
}

func (p *Watched) begins(thread int, i info) {
	delete(p.calls, thread)
	e := p.meaning(thread, i)
	if e == nil {
		return
	}
	e.Since = len(p.events)
	if p.told(*e, true) {
		return
	}
	if e.What == Say {
		p.note(*e)
	}
	p.calls[thread] = *e
}

func (p *Watched) ends(thread int, e Event, result int64) {
	if result < 0 {
		return
	}
	switch e.What {
	case Create:
		e.Path = link(thread, uint64(result))
		if !p.ours(e.Path) {
			return
		}
	case Write:
		e.Data = e.Data[:min(int(result), len(e.Data))]
	}
	if e.What != Say {
		p.note(e)
	}
	p.told(e, false)
}

func (p *Watched) note(e Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.events = append(p.events, e)
}

func (p *Watched) told(e Event, before bool) (killed bool) {
	if p.w.On == nil || !p.w.On(e, before) {
		return false
	}
	p.strike()
	return true
}

func (p *Watched) ours(path string) bool {
	for _, f := range p.w.Folders {
		if strings.HasPrefix(path+"/", f+"/") {
			return !strings.HasSuffix(path, " (deleted)")
		}
	}
	return false
}
