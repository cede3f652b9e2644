package natsstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/table"
)

// JournalOptions say how the journal is kept.
type JournalOptions struct {
	// Streams is how many streams a new journal has, 1 to 16: each has a leader
	// of its own, and they spread over the servers. Default: what the journal
	// has, and 4 for a new one.
	Streams int
	// Replicas is how many servers have each stream of a new journal. Default: 3
	// where there are as many servers, else 1.
	Replicas int
	// MaxAge is how long a new journal keeps a record. Default: 72 h.
	MaxAge time.Duration
	// SystemURLs names the servers with a user of their system account, who is
	// asked how they sync. Default: the journal's own connection is asked,
	// which works when the system account exports $SYS.REQ.SERVER.PING.JSZ.
	SystemURLs string
	// Unsafe takes servers that acknowledge before they have synced, and those
	// that do not tell.
	Unsafe bool
	// Patience is how long a call goes on trying while no leader answers.
	// Default: 30 s.
	Patience time.Duration
}

// Journal is a table.Journal in JetStream. Every node of a cluster has one; the
// table's place in its stream decides between those who append.
type Journal struct {
	*Client
	layout
	patience time.Duration
	places   *places
	notes    *notes
	hubs     hubs
	doubt    doubt
	life     context.Context
	end      context.CancelFunc
}

var _ table.Journal = (*Journal)(nil)

// roomForHeaders is what a message needs beside its records.
const roomForHeaders = 4 << 10

// OpenJournal finds the journal, or makes it. It fails with ErrUnsafe when the
// servers may lose what they acknowledged, unless o.Unsafe is set.
func (c *Client) OpenJournal(ctx context.Context, o JournalOptions) (*Journal, error) {
	if o.Streams < 0 || o.Streams > MaxStreams {
		return nil, fmt.Errorf("open the journal: 1 to %d streams, not %d", MaxStreams, o.Streams)
	}
	if size := c.nc.MaxPayload(); size < table.MaxAppendBytes+roomForHeaders {
		return nil, fmt.Errorf("open the journal: the NATS servers take messages of %d bytes, and the journal needs more: set max_payload: 2MB in their configuration", size)
	}
	servers, err := c.checkSync(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	if o.Replicas == 0 {
		o.Replicas = 1
		if servers >= 3 {
			o.Replicas = 3
		}
	}
	if o.MaxAge <= 0 {
		o.MaxAge = 72 * time.Hour
	}
	if o.Patience <= 0 {
		o.Patience = 30 * time.Second
	}
	var l layout
	err = c.opening(ctx, func(ctx context.Context) error {
		l, err = c.ensure(ctx, o)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	j := &Journal{Client: c, layout: l, patience: o.Patience, places: newPlaces(), notes: &notes{by: rand.Text()}}
	if j.notes.kv, err = c.bucket(ctx, noteBucket, 0); err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	j.life, j.end = context.WithCancel(context.Background())
	return j, nil
}

// Close stops the journal, and leaves the connection open: later calls fail
// with table.ErrStopped, and so do those under way. Closing twice is no error.
func (j *Journal) Close() error {
	j.end()
	return nil
}

// Forget implements table.Journal. Records leave by their age: to remove those
// of one subject costs a server more than to store them for a while.
func (j *Journal) Forget(ctx context.Context, id table.ID) error {
	if j.life.Err() != nil {
		return table.ErrStopped
	}
	j.places.forget(id)
	return ctx.Err()
}

// within returns a context that also ends with the journal.
func (j *Journal) within(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(j.life, cancel)
	return ctx, func() { stop(); cancel() }
}

// cause is what ended a call: the journal's end, or the caller's context.
func (j *Journal) cause(ctx context.Context, err error) error {
	if j.life.Err() != nil {
		return table.ErrStopped
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// How long one question to a leader may take, and how long to wait before the
// next one.
const (
	attemptTime = time.Second
	firstPause  = 10 * time.Millisecond
	lastPause   = 500 * time.Millisecond
)

// errAgain means that a try has shown nothing, and another may.
var errAgain = errors.New("nothing is known yet")

// persist tries until it works, or fails for good, or the patience is at an
// end. A try that fails with an error wrapping errAgain is made again.
func (j *Journal) persist(ctx context.Context, try func(context.Context) error) error {
	ctx, cancel := j.within(ctx)
	defer cancel()
	deadline := time.Now().Add(j.patience)
	pause := firstPause
	for {
		err := j.attempt(ctx, try)
		if j.nc.IsClosed() && err != nil {
			return table.ErrStopped
		}
		if err == nil || !errors.Is(err, errAgain) || time.Now().After(deadline) {
			return err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return err
		}
		pause = min(2*pause, lastPause)
	}
}

func (j *Journal) attempt(ctx context.Context, try func(context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, attemptTime)
	defer cancel()
	return try(ctx)
}
