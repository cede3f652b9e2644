//go:build linux || darwin

package server

import "golang.org/x/sys/unix"

// freeBytes is what is left, for others than root, on the disk of a folder; 0
// when nobody knows.
func freeBytes(folder string) int {
	var disk unix.Statfs_t
	if folder == "" || unix.Statfs(folder, &disk) != nil {
		return 0
	}
	return int(disk.Bavail) * int(disk.Bsize)
}
