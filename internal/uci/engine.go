package uci

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options are how an engine is run. Whatever is zero has a default.
type Options struct {
	// Args are given to the program.
	Args []string
	// Threads and HashMB are set where the engine announces them. Default: 1
	// thread and 16 MB.
	Threads, HashMB int
	// Handshake bounds how long the engine may take to start, and to become
	// ready before a search. Default: 5 s.
	Handshake time.Duration
	// Patience is how long a search may go on after its time, or with no time
	// given, before it is told to stop. Default: 3 s.
	Patience time.Duration
	// Grace is how long the engine may take to obey before it is killed.
	// Default: 1 s.
	Grace time.Duration
	// Backoff is how long a failed engine is left alone; it doubles with every
	// failure in a row up to a minute. Default: 1 s.
	Backoff time.Duration
}

func (o Options) withDefaults() Options {
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{{&o.Handshake, 5 * time.Second}, {&o.Patience, 3 * time.Second}, {&o.Grace, time.Second}, {&o.Backoff, time.Second}} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
	if o.Threads <= 0 {
		o.Threads = 1
	}
	if o.HashMB <= 0 {
		o.HashMB = 16
	}
	return o
}

const maxBackoff = time.Minute

// Engine is one engine, in a process that is started again when it failed. It
// is safe for concurrent use: searches wait for each other.
type Engine struct {
	path string
	opts Options
	now  func() time.Time
	// announced belongs to the newest process.
	announced atomic.Pointer[options]
	// name is what the newest process calls itself.
	name    atomic.Pointer[string]
	closing chan struct{}
	closed  sync.Once

	// turn holds a token for whoever uses the fields below.
	turn     chan struct{}
	proc     *process // nil when there is none
	set      map[string]string
	failures int
	retryAt  time.Time
	cause    error
}

// Open starts an engine and waits until it is ready. The engine lives until
// Close; ctx bounds the start only.
func Open(ctx context.Context, path string, o Options) (*Engine, error) {
	e := newEngine(path, o)
	if err := e.borrow(ctx); err != nil {
		return nil, err
	}
	defer e.giveBack()
	if err := e.ready(ctx); err != nil {
		return nil, err
	}
	return e, nil
}

// newEngine returns an engine that is started when it is used.
func newEngine(path string, o Options) *Engine {
	e := &Engine{
		path: path, opts: o.withDefaults(), now: time.Now,
		closing: make(chan struct{}), turn: make(chan struct{}, 1),
	}
	e.announced.Store(&options{})
	return e
}

// Announces reports whether the engine, when it was last started, had an
// option of that name.
func (e *Engine) Announces(name string) bool {
	_, ok := (*e.announced.Load())[strings.ToLower(name)]
	return ok
}

// maxEngineName bounds the name of an engine, in bytes.
const maxEngineName = 80

// Name returns what the engine, when it was last started, called itself; empty
// when it did not say.
func (e *Engine) Name() string {
	if name := e.name.Load(); name != nil {
		return *name
	}
	return ""
}

// hearName reads a line such as "id name Stockfish 17".
func (e *Engine) hearName(line string) {
	if name, ok := strings.CutPrefix(line, "id name "); ok {
		name = strings.ToValidUTF8(name[:min(len(name), maxEngineName)], "")
		e.name.Store(&name)
	}
}

// Close ends the engine, and a search that is going on with ErrClosed. It
// returns when the process is gone, and may be called again.
func (e *Engine) Close() {
	e.closed.Do(func() { close(e.closing) })
	e.turn <- struct{}{} // whoever has it ends soon
	defer e.giveBack()
	if e.proc != nil {
		e.proc.stop(e.opts.Grace)
		e.proc = nil
	}
}

// borrow waits for one's turn to use the engine; giveBack must follow.
func (e *Engine) borrow(ctx context.Context) error {
	select {
	case e.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	case <-e.closing:
		return ErrClosed
	}
	select {
	case <-e.closing:
		e.giveBack()
		return ErrClosed
	default:
		return nil
	}
}

func (e *Engine) giveBack() { <-e.turn }

// ready starts the process when there is none.
func (e *Engine) ready(ctx context.Context) error {
	if e.proc != nil {
		return nil
	}
	if wait := e.retryAt.Sub(e.now()); wait > 0 {
		return fmt.Errorf("%w %w for %v: %w", ErrEngine, ErrDown, wait.Round(time.Millisecond), e.cause)
	}
	proc, err := start(e.path, e.opts.Args)
	if err != nil {
		return e.fail(err)
	}
	e.proc, e.set = proc, make(map[string]string)
	if err := e.handshake(ctx); err != nil {
		return e.settle(err)
	}
	return nil
}

// handshake greets the engine, hears what options it has and sets ours.
func (e *Engine) handshake(ctx context.Context) error {
	announced := make(options)
	err := e.converse(ctx, e.opts.Handshake, func(line string) bool {
		announced.announce(line)
		e.hearName(line)
		return line == "uciok"
	}, "uci")
	if err != nil {
		return err
	}
	e.announced.Store(&announced)
	for name, value := range map[string]int{"Threads": e.opts.Threads, "Hash": e.opts.HashMB} {
		if !e.Announces(name) {
			continue
		}
		if err := e.setOption(name, fmt.Sprint(value)); err != nil {
			return err
		}
	}
	return e.sync(ctx)
}

// settle decides what an error means for the process. The engine's own
// failures end it and begin a back-off; where somebody else gave up in the
// middle of a conversation, it ends without blame.
func (e *Engine) settle(err error) error {
	if errors.Is(err, ErrOption) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrClosed) {
		e.drop()
		return err
	}
	return e.fail(err)
}

// drop kills the process, if there is one.
func (e *Engine) drop() {
	if e.proc != nil {
		e.proc.stop(0)
		e.proc = nil
	}
}

// fail drops the process, and leaves the engine alone for a time.
func (e *Engine) fail(err error) error {
	proc := e.proc
	e.drop()
	if errors.Is(err, errEnded) {
		err = proc.ended()
	}
	wait := min(maxBackoff, e.opts.Backoff<<min(e.failures, 16))
	e.failures++
	e.cause = err
	e.retryAt = e.now().Add(wait)
	return fmt.Errorf("%w: %w", ErrEngine, err)
}
