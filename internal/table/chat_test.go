package table_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

func say(text string) string {
	data, _ := json.Marshal(map[string]string{"text": text})
	return "chat " + string(data)
}

// heard lists what a viewer is shown of the last record.
func (d *desk) heard(v game.Viewer) string {
	e := d.last[v].Events[0]
	if e.View == nil {
		return fmt.Sprint("nothing ", e.Seat)
	}
	data, err := json.Marshal(e.View)
	if err != nil {
		d.tb.Fatal(err)
	}
	return string(data)
}

func TestChatRooms(t *testing.T) {
	d := newDesk(t, friendly("3+2"))
	rows := []struct{ who, what, players, spectators string }{
		{"white", say("Good luck <b>"), `{"room":"players","name":"Wanda","text":"Good luck \u003cb\u003e"}`, "nothing -1"},
		{"carol", say("Bad move"), "nothing -1", `{"room":"spectators","name":"Carol","text":"Bad move"}`},
		{"guest", `chat {"preset":"gg"}`, "nothing -1", `{"room":"spectators","name":"Guest-1","text":"Good game"}`},
	}
	for _, row := range rows {
		d.must(row.who, row.what)
		for _, v := range d.viewers() {
			want := row.players
			if v == game.Spectator {
				want = row.spectators
			}
			if got := d.heard(v); got != want {
				t.Errorf("%s by %s: seat %d is shown %s, want %s", row.what, row.who, v.Seat, got, want)
			}
		}
	}
	lines := func(v game.Viewer) int { return len(d.table.Snapshot(v, d.now).Chat) }
	white := game.Viewer{Seat: 0}
	if lines(white) != 1 || lines(game.Spectator) != 2 {
		t.Errorf("White reads %d lines and spectators %d, want 1 and 2", lines(white), lines(game.Spectator))
	}
	d.must("white", "resign").must("carol", say("Why?"))
	if lines(white) != 4 || lines(game.Spectator) != 3 {
		t.Errorf("after the end White reads %d lines and spectators %d, want 4 and 3", lines(white), lines(game.Spectator))
	}
	if got, want := d.heard(white), `{"room":"spectators","name":"Carol","text":"Why?"}`; got != want {
		t.Errorf("after the end White is shown %s, want %s", got, want)
	}
	numbered(t, d.shown[game.Spectator])
}

func TestChatRefused(t *testing.T) {
	rows := []struct {
		name, who, what string
		want            error
	}{
		{"empty", "white", say(""), game.ErrMalformed},
		{"blank", "white", say(" \t\n"), game.ErrMalformed},
		{"too long", "white", say(strings.Repeat("ä", 141)), game.ErrMalformed},
		{"no such preset", "white", `chat {"preset":"boo"}`, game.ErrMalformed},
		{"not text", "white", `chat {"text":5}`, game.ErrMalformed},
		{"a guest's own words", "guest", say("hello"), table.ErrNotAllowed},
		{"nobody", "", `chat {"preset":"hi"}`, table.ErrNotAllowed},
	}
	d := newDesk(t, friendly("3+2"))
	for _, row := range rows {
		t.Run(row.name, func(*testing.T) { d.deny(row.want, row.who, row.what) })
	}
	d.must("white", say(strings.Repeat("ä", 140)))
	d.must("white", say(" a\u0000b\u202ec "))
	if got, want := d.heard(game.Viewer{Seat: 1}), `{"room":"players","name":"Wanda","text":"abc"}`; got != want {
		t.Errorf("cleaned: got %s, want %s", got, want)
	}
}

func TestChatLimits(t *testing.T) {
	d := newDesk(t, friendly("3+2"))
	for range 6 {
		d.must("white", say("la"))
	}
	d.deny(table.ErrNotAllowed, "white", say("la"))
	d.must("black", say("shh"))
	d.wait(15*time.Second).must("white", say("la"))
}

// A crowd may talk until its room is full; the players' room stays open.
func TestChatRoomsFillApart(t *testing.T) {
	d := newDesk(t, friendly("3+2"))
	d.lax = true
	for range 400 {
		d.wait(3*time.Second).must("carol", say("la"))
	}
	d.lax = false
	d.wait(time.Minute).deny(table.ErrNotAllowed, "carol", say("la"))
	d.must("white", say("finally"))
}
