package uci

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// maxTalk is how many bytes an engine may write in one exchange.
const maxTalk = 8 << 20

var (
	// errSilent: the engine did not say what it should in time.
	errSilent = errors.New("it does not answer")
	// errEnded: there will be no more lines; the process knows why.
	errEnded = errors.New("it ended")
)

// Go searches a position. When ctx is done it returns its error, at once but
// for the time the engine takes to stop. A Reply without a best move is for a
// position without moves. Of the errors, ErrOption and ErrSearch are the
// caller's, and the engine has not noticed.
func (e *Engine) Go(ctx context.Context, p Position, l Limits) (Reply, error) {
	position, err := p.command()
	if err != nil {
		return Reply{}, err
	}
	command, err := l.command()
	if err != nil {
		return Reply{}, err
	}
	if err := e.borrow(ctx); err != nil {
		return Reply{}, err
	}
	defer e.giveBack()
	if err := e.ready(ctx); err != nil {
		return Reply{}, err
	}
	if err := e.prepare(p, l.Options); err != nil {
		return Reply{}, err
	}
	if err := e.sync(ctx, position); err != nil {
		return Reply{}, e.settle(err)
	}
	return e.search(ctx, command, l.MoveTime+e.opts.Patience)
}

// prepare sets the options of a search, of which those that are refused come
// first: the engine then has heard nothing.
func (e *Engine) prepare(p Position, wanted map[string]string) error {
	all := map[string]string{}
	if p.Chess960 || e.Announces(chess960) {
		all[chess960] = strconv.FormatBool(p.Chess960)
	}
	for name, value := range wanted {
		all[name] = value
	}
	names := make([]string, 0, len(all))
	for name, value := range all {
		if _, err := (*e.announced.Load()).command(name, value); err != nil {
			return err
		}
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := e.setOption(name, all[name]); err != nil {
			return e.settle(err)
		}
	}
	return nil
}

const chess960 = "UCI_Chess960"

// setOption sends an option that does not have its value yet.
func (e *Engine) setOption(name, value string) error {
	if was, ok := e.set[name]; ok && was == value {
		return nil
	}
	line, err := (*e.announced.Load()).command(name, value)
	if err != nil {
		return err
	}
	if err := e.proc.write(line, e.opts.Grace); err != nil {
		return err
	}
	e.set[name] = value
	return nil
}

// sync sends lines and waits until the engine has read them. Whatever it had
// still to say before is dropped.
func (e *Engine) sync(ctx context.Context, lines ...string) error {
	ready := func(line string) bool { return line == "readyok" }
	return e.converse(ctx, e.opts.Handshake, ready, append(lines, "isready")...)
}

// search runs one search, to its end or until it is stopped.
func (e *Engine) search(ctx context.Context, command string, within time.Duration) (Reply, error) {
	var r Reply
	err := e.converse(ctx, within, r.read, command)
	why := interrupted(ctx, e.closing)
	if err != nil && (errors.Is(err, errSilent) || why != nil) {
		// The engine may live. Its move keeps us in step, and is good when
		// only the time was up.
		err = e.converse(context.WithoutCancel(ctx), e.opts.Grace, r.read, "stop")
	}
	if err == nil {
		err = r.check()
	}
	if err != nil {
		return Reply{}, e.settle(err)
	}
	e.failures = 0
	return r, why
}

// interrupted returns why nobody waits for a search any more, if so.
func interrupted(ctx context.Context, closing <-chan struct{}) error {
	select {
	case <-closing:
		return ErrClosed
	default:
		return ctx.Err()
	}
}

// converse sends lines and reads the answer until done says that it is
// complete. On any error the answer may still come.
func (e *Engine) converse(ctx context.Context, within time.Duration, done func(line string) bool, lines ...string) error {
	for _, line := range lines {
		if err := e.proc.write(line, e.opts.Grace); err != nil {
			return err
		}
	}
	timer := time.NewTimer(within)
	defer timer.Stop()
	for heard := 0; heard < maxTalk; {
		select {
		case line, ok := <-e.proc.lines:
			if !ok {
				return errEnded
			}
			if done(line) {
				return nil
			}
			heard += len(line) + 1
		case <-timer.C:
			return fmt.Errorf("%w within %v", errSilent, within)
		case <-ctx.Done():
			return ctx.Err()
		case <-e.closing:
			return ErrClosed
		}
	}
	return fmt.Errorf("more than %d bytes in one answer", maxTalk)
}
