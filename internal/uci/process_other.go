//go:build !linux

package uci

import "syscall"

// attributes has nothing to offer here: an engine ends with the server because
// its input does.
func attributes() *syscall.SysProcAttr { return nil }

func behind(int) {}
