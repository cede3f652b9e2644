package natsstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"kibitz/internal/table"
)

// How the journal lies in JetStream: partition p belongs to stream p modulo the
// number of streams, and a table has the subject table.<stream>.<partition>.<id>.
// The number of streams is stored with each of them, and never changes: what
// was written under another number would not be found.
const (
	defaultStreams = 4
	streamsKey     = "kibitz.streams"
)

// MaxStreams is how many streams a journal has at most.
const MaxStreams = 16

// errMisfit: what is there is not what was asked for, and waiting does not help.
var errMisfit = errors.New("the stored journal does not fit")

// layout says where tables lie, and how long.
type layout struct {
	streams int
	maxAge  time.Duration
	// made is when each stream was made.
	made []time.Time
}

func (l layout) of(partition int) int { return partition % l.streams }

func streamName(s int) string { return "TABLES_" + strconv.Itoa(s) }

func (l layout) stream(partition int) string { return streamName(l.of(partition)) }

// subject is that of one table.
func (l layout) subject(id table.ID) string {
	p := id.Partition()
	return fmt.Sprintf("table.%d.%d.%s", l.of(p), p, id)
}

// subjects matches those of every table of a partition.
func (l layout) subjects(partition int) string {
	return fmt.Sprintf("table.%d.%d.*", l.of(partition), partition)
}

// streamConfig is that of a new stream.
func (l layout) streamConfig(s, replicas int, maxAge time.Duration) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: streamName(s), Description: "the journal of Kibitz", Subjects: []string{fmt.Sprintf("table.%d.>", s)},
		Storage: jetstream.FileStorage, Replicas: replicas, MaxAge: maxAge, Discard: jetstream.DiscardNew,
		MaxMsgs: -1, MaxBytes: -1, MaxConsumers: -1, Duplicates: 100 * time.Millisecond,
		DenyDelete: true, DenyPurge: true, AllowDirect: true,
		Metadata: map[string]string{streamsKey: strconv.Itoa(l.streams)},
	}
}

// ensure finds the streams, or makes them.
func (c *Client) ensure(ctx context.Context, o JournalOptions) (layout, error) {
	l, err := c.stored(ctx)
	if err != nil {
		return l, err
	}
	if l.streams == 0 {
		l.streams, l.maxAge = o.Streams, o.MaxAge
		if l.streams == 0 {
			l.streams = defaultStreams
		}
	}
	if o.Streams != 0 && o.Streams != l.streams {
		return l, fmt.Errorf("%w: the journal has %d streams, not %d, and their number cannot change", errMisfit, l.streams, o.Streams)
	}
	for s := range l.streams {
		made, err := c.ensureStream(ctx, l.streamConfig(s, o.Replicas, o.MaxAge))
		if err != nil {
			return l, fmt.Errorf("stream %s: %w", streamName(s), err)
		}
		l.made = append(l.made, made)
	}
	return l, nil
}

// stored returns the layout of the journal that is there, if one is.
func (c *Client) stored(ctx context.Context) (layout, error) {
	first, err := c.js.Stream(ctx, streamName(0))
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return layout{}, nil
	}
	if err != nil {
		return layout{}, err
	}
	n, err := strconv.Atoi(first.CachedInfo().Config.Metadata[streamsKey])
	if err != nil || n < 1 || n > MaxStreams {
		return layout{}, fmt.Errorf("%w: %s was not made by Kibitz: its metadata has no %s", errMisfit, streamName(0), streamsKey)
	}
	return layout{streams: n, maxAge: first.CachedInfo().Config.MaxAge}, nil
}

// ensureStream makes a stream, unless it is there: an operator may have given it
// other limits or more replicas. It returns when the stream was made.
func (c *Client) ensureStream(ctx context.Context, cfg jetstream.StreamConfig) (time.Time, error) {
	s, err := c.js.Stream(ctx, cfg.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		s, err = c.js.CreateStream(ctx, cfg)
	}
	if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
		s, err = c.js.Stream(ctx, cfg.Name) // another node was faster
	}
	if err != nil {
		return time.Time{}, err
	}
	return s.CachedInfo().Created, nil
}
