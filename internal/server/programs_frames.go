package server

import (
	"encoding/json"
	"math"

	"kibitz/internal/acpc"
	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// pendingAtMost is how many updates a program may be behind.
const pendingAtMost = 4096

// shown is a frame of a table, as far as a program needs it.
type shown struct {
	Type   string     `json:"type"`
	You    *game.Seat `json:"you"`
	Events []struct {
		Type string          `json:"type"`
		View json.RawMessage `json:"view"`
	} `json:"events"`
}

// Send implements host.Conn: it reads frames as a browser would.
func (p *program) Send(frame []byte) bool {
	select {
	case <-p.done:
		return false
	default:
	}
	var f shown
	if err := json.Unmarshal(frame, &f); err != nil {
		return true // no frame of a table
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case f.Type == "table" && f.You != nil:
		p.at = *f.You
	case f.Type == "events":
		p.read(&f)
	}
	select {
	case p.ready <- struct{}{}:
	default:
	}
	return len(p.pending) < pendingAtMost
}

// read takes the events of one frame, and makes one update of them.
func (p *program) read(f *shown) {
	changed := false
	for _, e := range f.Events {
		switch e.Type {
		case "hand-began":
			p.begin(e.View)
		case "finished":
			p.over = true
		default:
			if v := viewOf(e.Type, e.View); v != nil && p.hand != nil {
				p.hand.Show(v)
				changed = true
			}
		}
	}
	if changed {
		p.pending = append(p.pending, p.hand.Update())
	}
}

// begin takes the seat in a new hand, if it is dealt in.
func (p *program) begin(data []byte) {
	var began poker.HandBegan
	p.hand = nil
	if json.Unmarshal(data, &began) != nil {
		return
	}
	for i, player := range began.Hand.Players {
		if player.Seat != p.at {
			continue
		}
		p.number = int64(began.Number) % math.MaxInt32
		if seat, err := acpc.NewSeat(p.number, began.Hand, poker.Pos(i)); err == nil {
			p.hand = seat
		}
	}
}

// viewOf reads the view of an event, nil of one that a program need not know.
func viewOf(typ string, data []byte) game.View {
	switch typ {
	case "posted":
		return view[poker.Posted](data)
	case "dealt":
		return view[poker.DealtView](data)
	case "acted":
		return view[poker.ActedView](data)
	case "turned":
		return view[poker.TurnedView](data)
	case "shown":
		return view[poker.ShownView](data)
	case "answered":
		return view[poker.AnsweredView](data)
	case "hand-ended":
		return view[poker.Ended](data)
	}
	return nil
}

func view[V game.View](data []byte) game.View {
	var v V
	if json.Unmarshal(data, &v) != nil {
		return nil
	}
	return v
}
