package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Notice is a message of the server that is not about what happened at a
// table: Hello, Pong, Presence, Done, Failure, Paired, Replaced, Shutdown,
// Lobby, LobbyChange and Mine.
type Notice interface{ noticeType() string }

// Append appends a notice.
func Append(dst []byte, n Notice) []byte {
	b, err := json.Marshal(n)
	if err != nil {
		panic(fmt.Sprintf("encode %T: %v", n, err)) // only plain fields: cannot fail
	}
	dst = append(dst, `{"type":"`...)
	dst = append(dst, n.noticeType()...)
	dst = append(dst, '"')
	if len(b) > len("{}") {
		dst = append(dst, ',')
	}
	return append(dst, b[1:]...)
}

// User is a user as others see them.
type User struct {
	ID    account.ID `json:"id"`
	Name  string     `json:"name"`
	Guest bool       `json:"guest"`
	// Role is left out for an ordinary user.
	Role account.Role `json:"role,omitempty"`
}

// UserOf returns what is told of a user, and nil for nobody.
func UserOf(u *account.User) *User {
	if u == nil {
		return nil
	}
	told := &User{ID: u.ID, Name: u.Name, Guest: u.Guest}
	if u.Role != account.RoleUser {
		told.Role = u.Role
	}
	return told
}

// Hello is the first message on every socket.
type Hello struct {
	Protocol string `json:"protocol"`
	// Build changes when the web client does.
	Build     string `json:"build"`
	NowMillis int64  `json:"now_at"`
	// User is nil without a session.
	User *User `json:"user"`
}

// Pong answers a Ping.
type Pong struct {
	At        float64 `json:"at"`
	NowMillis int64   `json:"now_at"`
}

// SeatState is who is there for a seat.
type SeatState string

// The states of a seat.
const (
	Online SeatState = "online"
	Away   SeatState = "away"
	Free   SeatState = "free"
)

// SeatPresence is who is there for one seat.
type SeatPresence struct {
	State SeatState `json:"state"`
	// ClaimMillis is from when an opponent may claim the game of who is away;
	// 0 is never.
	ClaimMillis int64 `json:"claim_at,omitempty"`
}

// Presence is who is at a table. Only the newest counts.
type Presence struct {
	Table    table.ID       `json:"table"`
	Seats    []SeatPresence `json:"seats"`
	Watchers int            `json:"watchers"`
}

// Done says that what was asked is done: an action of a table that was sent
// again, or something of the lobby.
type Done struct {
	ID    string    `json:"id"`
	Table table.ID  `json:"table,omitempty"`
	Seq   table.Seq `json:"seq,omitempty"`
	Seek  string    `json:"seek,omitempty"`
}

// Failure is a refusal, to its sender only.
type Failure struct {
	ID          string   `json:"id,omitempty"`
	Table       table.ID `json:"table,omitempty"`
	Code        Code     `json:"code"`
	Message     string   `json:"message"`
	RetryMillis int64    `json:"retry_ms"`
}

// FailureOf is the refusal of a message because of an error.
func FailureOf(ref Ref, err error) Failure {
	p := Explain(err)
	return Failure{ID: ref.ID, Table: ref.Table, Code: p.Code, Message: p.Message, RetryMillis: p.Retry.Milliseconds()}
}

// IsInternal reports whether an error is our fault: then it is logged, as the
// client does not see it.
func IsInternal(err error) bool { return err != nil && Explain(err).Code == Internal }

// Paired sends a player to a table. Kind says of which game, as older servers
// do not.
type Paired struct {
	Table table.ID  `json:"table"`
	Kind  game.Kind `json:"kind"`
	Seat  game.Seat `json:"seat"`
}

// Replaced tells a socket that another one plays its seat now.
type Replaced struct {
	Table table.ID `json:"table"`
}

// Shutdown announces that the server restarts.
type Shutdown struct {
	InMillis int64 `json:"in_ms"`
}

func (Hello) noticeType() string    { return "hello" }
func (Pong) noticeType() string     { return "pong" }
func (Presence) noticeType() string { return "presence" }
func (Done) noticeType() string     { return "done" }
func (Failure) noticeType() string  { return "error" }
func (Paired) noticeType() string   { return "paired" }
func (Replaced) noticeType() string { return "replaced" }
func (Shutdown) noticeType() string { return "shutdown" }

// RetryIn makes an error say when to try again.
type RetryIn struct {
	Err  error
	Wait time.Duration
}

// Error implements error.
func (r RetryIn) Error() string { return r.Err.Error() }

// Unwrap returns the error itself.
func (r RetryIn) Unwrap() error { return r.Err }

// retryOf is the wait that an error asks for, or the one given.
func retryOf(err error, otherwise time.Duration) time.Duration {
	var r RetryIn
	if errors.As(err, &r) {
		return r.Wait
	}
	return otherwise
}
