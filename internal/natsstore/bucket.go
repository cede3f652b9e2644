package natsstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// bucket finds a bucket, or makes it, on three servers where there are as many.
func (c *Client) bucket(ctx context.Context, name string, life time.Duration) (kv jetstream.KeyValue, err error) {
	err = c.opening(ctx, func(ctx context.Context) error {
		kv, err = c.js.KeyValue(ctx, name)
		if !errors.Is(err, jetstream.ErrBucketNotFound) {
			return err
		}
		replicas := 1
		if len(c.nc.Servers()) >= 3 {
			replicas = 3
		}
		kv, err = c.js.CreateKeyValue(ctx, jetstream.KeyValueConfig{
			Bucket: name, History: 1, TTL: life, Storage: jetstream.FileStorage, Replicas: replicas,
		})
		if errors.Is(err, jetstream.ErrBucketExists) { // another node was faster
			kv, err = c.js.KeyValue(ctx, name)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("bucket %s: %w", name, err)
	}
	return kv, nil
}

// How long to try to open something while the servers elect a leader, and how
// long one try may take.
const (
	openTime = 30 * time.Second
	openTry  = 3 * time.Second
)

// opening tries until it works, or for long enough.
func (c *Client) opening(ctx context.Context, try func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, openTime)
	defer cancel()
	for {
		limited, cancel := context.WithTimeout(ctx, openTry)
		err := try(limited)
		cancel()
		if err == nil || errors.Is(err, errMisfit) {
			return err
		}
		select {
		case <-time.After(lastPause):
		case <-ctx.Done():
			return err
		}
	}
}

// errWatchLost: the servers have ended a watch.
var errWatchLost = errors.New("the watch has ended")

// watch yields all entries of a bucket that are there, perhaps none, and then
// those that change, deletions included, until ctx is done.
func watch(ctx context.Context, kv jetstream.KeyValue) iter.Seq2[[]jetstream.KeyValueEntry, error] {
	return func(yield func([]jetstream.KeyValueEntry, error) bool) {
		w, err := kv.WatchAll(ctx)
		if err != nil {
			if ctx.Err() == nil {
				yield(nil, err)
			}
			return
		}
		defer func() { _ = w.Stop() }()
		b := batcher{updates: w.Updates(), done: ctx.Done()}
		for {
			batch, ok := b.next()
			switch {
			case ctx.Err() != nil:
				return
			case !ok:
				yield(nil, errWatchLost)
				return
			case !yield(batch, nil):
				return
			}
		}
	}
}

// batcher puts entries together that come at the same time.
type batcher struct {
	updates <-chan jetstream.KeyValueEntry
	done    <-chan struct{}
	begun   bool // the entries that were there have come
}

// next returns at first all that was there, and later at least one entry. It is
// false when the updates or the context have ended.
func (b *batcher) next() (batch []jetstream.KeyValueEntry, ok bool) {
	for {
		if b.begun && len(batch) > 0 {
			select {
			case e, open := <-b.updates:
				if !open || e == nil {
					return batch, true
				}
				batch = append(batch, e)
				continue
			default:
				return batch, true
			}
		}
		select {
		case e, open := <-b.updates:
			switch {
			case !open:
				return nil, false
			case e != nil && (b.begun || e.Operation() == jetstream.KeyValuePut):
				batch = append(batch, e)
			case e == nil && !b.begun:
				b.begun = true
				return batch, true
			}
		case <-b.done:
			return nil, false
		}
	}
}
