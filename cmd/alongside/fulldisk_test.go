package main

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"alongside/platform/soak"
)

// tmpfs is a small disk of its own, for as long as the test runs. It is not
// below the test's own folder, which is made once for all of a test's folders.
// Mounting one takes a right that not every machine gives; none is "", and the
// soak does not take that for an answer.
func tmpfs(t *testing.T, megabytes int) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "alongside-disk")
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+strconv.Itoa(megabytes)+"m", "tmpfs", dir).CombinedOutput(); err != nil {
		if soak.Full() {
			t.Fatalf("a small disk cannot be made here: %v %s", err, out)
		}
		return ""
	}
	t.Cleanup(func() { _ = errors.Join(exec.Command("umount", "-l", dir).Run(), os.Remove(dir)) })
	return dir
}

// fill takes up the disk but for so many bytes.
func fill(t *testing.T, file string, left int64) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 4096)
	for err == nil {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	at, err := f.Seek(0, 2)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(max(0, at-left)); err != nil {
		t.Fatal(err)
	}
}

// TestAFullDiskTellsNoLies lets the disk run full with less and less room left,
// so that it ends at another write each time. Who is told that a peer was asked
// for has asked; crisis help and the page of whoever asked before stay up; with
// room again it goes on by itself.
func TestAFullDiskTellsNoLies(t *testing.T) {
	build(t)
	disk := tmpfs(t, 32)
	if disk == "" {
		t.Log("not shown on this machine: it mounts no small disk for a test")
		return
	}
	t.Setenv("TMPDIR", disk)
	h := newHouse(t)
	p := h.up(t)
	before, err := h.once(t.Context(), p, 0)
	if err != nil {
		t.Fatal(err)
	}
	refused, n := 0, 1
	for _, left := range []int64{1 << 20, 300 << 10, 80 << 10, 36 << 10, 16 << 10, 4 << 10, 0} {
		full := filepath.Join(disk, "full")
		fill(t, full, left)
		for range 60 {
			n++
			if _, err := h.once(t.Context(), p, n); err != nil {
				refused++
				break
			}
		}
		for page, what := range map[string]string{"/crisis": "crisis help", before: "the page of whoever asked before"} {
			if status, text, _, err := h.body(t.Context(), http.MethodGet, h.addr+page, nil); err != nil || status != http.StatusOK {
				t.Errorf("with %d bytes left %s answers %d %v %.300s", left, what, status, err, text)
			}
		}
		if err := os.Remove(full); err != nil {
			t.Fatal(err)
		}
		healed(t, h, func() bool { n++; _, err := h.once(t.Context(), p, n); return err == nil })
	}
	if refused == 0 {
		t.Error("the disk never ran full")
	}
	got, err := h.found(t.Context(), p)
	if err != nil || len(got) != len(h.asked) {
		t.Fatalf("%d of %d that were acknowledged are there: %v", len(got), len(h.asked), err)
	}
	p.Kill()
	if err := h.verify(t.Context(), p); err != nil {
		t.Error(err)
	}
	t.Logf("%d asks were acknowledged, and the disk was full %d times", len(got), refused)
}

func healed(t *testing.T, h *house, works func() bool) {
	t.Helper()
	for range 100 {
		if works() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("with room again it does not go on")
}
