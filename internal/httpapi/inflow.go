package httpapi

import (
	"bytes"
	"errors"
	"io"

	"github.com/gobwas/ws"
)

// inflow makes messages of the bytes that a client sends. It keeps memory only
// while a frame, or a message of several, is on its way.
type inflow struct {
	// rest is the start of a frame whose end has not come.
	rest []byte
	// parts is what has come of a message in several frames, while split.
	parts []byte
	split bool
	// take gets every message and every control frame; what it is given is
	// good until it returns.
	take func(op byte, payload []byte) error

	source  bytes.Reader
	scratch [ws.MaxHeaderSize]byte
}

// feed takes the next bytes, which it may change. An error is a closing, or
// one of take.
func (in *inflow) feed(b []byte) error {
	own := in.rest != nil
	if own {
		b = append(in.rest, b...)
		in.rest = nil
	}
	for len(b) > 0 {
		h, ok, err := in.head(b)
		if err != nil {
			return err
		}
		size := ws.HeaderSize(h)
		if !ok || len(b)-size < int(h.Length) {
			if !own {
				b = append([]byte(nil), b...)
			}
			in.rest = b
			return nil
		}
		payload := b[size : size+int(h.Length)]
		b, own = b[size+int(h.Length):], false
		ws.Cipher(payload, h.Mask, 0)
		if err := in.frame(h, payload); err != nil {
			return err
		}
	}
	return nil
}

// head reads the head of the frame at the start of b. With too few bytes for
// that, ok is false. The error is a closing.
func (in *inflow) head(b []byte) (h ws.Header, ok bool, err error) {
	in.source.Reset(b)
	h, err = ws.ReadHeaderBuffer(&in.source, in.scratch[:])
	in.source.Reset(nil)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return h, false, nil
	case err != nil:
		return h, false, closing{closeProtocol, err.Error()}
	}
	state := ws.StateServerSide
	if in.split {
		state = state.Set(ws.StateFragmented)
	}
	if err := ws.CheckHeader(h, state); err != nil {
		return h, false, closing{closeProtocol, err.Error()}
	}
	if h.Length > maxMessage {
		return h, false, closing{closeTooLarge, "the message is too large"}
	}
	return h, true, nil
}

// frame takes one whole frame, whose head was checked.
func (in *inflow) frame(h ws.Header, payload []byte) error {
	switch {
	case h.OpCode.IsControl():
		return in.take(byte(h.OpCode), payload)
	case h.Fin && !in.split:
		return in.take(opText, payload)
	case len(in.parts)+len(payload) > maxMessage:
		return closing{closeTooLarge, "the message is too large"}
	}
	in.parts, in.split = append(in.parts, payload...), true
	if !h.Fin {
		return nil
	}
	whole := in.parts
	in.parts, in.split = nil, false
	return in.take(opText, whole)
}
