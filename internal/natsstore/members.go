package natsstore

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"kibitz/internal/cluster"
)

// memberBucket has a key for each node that is or was alive. What a node last
// said is kept for some days: when a whole cluster was away, clocks are
// credited from then on.
const (
	memberBucket = "kibitz_members"
	memberLife   = 72 * time.Hour
)

// Members is a cluster.Members in a bucket of JetStream.
type Members struct{ kv jetstream.KeyValue }

var _ cluster.Members = Members{}

// OpenMembers finds the members of the cluster, or makes the place for them.
func (c *Client) OpenMembers(ctx context.Context) (Members, error) {
	kv, err := c.bucket(ctx, memberBucket, memberLife)
	if err != nil {
		return Members{}, fmt.Errorf("open the members: %w", err)
	}
	return Members{kv}, nil
}

// Renew implements cluster.Members.
func (m Members) Renew(ctx context.Context, n cluster.Node) error {
	b, err := json.Marshal(n)
	if err != nil {
		return err
	}
	if _, err := m.kv.Put(ctx, string(n.ID), b); err != nil {
		return fmt.Errorf("renew %s: %w", n.ID, err)
	}
	return nil
}

// Leave implements cluster.Members.
func (m Members) Leave(ctx context.Context, id cluster.NodeID) error {
	if err := m.kv.Delete(ctx, string(id)); err != nil {
		return fmt.Errorf("take %s off the list: %w", id, err)
	}
	return nil
}

// Watch implements cluster.Members. What makes no sense is left out.
func (m Members) Watch(ctx context.Context) iter.Seq2[[]cluster.Sign, error] {
	return func(yield func([]cluster.Sign, error) bool) {
		for entries, err := range watch(ctx, m.kv) {
			var signs []cluster.Sign
			for _, e := range entries {
				s := cluster.Sign{Node: cluster.Node{ID: cluster.NodeID(e.Key())}, At: e.Created(), Left: e.Operation() != jetstream.KeyValuePut}
				if s.Left || json.Unmarshal(e.Value(), &s.Node) == nil {
					signs = append(signs, s)
				}
			}
			if !yield(signs, err) || err != nil {
				return
			}
		}
	}
}
