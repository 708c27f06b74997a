package main

import (
	"errors"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestASignalEndsAFileCommand stops one that waits for the rest of its table and
// one that computes. Each is known to be at it: it has read what a pipe cannot
// hold.
func TestASignalEndsAFileCommand(t *testing.T) {
	bin := build(t)
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		c := exec.CommandContext(t.Context(), bin, "stats", "km", "--time", "t", "--event", "e")
		in, err := c.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := in.Write([]byte("t,e\n" + strings.Repeat("1,0\n", 1<<20))); err != nil {
			t.Fatal(err)
		}
		if err := c.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		var ended *exec.ExitError
		if err := c.Wait(); !errors.As(err, &ended) {
			t.Fatalf("%v: %v", s, err)
		}
		if status, ok := ended.Sys().(syscall.WaitStatus); !ok || status.Signal() != s {
			t.Errorf("%v: it ended with %v", s, ended)
		}
	}
}
