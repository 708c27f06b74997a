//go:build unix

package db

import (
	"os"
	"syscall"
)

// lock waits until this program alone holds the file. Closing it gives it back.
func lock(f *os.File) error {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
		if err != syscall.EINTR {
			return err
		}
	}
}
