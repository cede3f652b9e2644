package botclient

import "strings"

// The parts of what the server sends that a bot looks at.
type (
	profile struct {
		ID       string `json:"id"`
		Username string `json:"username"`
		Title    string `json:"title"`
	}
	event struct {
		Type      string    `json:"type"`
		Game      gameRef   `json:"game"`
		Challenge challenge `json:"challenge"`
	}
	gameRef struct {
		ID string `json:"id"`
	}
	challenge struct {
		ID         string     `json:"id"`
		Challenger *challUser `json:"challenger"`
		Variant    variant    `json:"variant"`
		Speed      string     `json:"speed"`
		Rated      bool       `json:"rated"`
		Reason     string     `json:"declineReason"`
	}
	challUser struct {
		ID    string `json:"id"`
		Name  string `json:"name"`
		Title string `json:"title"`
	}
	variant struct {
		Key string `json:"key"`
	}
	player struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		AILevel int    `json:"aiLevel"`
	}
	// line is one of a game stream: a gameFull has a state, a gameState is one.
	line struct {
		Type       string  `json:"type"`
		ID         string  `json:"id"`
		Variant    variant `json:"variant"`
		InitialFEN string  `json:"initialFen"`
		White      player  `json:"white"`
		Black      player  `json:"black"`
		Full       *state  `json:"state"`
		state
		// Gone and ClaimSeconds are of opponentGone.
		Gone         bool `json:"gone"`
		ClaimSeconds int  `json:"claimWinInSeconds"`
	}
	state struct {
		Moves     string `json:"moves"`
		White     int64  `json:"wtime"`
		Black     int64  `json:"btime"`
		WhiteStep int64  `json:"winc"`
		BlackStep int64  `json:"binc"`
		Status    string `json:"status"`
		Winner    string `json:"winner"`
		WhiteDraw bool   `json:"wdraw"`
		BlackDraw bool   `json:"bdraw"`
		WhiteBack bool   `json:"wtakeback"`
		BlackBack bool   `json:"btakeback"`
	}
)

// over reports whether the game has ended.
func (s state) over() bool { return s.Status != "started" && s.Status != "created" }

// moves are those made, in UCI notation.
func (s state) moves() []string { return strings.Fields(s.Moves) }
