package crashtest

import "errors"

// ErrCannotWatch says that this machine lets no program be watched.
var ErrCannotWatch = errors.New("programs can be watched on Linux on amd64 alone, and where ptrace is allowed")

// What a watched program does.
const (
	Write    = "write"    // Data to Path, beginning At
	Truncate = "truncate" // Path ends At
	Grow     = "grow"     // Path ends At, if it ended before
	Sync     = "sync"     // Path, a file or a folder, is on the disk as it was when Since had happened
	Create   = "create"   // Path may be new
	Rename   = "rename"   // Path is called To
	Remove   = "remove"   // Path
	Folder   = "folder"   // Path is a new folder
	Say      = "say"      // Data to a connection, or to a pipe
	Strange  = "strange"  // a change to Path that this kit does not know
)

// Event is one thing that a watched program did. Those on files are noted when
// they are done, what is said when it is about to be said.
type Event struct {
	What, Path, To string
	At             int64
	Data           []byte
	Since          int // of a Sync: how many events had happened when it began
}

// Watching says what to look at.
type Watching struct {
	Folders []string // changes outside these are not looked at
	Env     []string // beside the test's own
	// On is told of each event before and after it happens, by what happened
	// before it. It may end the program there: before, the event does not happen.
	On func(e Event, before bool) (kill bool)
}
