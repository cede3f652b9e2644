package chess

import (
	"bytes"
	"encoding/json"
	"fmt"

	"kibitz/internal/game"
)

// What players may ask for. The plain ones need nothing but their name.
type (
	moveAction  struct{ uci string }
	plainAction string
	// lapseAction is what a table does for a player who does not act. It has
	// no form on the wire.
	lapseAction game.Lapse
)

const (
	actResign          plainAction = "resign"
	actAbort           plainAction = "abort"
	actDraw            plainAction = "draw"
	actDrawDecline     plainAction = "draw-decline"
	actDrawClaim       plainAction = "draw-claim"
	actTakeback        plainAction = "takeback"
	actTakebackDecline plainAction = "takeback-decline"
)

func (moveAction) ActionType() string    { return "move" }
func (a plainAction) ActionType() string { return string(a) }
func (lapseAction) ActionType() string   { return "" }

// DecodeAction reads what docs/protocol.md lists as the actions of chess.
// Fields that an action does not have are ignored.
func (r *Rules) DecodeAction(typ string, data []byte) (game.Action, error) {
	switch a := plainAction(typ); a {
	case "move":
		return decodeMove(data)
	case actResign, actAbort, actDraw, actDrawDecline, actDrawClaim, actTakeback, actTakebackDecline:
		return a, nil
	}
	return nil, fmt.Errorf("%w: chess has no action %s", game.ErrMalformed, echo(typ))
}

func decodeMove(data []byte) (game.Action, error) {
	uci, ok := plainMove(data)
	if !ok {
		var body struct {
			UCI string `json:"uci"`
		}
		if err := json.Unmarshal(data, &body); err != nil {
			return nil, fmt.Errorf("%w: move: %w", game.ErrMalformed, err)
		}
		uci = body.UCI
	}
	if from, to, _ := splitUCI(uci); from == NoSquare || to == NoSquare || from == to {
		return nil, fmt.Errorf("%w: %s is not a move; write it as e2e4 or e7e8q", game.ErrMalformed, echo(uci))
	}
	return moveAction{uci}, nil
}

// plainMove reads a move that is written as clients write it. All else is for
// encoding/json, which takes ten times as long.
func plainMove(data []byte) (uci string, ok bool) {
	rest, ok := bytes.CutPrefix(data, []byte(`{"type":"move","uci":"`))
	if !ok {
		return "", false
	}
	if rest, ok = bytes.CutSuffix(rest, []byte(`"}`)); !ok {
		return "", false
	}
	for _, c := range rest {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return "", false
		}
	}
	return string(rest), true
}
