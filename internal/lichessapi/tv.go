package lichessapi

import (
	"context"
	"net/http"
	"strings"
	"time"

	"kibitz/internal/chess"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/table"
)

// watchable is how many running games are looked at for the best.
const watchable = 100

// channel is a choice among running games.
type channel struct {
	key, name string
	takes     func(p pick) bool
}

// pick is a running game with what a channel goes by.
type pick struct {
	host.Summary
	speed    clock.Speed
	variant  variant
	house    bool
	strength int
	leader   game.Seat // the stronger of the two
}

// best takes every game between people.
const best = "best"

// channels lists the channels, one a line.
func channels() []channel {
	bySpeed := func(s clock.Speed) func(pick) bool {
		return func(p pick) bool { return p.speed == s && p.variant == standard && !p.house }
	}
	return []channel{
		{best, "Top Rated", func(p pick) bool { return !p.house }},
		{"bullet", "Bullet", bySpeed(clock.Bullet)},
		{"blitz", "Blitz", bySpeed(clock.Blitz)},
		{"rapid", "Rapid", bySpeed(clock.Rapid)},
		{"classical", "Classical", bySpeed(clock.Classical)},
		{"ultraBullet", "UltraBullet", bySpeed(clock.UltraBullet)},
		{"chess960", "Chess960", func(p pick) bool { return p.variant == chess960 && !p.house }},
		{"computer", "Computer", func(p pick) bool { return p.house }},
	}
}

func channelNamed(name string) (channel, error) {
	for _, c := range channels() {
		if strings.EqualFold(c.key, name) || strings.EqualFold(strings.ReplaceAll(c.name, " ", ""), name) {
			return c, nil
		}
	}
	return channel{}, errNotFound
}

// picks returns the running games of chess.
func (s *Server) picks(ctx context.Context) []pick {
	var list []pick
	for _, t := range s.cfg.Host.Watchable(ctx, watchable) {
		v, ok := t.View.(chess.StateView)
		if !ok || t.Waiting {
			continue
		}
		p := pick{Summary: t, speed: t.Setup.Control.Speed(), variant: variantOf(v)}
		for i, player := range t.Setup.Seats {
			p.house = p.house || player.House > 0 || s.titles.bot(ctx, player.ID)
			p.strength += player.Rating
			if player.Rating > t.Setup.Seats[p.leader].Rating {
				p.leader = game.Seat(i)
			}
		}
		list = append(list, p)
	}
	return list
}

// top returns the best game of a channel: the strongest, and among equals the
// most watched.
func (c channel) top(list []pick) (pick, bool) {
	var found pick
	ok := false
	for _, p := range list {
		if c.takes(p) && (!ok || p.strength > found.strength) {
			found, ok = p, true
		}
	}
	return found, ok
}

// getChannels lists the best game of every channel.
func (s *Server) getChannels(_ http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	list, all := s.picks(r.Context()), object{}
	for _, c := range channels() {
		if p, ok := c.top(list); ok {
			player := p.Setup.Seats[p.leader]
			user := object{"id": userID(player.Name), "name": player.Name}
			put(user, "title", s.titles.of(r.Context(), player.ID))
			all[c.key] = object{"user": user, "rating": player.Rating, "gameId": p.Table, "color": color(p.leader)}
		}
	}
	return all, nil
}

// getChannelGames writes the games of a channel.
func (s *Server) getChannelGames(w http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	c, err := channelNamed(r.PathValue("channel"))
	if err != nil {
		return nil, err
	}
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	most, err := p.number("nb", 10, 1, 30)
	if err != nil {
		return nil, err
	}
	out := s.openExport(w, r, p)
	for _, game := range s.picks(r.Context()) {
		if most > 0 && c.takes(game) {
			most--
			if out.write(r.Context(), game.Table) != nil {
				return nil, nil
			}
		}
	}
	return nil, out.flush()
}

// pickEvery is how often a feed without a game looks for one.
const pickEvery = 2 * time.Second

// getFeed streams the best game of a channel, and then the next.
func (s *Server) getFeed(w http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	name := r.PathValue("channel")
	if name == "" {
		name = best
	}
	c, err := channelNamed(name)
	if err != nil {
		return nil, err
	}
	leave, err := s.strangerStream(r)
	if err != nil {
		return nil, err
	}
	defer leave()
	out := s.openLines(w)
	if out.rc.Flush() != nil { // the head of the answer
		return nil, nil
	}
	for r.Context().Err() == nil && s.ctx.Err() == nil {
		p, ok := c.top(s.picks(r.Context()))
		if ok {
			err = s.show(r.Context(), out, p)
		} else {
			err = s.idle(r.Context(), out)
		}
		if err != nil {
			return nil, nil
		}
	}
	return nil, nil
}

// strangerStream counts a stream that needs no token.
func (s *Server) strangerStream(r *http.Request) (func(), error) {
	key := "watch " + s.cfg.ClientAddr(r).String()
	if err := s.streams.enter(key, streamsOfNobody); err != nil {
		return nil, err
	}
	return func() { s.streams.leave(key) }, nil
}

// idle waits until it is time to look again.
func (s *Server) idle(ctx context.Context, out *lines) error {
	p := time.NewTicker(pickEvery)
	defer p.Stop()
	if s.await(ctx, p, nil, nil) == closed {
		return context.Canceled
	}
	return out.blank()
}

// show streams one game until it is over.
func (s *Server) show(ctx context.Context, out *lines, p pick) error {
	players := []object{}
	for i, seat := range p.Setup.Seats {
		user := object{"id": userID(seat.Name), "name": seat.Name}
		put(user, "title", s.titles.of(ctx, seat.ID))
		one := object{"color": color(game.Seat(i)), "user": user, "rating": seat.Rating}
		if p.Clocks != nil {
			one["seconds"] = int(p.Clocks.Remaining[i].Seconds())
		}
		players = append(players, one)
	}
	v, _ := p.View.(chess.StateView)
	err := out.send(object{"t": "featured", "d": object{
		"id": p.Table, "orientation": color(p.leader), "players": players, "fen": v.FEN,
	}})
	if err != nil {
		return err
	}
	return s.watch(ctx, p.Table, v.Moves.Len(), sighted{out, func(snap *table.Snapshot) error {
		return out.send(object{"t": "fen", "d": positionJSON(snap)})
	}})
}
