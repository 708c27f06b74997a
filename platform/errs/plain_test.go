package errs_test

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"alongside/platform/errs"
)

func TestTheMachineIsSaidInWords(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "f")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, none := os.Open(filepath.Join(folder, "none"))
	_, below := os.Open(filepath.Join(file, "x"))
	_, dir := os.ReadFile(folder)
	_, away := net.Dial("tcp", "127.0.0.1:1")
	_, port := net.Listen("tcp", "bogus")
	_, unknown := (&net.Resolver{}).LookupHost(context.Background(), "nowhere.invalid")
	for _, c := range []struct {
		err  error
		want string
	}{
		{none, "there is no such file or folder"},
		{below, "it lies below a file, not below a folder"},
		{dir, "it is a folder, not a file"},
		{away, "nobody answers there"},
		{port, "bogus is not an address as HOST:PORT, such as 127.0.0.1:8080"},
		{unknown, "no machine is known by the name nowhere.invalid"},
		{fmt.Errorf("reading: %w", context.DeadlineExceeded), "it took too long"},
	} {
		got := errs.Plain(c.err)
		if got != c.want || strings.Contains(got, folder) {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}

func TestAnAddressIsNamedWithoutItsKey(t *testing.T) {
	err := &url.Error{Op: "Get", URL: "https://feed.example/x?token=made-up", Err: syscall.ECONNREFUSED}
	if say, ok := errs.Machine(err); !ok || say != "https://feed.example/x: nobody answers there" {
		t.Error(say, ok)
	}
}
