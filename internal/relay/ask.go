package relay

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"kibitz/internal/cluster"
)

// maxAsked is how many questions are answered at a time.
const maxAsked = 1024

// reply is what became of a question.
type reply struct {
	body []byte
	err  error
}

// Refusal is the error that an Answer returned on another node.
type Refusal string

func (r Refusal) Error() string { return string(r) }

var errNoSuch = errors.New("this node does not answer that")

// Ask asks a node, and returns its answer, a Refusal, or ErrNoAnswer when ctx is
// done first.
func (r *Relay) Ask(ctx context.Context, node cluster.NodeID, what string, question []byte) ([]byte, error) {
	id, answer := r.last.Add(1), make(chan reply, 1)
	r.mu.Lock()
	r.waiting[id] = answer
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		delete(r.waiting, id)
		r.mu.Unlock()
	}()
	m := message{from: r.cfg.Self, kind: kindAsk, id: id, body: fmt.Appendf(nil, "%s\n%s", what, question)}
	if err := r.cfg.Bus.Publish(subjectOf(node), m.bytes()); err != nil {
		return nil, err
	}
	select {
	case a := <-answer:
		return a.body, a.err
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: %s: %w", ErrNoAnswer, node, ctx.Err())
	}
}

// Tell is Ask for who wants no answer.
func (r *Relay) Tell(node cluster.NodeID, what string, news []byte) error {
	m := message{from: r.cfg.Self, kind: kindAsk, body: fmt.Appendf(nil, "%s\n%s", what, news)}
	return r.cfg.Bus.Publish(subjectOf(node), m.bytes())
}

// answer answers a question in a goroutine of its own.
func (r *Relay) answer(ctx context.Context, m message) {
	name, question, _ := bytes.Cut(m.body, []byte{'\n'})
	do := r.cfg.Answers[string(name)]
	if do == nil {
		do = func(context.Context, []byte) ([]byte, error) { return nil, errNoSuch }
	}
	if r.asked.Add(1) > maxAsked {
		r.asked.Add(-1)
		return // who asks has given up soon
	}
	r.work.Go(func() {
		defer r.asked.Add(-1)
		ctx, cancel := context.WithTimeout(ctx, answerTime)
		defer cancel()
		body, err := do(ctx, question)
		if m.id == 0 {
			return
		}
		back := message{from: r.cfg.Self, kind: kindAnswer, id: m.id, body: body}
		if err != nil {
			back.kind, back.body = kindRefusal, []byte(err.Error())
		}
		if err := r.cfg.Bus.Publish(subjectOf(m.from), back.bytes()); err != nil {
			r.cfg.Log.Warn("another node does not get its answer", "node", m.from, "err", err)
		}
	})
}

func (r *Relay) answered(m message) {
	r.mu.Lock()
	answer := r.waiting[m.id]
	r.mu.Unlock()
	a := reply{body: m.body}
	if m.kind == kindRefusal {
		a = reply{err: Refusal(m.body)}
	}
	if answer != nil {
		select {
		case answer <- a:
		default: // answered twice
		}
	}
}
