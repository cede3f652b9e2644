package natsstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"kibitz/internal/table"
)

// getRequest asks for messages of a stream.
type getRequest struct {
	// Seq is the first that may be returned, LastFor asks for the last with a
	// subject and NextFor for the next ones.
	Seq     uint64 `json:"seq,omitempty"`
	LastFor string `json:"last_by_subj,omitempty"`
	NextFor string `json:"next_by_subj,omitempty"`
	// Batch and MaxBytes bound a page; a leader answers with one message.
	Batch    int `json:"batch,omitempty"`
	MaxBytes int `json:"max_bytes,omitempty"`
}

// message is one append as stored.
type message struct {
	seq    uint64
	header nats.Header
	data   []byte
	// at is when it was stored, where a leader said so.
	at time.Time
}

// records returns those with numbers over after.
func (m message) records(after table.Seq) ([]table.Record, error) {
	var records []table.Record
	b, err := m.content()
	if err == nil {
		records, err = table.DecodeBatch(nil, b, after)
	}
	if err == nil && after == 0 && len(records) == 0 {
		err = errors.New("no record")
	}
	if err != nil {
		return nil, fmt.Errorf("%w: message %d: %w", table.ErrDamaged, m.seq, err)
	}
	return records, nil
}

// errNoMessage: the leader has no such message.
var errNoMessage = errors.New("no such message")

// answer is what a leader says.
type answer struct {
	Message *struct {
		Seq    uint64    `json:"seq"`
		Header []byte    `json:"hdrs"`
		Data   []byte    `json:"data"`
		At     time.Time `json:"time"`
	} `json:"message"`
	Error *jetstream.APIError `json:"error"`
}

// ask gets one message from the leader of a stream, which other replicas may
// not have yet: errNoMessage is the truth of a moment during the call, unless
// the leader was deposed meanwhile and does not know. Whoever acts on that must
// do so with an expectation. What may pass by itself wraps errAgain.
func (j *Journal) ask(ctx context.Context, stream string, r getRequest) (message, error) {
	request, err := json.Marshal(r)
	if err != nil {
		return message{}, err
	}
	reply, err := j.nc.RequestWithContext(ctx, "$JS.API.STREAM.MSG.GET."+stream, request)
	if err != nil {
		return message{}, fmt.Errorf("%w: %w", errAgain, err)
	}
	var a answer
	if err := json.Unmarshal(reply.Data, &a); err != nil {
		return message{}, fmt.Errorf("%w: %w", errAgain, err)
	}
	if a.Error != nil && a.Error.ErrorCode == jetstream.JSErrCodeMessageNotFound {
		return message{}, errNoMessage
	}
	if a.Error != nil {
		return message{}, fmt.Errorf("%w: %w", errAgain, a.Error)
	}
	if a.Message == nil {
		return message{}, fmt.Errorf("%w: an empty answer", errAgain)
	}
	m := message{seq: a.Message.Seq, data: a.Message.Data, at: a.Message.At}
	if len(a.Message.Header) > 0 {
		if m.header, err = nats.DecodeHeadersMsg(a.Message.Header); err != nil {
			return message{}, fmt.Errorf("%w: headers of message %d: %w", table.ErrDamaged, m.seq, err)
		}
	}
	return m, nil
}
