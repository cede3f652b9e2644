package host

import (
	"encoding/json"
	"fmt"

	"kibitz/internal/game"
)

// toy is a game of adding: the seats take turns to add 1 to 9, and whoever
// reaches the target wins. A seat may whisper a word that only it may know.
// The setup is the target, 100 when left out.
type toy struct{}

func (toy) Kind() game.Kind { return "toy" }

func (toy) New(setup []byte, seats int) (game.State, error) {
	s := toyState{target: 100, seats: seats}
	if len(setup) == 0 {
		return s, nil
	}
	if err := json.Unmarshal(setup, &s.target); err != nil || s.target < 1 {
		return nil, fmt.Errorf("%w: the target is a number over 0", game.ErrMalformed)
	}
	return s, nil
}

func (toy) Rematch(setup []byte, seats, _ int) ([]byte, []game.Seat, error) {
	from := make([]game.Seat, seats)
	for i := range from {
		from[i] = game.Seat((i + 1) % seats)
	}
	return setup, from, nil
}

type toyAction struct {
	typ  string
	N    int    `json:"n"`
	Word string `json:"word"`
}

func (a toyAction) ActionType() string { return a.typ }

func (toy) DecodeAction(typ string, data []byte) (game.Action, error) {
	a := toyAction{typ: typ}
	switch typ {
	case "add", "whisper", "resign", "panic":
	default:
		return nil, fmt.Errorf("%w: no action %q", game.ErrMalformed, typ)
	}
	if len(data) > 0 {
		if err := json.Unmarshal(data, &a); err != nil {
			return nil, fmt.Errorf("%w: %w", game.ErrMalformed, err)
		}
	}
	return a, nil
}

// toyEvent is its own stored form.
type toyEvent struct {
	typ    string
	Seat   game.Seat `json:"seat"`
	N      int       `json:"n,omitempty"`
	Word   string    `json:"word,omitempty"`
	Status string    `json:"status,omitempty"`
	Winner game.Seat `json:"winner"`
}

func (e toyEvent) EventType() string { return e.typ }

func (toy) EncodeEvent(e game.Event) ([]byte, error) { return json.Marshal(e) }

func (toy) DecodeEvent(typ string, data []byte) (game.Event, error) {
	e := toyEvent{typ: typ}
	err := json.Unmarshal(data, &e)
	return e, err
}

type toyState struct {
	target, seats, total, ply int
	words                     string
	whisperer                 game.Seat
	status                    string
	winner                    game.Seat
}

func (s toyState) ToAct() game.Seats {
	if s.status != "" {
		return 0
	}
	return game.SeatSet(game.Seat(s.ply % s.seats))
}

func (s toyState) Ply() int { return s.ply }

func (s toyState) Result() game.Result {
	return game.Result{Status: s.status, Winners: game.SeatSet(s.winner) * game.Seats(min(1, len(s.status)))}
}

func (s toyState) Decide(seat game.Seat, action game.Action, _ game.Chance) ([]game.Event, error) {
	a := action.(toyAction)
	switch {
	case a.typ == "panic":
		panic("the toy breaks")
	case a.typ == "whisper":
		return []game.Event{toyEvent{typ: "whispered", Seat: seat, Word: a.Word}}, nil
	case a.typ == "resign":
		return []game.Event{toyEvent{typ: "ended", Status: "resign", Winner: seat.Other()}}, nil
	case a.typ == "lapse":
		return []game.Event{toyEvent{typ: "ended", Status: "timeout", Winner: seat.Other()}}, nil
	case !s.ToAct().Has(seat):
		return nil, game.ErrTurn
	case a.N < 1 || a.N > 9:
		return nil, fmt.Errorf("%w: add 1 to 9", game.ErrIllegal)
	}
	events := []game.Event{toyEvent{typ: "added", Seat: seat, N: a.N}}
	if s.total+a.N >= s.target {
		events = append(events, toyEvent{typ: "ended", Status: "reached", Winner: seat})
	}
	return events, nil
}

func (s toyState) Evolve(e game.Event) game.State {
	switch ev := e.(toyEvent); ev.typ {
	case "added":
		s.total, s.ply = s.total+ev.N, s.ply+1
	case "whispered":
		s.words, s.whisperer = ev.Word, ev.Seat
	case "ended":
		s.status, s.winner = ev.Status, ev.Winner
	}
	return s
}

func (s toyState) Lapse(game.Seat, game.Lapse) game.Action { return toyAction{typ: "lapse"} }

type toyView struct {
	Total  int    `json:"total"`
	Ply    int    `json:"ply"`
	Word   string `json:"word,omitempty"`
	Status string `json:"status,omitempty"`
}

func (toyView) ViewType() string { return "toy" }

func (s toyState) View(v game.Viewer) game.View {
	view := toyView{Total: s.total, Ply: s.ply, Status: s.status}
	if v.Seat == s.whisperer {
		view.Word = s.words
	}
	return view
}

type toyEventView toyEvent

func (v toyEventView) ViewType() string { return v.typ }

func (s toyState) EventView(e game.Event, v game.Viewer) game.View {
	ev := e.(toyEvent)
	if ev.typ == "whispered" && v.Seat != ev.Seat {
		return nil
	}
	return toyEventView(ev)
}
