package natsstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
)

// How much one page of messages holds. A page ends with the message that
// reaches pageBytes.
const (
	pageMessages = 1024
	pageBytes    = 4 << 20
)

// peekTime bounds a question to one replica: it may be the one that froze.
const peekTime = 300 * time.Millisecond

// peek returns the next message with a subject, from any replica.
func (j *Journal) peek(ctx context.Context, stream, subject string, from uint64) (message, error) {
	all, err := j.direct(ctx, stream, getRequest{Seq: from, NextFor: subject, Batch: 1})
	if err == nil && len(all) == 0 {
		err = errNoMessage
	}
	if err != nil {
		return message{}, err
	}
	return all[0], nil
}

// page returns the next messages with a subject, from any replica: it may be
// behind the leader, but has no gaps. What may pass by itself wraps errAgain.
func (j *Journal) page(ctx context.Context, stream, subject string, from uint64) ([]message, error) {
	return j.direct(ctx, stream, getRequest{Seq: from, NextFor: subject, Batch: pageMessages, MaxBytes: pageBytes})
}

func (j *Journal) direct(ctx context.Context, stream string, r getRequest) ([]message, error) {
	request, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	inbox := j.nc.NewInbox()
	answers, err := j.nc.SubscribeSync(inbox)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errAgain, err)
	}
	defer func() { _ = answers.Unsubscribe() }()
	if err := j.nc.PublishRequest("$JS.API.DIRECT.GET."+stream, inbox, request); err != nil {
		return nil, fmt.Errorf("%w: %w", errAgain, err)
	}
	all, err := j.receive(ctx, answers)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errAgain, err)
	}
	return all, nil
}

// receive takes the messages of a page. Each names the one before it, and the
// last line names the last one: what a connection lost on the way is noticed.
func (j *Journal) receive(ctx context.Context, answers *nats.Subscription) ([]message, error) {
	var all []message
	var last uint64
	for msg, err := j.first(ctx, answers); ; msg, err = answers.NextMsgWithContext(ctx) {
		if err != nil {
			return nil, err
		}
		status := msg.Header.Get("Status")
		if status == "404" {
			return nil, nil
		}
		if status != "" && status != "204" {
			return nil, fmt.Errorf("status %s %s", status, msg.Header.Get("Description"))
		}
		if before, err := number(msg, "Nats-Last-Sequence"); err != nil || before != last {
			return nil, errors.Join(err, errors.New("messages were lost on the way"))
		}
		if status == "204" {
			return all, nil
		}
		if last, err = number(msg, "Nats-Sequence"); err != nil {
			return nil, err
		}
		all = append(all, message{seq: last, header: msg.Header, data: msg.Data})
	}
}

// first waits for the first message, and not for long, unless it has been in vain
// just before: then a replica has perhaps much to go through.
func (j *Journal) first(ctx context.Context, answers *nats.Subscription) (*nats.Msg, error) {
	if j.doubt.is(time.Now()) {
		return answers.NextMsgWithContext(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, peekTime)
	defer cancel()
	msg, err := answers.NextMsgWithContext(ctx)
	if err != nil {
		j.doubt.cast(time.Now())
	}
	return msg, err
}

func number(msg *nats.Msg, header string) (uint64, error) {
	n, err := strconv.ParseUint(msg.Header.Get(header), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("header %s: %w", header, err)
	}
	return n, nil
}
