//go:build unix

package httpapi

import (
	"errors"
	"net"
	"syscall"
)

// rawWriter writes to a socket as much as the kernel takes at once. The zero
// rawWriter, as for a TLS connection, takes nothing: then everything waits.
type rawWriter struct {
	conn syscall.RawConn
	// try is made once, so that a write allocates nothing; b, n and err are
	// its arguments and results.
	try func(fd uintptr) bool
	arg *rawArg
}

type rawArg struct {
	b   []byte
	n   int
	err error
}

func newRawWriter(c net.Conn) rawWriter {
	tcp, ok := c.(*net.TCPConn)
	if !ok {
		return rawWriter{}
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return rawWriter{}
	}
	arg := &rawArg{}
	return rawWriter{conn: raw, arg: arg, try: arg.write}
}

// write is called by RawConn.Write; true means not to wait.
func (a *rawArg) write(fd uintptr) bool {
	for {
		a.n, a.err = syscall.Write(int(fd), a.b)
		if !errors.Is(a.err, syscall.EINTR) {
			break
		}
	}
	if errors.Is(a.err, syscall.EAGAIN) {
		a.n, a.err = 0, nil
	}
	a.n = max(a.n, 0)
	return true
}

// tryWrite returns how much of b the kernel took. It never blocks.
func (w rawWriter) tryWrite(b []byte) (int, error) {
	if w.conn == nil {
		return 0, nil
	}
	w.arg.b = b
	err := w.conn.Write(w.try)
	w.arg.b = nil
	if err == nil {
		err = w.arg.err
	}
	return w.arg.n, err
}
