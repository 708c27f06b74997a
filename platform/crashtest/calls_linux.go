//go:build amd64

package crashtest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// reading is a call with the thread that makes it.
type reading struct {
	thread int
	info
}

// meaning is what a system call would do to a file of ours, or say; nil for all
// others.
func (p *Watched) meaning(thread int, i info) *Event {
	r := reading{thread, i}
	switch i.number {
	case syscall.SYS_OPENAT, syscall.SYS_OPEN:
		return r.opening()
	case syscall.SYS_RENAME, syscall.SYS_RENAMEAT, 316, syscall.SYS_UNLINK, syscall.SYS_UNLINKAT, syscall.SYS_MKDIR, syscall.SYS_MKDIRAT:
		e := r.naming()
		if !p.ours(e.Path) && !p.ours(e.To) {
			return nil
		}
		return &e
	case syscall.SYS_WRITE, syscall.SYS_PWRITE64, syscall.SYS_FSYNC, syscall.SYS_FDATASYNC, syscall.SYS_FTRUNCATE, syscall.SYS_FALLOCATE,
		syscall.SYS_WRITEV, syscall.SYS_PWRITEV, 328, syscall.SYS_SENDFILE, 326:
		return p.onFile(r)
	}
	return nil
}

// opening is an event when it may make a file or empty one.
func (r reading) opening() *Event {
	flags := r.args[1]
	if r.number == syscall.SYS_OPENAT {
		flags = r.args[2]
	}
	if flags&(syscall.O_CREAT|syscall.O_TRUNC) == 0 {
		return nil
	}
	e := &Event{What: Create, At: -1}
	if flags&syscall.O_TRUNC != 0 {
		e.At = 0
	}
	return e
}

func (r reading) naming() Event {
	const here = ^uint64(0) - 99 // AT_FDCWD
	a := r.args
	switch r.number {
	case syscall.SYS_RENAME:
		return Event{What: Rename, Path: r.path(here, a[0]), To: r.path(here, a[1])}
	case syscall.SYS_RENAMEAT, 316:
		return Event{What: Rename, Path: r.path(a[0], a[1]), To: r.path(a[2], a[3])}
	case syscall.SYS_UNLINK:
		return Event{What: Remove, Path: r.path(here, a[0])}
	case syscall.SYS_UNLINKAT:
		return Event{What: Remove, Path: r.path(a[0], a[1])}
	case syscall.SYS_MKDIR:
		return Event{What: Folder, Path: r.path(here, a[0])}
	}
	return Event{What: Folder, Path: r.path(a[0], a[1])}
}

// onFile is a call whose first argument is an open file. What goes to a
// connection or a pipe is said.
func (p *Watched) onFile(r reading) *Event {
	const copyFileRange = 326 // its third argument is written to
	e := &Event{Path: link(r.thread, r.args[0])}
	if r.number == copyFileRange {
		e.Path = link(r.thread, r.args[2])
	}
	if r.number == syscall.SYS_WRITE && strings.HasPrefix(e.Path, "socket:") {
		return &Event{What: Say, Path: e.Path, Data: r.memory(r.args[1], int(r.args[2]))}
	}
	if !p.ours(e.Path) {
		return nil
	}
	switch r.number {
	case syscall.SYS_WRITE:
		e.What, e.At, e.Data = Write, r.place(r.args[0]), r.memory(r.args[1], int(r.args[2]))
	case syscall.SYS_PWRITE64:
		e.What, e.At, e.Data = Write, int64(r.args[3]), r.memory(r.args[1], int(r.args[2]))
	case syscall.SYS_FSYNC, syscall.SYS_FDATASYNC:
		e.What = Sync
	case syscall.SYS_FTRUNCATE:
		e.What, e.At = Truncate, int64(r.args[1])
	case syscall.SYS_FALLOCATE:
		e.What, e.At = Grow, int64(r.args[2]+r.args[3])
	default:
		e.What = Strange
	}
	return e
}

// link is what an open file is called.
func link(thread int, fd uint64) string {
	name, _ := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", thread, int32(fd)))
	return name
}

// place is where the next write to an open file goes.
func (r reading) place(fd uint64) int64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/fdinfo/%d", r.thread, int32(fd)))
	lines := strings.SplitN(string(text), "\n", 3)
	if len(lines) < 3 {
		return 0
	}
	field := func(s string, base int) int64 {
		_, v, _ := strings.Cut(s, ":")
		n, _ := strconv.ParseInt(strings.TrimSpace(v), base, 64)
		return n
	}
	if field(lines[1], 8)&syscall.O_APPEND != 0 {
		if st, err := os.Stat(fmt.Sprintf("/proc/%d/fd/%d", r.thread, int32(fd))); err == nil {
			return st.Size()
		}
	}
	return field(lines[0], 10)
}

// memory reads n bytes of the program's memory.
func (r reading) memory(at uint64, n int) []byte {
	f, err := os.Open(fmt.Sprintf("/proc/%d/mem", r.thread))
	if err != nil {
		return nil
	}
	defer f.Close()
	b := make([]byte, n)
	n, _ = f.ReadAt(b, int64(at))
	return b[:n]
}

// path reads a name from the program's memory and says where it begins.
func (r reading) path(folder, at uint64) string {
	const page = 4096
	var name []byte
	for !bytes.Contains(name, []byte{0}) && len(name) < 2*page {
		more := r.memory(at+uint64(len(name)), page-int(at+uint64(len(name)))%page)
		if len(more) == 0 {
			return ""
		}
		name = append(name, more...)
	}
	s := string(name[:max(0, bytes.IndexByte(name, 0))])
	if filepath.IsAbs(s) {
		return filepath.Clean(s)
	}
	if int32(folder) == -100 {
		cwd, _ := os.Readlink(fmt.Sprintf("/proc/%d/cwd", r.thread))
		return filepath.Join(cwd, s)
	}
	return filepath.Join(link(r.thread, folder), s)
}
