package table

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kibitz/internal/game"
)

// Limits of chat.
const (
	// maxChatRunes is the longest line.
	maxChatRunes = 140
	// maxChatLines is how much is said in one room before it falls silent.
	maxChatLines = 400
	// roomChat is how many lines a room remembers.
	roomChat = 100
	// chatBurst lines in chatWindow are the most that one person may say.
	chatBurst  = 6
	chatWindow = 15 * time.Second
)

// presets are the lines that everybody may say, guests included.
var presets = map[string]string{
	"hi": "Hello", "gl": "Good luck", "hf": "Have fun!", "u2": "You too!",
	"gg": "Good game", "wp": "Well played", "ty": "Thank you", "gtg": "I've got to go",
}

// judgeChat judges a line of chat.
func (t *Table) judgeChat(cmd Command) ([]Record, error) {
	action, err := decodeAction[struct{ Text, Preset string }](&cmd)
	if err != nil {
		return nil, err
	}
	if cmd.Actor.ID == "" {
		return nil, fmt.Errorf("%w: sign in to chat", ErrNotAllowed)
	}
	text, err := chatText(cmd.Actor, action.Text, action.Preset)
	if err != nil {
		return nil, err
	}
	seat := t.SeatOf(cmd.Actor.ID)
	room := RoomPlayers
	if seat == game.NoSeat {
		room = RoomSpectators
	}
	if err := t.mayTalk(&cmd, room); err != nil {
		return nil, err
	}
	return t.one(&cmd, seat, typeChat, chatted{room, cmd.Actor.Name, text})
}

// chatText returns what is said, cleaned of control characters.
func chatText(actor Player, text, preset string) (string, error) {
	if preset != "" {
		line, ok := presets[preset]
		if !ok {
			return "", fmt.Errorf("%w: there is no chat preset %q", game.ErrMalformed, preset)
		}
		return line, nil
	}
	if actor.Guest {
		return "", fmt.Errorf("%w: guests may use the preset lines", ErrNotAllowed)
	}
	text = strings.TrimSpace(strings.Map(printable, text))
	if text == "" || utf8.RuneCountInString(text) > maxChatRunes {
		return "", fmt.Errorf("%w: a chat line has 1 to %d characters", game.ErrMalformed, maxChatRunes)
	}
	return text, nil
}

// printable drops what could disturb the lines around it.
func printable(r rune) rune {
	if r == utf8.RuneError || !unicode.IsPrint(r) {
		return -1
	}
	return r
}

// mayTalk refuses a line where too much was said. The rooms count apart, so
// that a crowd cannot silence the players.
func (t *Table) mayTalk(cmd *Command, room Room) error {
	said, recent := 0, 0
	for i := range t.chat {
		line := &t.chat[i]
		if line.Room == room {
			said++
		}
		if line.by == cmd.Actor.ID && cmd.At.Sub(line.At) < chatWindow {
			recent++
		}
	}
	if said >= maxChatLines {
		return fmt.Errorf("%w: enough was said at this table", ErrNotAllowed)
	}
	if recent >= chatBurst {
		return fmt.Errorf("%w: that was a lot of chat; wait a moment", ErrNotAllowed)
	}
	return nil
}

// applyChat folds a line of chat, which only its own room sees.
func (t *Table) applyChat(r *Record, viewers []game.Viewer) ([]EventView, error) {
	body, err := decodeOwn[chatted](r)
	if err != nil {
		return nil, err
	}
	line := ChatLine{Seq: r.Seq, At: r.At, Room: body.Room, Name: body.Name, Text: body.Text, by: r.Actor}
	if t.Room() && len(t.chat) >= roomChat {
		t.chat = slices.Clone(t.chat[1:]) // who reads the old one keeps it
	}
	t.chat = append(t.chat, line)
	views := make([]EventView, 0, len(viewers))
	for _, v := range viewers {
		if t.hears(v, body.Room) {
			views = append(views, eventView(r, ownView{r.Type, body}))
		} else {
			views = append(views, eventView(r, nil))
		}
	}
	return views, nil
}

// hears reports whether a viewer may read a room now. Players read the
// spectators' only after the game, and spectators never the players'.
func (t *Table) hears(v game.Viewer, room Room) bool {
	if room == RoomPlayers {
		return v.Seat != game.NoSeat
	}
	return v.Seat == game.NoSeat || t.Result().Over()
}

// heard returns the lines that a viewer may read now.
func (t *Table) heard(v game.Viewer) []ChatLine {
	var lines []ChatLine
	for _, line := range t.chat {
		if t.hears(v, line.Room) {
			lines = append(lines, line)
		}
	}
	return lines
}
