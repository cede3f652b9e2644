package server

import (
	"context"
	"encoding/json"
	"time"

	"kibitz/internal/cluster"
)

// LagSubject is where app servers say every gateway.ListsEvery how far the archive
// is behind.
const LagSubject = "lag"

// Lag is what the database has not got of the partitions of one app server.
type Lag struct {
	Node cluster.NodeID `json:"node"`
	// Known is false until the database has said how far it is.
	Known bool `json:"known"`
	// Seconds is how old the oldest record is, 0 where there is none, as of the last
	// look: what was stored up to 20 s ago may still count.
	Seconds float64 `json:"seconds"`
	// Partitions is how many wait.
	Partitions int `json:"partitions"`
	// KeptSeconds is how long the journal keeps a record; 0 is for ever.
	KeptSeconds float64 `json:"keptSeconds"`
	// Refused says that there are no new games for it.
	Refused bool `json:"refused"`
}

// lagBuffer is how many messages may wait to be read.
const lagBuffer = 4096

// HearLag listens until all of some app servers have said how far the archive is
// behind, or some time has passed, and returns what was said.
func HearLag(ctx context.Context, bus cluster.Bus, of []cluster.NodeID, most time.Duration) ([]Lag, error) {
	said, err := bus.Subscribe(LagSubject, lagBuffer)
	if err != nil {
		return nil, err
	}
	defer said.Close()
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	waiting := make(map[cluster.NodeID]bool)
	for _, id := range of {
		waiting[id] = true
	}
	var all []Lag
	for len(waiting) > 0 {
		msg, err := said.Next(ctx)
		if err != nil {
			break // the rest does not say
		}
		var one Lag
		if json.Unmarshal(msg.Data, &one) == nil && waiting[one.Node] {
			delete(waiting, one.Node)
			all = append(all, one)
		}
	}
	return all, nil
}
