package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// words are the types of events that have a number, from 1. They are stored:
// append only.
var words = []string{
	"table.created", "table.seated", "table.gave-time", "table.held", "table.released", "table.chat",
	"table.rematch-offered", "table.rematch-declined", "table.rematch", "table.expired",
	"ended", "draw-offered", "draw-declined", "takeback-asked", "takeback-declined", "takeback", "move",
}

// setups are the games' own setups that have a number, from 1. They are stored:
// append only.
var setups = []string{``, `{}`, `{"variant":"standard"}`}

// ownType reports whether an event is the table's and not the game's.
func ownType(typ string) bool { return strings.HasPrefix(typ, "table.") }

// ownModel is for the events of the table itself.
type ownModel struct {
	regular, taken chance
	setup          number
	room, named    chance
}

// other codes a record that is no ranked turn.
func (p *packer) other(r *table.Record, packing bool) error {
	r.Type = p.wordOf(r.Type)
	r.Seat = game.Seat(p.seat[index(p.state != nil)].code(p.k, uint64(r.Seat+1))) - 1
	if r.Seat < game.NoSeat || r.Seat >= game.MaxSeats {
		return fmt.Errorf("seat %d", r.Seat)
	}
	if err := p.actorOf(r); err != nil {
		return err
	}
	switch r.Type {
	case "table.created":
		return p.created(r, packing)
	case "table.seated":
		return p.seated(r, packing)
	case "table.chat":
		return p.chat(r, packing)
	}
	return p.text(&r.Data)
}

func (p *packer) wordOf(typ string) string {
	n := p.word[index(p.state != nil)].code(p.k, uint64(slices.Index(words, typ)+1))
	if n > 0 && n <= uint64(len(words)) {
		return words[n-1]
	}
	text := []byte(typ)
	_ = p.text(&text)
	return string(text)
}

// The numbers of who acted: nobody, a stranger, and from firstPlayer on the
// players.
const (
	actorNobody = iota
	actorStranger
	firstPlayer
)

func (p *packer) actorOf(r *table.Record) error {
	n := uint64(actorNobody)
	if r.Actor != "" {
		n = actorStranger
		if i := slices.IndexFunc(p.game.Players, func(one Player) bool { return one.ID == r.Actor }); i >= 0 {
			n = uint64(firstPlayer + i)
		}
	}
	switch n = p.actor[index(p.state != nil)].code(p.k, n); {
	case n == actorNobody:
		r.Actor = ""
	case n == actorStranger:
		return p.strangerOf(r)
	case n-firstPlayer < uint64(len(p.game.Players)):
		r.Actor = p.game.Players[n-firstPlayer].ID
	default:
		return fmt.Errorf("player %d", n-firstPlayer)
	}
	return nil
}

func (p *packer) strangerOf(r *table.Record) error {
	i := slices.Index(p.strangers, r.Actor)
	if p.stranger.flag(p.k, i >= 0) {
		if i = int(p.actor[index(p.state != nil)].code(p.k, uint64(max(0, i)))); i >= len(p.strangers) {
			return fmt.Errorf("stranger %d", i)
		}
		r.Actor = p.strangers[i]
		return nil
	}
	name := []byte(r.Actor)
	err := p.text(&name)
	r.Actor = account.ID(name)
	p.strangers = append(p.strangers, r.Actor)
	return err
}

// text codes bytes as they are.
func (p *packer) text(b *[]byte) error {
	n := p.size.code(p.k, uint64(len(*b)))
	if n > maxBytes || p.bytes+int(n) > maxBytes {
		return errors.New("too long")
	}
	p.bytes += int(n)
	var out []byte
	for i := range int(n) {
		var c byte
		context := 2 // a text
		if n < 8 {
			context = min(i, 1) // a few numbers
		}
		if len(*b) == int(n) {
			c = (*b)[i]
		}
		out = append(out, byte(p.octet[context].code(p.k, uint64(c))))
		if d, ok := p.k.(*decoder); ok && d.over > 4 {
			return errors.New("cut short")
		}
	}
	*b = out
	return nil
}

// created codes the setup by what the row of the game says of it, and begins
// the game.
func (p *packer) created(r *table.Record, packing bool) error {
	var setup table.Setup
	var seated game.Seats
	regular := false
	if packing {
		if err := json.Unmarshal(r.Data, &setup); err != nil {
			return fmt.Errorf("%w: setup: %w", game.ErrMalformed, err)
		}
		for i, s := range setup.Seats {
			if !s.Free() {
				seated |= game.SeatSet(game.Seat(i))
			}
		}
		again, err := json.Marshal(setupOf(p.game, setup.Game, seated))
		regular = err == nil && string(again) == string(r.Data)
	}
	if !p.own.regular.flag(p.k, regular) {
		if err := p.text(&r.Data); err != nil {
			return err
		}
		if err := json.Unmarshal(r.Data, &setup); err != nil {
			return err
		}
		return p.begin(setup)
	}
	return p.regular(r, setup.Game, seated)
}

func (p *packer) regular(r *table.Record, own json.RawMessage, seated game.Seats) error {
	n := p.own.setup.code(p.k, uint64(slices.Index(setups, string(own))+1))
	switch {
	case n == 0:
		text := []byte(own)
		if err := p.text(&text); err != nil {
			return err
		}
		own = text
	case n > uint64(len(setups)):
		return fmt.Errorf("setup %d", n)
	default:
		own = json.RawMessage(setups[n-1])
	}
	var taken game.Seats
	for i := range p.game.Players {
		if seat := game.Seat(i); p.own.taken.flag(p.k, seated.Has(seat)) {
			taken |= game.SeatSet(seat)
		}
	}
	if len(own) == 0 {
		own = nil
	}
	setup := setupOf(p.game, own, taken)
	var err error
	if r.Data, err = json.Marshal(setup); err != nil {
		return err
	}
	return p.begin(setup)
}

func (p *packer) begin(s table.Setup) (err error) {
	if p.state != nil {
		return errors.New("the game begins twice")
	}
	p.state, err = p.rules.New(s.Game, len(s.Seats))
	return err
}

// seatedBody and chatBody are the stored forms of the table's events, which
// package table keeps to itself.
type seatedBody struct {
	Seat   game.Seat    `json:"seat"`
	Player table.Player `json:"player"`
}

// seated codes who sat down, when it is whom the row of the game names.
func (p *packer) seated(r *table.Record, packing bool) error {
	body := func() []byte {
		if r.Seat < 0 || int(r.Seat) >= len(p.game.Players) {
			return nil
		}
		text, err := json.Marshal(seatedBody{r.Seat, p.game.Players[r.Seat].player()})
		if err != nil {
			return nil
		}
		return text
	}()
	if p.own.regular.flag(p.k, packing && body != nil && string(body) == string(r.Data)) {
		r.Data = body
		return nil
	}
	return p.text(&r.Data)
}

type chatBody struct {
	Room table.Room `json:"room"`
	Name string     `json:"name"`
	Text string     `json:"text"`
}

// chat codes a line. The name of a player is that of the row of the game.
func (p *packer) chat(r *table.Record, packing bool) error {
	var body chatBody
	regular := false
	if packing && json.Unmarshal(r.Data, &body) == nil && (body.Room == table.RoomPlayers || body.Room == table.RoomSpectators) {
		again, err := json.Marshal(body)
		regular = err == nil && string(again) == string(r.Data)
	}
	if !p.own.regular.flag(p.k, regular) {
		return p.text(&r.Data)
	}
	if p.own.room.flag(p.k, body.Room == table.RoomSpectators) {
		body.Room = table.RoomSpectators
	} else {
		body.Room = table.RoomPlayers
	}
	if err := p.chatName(r, &body); err != nil {
		return err
	}
	text := []byte(body.Text)
	if err := p.text(&text); err != nil {
		return err
	}
	body.Text = string(text)
	var err error
	r.Data, err = json.Marshal(body)
	return err
}

func (p *packer) chatName(r *table.Record, body *chatBody) error {
	own := ""
	for _, one := range p.game.Players {
		if one.ID == r.Actor {
			own = one.Name
		}
	}
	if p.own.named.flag(p.k, own != "" && own == body.Name) {
		body.Name = own
		return nil
	}
	name := []byte(body.Name)
	err := p.text(&name)
	body.Name = string(name)
	return err
}
