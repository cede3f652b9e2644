package lichessapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kibitz/internal/host"
	"kibitz/internal/lobby"
	"kibitz/internal/table"
)

// seekLife is how long a seek waits for an opponent.
const seekLife = 10 * time.Minute

// pairing is the socket of a seek: the lobby sends it nothing but that there
// is an opponent.
type pairing struct{ paired chan struct{} }

// Send implements lobby.Conn.
func (p *pairing) Send([]byte) bool {
	select {
	case p.paired <- struct{}{}:
	default:
	}
	return true
}

// postSeek looks for an opponent for as long as the client listens. The game
// is told of in the stream of events.
func (s *Server) postSeek(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	o, err := readSeek(p)
	if err == nil && !s.cfg.LobbyHere() {
		err = fmt.Errorf("%w: the lobby is on another server", host.ErrBusy)
	}
	if err != nil {
		return nil, err
	}
	if err := s.streams.enter(string(c.user.ID), streamsOfUser); err != nil {
		return nil, err
	}
	defer s.streams.leave(string(c.user.ID))
	conn := &pairing{make(chan struct{}, 1)}
	member := &lobby.Member{Conn: conn, Player: c.player()}
	defer s.cfg.Lobby.Leave(member)
	if err := s.seek(r.Context(), member, o); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), seekLife)
	defer cancel()
	out := s.openLines(w)
	pulse := time.NewTicker(s.cfg.KeepAlive)
	defer pulse.Stop()
	for {
		if out.blank() != nil {
			return nil, nil
		}
		if s.await(ctx, pulse, conn.paired, nil) != beat || !s.cfg.LobbyHere() {
			return nil, nil
		}
	}
}

// seek takes a seek that fits, or leaves one for others to take.
func (s *Server) seek(ctx context.Context, m *lobby.Member, o lobby.Offer) error {
	if done, err := s.take(ctx, m, s.cfg.Lobby.Fitting(m.Player.ID, o)); done {
		return err
	}
	id, err := s.cfg.Lobby.Seek(ctx, m, o)
	if err != nil {
		return err
	}
	_, err = s.take(ctx, m, s.cfg.Lobby.Before(id))
	return err
}

// take takes the first of some seeks that there is to take, and reports whether
// there was one.
func (s *Server) take(ctx context.Context, m *lobby.Member, seeks []lobby.SeekID) (done bool, err error) {
	for _, id := range seeks {
		err := s.cfg.Lobby.Take(ctx, m, id)
		if err == nil || !errors.Is(err, lobby.ErrGone) && !errors.Is(err, table.ErrNotAllowed) {
			return true, err
		}
	}
	return false, nil
}

// readSeek reads what a seek asks for. Its time is in minutes.
func readSeek(p params) (lobby.Offer, error) {
	if p["days"] != "" {
		return lobby.Offer{}, badField("days", "A seek ends with its connection here, so games by correspondence are not sought; challenge somebody, or make an open challenge")
	}
	if minutes := p["time"]; minutes != "" {
		n, err := strconv.ParseFloat(minutes, 64)
		if err != nil || n < 0 || n > 180 {
			return lobby.Offer{}, badField("time", "Must be minutes from 0 to 180")
		}
		p["clock.limit"] = strconv.Itoa(int(n * 60))
		p["clock.increment"] = p["increment"]
	} else {
		return lobby.Offer{}, badField("time", "This field is required")
	}
	o, err := readOffer(p)
	if err != nil {
		return lobby.Offer{}, err
	}
	found := lobby.Offer{Kind: o.setup.Kind, Setup: o.setup.Game, Control: o.setup.Control, Seat: o.seat, Rated: o.setup.Rated}
	found.MinRating, found.MaxRating, err = readRange(p["ratingRange"])
	return found, err
}

// readRange reads such as "1500-1800"; nothing is no range.
func readRange(text string) (least, most int, err error) {
	if text == "" {
		return 0, 0, nil
	}
	from, to, ok := strings.Cut(text, "-")
	least, errFrom := strconv.Atoi(from)
	most, errTo := strconv.Atoi(to)
	if !ok || errFrom != nil || errTo != nil || least < 0 || most < least || most > 4000 {
		return 0, 0, badField("ratingRange", "%s", fmt.Sprintf("%.20q is no range such as 1500-1800", text))
	}
	return least, most, nil
}
