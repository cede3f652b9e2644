package httpapi

import (
	"fmt"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/wire"
)

// receive does what one frame asks for.
func (s *socket) receive(frame []byte, now time.Time) {
	m, ref, err := wire.Decode(frame)
	if wait := s.limit(m, now); wait > 0 {
		s.refuse(ref, wire.RetryIn{Err: wire.ErrTooFast, Wait: max(wait, time.Millisecond)})
		return
	}
	if err == nil {
		err = s.do(m, frame, now)
	}
	if err != nil {
		s.refuse(ref, err)
	}
}

// do does what a message asks for, here or on the node that it is for, or
// returns why not.
func (s *socket) do(m wire.Message, frame []byte, now time.Time) error {
	switch m := m.(type) {
	case wire.Ping:
		s.notify(wire.Pong{At: m.At, NowMillis: now.UnixMilli()})
		return nil
	case wire.Act:
		if s.user == nil {
			return account.ErrNotSignedIn
		}
		s.acted.Store(true)
	case wire.Join:
		if !s.follow(m.Table) {
			return fmt.Errorf("%w: one socket follows at most %d tables; leave one", wire.ErrNotAllowed, wire.MaxTables)
		}
	case wire.Leave:
		s.unfollow(m.Table)
	}
	if s.away != nil {
		if _, ofTable := tableOf(m); !ofTable {
			s.lobbied.Store(true)
		}
		if to, err := s.hub.peers.place(m); err != nil || to != "" {
			return s.forward(to, frame, err)
		}
	}
	return s.visitor.do(m, now, s.lag.Mean())
}

// gone lets go of everything that hangs on the socket.
func (s *socket) gone() {
	s.hub.remove(s)
	if s.away != nil {
		s.away.close()
	}
	s.visitor.gone()
}
