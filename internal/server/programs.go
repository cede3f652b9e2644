package server

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/acpc"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/poker"
	"kibitz/internal/table"
)

// Programs is the port for programs that speak the dealer protocol of the
// Annual Computer Poker Competition: no-limit or fixed-limit hold'em, for chips
// that are worth nothing elsewhere.
type Programs struct {
	// Listen is the address; without one there is no such port.
	Listen string
	// Seats is how many sit at a table, 2 to 10. Default: 2.
	Seats int
	// House is how many of them are house players.
	House int
	// Fixed fixes the limits.
	Fixed bool
}

// Hands and stacks of a match.
const (
	programHands = 3000
	programStack = 20_000
)

// programs gives programs seats, table by table.
type programs struct {
	*Server
	cfg Programs

	mu   sync.Mutex
	sat  int
	room table.ID
	free int
}

// servePrograms takes programs until ctx ends.
func (s *Server) servePrograms(ctx context.Context, l net.Listener) error {
	p := &programs{Server: s, cfg: s.cfg.Programs}
	server := acpc.Server{Sit: p.sit, Log: s.cfg.Log}
	return server.Serve(ctx, l)
}

// sit gives a program a seat at the table that is filling up.
func (p *programs) sit(ctx context.Context, _ net.Addr) (acpc.Port, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.free == 0 {
		if err := p.open(ctx); err != nil {
			return nil, err
		}
	}
	p.free--
	p.sat++
	name := fmt.Sprintf("Program %d", p.sat)
	seat := &program{
		host: p.host, table: p.room, ready: make(chan struct{}, 1), done: make(chan struct{}),
		player: table.Player{ID: account.ID(fmt.Sprintf("~acpc%d", p.sat)), Name: name},
	}
	p.host.Join(host.Join{Table: p.room, User: seat.player, Conn: seat})
	if _, err := seat.do(ctx, table.ActionSit, nil); err != nil {
		return nil, err
	}
	p.host.Join(host.Join{Table: p.room, User: seat.player, Conn: seat})
	p.cfg.logTable(p.Server, p.room, name)
	return seat, nil
}

func (Programs) logTable(s *Server, id table.ID, name string) {
	s.cfg.Log.Info("acpc: a program sits at a table", "table", id, "name", name)
}

// open makes a table for the next programs.
func (p *programs) open(ctx context.Context) error {
	stakes := poker.Stakes{SmallBlind: 50, BigBlind: 100, Stack: programStack, Hands: programHands, Fast: true, Structure: poker.NoLimit, Variant: "holdem"}
	if p.cfg.Fixed {
		stakes.Structure = poker.FixedLimit
	}
	setup, err := json.Marshal(stakes)
	if err != nil {
		return err
	}
	p.room, err = p.host.Create(ctx, table.Setup{
		Kind: poker.Kind, Game: setup, Origin: table.OriginFriend, Seats: make([]table.Player, p.cfg.Seats), House: p.cfg.House,
		Control: clock.Control{Initial: 90 * time.Second, Delay: time.Minute},
	})
	if err == nil {
		p.free = p.cfg.Seats - p.cfg.House
	}
	return err
}

// program is a seat of a program: a socket to its table, and a port to the
// dealer. It is told what the seat may see, as a browser is.
type program struct {
	host   *host.Host
	table  table.ID
	player table.Player
	acts   int

	mu      sync.Mutex
	at      game.Seat
	hand    *acpc.Seat
	number  int64
	pending []acpc.Update
	over    bool

	ready, done chan struct{}
	once        sync.Once
}

// do asks the table for something.
func (p *program) do(ctx context.Context, typ string, body map[string]any) (table.Seq, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	if body == nil {
		data = []byte("{}")
	}
	p.acts++
	return p.host.Do(ctx, table.Command{
		Table: p.table, Actor: p.player, ID: table.ActionID(fmt.Sprint("acpc", p.acts)), Report: clock.NoReport(), Type: typ, Data: data,
	})
}

// Next implements acpc.Port.
func (p *program) Next(ctx context.Context) (acpc.Update, error) {
	for {
		p.mu.Lock()
		if len(p.pending) > 0 {
			u := p.pending[0]
			p.pending = p.pending[1:]
			p.mu.Unlock()
			return u, nil
		}
		over := p.over
		p.mu.Unlock()
		if over {
			return acpc.Update{}, io.EOF
		}
		select {
		case <-p.ready:
		case <-ctx.Done():
			return acpc.Update{}, ctx.Err()
		}
	}
}

// Act implements acpc.Port.
func (p *program) Act(ctx context.Context, hand int64, a poker.Action) error {
	p.mu.Lock()
	late := hand != p.number
	p.mu.Unlock()
	if late {
		return fmt.Errorf("%w: that hand is over", game.ErrIllegal)
	}
	body := map[string]any{}
	switch a.Act {
	case poker.Bet, poker.Raise:
		body["to"] = a.Amount
	case poker.Run:
		body["times"] = a.Amount
	}
	_, err := p.do(ctx, string(a.Act), body)
	return err
}

// Close implements acpc.Port. In a match nobody can leave: the seat plays on by
// the clock, and sits out.
func (p *program) Close() error {
	p.once.Do(func() { close(p.done) })
	p.host.Drop(p)
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	if _, err := p.do(ctx, game.ActionLeave, nil); err == nil {
		return nil
	}
	_, _ = p.do(ctx, "sit-out", nil) // the match may be over
	return nil
}
