package lichessapi

import (
	"crypto/sha256"
	"math"
	"strings"

	"kibitz/internal/account"
	"kibitz/internal/chess"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// boardOf returns the view of a game of chess.
func boardOf(s *table.Snapshot) (chess.StateView, bool) {
	v, ok := s.State.(chess.StateView)
	return v, ok
}

// seatOf returns where a user plays, or NoSeat.
func seatOf(s *table.Snapshot, user account.ID) game.Seat {
	for i, p := range s.Setup.Seats {
		if !p.Free() && p.ID == user {
			return game.Seat(i)
		}
	}
	return game.NoSeat
}

// variant is a way to play, by the names of lichess.
type variant struct{ Key, Name, Short string }

// The variants that are played here.
var (
	standard     = variant{"standard", "Standard", "Std"}
	chess960     = variant{"chess960", "Chess960", "960"}
	fromPosition = variant{"fromPosition", "From Position", "FEN"}
)

var usualFEN = func() string { p := chess.StartPosition(); return p.FEN() }()

// variantOf names how a game is played.
func variantOf(v chess.StateView) variant {
	switch {
	case v.Variant == chess960.Key:
		return chess960
	case v.InitialFEN != usualFEN:
		return fromPosition
	}
	return standard
}

func (v variant) json() object { return object{"key": v.Key, "name": v.Name, "short": v.Short} }

// perfKey is what a game is rated as: its speed, or its variant.
func perfKey(v variant, s clock.Speed) string {
	if v == chess960 {
		return chess960.Key
	}
	return string(s)
}

// perfNames are the names of ratings that people read.
var perfNames = map[string]string{
	string(clock.UltraBullet): "UltraBullet", string(clock.Bullet): "Bullet", string(clock.Blitz): "Blitz",
	string(clock.Rapid): "Rapid", string(clock.Classical): "Classical", string(clock.Correspondence): "Correspondence",
	chess960.Key: "Chess960",
}

// perfKeys lists the ratings in the order of lichess.
var perfKeys = []string{
	string(clock.UltraBullet), string(clock.Bullet), string(clock.Blitz), string(clock.Rapid), string(clock.Classical),
	string(clock.Correspondence), chess960.Key,
}

// status is how a game stands, by number and name of lichess.
type status struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

var started = status{20, "started"}

// endings are the stored words for the end of a game by those of lichess.
var endings = map[string]status{
	"aborted": {25, "aborted"}, "mate": {30, "mate"}, "resign": {31, "resign"}, "stalemate": {32, "stalemate"},
	"timeout": {33, "timeout"}, "draw": {34, "draw"}, "outoftime": {35, "outoftime"}, "nostart": {37, "noStart"},
	"insufficient": {39, "insufficientMaterialClaim"},
}

// statusOf names how a game stands. One that was given up before anybody moved
// was aborted.
func statusOf(s *table.Snapshot) status {
	v, _ := boardOf(s)
	switch {
	case v.Result != nil:
		return statusOfEnding(v.Result.Status)
	case s.Closed:
		return endings["aborted"]
	}
	return started
}

func statusOfEnding(word string) status {
	if ending, ok := endings[word]; ok {
		return ending
	}
	return status{38, "unknownFinish"}
}

// over reports whether the game of a table is not on any more.
func over(s *table.Snapshot) bool { return statusOf(s) != started }

// colors are the seats of chess.
var colors = [2]string{"white", "black"}

// color names a seat.
func color(seat game.Seat) string {
	if seat == game.NoSeat {
		return ""
	}
	return colors[seat]
}

// winner names who won, or nothing.
func winner(v chess.StateView) string {
	if v.Result == nil || v.Result.Winner == nil {
		return ""
	}
	return color(*v.Result.Winner)
}

// noClock is the time of who has no clock.
const noClock = math.MaxInt32

// remaining returns the time of a seat in milliseconds.
func remaining(s *table.Snapshot, seat game.Seat) int64 {
	if s.Clocks == nil || int(seat) >= len(s.Clocks.Remaining) {
		return noClock
	}
	return max(0, s.Clocks.Remaining[seat].Milliseconds())
}

// sources are where games come from, by the words of lichess.
var sources = map[table.Origin]string{
	table.OriginPool: "lobby", table.OriginLobby: "lobby", table.OriginFriend: "friend", table.OriginHouse: "ai",
}

// fullID is the id of a game with four more characters, as players see it.
// They open nothing here.
func fullID(id table.ID, user account.ID) string {
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	sum := sha256.Sum256([]byte(string(id) + string(user)))
	full := []byte(id)
	for _, b := range sum[:4] {
		full = append(full, letters[int(b)%len(letters)])
	}
	return string(full)
}

// parseGame reads the id of a game, with or without those four.
func parseGame(text string) (table.ID, error) {
	if len(text) == table.IDLen+4 {
		text = text[:table.IDLen]
	}
	id, err := table.ParseID(text)
	if err != nil {
		return "", errNoGame
	}
	return id, nil
}

// userID is the id of a user in the words of lichess: the name in small
// letters.
func userID(name string) string { return strings.ToLower(name) }
