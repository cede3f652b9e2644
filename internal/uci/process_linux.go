package uci

import "syscall"

// niceness is how far an engine stands back behind the server itself.
const niceness = 10

// attributes make an engine die with the server, and keep a Ctrl-C on the
// server's terminal from it: the server ends its engines itself.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

// behind lets the server's own work go first. That it may not work is no
// reason to do without the engine.
func behind(pid int) { _ = syscall.Setpriority(syscall.PRIO_PGRP, pid, niceness) }
