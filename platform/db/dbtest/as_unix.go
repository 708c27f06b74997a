//go:build unix

package dbtest

import (
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// as makes cmd run as u, in a process group of its own so that ^C at the tests
// leaves the watchdog time to clean up. A nil u changes nothing else.
func as(u *user.User, cmd *exec.Cmd) *exec.Cmd {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Dir = "/"
	if u == nil {
		return cmd
	}
	uid, _ := strconv.ParseUint(u.Uid, 10, 32)
	gid, _ := strconv.ParseUint(u.Gid, 10, 32)
	cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid), NoSetGroups: false}
	return cmd
}
