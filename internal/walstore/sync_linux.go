package walstore

import (
	"os"
	"syscall"
)

// syncData makes the data and the size of a file durable, and leaves its times
// to the kernel.
func syncData(f *os.File) error {
	for {
		err := syscall.Fdatasync(int(f.Fd()))
		if err != syscall.EINTR {
			return os.NewSyscallError("fdatasync", err)
		}
	}
}
