package natsstore

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"kibitz/internal/cluster"
)

// busPrefix keeps the subjects of the bus apart from those of streams.
const busPrefix = "bus."

// subscribeWait is how long Subscribe waits for the server to have heard it.
const subscribeWait = time.Second

// Bus is a cluster.Bus over core NATS: what is published while no server
// answers is refused, and what is sent while a listener's server is lost does
// not come.
type Bus struct{ c *Client }

var _ cluster.Bus = Bus{}

// Bus returns the bus of the cluster. It lives as long as the connection.
func (c *Client) Bus() Bus { return Bus{c} }

// Publish implements cluster.Bus.
func (b Bus) Publish(subject string, data []byte) error {
	if err := cluster.CheckSubject(subject); err != nil {
		return err
	}
	if len(data) > cluster.MaxMessage {
		return cluster.ErrMessageTooLarge
	}
	return b.c.nc.Publish(busPrefix+subject, data)
}

// Subscribe implements cluster.Bus. What the node's own server publishes comes
// as soon as it returns; what others publish, a moment later.
func (b Bus) Subscribe(pattern string, buffer int) (cluster.Subscription, error) {
	if err := cluster.CheckPattern(pattern); err != nil {
		return nil, err
	}
	sub, err := b.c.nc.SubscribeSync(busPrefix + pattern)
	if err != nil {
		return nil, busError(err)
	}
	if err := sub.SetPendingLimits(max(1, buffer), -1); err != nil {
		return nil, busError(err)
	}
	// Without a server it is made when one is back.
	_ = b.c.nc.FlushTimeout(subscribeWait)
	return subscription{sub}, nil
}

type subscription struct{ sub *nats.Subscription }

// Next implements cluster.Subscription.
func (s subscription) Next(ctx context.Context) (cluster.Message, error) {
	for {
		msg, err := s.sub.NextMsgWithContext(ctx)
		switch {
		case err == nil:
			return cluster.Message{Subject: strings.TrimPrefix(msg.Subject, busPrefix), Data: msg.Data}, nil
		case errors.Is(err, nats.ErrSlowConsumer): // said once, and counted by Lost
			continue
		}
		return cluster.Message{}, busError(err)
	}
}

// busError says in the words of the port that a subscription is over.
func busError(err error) error {
	if errors.Is(err, nats.ErrBadSubscription) || errors.Is(err, nats.ErrConnectionClosed) {
		return cluster.ErrBusClosed
	}
	return err
}

// Lost implements cluster.Subscription.
func (s subscription) Lost() uint64 {
	n, err := s.sub.Dropped()
	if err != nil {
		return 0
	}
	return uint64(n)
}

// Close implements cluster.Subscription.
func (s subscription) Close() { _ = s.sub.Unsubscribe() }
