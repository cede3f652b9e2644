package natsstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
)

// ErrUnsafe: the servers acknowledge records that a loss of power may take
// away, or do not tell whether they do.
var ErrUnsafe = errors.New("the NATS servers may lose what they acknowledge")

// How to make ErrUnsafe go away.
const (
	setSync  = "set sync_interval: always in the jetstream block of every server, or take the risk with --unsafe-journal"
	letUsAsk = "let the system account export the service $SYS.REQ.SERVER.PING.JSZ to the account of Kibitz, or name a user of the system account, or take the risk with --unsafe-journal"
)

// askFor bounds how long the servers may take to say how they sync.
const askFor = 2 * time.Second

// syncReport is what one server says of its JetStream.
type syncReport struct {
	Server struct {
		Name string `json:"name"`
	} `json:"server"`
	Data struct {
		Disabled bool `json:"disabled"`
		Config   struct {
			SyncAlways bool `json:"sync_always"`
		} `json:"config"`
		Meta *struct {
			Size int `json:"cluster_size"`
		} `json:"meta_cluster"`
	} `json:"data"`
}

// checkSync returns how many servers there are, and ErrUnsafe when one of them
// does not sync what it stores before it acknowledges: by default JetStream
// syncs every 2 minutes.
func (c *Client) checkSync(ctx context.Context, o JournalOptions) (servers int, err error) {
	all, err := c.askSync(ctx, o.SystemURLs)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%w: none says whether it syncs: %s", ErrUnsafe, letUsAsk)
	}
	var lazy []string
	for _, r := range all {
		if !r.Data.Config.SyncAlways {
			lazy = append(lazy, r.Server.Name)
		}
		servers = max(servers, len(all), r.size())
	}
	if len(lazy) > 0 {
		err = fmt.Errorf("%w: %s: %s", ErrUnsafe, strings.Join(lazy, ", "), setSync)
	}
	if err == nil {
		return servers, nil
	}
	if !o.Unsafe {
		return 0, err
	}
	c.log.Warn("the journal is not safe from a loss of power", "err", err)
	return max(servers, len(c.nc.Servers())), nil
}

func (r syncReport) size() int {
	if r.Data.Meta == nil {
		return 1
	}
	return r.Data.Meta.Size
}

// askSync asks all servers at once, and returns those that answered and store
// anything. Servers that are down are not asked again.
func (c *Client) askSync(ctx context.Context, urls string) ([]syncReport, error) {
	nc := c.nc
	if urls != "" {
		var err error
		if nc, err = nats.Connect(urls, nats.Timeout(dialTimeout)); err != nil {
			return nil, fmt.Errorf("ask the NATS servers whether they sync: %w", err)
		}
		defer nc.Close()
	}
	inbox := nc.NewInbox()
	answers, err := nc.SubscribeSync(inbox)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answers.Unsubscribe() }()
	if err := nc.PublishRequest("$SYS.REQ.SERVER.PING.JSZ", inbox, nil); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	return collect(ctx, answers)
}

// collect returns when all servers of the cluster have answered, or no more do.
func collect(ctx context.Context, answers *nats.Subscription) ([]syncReport, error) {
	var all []syncReport
	heard, size := 0, 1
	for heard < size {
		msg, err := answers.NextMsgWithContext(ctx)
		if err != nil {
			return all, nil // silence is an answer
		}
		var r syncReport
		if msg.Header.Get("Status") != "" || json.Unmarshal(msg.Data, &r) != nil {
			return all, nil
		}
		heard++
		size = max(size, r.size())
		if !r.Data.Disabled {
			all = append(all, r)
		}
	}
	return all, nil
}
