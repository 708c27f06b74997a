package errs

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"
)

// plainWords is what the machine says, in words for whoever typed a command.
// The first that fits an error is taken, so the narrow ones stand before the
// wide.
func plainWords() []struct {
	err error
	say string
} {
	return []struct {
		err error
		say string
	}{
		{fs.ErrNotExist, "there is no such file or folder"},
		{fs.ErrPermission, "it may not be opened with your rights on this machine"},
		{fs.ErrExist, "it is already there"},
		{syscall.EISDIR, "it is a folder, not a file"},
		{syscall.ENOTDIR, "it lies below a file, not below a folder"},
		{syscall.ENOSPC, "the disk is full"},
		{syscall.EROFS, "the disk can only be read"},
		{syscall.ENAMETOOLONG, "the name is too long"},
		{syscall.EADDRINUSE, "another program listens there already"},
		{syscall.EADDRNOTAVAIL, "this machine does not have that address"},
		{syscall.ECONNREFUSED, "nobody answers there"},
		{syscall.ECONNRESET, "the other side hung up"},
		{syscall.EHOSTUNREACH, "there is no way to that machine"},
		{syscall.ENETUNREACH, "there is no way to that machine"},
		{context.DeadlineExceeded, "it took too long"},
		{os.ErrDeadlineExceeded, "it took too long"},
		{context.Canceled, "stopped"},
		{io.ErrUnexpectedEOF, "it ends in the middle"},
		{io.EOF, "it ends before it began"},
	}
}

// Plain says an error of the machine (a file, a network) in words for a person,
// without the operation and without the path, which the caller names. What it
// does not know keeps the innermost words of its own.
func Plain(err error) string {
	var name *net.DNSError
	if errors.As(err, &name) {
		return "no machine is known by the name " + name.Name
	}
	for _, known := range plainWords() {
		if errors.Is(err, known.err) {
			return known.say
		}
	}
	var far net.Error
	if errors.As(err, &far) && far.Timeout() {
		return "it took too long"
	}
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	return strings.ToLower(err.Error())
}
