package httpapi

import (
	"encoding/binary"
	"fmt"
)

// The kinds of frames (RFC 6455 5.2).
const (
	opMore   = 0x0
	opText   = 0x1
	opBinary = 0x2
	opClose  = 0x8
	opPing   = 0x9
	opPong   = 0xA
)

// The bits of the first two bytes of a frame.
const (
	finBit      = 0x80
	reservedBit = 0x70
	opBits      = 0x0f
	maskBit     = 0x80
	sizeBits    = 0x7f
)

// maxControl is the longest payload of a close, a ping or a pong.
const maxControl = 125

// Codes of RFC 6455 7.4.1 and its registry.
const (
	closeNormal   = 1000
	closeProtocol = 1002
	closePolicy   = 1008
	closeTooLarge = 1009
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

// appendFrame appends a whole frame of a server, which is never masked.
func appendFrame(dst []byte, op byte, payload []byte) []byte {
	dst = append(dst, finBit|op)
	switch n := len(payload); {
	case n <= maxControl:
		dst = append(dst, byte(n))
	case n <= 0xffff:
		dst = binary.BigEndian.AppendUint16(append(dst, 126), uint16(n))
	default:
		dst = binary.BigEndian.AppendUint64(append(dst, 127), uint64(n))
	}
	return append(dst, payload...)
}

// closePayload is what a close frame says.
func closePayload(code uint16, reason string) []byte {
	return append(binary.BigEndian.AppendUint16(nil, code), reason...)
}

// frameHead is the start of a client's frame.
type frameHead struct {
	fin  bool
	op   byte
	size int
	mask [4]byte
	// bytes is how long the head itself is.
	bytes int
}

// parseHead reads the head of the frame at the start of b. With too few bytes
// for that, ok is false. The error is a closing.
func parseHead(b []byte) (h frameHead, ok bool, err error) {
	if len(b) < 2 {
		return h, false, nil
	}
	h = frameHead{fin: b[0]&finBit != 0, op: b[0] & opBits, size: int(b[1] & sizeBits), bytes: 2}
	if err := h.check(b[0], b[1]); err != nil {
		return h, false, err
	}
	switch {
	case h.size == 126 && len(b) >= 4:
		h.size, h.bytes = int(binary.BigEndian.Uint16(b[2:])), 4
	case h.size == 127 && len(b) >= 10:
		n := binary.BigEndian.Uint64(b[2:])
		h.size, h.bytes = int(min(n, maxMessage+1)), 10
	case h.size > maxControl:
		return h, false, nil
	}
	if h.size > maxMessage {
		return h, false, closing{closeTooLarge, "the message is too large"}
	}
	if len(b) < h.bytes+4 {
		return h, false, nil
	}
	h.bytes += copy(h.mask[:], b[h.bytes:])
	return h, true, nil
}

// check looks for what the first two bytes may not say.
func (h frameHead) check(first, second byte) error {
	control := h.op >= opClose
	switch {
	case first&reservedBit != 0:
		return closing{closeProtocol, "no extension was agreed on"}
	case second&maskBit == 0:
		return closing{closeProtocol, "a client masks its frames"}
	case h.op > opBinary && !control, h.op > opPong:
		return closing{closeProtocol, "unknown kind of frame"}
	case control && (!h.fin || h.size > maxControl):
		return closing{closeProtocol, "a control frame is short and whole"}
	}
	return nil
}

// unmask undoes the mask of a payload.
func unmask(payload []byte, mask [4]byte) {
	word := binary.LittleEndian.Uint32(mask[:])
	twice := uint64(word) | uint64(word)<<32
	for len(payload) >= 8 {
		binary.LittleEndian.PutUint64(payload, binary.LittleEndian.Uint64(payload)^twice)
		payload = payload[8:]
	}
	for i := range payload {
		payload[i] ^= mask[i&3]
	}
}
