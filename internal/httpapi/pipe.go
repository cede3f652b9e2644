package httpapi

import (
	"encoding/binary"
	"errors"
	"net"
	"sync"
	"time"
)

// The bounds of a reader that does not read.
const (
	// maxWaiting is how many bytes may wait for one socket.
	maxWaiting = 256 << 10
	// maxExtra is room besides, for the small frames that WebSocket itself
	// sends.
	maxExtra = 4 << 10
	// flushTime is how long a flush may make no end before the socket is cut.
	flushTime = 30 * time.Second
	// lingerTime is how long a socket that is being closed may still read.
	lingerTime = 5 * time.Second
)

var errSlow = errors.New("the reader does not read")

// pipe is a net.Conn with a send that never blocks, so that the goroutine of a
// table writes to its sockets itself. What the kernel does not take at once
// waits here, up to maxWaiting, and is written by a goroutine that lives only
// as long as something waits.
type pipe struct {
	net.Conn
	raw *kernelConn // nil for a connection that the kernel does not know, as TLS

	mu sync.Mutex
	// queue waits; waiting is its bytes and those that flush is at.
	queue    net.Buffers
	waiting  int
	flushing bool
	closing  bool
	// ended is set with a close frame, behind which nothing is sent.
	ended bool
	err   error
	// staged is the time in a ping that is sent in front of the next frame, in
	// the same system call; 0 for none.
	staged int64
}

func newPipe(c net.Conn) *pipe { return &pipe{Conn: c, raw: newKernelConn(c)} }

// bufferBytes is how much is read at once; most messages are far shorter.
const bufferBytes = 4 << 10

// buffers serve all sockets: each has one only while it reads.
var buffers = sync.Pool{New: func() any {
	b := make([]byte, bufferBytes)
	return &b
}}

// read waits for bytes, and returns them in a buffer that must be given back
// with done.
func (p *pipe) read() (*[]byte, error) {
	if p.raw != nil {
		return p.raw.read()
	}
	b := buffers.Get().(*[]byte)
	n, err := p.Conn.Read(*b)
	if n == 0 && err != nil {
		p.done(b)
		return nil, err
	}
	*b = (*b)[:n]
	return b, nil
}

// done gives a buffer back, unless it has grown.
func (p *pipe) done(b *[]byte) {
	if cap(*b) == bufferBytes {
		*b = (*b)[:bufferBytes]
		buffers.Put(b)
	}
}

// room reports whether n more bytes may wait.
func (p *pipe) room(n int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.waiting+n <= maxWaiting
}

// stage puts a ping in front of the next frame.
func (p *pipe) stage(at int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.staged = at
}

// send sends one frame, or nothing of it.
func (p *pipe) send(op byte, payload []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.err != nil:
		return p.err
	case p.closing || p.ended:
		return net.ErrClosed
	}
	p.ended = op == opClose
	out := outflows.Get().(*outflow)
	if p.staged != 0 {
		var at [8]byte
		binary.BigEndian.PutUint64(at[:], uint64(p.staged))
		out.frame(opPing, at[:])
		p.staged = 0
	}
	out.frame(op, payload)
	err := p.write(out.b)
	out.done()
	return err
}

// write gives bytes to the kernel as far as it takes them; the rest waits.
func (p *pipe) write(b []byte) error {
	n := 0
	if !p.flushing && p.raw != nil {
		if n, p.err = p.raw.tryWrite(b); p.err != nil {
			return p.err
		}
	}
	if n < len(b) && !p.enqueue(b[n:]) {
		return errSlow
	}
	return nil
}

// enqueue lets a copy of b wait, and reports whether there was room.
func (p *pipe) enqueue(b []byte) bool {
	if p.waiting+len(b) > maxWaiting+maxExtra {
		return false
	}
	p.queue = append(p.queue, append([]byte(nil), b...))
	p.waiting += len(b)
	if !p.flushing {
		p.flushing = true
		go p.flush()
	}
	return true
}

// flush writes what waits until nothing does.
func (p *pipe) flush() {
	for {
		batch := p.next()
		if batch == nil {
			return
		}
		size := 0
		for _, b := range batch {
			size += len(b)
		}
		_, err := batch.WriteTo(p.Conn)
		p.mu.Lock()
		p.waiting -= size
		if err != nil && p.err == nil {
			p.err = err
		}
		p.mu.Unlock()
	}
}

// next returns what waits, or nil when the flush is over; then it closes a
// socket that failed or waited to be closed.
func (p *pipe) next() net.Buffers {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil && len(p.queue) > 0 {
		batch := p.queue
		p.queue = nil
		if !p.closing {
			_ = p.SetWriteDeadline(time.Now().Add(flushTime))
		}
		return batch
	}
	p.flushing = false
	if p.err != nil || p.closing {
		p.queue = nil
		_ = p.Conn.Close()
		return nil
	}
	_ = p.SetWriteDeadline(time.Time{}) // or it would fail a later write
	return nil
}

// abandon drops what waits behind the frame that is being written, and writes
// last instead, for a reader who is being cut.
func (p *pipe) abandon(last []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.flushing || p.closing {
		return
	}
	for _, b := range p.queue {
		p.waiting -= len(b)
	}
	p.queue = net.Buffers{last}
	p.waiting += len(last)
}

// Close implements net.Conn. What waits may still be read for lingerTime;
// nothing more is read from the socket.
func (p *pipe) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.flushing {
		return p.Conn.Close()
	}
	if p.closing {
		return nil
	}
	p.closing = true
	now := time.Now()
	return errors.Join(p.SetReadDeadline(now), p.SetWriteDeadline(now.Add(lingerTime)))
}
