package uci

import "context"

// Pool is some engines of the same kind. It is safe for concurrent use.
type Pool struct {
	all []*Engine
	// free holds the engines that nobody uses.
	free chan *Engine
}

// OpenPool returns a pool of n engines, at least one. The first is started at
// once, so that a bad path is noticed, and the others when they are needed.
func OpenPool(ctx context.Context, path string, n int, o Options) (*Pool, error) {
	first, err := Open(ctx, path, o)
	if err != nil {
		return nil, err
	}
	p := &Pool{all: []*Engine{first}, free: make(chan *Engine, max(1, n))}
	for len(p.all) < n {
		p.all = append(p.all, newEngine(path, o))
	}
	for _, e := range p.all {
		p.free <- e
	}
	return p, nil
}

// Go searches as Engine.Go does, on the engine that is free first.
func (p *Pool) Go(ctx context.Context, pos Position, l Limits) (Reply, error) {
	select {
	case e := <-p.free:
		defer func() { p.free <- e }()
		return e.Go(ctx, pos, l)
	case <-ctx.Done():
		return Reply{}, ctx.Err()
	}
}

// Announces reports whether the engines have an option of that name.
func (p *Pool) Announces(name string) bool { return p.all[0].Announces(name) }

// Close ends all engines and the searches that are going on.
func (p *Pool) Close() {
	for _, e := range p.all {
		e.closed.Do(func() { close(e.closing) })
	}
	for _, e := range p.all {
		e.Close()
	}
}
