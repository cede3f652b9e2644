package httpapi

import (
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

// pipe is a net.Conn whose Write never blocks, so that the goroutine of a
// table writes to its sockets itself. What the kernel does not take at once
// waits here, up to maxWaiting, and is written by a goroutine that lives only
// as long as something waits. Each Write is one whole frame.
type pipe struct {
	net.Conn
	raw rawWriter

	mu sync.Mutex
	// queue waits; waiting is its bytes and those that flush is at.
	queue    net.Buffers
	waiting  int
	flushing bool
	closing  bool
	err      error
	// staged is written in front of the next frame, in the same system call.
	staged []byte
}

func newPipe(c net.Conn) *pipe { return &pipe{Conn: c, raw: newRawWriter(c)} }

// room reports whether n more bytes may wait.
func (p *pipe) room(n int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.waiting+n <= maxWaiting
}

// stage puts a small frame in front of the next one.
func (p *pipe) stage(frame []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.staged = frame
}

// Write implements net.Conn. It takes all of b or nothing.
func (p *pipe) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil {
		return 0, p.err
	}
	if p.closing {
		return 0, net.ErrClosed
	}
	size := len(b)
	if p.staged != nil {
		b, p.staged = append(p.staged, b...), nil
	}
	n := 0
	if !p.flushing {
		if n, p.err = p.raw.tryWrite(b); p.err != nil {
			return 0, p.err
		}
	}
	if n < len(b) && !p.enqueue(b[n:]) {
		return 0, errSlow
	}
	return size, nil
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
	p.closing = true
	now := time.Now()
	return errors.Join(p.SetReadDeadline(now), p.SetWriteDeadline(now.Add(lingerTime)))
}
