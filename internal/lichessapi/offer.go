package lichessapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/chess"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// offer is the game that somebody asks for.
type offer struct {
	setup table.Setup
	// seat is where who asks wants to sit, or NoSeat for either.
	seat game.Seat
}

// readOffer reads the fields that challenges and seeks have in common.
func readOffer(p params) (offer, error) {
	o := offer{setup: table.Setup{Kind: chess.Kind, Origin: table.OriginFriend, Rated: p.flag("rated", false)}}
	var err error
	if o.seat, err = readColor(p["color"]); err != nil {
		return o, err
	}
	if o.setup.Control, err = readControl(p); err != nil {
		return o, err
	}
	rules, err := readRules(p)
	if err != nil {
		return o, err
	}
	o.setup.Rules = limitsOf(rules)
	o.setup.Game, err = readVariant(p, rules)
	return o, err
}

// readControl reads days for every turn, or a clock.
func readControl(p params) (clock.Control, error) {
	if p["days"] == "" {
		return readClock(p)
	}
	if p["clock.limit"] != "" || p["clock.increment"] != "" {
		return clock.Control{}, badField("days", "Give days or a clock, not both")
	}
	days, err := strconv.Atoi(p["days"])
	c := clock.Control{Days: days}
	if err != nil || days < 1 || c.Validate() != nil {
		return clock.Control{}, badField("days", "Must be 1, 2, 3, 5, 7, 10 or 14")
	}
	return c, nil
}

func readColor(text string) (game.Seat, error) {
	switch text {
	case "", "random":
		return game.NoSeat, nil
	case "white":
		return 0, nil
	case "black":
		return 1, nil
	}
	return game.NoSeat, badField("color", "Must be white, black or random")
}

// readClock reads a time control in seconds. None is no clock.
func readClock(p params) (clock.Control, error) {
	if p["clock.limit"] == "" && p["clock.increment"] == "" {
		return clock.Control{}, nil
	}
	limit, err := p.number("clock.limit", 0, 0, 10_800)
	if err != nil {
		return clock.Control{}, err
	}
	increment, err := p.number("clock.increment", 0, 0, 180)
	if err != nil {
		return clock.Control{}, err
	}
	c := clock.Control{Initial: time.Duration(limit) * time.Second, Increment: time.Duration(increment) * time.Second}
	if err := c.Validate(); err != nil || c.Unlimited() {
		return c, badField("clock.limit", "Invalid clock: limit is 0, 15, 30, 45, 60, 90 or a whole number of minutes up to 10800, and not zero with no increment")
	}
	return c, nil
}

// readVariant returns the setup of the game in the words of its rules.
func readVariant(p params, rules []string) (json.RawMessage, error) {
	setup := struct {
		Variant     string `json:"variant"`
		FEN         string `json:"fen,omitempty"`
		NoAbort     bool   `json:"no_abort,omitempty"`
		NoEarlyDraw bool   `json:"no_early_draw,omitempty"`
	}{standard.Key, p["fen"], slices.Contains(rules, noAbort), slices.Contains(rules, noEarlyDraw)}
	switch name := p["variant"]; name {
	case "", "1", standard.Key:
	case "2", chess960.Key:
		setup.Variant = chess960.Key
	case "3", fromPosition.Key:
		if setup.FEN == "" {
			return nil, badField("fen", "A game from a position needs one")
		}
	default:
		return nil, badField("variant", "There is no variant %.30q here; choose standard, chess960 or fromPosition", name)
	}
	return json.Marshal(setup)
}

// make makes the table of an offer, with its maker and, if they are known, the
// opponent seated. It returns the seat of the maker.
func (s *Server) make(ctx context.Context, o offer, maker, opponent table.Player) (table.ID, game.Seat, error) {
	seat := o.seat
	if seat == game.NoSeat {
		seat = s.coin()
	}
	o.setup.Seats = make([]table.Player, 2)
	o.setup.Seats[seat] = s.rated(ctx, maker, o.setup)
	if !opponent.Free() {
		o.setup.Seats[seat.Other()] = s.rated(ctx, opponent, o.setup)
	}
	id, err := s.cfg.Host.Create(ctx, o.setup)
	return id, seat, err
}

// coin is one of two seats.
func (s *Server) coin() game.Seat {
	var b [1]byte
	_, _ = s.cfg.Random.Read(b[:]) // without chance it is seat 0
	return game.Seat(b[0] & 1)
}

// rated returns a player with the rating for games of a setup.
func (s *Server) rated(ctx context.Context, p table.Player, setup table.Setup) table.Player {
	if s.cfg.Strength == nil || p.Guest || p.House > 0 {
		return p
	}
	if about, err := s.cfg.Strength.About(ctx, p.ID, setup); err == nil {
		p.Rating, p.Provisional = about.Rating, about.Provisional
	}
	return p
}

// house returns the house player for a level of 1 to 8, spread over those that
// there are.
func (s *Server) house(level int) (table.Player, error) {
	n := len(s.cfg.House)
	if n == 0 {
		return table.Player{}, refuse(http.StatusBadRequest, "The house does not play here")
	}
	const levels = 8
	return s.cfg.House[(level*n+levels-1)/levels-1], nil
}

// postAI makes a game against the house.
func (s *Server) postAI(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	level, err := p.number("level", 0, 1, 8)
	if err == nil && level == 0 {
		err = badField("level", "This field is required")
	}
	if err != nil {
		return nil, err
	}
	o, err := readOffer(p)
	if err != nil {
		return nil, err
	}
	if err := s.limits.user(&challengesOfUser, c.user.ID, s.cfg.Now()); err != nil {
		return nil, err
	}
	house, err := s.house(level)
	if err != nil {
		return nil, err
	}
	o.setup.Origin, o.setup.Rated = table.OriginHouse, false
	id, seat, err := s.make(r.Context(), o, c.player(), house)
	if err != nil {
		return nil, err
	}
	snap, err := s.snapshot(r.Context(), id, c.user.ID)
	if err != nil {
		return nil, err
	}
	v, _ := boardOf(&snap)
	kind, speed := variantOf(v), snap.Setup.Control.Speed()
	return created{object{
		"id": id, "variant": kind.json(), "speed": speed, "perf": perfKey(kind, speed), "rated": false, "fen": v.FEN,
		"turns": v.Moves.Len(), "source": "ai", "status": statusOf(&snap), "createdAt": snap.Created.UnixMilli(),
		"player": color(seat), "fullId": fullID(id, c.user.ID),
	}}, nil
}

// opponentNamed returns whom a user challenges, if that may be.
func (s *Server) opponentNamed(ctx context.Context, c caller, name string) (account.User, error) {
	to, err := s.people.Challenged(ctx, c.user, name)
	if err != nil {
		return to, err
	}
	for _, who := range []account.User{c.user, to} {
		waiting := 0
		for _, t := range s.cfg.Host.Running(ctx, who.ID) {
			if t.Waiting && !t.Setup.Invited.Free() {
				waiting++
			}
		}
		if waiting >= maxChallenges {
			return to, &refusal{status: http.StatusTooManyRequests, retry: time.Minute,
				text: fmt.Sprintf("%s has %s challenges waiting", who.Name, strconv.Itoa(waiting))}
		}
	}
	return to, nil
}

// maxChallenges is how many challenges from and to one user wait at a time.
const maxChallenges = 40
