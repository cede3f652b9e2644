package natsstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"kibitz/internal/table"
)

// trailLength is how many messages of a table are found by going back from one to
// the one before. To look for a subject, a server goes through all that lies
// between its messages: at a table of a busy stream that costs more than to ask
// for each by its number.
const trailLength = 256

// trail returns the messages of a table from the last one back, in order: as far
// as the one after which they are wanted, or as far as they can be followed.
func (j *Journal) trail(ctx context.Context, id table.ID, last message, after table.Seq) ([]message, error) {
	all := []message{last}
	for len(all) < trailLength {
		first := all[len(all)-1]
		records, err := first.records(0)
		if err != nil {
			return nil, err
		}
		if records[0].Table != id {
			return nil, fmt.Errorf("%w: message %d is of table %s, not %s", table.ErrDamaged, first.seq, records[0].Table, id)
		}
		before, err := strconv.ParseUint(first.header.Get(jetstream.ExpectedLastSubjSeqHeader), 10, 64)
		if records[0].Seq <= after+1 || err != nil || before == 0 || before >= first.seq {
			break
		}
		m, err := j.single(ctx, j.stream(id.Partition()), before)
		if errors.Is(err, errNoMessage) { // it has expired
			break
		}
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	slices.Reverse(all)
	return all, nil
}

// single returns a message by its number: from any replica, and only if that has
// not got it, or one may not answer, from the leader.
func (j *Journal) single(ctx context.Context, stream string, seq uint64) (m message, err error) {
	err = j.persist(ctx, func(ctx context.Context) error {
		if !j.doubt.is(time.Now()) {
			if m, err = j.directly(ctx, stream, seq); err == nil {
				return nil
			}
		}
		m, err = j.ask(ctx, stream, getRequest{Seq: seq})
		return err
	})
	return m, err
}

func (j *Journal) directly(ctx context.Context, stream string, seq uint64) (message, error) {
	ctx, cancel := context.WithTimeout(ctx, peekTime)
	defer cancel()
	request, err := json.Marshal(getRequest{Seq: seq})
	if err != nil {
		return message{}, err
	}
	msg, err := j.nc.RequestWithContext(ctx, "$JS.API.DIRECT.GET."+stream, request)
	if err != nil {
		j.doubt.cast(time.Now())
		return message{}, err
	}
	if got, err := number(msg, "Nats-Sequence"); err != nil || got != seq || msg.Header.Get("Status") != "" {
		return message{}, errNoMessage
	}
	return message{seq: seq, header: msg.Header, data: msg.Data}, nil
}
