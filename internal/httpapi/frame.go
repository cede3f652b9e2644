package httpapi

import (
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/gobwas/ws"
)

// The kinds of frames.
const (
	opMore  = byte(ws.OpContinuation)
	opText  = byte(ws.OpText)
	opClose = byte(ws.OpClose)
	opPing  = byte(ws.OpPing)
	opPong  = byte(ws.OpPong)
)

// Codes with which a socket is closed.
const (
	closeNormal   = uint16(ws.StatusNormalClosure)
	closeProtocol = uint16(ws.StatusProtocolError)
	closePolicy   = uint16(ws.StatusPolicyViolation)
	closeTooLarge = uint16(ws.StatusMessageTooBig)
	// These two are of the registry of RFC 6455 and not of its text.
	closeRestart  = 1012
	closeTryAgain = 1013
)

// closing is an error that ends a socket with a code and a reason, which is at
// most 123 bytes.
type closing struct {
	code   uint16
	reason string
}

func (c closing) Error() string { return fmt.Sprintf("close %d: %s", c.code, c.reason) }

// outflow collects the frames of one write.
type outflow struct {
	b    []byte
	head [ws.MaxHeaderSize]byte
}

// outflows serve all sockets: each has one only while it writes.
var outflows = sync.Pool{New: func() any { return &outflow{b: make([]byte, 0, bufferBytes)} }}

// Write implements io.Writer for the library.
func (o *outflow) Write(p []byte) (int, error) {
	o.b = append(o.b, p...)
	return len(p), nil
}

// frame adds a whole frame of a server, which is never masked.
func (o *outflow) frame(op byte, payload []byte) {
	h := ws.Header{Fin: true, OpCode: ws.OpCode(op), Length: int64(len(payload))}
	if err := ws.WriteHeaderBuffer(o, h, o.head[:]); err != nil {
		panic("httpapi: a frame that cannot be: " + err.Error()) // Write never fails, and no length is negative
	}
	o.b = append(o.b, payload...)
}

// done gives an outflow back, unless it has grown.
func (o *outflow) done() {
	if cap(o.b) <= bufferBytes {
		o.b = o.b[:0]
		outflows.Put(o)
	}
}

// appendFrame appends a whole frame of a server.
func appendFrame(dst []byte, op byte, payload []byte) []byte {
	o := outflow{b: dst}
	o.frame(op, payload)
	return o.b
}

// closePayload is what a close frame says.
func closePayload(code uint16, reason string) []byte {
	return append(binary.BigEndian.AppendUint16(nil, code), reason...)
}
