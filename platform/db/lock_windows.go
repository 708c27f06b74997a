package db

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock waits until this program alone holds the file. Closing it gives it back.
// The bytes locked lie far beyond the slots, for on Windows a locked byte
// cannot be written by others.
func lock(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &windows.Overlapped{Offset: 1 << 30})
}
