package httpapi_test

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

// quiet is a bare connection and what was read ahead of it.
type quiet struct {
	net.Conn
	r *bufio.Reader
}

// mute is a socket that joins a table, if any, and then reads nothing.
func (p *person) mute(id string) quiet {
	p.w.tb.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(p.w.http.URL, "http://"))
	check(p.w.tb, err)
	p.w.tb.Cleanup(func() { _ = c.Close() })
	_, err = fmt.Fprintf(c, "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: kibitz.1\r\n\r\n")
	check(p.w.tb, err)
	r := bufio.NewReaderSize(c, 16)
	res, err := http.ReadResponse(r, nil)
	check(p.w.tb, err)
	check(p.w.tb, res.Body.Close())
	if id == "" {
		return quiet{c, r}
	}
	join := `{"type":"join","table":"` + id + `"}`
	frame := append([]byte{0x81, 0x80 | byte(len(join)), 0, 0, 0, 0}, join...) // masked with zeroes
	_, err = c.Write(frame)
	check(p.w.tb, err)
	return quiet{c, r}
}

// TestSlowReaderIsCut lets a spectator not read, until 256 KiB wait for it and
// the kernel takes no more. Nobody else is slowed; whatever it reads in the
// end are whole frames, the last of which closes with 1013.
func TestSlowReaderIsCut(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.guest()
	id := anna.table(friendTable)
	slow := (&person{w: w}).mute(id)
	waitFor(t, func() bool { return w.host.Counts().Sockets == 1 })
	line := make([]byte, 60<<10)
	for i := range line {
		line[i] = 'x'
	}
	waitFor(t, func() bool { // the lobby's frames would do as well; an announcement is the largest
		w.server.Announce(line)
		return w.host.Counts().Sockets == 0
	})
	if last := lastFrame(t, slow); binary.BigEndian.Uint16(last) != 1013 {
		t.Errorf("the last frame is %q, want a close with 1013", last)
	}
	c := anna.open()
	c.send(`{"type":"ping","at":1}`)
	c.want("pong")
}

// waitFor polls until a condition holds.
func waitFor(t *testing.T, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !holds(); {
		if time.Now().After(end) {
			t.Fatal("it did not come to pass")
		}
		time.Sleep(time.Millisecond)
	}
}

// lastFrame reads frames to the end, and returns the payload of the last one,
// which must be a close.
func lastFrame(t *testing.T, c quiet) []byte {
	t.Helper()
	check(t, c.SetReadDeadline(time.Now().Add(patience)))
	for {
		op, payload, err := readFrame(c.r)
		check(t, err)
		if op == 0x88 {
			return payload
		}
	}
}

func readFrame(r *bufio.Reader) (op byte, payload []byte, err error) {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	size := uint64(head[1])
	var long [8]byte
	switch size {
	case 126:
		_, err = io.ReadFull(r, long[6:])
		size = binary.BigEndian.Uint64(long[:])
	case 127:
		_, err = io.ReadFull(r, long[:])
		size = binary.BigEndian.Uint64(long[:])
	}
	if err != nil {
		return 0, nil, err
	}
	payload = make([]byte, size)
	_, err = io.ReadFull(r, payload)
	return head[0], payload, err
}

// BenchmarkSocketMemory says what an idle socket costs the server, the buffers
// of the kernel and its tables apart. The clients are bare connections in the
// same process, and are counted as well.
func BenchmarkSocketMemory(b *testing.B) {
	w := newWorld(b, nil)
	const n = 1000
	for b.Loop() {
		before := inUse()
		conns := make([]quiet, n)
		for i := range conns {
			conns[i] = (&person{w: w}).mute("")
		}
		for w.server.Online() < n {
			time.Sleep(time.Millisecond)
		}
		b.ReportMetric(float64(inUse()-before)/n, "B/socket")
		for _, c := range conns {
			_ = c.Close()
		}
		for w.server.Online() > 0 {
			time.Sleep(time.Millisecond)
		}
	}
}

// inUse is the heap and the stacks.
func inUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}
