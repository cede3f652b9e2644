package httpapi

import (
	"encoding/binary"
	"errors"
	"os"
	"time"

	"kibitz/internal/wire"
)

// errHangUp ends the reading of a socket that was closed as it should be.
var errHangUp = errors.New("hung up")

// serve reads the socket until its end, and then lets go of it.
func (s *socket) serve() {
	defer s.hub.readers.Done()
	defer s.gone()
	now := time.Now()
	s.touch(now)
	s.notify(wire.Hello{Protocol: wire.Protocol, Build: s.hub.build, NowMillis: now.UnixMilli(), User: wire.UserOf(s.user)})
	s.end(s.read())
}

// read takes what comes until an error.
func (s *socket) read() error {
	in := inflow{take: s.take}
	for {
		b, err := s.pipe.read()
		if err != nil {
			return err
		}
		err = in.feed(*b)
		s.pipe.done(b)
		if err != nil {
			return err
		}
	}
}

// end closes a socket for a reason.
func (s *socket) end(why error) {
	var c closing
	switch {
	case errors.As(why, &c):
		s.close(c.code, c.reason)
	case errors.Is(why, os.ErrDeadlineExceeded):
		s.close(closeNormal, "nothing came for too long")
	default:
		_ = s.pipe.Close()
	}
}

// take does one message or control frame.
func (s *socket) take(op byte, payload []byte) error {
	now := time.Now()
	s.touch(now)
	switch op {
	case opText:
		s.receive(payload, now)
	case opPing:
		if s.limit(nil, now) == 0 {
			s.write(opPong, payload)
		}
	case opPong:
		s.pong(payload)
	case opClose:
		return s.farewell(payload)
	}
	return nil
}

// farewell answers the close frame of a client, with the code of an
// application repeated (RFC 6455 7.4.2).
func (s *socket) farewell(payload []byte) error {
	if len(payload) == 0 {
		_ = s.pipe.send(opClose, nil)
		_ = s.pipe.Close()
		return errHangUp
	}
	if len(payload) == 1 {
		return closing{closeProtocol, "a code has two bytes"}
	}
	switch code := binary.BigEndian.Uint16(payload); {
	case code >= 3000 && code < 5000:
		return closing{code, ""}
	case code < 1000, code > 1013, code >= 1004 && code <= 1006:
		return closing{closeProtocol, "no such code"}
	}
	return closing{closeNormal, ""}
}
