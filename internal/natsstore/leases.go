package natsstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

// leaseBucket has a key owner.<partition> for each that was ever assigned. The
// revision of the key is the epoch: it grows over any crash and is given by the
// leader of the bucket alone.
const (
	leaseBucket = "kibitz_leases"
	leasePrefix = "owner."
)

// Leases is a cluster.Leases in a bucket of JetStream.
type Leases struct{ kv jetstream.KeyValue }

var _ cluster.Leases = Leases{}

// leaseValue is a lease as stored.
type leaseValue struct {
	Owner cluster.NodeID `json:"owner"`
	// SeenAtMillis is 0 for a time that nobody knows.
	SeenAtMillis int64 `json:"seenAtMillis,omitempty"`
}

// OpenLeases finds the leases of the cluster, or makes them.
func (c *Client) OpenLeases(ctx context.Context) (Leases, error) {
	kv, err := c.bucket(ctx, leaseBucket, 0)
	if err != nil {
		return Leases{}, fmt.Errorf("open the leases: %w", err)
	}
	return Leases{kv}, nil
}

// Assign implements cluster.Leases.
func (l Leases) Assign(ctx context.Context, was cluster.Lease, to cluster.NodeID, seen time.Time) (cluster.Lease, error) {
	v := leaseValue{Owner: to}
	if !seen.IsZero() {
		v.SeenAtMillis = seen.UnixMilli()
	}
	b, err := json.Marshal(v)
	if err != nil {
		return cluster.Lease{}, err
	}
	epoch, err := l.kv.Update(ctx, leasePrefix+strconv.Itoa(was.Partition), b, was.Epoch)
	switch codeOf(err) {
	case jetstream.JSErrCodeStreamWrongLastSequence, jetstream.JSErrCodeStreamWrongLastSequenceConstant:
		return cluster.Lease{}, fmt.Errorf("%w: partition %d", cluster.ErrTaken, was.Partition)
	}
	if err != nil {
		return cluster.Lease{}, fmt.Errorf("assign partition %d: %w", was.Partition, err)
	}
	return v.lease(was.Partition, epoch), nil
}

// Read implements cluster.Leases.
func (l Leases) Read(ctx context.Context, partition int) (cluster.Lease, error) {
	e, err := l.kv.Get(ctx, leasePrefix+strconv.Itoa(partition))
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return cluster.Lease{Partition: partition}, nil
	}
	if err != nil {
		return cluster.Lease{}, fmt.Errorf("read the lease of partition %d: %w", partition, err)
	}
	return leaseOf(e)
}

func (v leaseValue) lease(partition int, epoch uint64) cluster.Lease {
	l := cluster.Lease{Partition: partition, Owner: v.Owner, Epoch: epoch}
	if v.SeenAtMillis != 0 {
		l.Seen = time.UnixMilli(v.SeenAtMillis).UTC()
	}
	return l
}

// Watch implements cluster.Leases.
func (l Leases) Watch(ctx context.Context) iter.Seq2[[]cluster.Lease, error] {
	return func(yield func([]cluster.Lease, error) bool) {
		for entries, err := range watch(ctx, l.kv) {
			var leases []cluster.Lease
			for _, e := range entries {
				var lease cluster.Lease
				if lease, err = leaseOf(e); err != nil {
					break
				}
				leases = append(leases, lease)
			}
			if !yield(leases, err) || err != nil {
				return
			}
		}
	}
}

// errForeign: a bucket holds what Kibitz did not put there.
var errForeign = errors.New("the bucket holds what is not a lease")

func leaseOf(e jetstream.KeyValueEntry) (cluster.Lease, error) {
	number, ok := strings.CutPrefix(e.Key(), leasePrefix)
	p, err := strconv.Atoi(number)
	if !ok || err != nil || p < 0 || p >= table.Partitions {
		return cluster.Lease{}, fmt.Errorf("%w: key %q", errForeign, e.Key())
	}
	var v leaseValue // of nobody, when the key was deleted by hand
	if e.Operation() == jetstream.KeyValuePut {
		if err := json.Unmarshal(e.Value(), &v); err != nil {
			return cluster.Lease{}, fmt.Errorf("%w: key %q: %w", errForeign, e.Key(), err)
		}
	}
	return v.lease(p, e.Revision()), nil
}
