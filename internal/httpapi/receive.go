package httpapi

import (
	"context"
	"fmt"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/lobby"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// lobbyTime bounds what a message to the lobby may wait for, such as a table
// being made.
const lobbyTime = 10 * time.Second

// receive does what one frame asks for.
func (s *socket) receive(frame []byte, now time.Time) {
	m, ref, err := wire.Decode(frame)
	if wait := s.limit(m, now); wait > 0 {
		s.refuse(ref, wire.RetryIn{Err: wire.ErrTooFast, Wait: max(wait, time.Millisecond)})
		return
	}
	if err == nil {
		err = s.do(m, now)
	}
	if err != nil {
		s.refuse(ref, err)
	}
}

// do does what a message asks for, or returns why not.
func (s *socket) do(m wire.Message, now time.Time) error {
	switch m := m.(type) {
	case wire.Act:
		return s.act(m, now)
	case wire.Ping:
		s.notify(wire.Pong{At: m.At, NowMillis: now.UnixMilli()})
		return nil
	case wire.Join:
		return s.join(m)
	case wire.Leave:
		s.leave(m)
		return nil
	}
	return s.doLobby(m)
}

func (s *socket) act(m wire.Act, now time.Time) error {
	if s.user == nil {
		return account.ErrNotSignedIn
	}
	s.acted.Store(true)
	actor := s.player()
	switch m.Type {
	case table.ActionRematch:
		if err := s.hub.mayPlay(*s.user, m.Table, errNoRematch); err != nil {
			return err
		}
	case table.ActionSit:
		if err := s.hub.mayPlay(*s.user, m.Table, errSeatKept); err != nil {
			return err
		}
		actor = s.hub.standing(actor, m.Table)
	case table.ActionChat:
		if err := s.hub.mayChat(*s.user, m.Table); err != nil {
			return err
		}
	}
	s.hub.host.Submit(table.Command{
		Table: m.Table, Actor: actor, ID: m.ID, At: now,
		Report: m.Report(s.lag.Mean()), Type: m.Type, Data: m.Data,
	}, s)
	return nil
}

func (s *socket) join(m wire.Join) error {
	if !s.follow(m.Table) {
		return fmt.Errorf("%w: one socket follows at most %d tables; leave one", wire.ErrNotAllowed, wire.MaxTables)
	}
	s.hub.host.Join(host.Join{Table: m.Table, User: s.player(), Conn: s, After: m.After, Watch: m.Watch})
	return nil
}

func (s *socket) leave(m wire.Leave) {
	s.unfollow(m.Table)
	s.hub.host.Leave(m.Table, s, host.Leaving{Bye: m.Bye})
}

// doLobby does what a message asks of the lobby.
func (s *socket) doLobby(m wire.Message) error {
	ctx, cancel := context.WithTimeout(s.hub.ctx, lobbyTime)
	defer cancel()
	if s.member == nil {
		s.member = &lobby.Member{Conn: s, Player: s.player()}
	}
	l := s.hub.lobby
	switch m := m.(type) {
	case wire.FollowLobby:
		if !m.On {
			l.Unfollow(s.member)
			return nil
		}
		l.Follow(ctx, s.member)
		return nil
	case wire.EnterPool:
		return l.EnterPool(ctx, s.member, m.Control, func() { s.notify(wire.Done{ID: m.ID}) })
	case wire.LeavePool:
		l.LeavePool(s.member)
		s.notify(wire.Done{ID: m.ID})
		return nil
	case wire.MakeSeek:
		return s.makeSeek(ctx, m)
	case wire.CancelSeek:
		return s.cancelSeek(m)
	case wire.TakeSeek:
		return l.Take(ctx, s.member, lobby.SeekID(m.Seek))
	}
	return fmt.Errorf("%w: %T", game.ErrMalformed, m)
}

func (s *socket) makeSeek(ctx context.Context, m wire.MakeSeek) error {
	id, err := s.hub.lobby.Seek(ctx, s.member, lobby.Offer{
		Kind: m.Kind, Setup: m.Setup, Control: m.Control, Seat: m.Color.Seat(), Rated: m.Rated,
		MinRating: m.MinRating, MaxRating: m.MaxRating,
	})
	if err == nil {
		s.notify(wire.Done{ID: m.ID, Seek: string(id)})
	}
	return err
}

func (s *socket) cancelSeek(m wire.CancelSeek) error {
	err := s.hub.lobby.Cancel(s.member, lobby.SeekID(m.Seek))
	if err == nil {
		s.notify(wire.Done{ID: m.ID, Seek: m.Seek})
	}
	return err
}

// gone lets go of everything that hangs on the socket.
func (s *socket) gone() {
	s.hub.remove(s)
	s.hub.host.Drop(s)
	if s.member != nil {
		s.hub.lobby.Leave(s.member)
	}
}
