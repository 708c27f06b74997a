package crashtest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"alongside/platform/soak"
)

// SmallDisk is a disk of its own, in memory, for as long as a test runs.
type SmallDisk struct {
	t    *testing.T
	Dir  string
	full string
}

// NewSmallDisk mounts one. Mounting takes a right that not every machine gives:
// it is then nil and the test says so, and the soak does not take that for an
// answer. The disk is not below the test's own folder, which is made once for
// all of a test's folders.
func NewSmallDisk(t *testing.T, megabytes int) *SmallDisk {
	t.Helper()
	dir, err := os.MkdirTemp("", "alongside-disk")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+strconv.Itoa(megabytes)+"m", "tmpfs", dir).CombinedOutput()
	if err != nil {
		if soak.Full() {
			t.Fatalf("a small disk cannot be made here: %v %s", err, out)
		}
		t.Log("not shown on this machine: it mounts no small disk for a test")
		return nil
	}
	t.Cleanup(func() { _ = errors.Join(exec.Command("umount", "-l", dir).Run(), os.Remove(dir)) })
	return &SmallDisk{t: t, Dir: dir, full: filepath.Join(dir, "full")}
}

// Fill takes up the disk but for so many bytes.
func (d *SmallDisk) Fill(left int64) {
	d.t.Helper()
	f, err := os.Create(d.full)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 4096)
	for err == nil {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		d.t.Fatal(err)
	}
	at, err := f.Seek(0, 2)
	if err != nil {
		d.t.Fatal(err)
	}
	if err := f.Truncate(max(0, at-left)); err != nil {
		d.t.Fatal(err)
	}
}

// Free gives the room back.
func (d *SmallDisk) Free() {
	d.t.Helper()
	if err := os.Remove(d.full); err != nil {
		d.t.Fatal(err)
	}
}
