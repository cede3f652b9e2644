//go:build unix

package loadgen

import (
	"fmt"
	"syscall"
)

// spareFiles is what a process needs besides its sockets.
const spareFiles = 200

// raiseFiles asks for room for a number of sockets, and returns an error when
// the machine does not give it.
func raiseFiles(sockets int) error {
	var now syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &now); err != nil {
		return nil // then connecting will tell
	}
	need := uint64(sockets + spareFiles)
	if uint64(now.Cur) >= need {
		return nil
	}
	more := now
	more.Cur, more.Max = max(now.Cur, need), max(now.Max, need)
	if syscall.Setrlimit(syscall.RLIMIT_NOFILE, &more) == nil {
		return nil
	}
	more = now
	more.Cur = now.Max
	_ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &more)
	if uint64(now.Max) >= need {
		return nil
	}
	return fmt.Errorf("%d sockets need %d open files and the limit is %d; play fewer games or raise it with ulimit -n",
		sockets, need, now.Max)
}
