package seal

import (
	"os"

	"golang.org/x/sys/windows"
)

// The locked byte lies far behind any slot: Windows locks forbid reading too.
const lockAt = 1 << 30

// lock keeps other processes away from f until unlock. It waits.
func lock(f *os.File) error {
	at := &windows.Overlapped{OffsetHigh: lockAt}
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, at)
}

func unlock(f *os.File) error {
	at := &windows.Overlapped{OffsetHigh: lockAt}
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, at)
}
