package natsstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/nats-io/nats.go/jetstream"

	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

// noteBucket has a key for each partition: which of its tables ran as of a
// message of its stream. Whoever takes the partition over reads these, and what
// came after, rather than the whole journal. A note may be old, and costs more to
// read then; it is never wrong, as only the owner of the partition can write it.
const (
	noteBucket = "kibitz_running"
	notePrefix = "partition."
)

// note is what is stored of a partition.
type note struct {
	// MadeAt is when the stream was made, in Unix nanoseconds: a note about
	// another one says nothing.
	MadeAt int64 `json:"made"`
	// By names the life of the node that wrote the note.
	By string `json:"by"`
	// At is the last message of the stream that the note knows of, and Tables
	// are those that may have run then. All others with messages up to it were
	// over.
	At     uint64     `json:"at"`
	Tables []table.ID `json:"tables,omitempty"`
}

// notes are the notes of the cluster, as one node knows them.
type notes struct {
	kv jetstream.KeyValue
	by string

	mu  sync.Mutex
	all [table.Partitions]noted
}

// noted is what a node knows of the note of a partition.
type noted struct {
	// revision is that of the note, if the node owns it.
	revision uint64
	// owned says that the note is this node's to write.
	owned bool
	// known is the last message of the partition that the node knows of: it has
	// written it, or read it when it took the partition over.
	known uint64
	// stored is what known was when the note was written.
	stored uint64
}

func noteKey(partition int) string { return notePrefix + strconv.Itoa(partition) }

// saw notes that the node knows a message of a partition.
func (n *notes) saw(partition int, seq uint64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	p := &n.all[partition]
	p.known = max(p.known, seq)
}

// openNote reads the note of a partition, and makes it this node's: whatever a former
// owner writes after that conflicts.
func (j *Journal) openNote(ctx context.Context, partition int) (was note, err error) {
	err = j.persist(ctx, func(ctx context.Context) error {
		was = note{}
		var revision uint64
		entry, err := j.notes.kv.Get(ctx, noteKey(partition))
		switch {
		case errors.Is(err, jetstream.ErrKeyNotFound):
		case err != nil:
			return fmt.Errorf("%w: %w", errAgain, err)
		default:
			revision = entry.Revision()
			if json.Unmarshal(entry.Value(), &was) != nil {
				was = note{} // then everything is read
			}
		}
		revision, err = j.putNote(ctx, partition, was, revision)
		if err != nil {
			return fmt.Errorf("%w: %w", errAgain, err)
		}
		j.notes.mu.Lock()
		defer j.notes.mu.Unlock()
		p := &j.notes.all[partition]
		p.revision, p.owned, p.stored = revision, true, was.At
		return nil
	})
	if was.MadeAt != j.made[j.of(partition)].UnixNano() {
		was = note{}
	}
	return was, err
}

// putNote writes a note if it was not changed since.
func (j *Journal) putNote(ctx context.Context, partition int, n note, revision uint64) (uint64, error) {
	n.By = j.notes.by
	b, err := json.Marshal(n)
	if err != nil {
		return 0, err
	}
	next, err := j.notes.kv.Update(ctx, noteKey(partition), b, revision)
	switch codeOf(err) {
	case jetstream.JSErrCodeStreamWrongLastSequence, jetstream.JSErrCodeStreamWrongLastSequenceConstant:
		return 0, fmt.Errorf("%w: the note of partition %d", cluster.ErrTaken, partition)
	}
	return next, err
}

// Note stores which tables of a partition may be running, for whoever takes it
// over: all others that this node has written to, or read when it took the
// partition over, must be over. The function is called once, if at all: it must
// name every table that this node has stored a record of by then. Its error ends
// the call. Only the node that took the partition over last can; for others it fails with
// cluster.ErrTaken.
func (j *Journal) Note(ctx context.Context, partition int, running func() ([]table.ID, error)) error {
	if err := partitionOf(partition); err != nil {
		return err
	}
	j.notes.mu.Lock()
	p := j.notes.all[partition]
	j.notes.mu.Unlock()
	switch {
	case !p.owned:
		return fmt.Errorf("%w: the note of partition %d", cluster.ErrTaken, partition)
	case p.known == p.stored:
		return nil
	}
	tables, err := running()
	if err != nil {
		return err
	}
	n := note{MadeAt: j.made[j.of(partition)].UnixNano(), At: p.known, Tables: tables}
	limited, cancel := context.WithTimeout(ctx, attemptTime)
	defer cancel()
	revision, err := j.replaceNote(limited, partition, n, p.revision)
	j.notes.mu.Lock()
	defer j.notes.mu.Unlock()
	if now := &j.notes.all[partition]; err == nil && now.revision == p.revision {
		now.revision, now.stored = revision, n.At
	} else if errors.Is(err, cluster.ErrTaken) && now.revision == p.revision {
		now.owned = false
	}
	if err != nil {
		return j.cause(ctx, fmt.Errorf("note of partition %d: %w", partition, err))
	}
	return nil
}

// replaceNote writes a note over the one that this node wrote before, perhaps
// without having heard that it was stored.
func (j *Journal) replaceNote(ctx context.Context, partition int, n note, revision uint64) (uint64, error) {
	next, err := j.putNote(ctx, partition, n, revision)
	if !errors.Is(err, cluster.ErrTaken) {
		return next, err
	}
	entry, unread := j.notes.kv.Get(ctx, noteKey(partition))
	if unread != nil {
		return 0, unread
	}
	var was note
	if json.Unmarshal(entry.Value(), &was) != nil || was.By != j.notes.by || entry.Revision() <= revision {
		return 0, err
	}
	return j.putNote(ctx, partition, n, entry.Revision())
}
