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

// visitor is who plays and looks on through a socket, of this node or another.
// One goroutine at a time uses it.
type visitor struct {
	hub  *hub
	user *account.User // nil for nobody; never changed
	conn conn
	// member is nil until the lobby is asked for.
	member *lobby.Member
}

// conn gets what a visitor is sent.
type conn interface {
	host.Conn
	lobby.Conn
}

// player is who acts for the visitor; the zero Player for nobody.
func (v *visitor) player() table.Player {
	if v.user == nil {
		return table.Player{}
	}
	return playerOf(*v.user)
}

// notify sends a notice.
func (v *visitor) notify(n wire.Notice) { v.conn.Send(wire.Append(nil, n)) }

// refuse answers a message that was not done.
func (v *visitor) refuse(ref wire.Ref, err error) { v.conn.Send(v.hub.codec.failure(ref, err)) }

// do does what a message asks of a table or the lobby, or returns why not. Lag
// is how long frames take to the visitor and back.
func (v *visitor) do(m wire.Message, now time.Time, lag time.Duration) error {
	switch m := m.(type) {
	case wire.Act:
		return v.act(m, now, lag)
	case wire.Join:
		v.hub.host.Join(host.Join{Table: m.Table, User: v.player(), Conn: v.conn, After: m.After, Watch: m.Watch})
		return nil
	case wire.Leave:
		v.hub.host.Leave(m.Table, v.conn, host.Leaving{Bye: m.Bye})
		return nil
	}
	return v.doLobby(m)
}

func (v *visitor) act(m wire.Act, now time.Time, lag time.Duration) error {
	if v.user == nil {
		return account.ErrNotSignedIn
	}
	actor := v.player()
	switch m.Type {
	case table.ActionRematch:
		if err := v.hub.mayPlay(*v.user, m.Table, errNoRematch); err != nil {
			return err
		}
	case table.ActionSit:
		if err := v.hub.mayPlay(*v.user, m.Table, errSeatKept); err != nil {
			return err
		}
		actor = v.hub.standing(actor, m.Table)
	case table.ActionChat:
		if err := v.hub.mayChat(*v.user, m.Table); err != nil {
			return err
		}
	}
	v.hub.host.Submit(table.Command{
		Table: m.Table, Actor: actor, ID: m.ID, At: now,
		Report: m.Report(lag), Type: m.Type, Data: m.Data,
	}, v.conn)
	return nil
}

// doLobby does what a message asks of the lobby.
func (v *visitor) doLobby(m wire.Message) error {
	ctx, cancel := context.WithTimeout(v.hub.ctx, lobbyTime)
	defer cancel()
	if v.member == nil {
		v.member = &lobby.Member{Conn: v.conn, Player: v.player()}
	}
	l := v.hub.lobby
	switch m := m.(type) {
	case wire.FollowLobby:
		if !m.On {
			l.Unfollow(v.member)
			return nil
		}
		l.Follow(ctx, v.member)
		return nil
	case wire.EnterPool:
		return l.EnterPool(ctx, v.member, m.Control, func() { v.notify(wire.Done{ID: m.ID}) })
	case wire.LeavePool:
		l.LeavePool(v.member)
		v.notify(wire.Done{ID: m.ID})
		return nil
	case wire.MakeSeek:
		return v.makeSeek(ctx, m)
	case wire.CancelSeek:
		return v.cancelSeek(m)
	case wire.TakeSeek:
		return l.Take(ctx, v.member, lobby.SeekID(m.Seek))
	}
	return fmt.Errorf("%w: %T", game.ErrMalformed, m)
}

func (v *visitor) makeSeek(ctx context.Context, m wire.MakeSeek) error {
	id, err := v.hub.lobby.Seek(ctx, v.member, lobby.Offer{
		Kind: m.Kind, Setup: m.Setup, Control: m.Control, Seat: m.Color.Seat(), Rated: m.Rated,
		MinRating: m.MinRating, MaxRating: m.MaxRating,
	})
	if err == nil {
		v.notify(wire.Done{ID: m.ID, Seek: string(id)})
	}
	return err
}

func (v *visitor) cancelSeek(m wire.CancelSeek) error {
	err := v.hub.lobby.Cancel(v.member, lobby.SeekID(m.Seek))
	if err == nil {
		v.notify(wire.Done{ID: m.ID, Seek: m.Seek})
	}
	return err
}

// gone lets go of everything that hangs on the visitor.
func (v *visitor) gone() {
	v.hub.host.Drop(v.conn)
	if v.member != nil {
		v.hub.lobby.Leave(v.member)
	}
}
