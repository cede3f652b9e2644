package acpc

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// Port is a seat at a table. Its time is the table's business: when it runs out
// there, the next update says so.
type Port interface {
	// Next waits for what the client is told next: at the beginning of a hand,
	// after every decision of anybody, and at the end. io.EOF ends the match.
	Next(ctx context.Context) (Update, error)
	// Act hands in the seat's decision in a hand. An error wrapping
	// game.ErrIllegal is noted; any other ends the match.
	Act(ctx context.Context, hand int64, a poker.Action) error
	// Close gives the seat up. It is called once, when the client is gone.
	Close() error
}

// Bounds keep a client from harm.
type Bounds struct {
	// LineBytes is the longest line. Default: 16384.
	LineBytes int
	// Useless is how many lines in a row may be of no use, as answers that come
	// late. Default: 1000.
	Useless int
	// Greeting is how long the first line may take, and Write how long the
	// client may take to read one. Defaults: a minute, and ten seconds.
	Greeting, Write time.Duration
}

func (b Bounds) withDefaults() Bounds {
	if b.LineBytes == 0 {
		b.LineBytes = 16 << 10
	}
	if b.Useless == 0 {
		b.Useless = 1000
	}
	if b.Greeting == 0 {
		b.Greeting = time.Minute
	}
	if b.Write == 0 {
		b.Write = 10 * time.Second
	}
	return b
}

// ErrClient marks what a client did that ends the match.
var ErrClient = errors.New("acpc: the client does not keep to the protocol")

// Deal speaks to one client for one seat until the match or the connection ends,
// or ctx does. It closes the connection and the port. The end of the match is no
// error.
func Deal(ctx context.Context, conn net.Conn, port Port, bounds Bounds, log *slog.Logger) error {
	parent := ctx
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	d := dealer{conn: conn, port: port, bounds: bounds.withDefaults(), log: log, lines: make(chan string), updates: make(chan Update), ends: make(chan error, 2)}
	var running sync.WaitGroup
	running.Go(func() { d.ends <- d.read(ctx) })
	running.Go(func() { d.ends <- d.follow(ctx) })
	err := d.run(ctx)
	cancel()
	stop()
	conn.Close()
	running.Wait()
	if parent.Err() != nil || errors.Is(err, io.EOF) {
		err = nil
	}
	return errors.Join(err, port.Close())
}

// dealer is one client's match. Only run writes to the connection.
type dealer struct {
	conn    net.Conn
	port    Port
	bounds  Bounds
	log     *slog.Logger
	lines   chan string
	updates chan Update
	// ends has why there are no more lines, and no more updates.
	ends chan error
	// current is what the client was told last, and line how it was sent; it is
	// empty when there is nothing to answer.
	current Update
	line    string
	useless int
}

// read takes lines from the client, without their ends and comments.
func (d *dealer) read(ctx context.Context) error {
	in := bufio.NewReaderSize(d.conn, d.bounds.LineBytes)
	for {
		text, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return fmt.Errorf("%w: a line of more than %d bytes", ErrClient, d.bounds.LineBytes)
		}
		if err != nil {
			return err
		}
		line := strings.TrimRight(string(text), "\r\n")
		if line == "" || line[0] == '#' || line[0] == ';' {
			line = ""
		}
		select {
		case d.lines <- line:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// follow takes updates from the table.
func (d *dealer) follow(ctx context.Context) error {
	for {
		u, err := d.port.Next(ctx)
		if err != nil {
			return err
		}
		select {
		case d.updates <- u:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// run greets the client, and then passes on what comes from either side.
func (d *dealer) run(ctx context.Context) error {
	if err := d.greet(ctx); err != nil {
		return err
	}
	for {
		var err error
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err = <-d.ends:
			if err == nil {
				err = io.EOF
			}
		case u := <-d.updates:
			err = d.tell(ctx, u)
		case line := <-d.lines:
			err = d.answer(ctx, line)
		}
		if err != nil {
			return err
		}
	}
}

// greet waits for the version. Another one is noted, and play goes on, as the
// protocol has it.
func (d *dealer) greet(ctx context.Context) error {
	late := time.NewTimer(d.bounds.Greeting)
	defer late.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-late.C:
			return fmt.Errorf("%w: no version after %v", ErrClient, d.bounds.Greeting)
		case err := <-d.ends:
			return err
		case line := <-d.lines:
			if line == "" {
				if err := d.count(line); err != nil {
					return err
				}
				continue
			}
			v, err := ParseVersion(line)
			if err != nil {
				return errors.Join(fmt.Errorf("%w: %w", ErrClient, err), d.write("# "+oneLine(err.Error())))
			}
			if !v.Understood() {
				d.log.Warn("acpc: a client of another version", "version", v.String())
			}
			return nil
		}
	}
}

// tell sends an update.
func (d *dealer) tell(ctx context.Context, u Update) error {
	var text []string
	for _, c := range u.Comments {
		text = append(text, "#"+oneLine(c))
	}
	d.current, d.line = u, ""
	line := u.State.String()
	if u.Legal != nil {
		d.line = line
	}
	if err := d.write(append(text, line)...); err != nil {
		return err
	}
	if u.Asked {
		return d.act(ctx, poker.Action{Act: poker.Run, Amount: 1})
	}
	return nil
}

// answer takes a line of the client. One that answers another state than the
// last is of no use, as are comments.
func (d *dealer) answer(ctx context.Context, line string) error {
	state, text, ok := reply(line)
	if !ok || d.line == "" || state != d.line {
		return d.count(line)
	}
	d.useless = 0
	a, err := ParseAction(text)
	if err != nil {
		a = Action{} // which is mended
	}
	decision, mended := d.current.Decide(a)
	if mended {
		d.log.Warn("acpc: a decision was mended", "answer", text, "as", string(decision.Act), "amount", int64(decision.Amount))
	}
	d.line = ""
	return d.act(ctx, decision)
}

// count notes a line that is of no use.
func (d *dealer) count(line string) error {
	if line != "" {
		d.log.Debug("acpc: a line is of no use", "line", line[:min(len(line), 100)])
	}
	if d.useless++; d.useless > d.bounds.Useless {
		return fmt.Errorf("%w: %d lines in a row that answer nothing", ErrClient, d.useless)
	}
	return nil
}

// act hands in a decision. The table may have decided meanwhile.
func (d *dealer) act(ctx context.Context, a poker.Action) error {
	err := d.port.Act(ctx, d.current.State.Hand, a)
	if errors.Is(err, game.ErrIllegal) {
		d.log.Info("acpc: the table refused", "action", string(a.Act), "error", err)
		return nil
	}
	return err
}

// write sends lines.
func (d *dealer) write(lines ...string) error {
	if err := d.conn.SetWriteDeadline(time.Now().Add(d.bounds.Write)); err != nil {
		return err
	}
	_, err := io.WriteString(d.conn, strings.Join(lines, "\r\n")+"\r\n")
	return err
}

// oneLine keeps text on its line.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
}
