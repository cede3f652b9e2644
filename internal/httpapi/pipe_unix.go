//go:build unix

package httpapi

import (
	"errors"
	"io"
	"net"
	"syscall"
)

// kernelConn reads and writes a socket of the kernel without waiting, so that a socket
// that is quiet needs no buffer. One goroutine reads, and one at a time writes.
type kernelConn struct {
	conn    syscall.RawConn
	in, out attempt
	// tryRead and tryWrite are made once, so that using them allocates nothing.
	tryRead, tryWriting func(fd uintptr) bool
}

// attempt is the arguments and results of one system call.
type attempt struct {
	b    []byte
	lent *[]byte
	n    int
	err  error
}

// newKernelConn returns nil for what is no TCP connection.
func newKernelConn(c net.Conn) *kernelConn {
	tcp, ok := c.(*net.TCPConn)
	if !ok {
		return nil
	}
	conn, err := tcp.SyscallConn()
	if err != nil {
		return nil
	}
	r := &kernelConn{conn: conn}
	r.tryRead, r.tryWriting = r.in.read, r.out.write
	return r
}

// read is called by RawConn.Read whenever there may be something to read; true
// means not to wait. It has a buffer only for as long as it takes to look.
func (a *attempt) read(fd uintptr) bool {
	b := buffers.Get().(*[]byte)
	for {
		a.n, a.err = syscall.Read(int(fd), *b)
		if !errors.Is(a.err, syscall.EINTR) {
			break
		}
	}
	if a.n > 0 && a.err == nil {
		*b = (*b)[:a.n]
		a.lent = b
		return true
	}
	buffers.Put(b)
	if a.n == 0 && a.err == nil {
		a.err = io.EOF
	}
	return !errors.Is(a.err, syscall.EAGAIN)
}

// read waits for bytes.
func (r *kernelConn) read() (*[]byte, error) {
	if err := r.conn.Read(r.tryRead); err != nil {
		return nil, err
	}
	b := r.in.lent
	r.in.lent = nil
	return b, r.in.err
}

// write is called by RawConn.Write; true means not to wait.
func (a *attempt) write(fd uintptr) bool {
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
func (r *kernelConn) tryWrite(b []byte) (int, error) {
	r.out.b = b
	err := r.conn.Write(r.tryWriting)
	r.out.b = nil
	if err == nil {
		err = r.out.err
	}
	return r.out.n, err
}
