package errs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
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
	if say, ok := plain(err); ok {
		return say
	}
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	return strings.ToLower(err.Error())
}

// Written says in words that an answer could not be written; nil stays nil.
func Written(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("not all of this could be written: %s", Plain(err))
}

func plain(err error) (string, bool) {
	var name *net.DNSError
	if errors.As(err, &name) {
		return "no machine is known by the name " + name.Name, true
	}
	var address *net.AddrError
	if errors.As(err, &address) {
		return address.Addr + " is not an address as HOST:PORT, such as 127.0.0.1:8080", true
	}
	for _, known := range plainWords() {
		if errors.Is(err, known.err) {
			return known.say, true
		}
	}
	var far net.Error
	if errors.As(err, &far) && far.Timeout() {
		return "it took too long", true
	}
	return "", false
}

// Machine is an error of the machine in one sentence: what it is about, where
// the error knows that, then the words of Plain. ok is false for any other.
func Machine(err error) (say string, ok bool) {
	if say, ok = plain(err); !ok {
		return "", false
	}
	var path *fs.PathError
	var far *url.Error
	var place *net.OpError
	switch {
	case errors.As(err, &path):
		return path.Path + ": " + say, true
	case errors.As(err, &far):
		bare, _, _ := strings.Cut(far.URL, "?") // what follows may be a key
		return bare + ": " + say, true
	case errors.As(err, &place) && place.Addr != nil:
		return place.Addr.String() + ": " + say, true
	}
	return say, true
}
