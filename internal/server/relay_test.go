//go:build unix

package server

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kibitz/internal/table"
	"kibitz/internal/walstore"
)

// A relay is the least that a durable game server does: it takes a frame from
// one of two sockets, stores it, and sends it to both. Its frames are as long
// as those of Kibitz, behind their length in two bytes.
const (
	askBytes  = 110
	tellBytes = 280
)

// relay is two sockets that share a journal with all others.
type relay struct {
	journal table.Journal
	id      table.ID
	mu      sync.Mutex
	seq     table.Seq
	conns   [2]net.Conn
}

// openRelay takes sockets in pairs, in the order in which they come.
func openRelay(dir string) (string, error) {
	journal, err := walstore.Open(filepath.Join(dir, "journal"), walstore.Options{})
	if err != nil {
		return "", err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go func() {
		for n := 0; ; n++ {
			r := &relay{journal: journal, id: table.ID(fmt.Sprintf("%08d", n))}
			for i := range r.conns {
				if r.conns[i], err = l.Accept(); err != nil {
					return
				}
			}
			for _, c := range r.conns {
				go r.read(c)
			}
		}
	}()
	return l.Addr().String(), nil
}

func (r *relay) read(c net.Conn) {
	in, buf := bufio.NewReaderSize(c, 512), make([]byte, askBytes)
	for {
		if readSized(in, buf) != nil || r.tell(buf) != nil {
			return
		}
	}
}

// tell stores what was asked and tells both.
func (r *relay) tell(ask []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	records := []table.Record{{Table: r.id, Seq: r.seq + 1, At: time.UnixMilli(1), Type: "move", Data: ask[:60]}}
	if err := r.journal.Append(context.Background(), r.id, r.seq, records); err != nil {
		return err
	}
	r.seq++
	frame := make([]byte, 2+tellBytes)
	binary.BigEndian.PutUint16(frame, tellBytes)
	for _, c := range r.conns {
		if _, err := c.Write(frame); err != nil {
			return err
		}
	}
	return nil
}

func readSized(in *bufio.Reader, buf []byte) error {
	var head [2]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return err
	}
	if n := int(binary.BigEndian.Uint16(head[:])); n != len(buf) {
		return fmt.Errorf("a frame of %d bytes, want %d", n, len(buf))
	}
	_, err := io.ReadFull(in, buf)
	return err
}

// loadRelay plays as loadKibitz does, as far as a relay can tell.
func loadRelay(b *testing.B, n *node) (moves float64, before, after usage) {
	ctx, stop := context.WithCancel(b.Context())
	var made atomic.Int64
	var playing sync.WaitGroup
	for range benchGames {
		var conns [2]net.Conn
		for i := range conns {
			c, err := net.Dial("tcp", n.addr)
			if err != nil {
				b.Fatal(err)
			}
			conns[i] = c
		}
		playing.Go(func() { playRelay(ctx, conns, &made) })
	}
	time.Sleep(time.Second)
	from, before := made.Load(), n.usage(b)
	time.Sleep(benchWindow)
	moves, after = float64(made.Load()-from), n.usage(b)
	stop()
	playing.Wait()
	return moves, before, after
}

// playRelay has two players move in turn: each as soon as the other's move has
// come, and no faster than a player of Kibitz may.
func playRelay(ctx context.Context, conns [2]net.Conn, made *atomic.Int64) {
	var players sync.WaitGroup
	defer context.AfterFunc(ctx, func() {
		for _, c := range conns {
			_ = c.Close()
		}
	})()
	ask := make([]byte, 2+askBytes)
	binary.BigEndian.PutUint16(ask, askBytes)
	for i, c := range conns {
		players.Go(func() {
			in, buf := bufio.NewReaderSize(c, 512), make([]byte, tellBytes)
			pace := time.NewTicker(time.Second / benchRate)
			defer pace.Stop()
			for ply := 0; ctx.Err() == nil; ply++ {
				if ply%2 == i {
					<-pace.C
					if _, err := c.Write(ask); err != nil {
						return
					}
				}
				if readSized(in, buf) != nil {
					return
				}
				if ply%2 != i {
					made.Add(1)
				}
			}
		})
	}
	players.Wait()
}
