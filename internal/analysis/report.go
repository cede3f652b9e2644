// Package analysis reviews finished games with an engine: a queue of jobs that
// outlives the process, one game at a time, and reports that are made once and
// kept for everybody. It knows no particular game; who reviews does.
package analysis

import (
	"errors"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/export"
	"kibitz/internal/table"
)

// Refusals.
var (
	// ErrNone: there is neither a job nor a report for that game.
	ErrNone = errors.New("that game was not reviewed")
	// ErrRunning: a game that runs is never reviewed.
	ErrRunning = errors.New("the game is still running; it can be reviewed when it is over")
	// ErrTooMany: too many jobs wait, of that user or of everybody.
	ErrTooMany = errors.New("too many reviews are waiting; try again later")
	// ErrNoEngine: this server has no engine for reviews.
	ErrNoEngine = errors.New("this server has no engine for reviews")
	// ErrReport: a report that was sent does not fit the game.
	ErrReport = errors.New("that report does not fit the game")
	// ErrDone: there is a report already, which is not worth less.
	ErrDone = errors.New("that game was reviewed already")
	// ErrNotYours: the job was asked for by somebody else.
	ErrNotYours = errors.New("somebody else asked for that review")
)

// Origin says who made a report.
type Origin string

// The origins. They are stored; never rename one.
const (
	ByServer Origin = "server"
	ByClient Origin = "client"
)

// Report is what an engine thinks of a game. Its JSON form is stored and
// published (docs/api.md).
type Report struct {
	By     Origin `json:"by"`
	Engine string `json:"engine"`
	// Nodes is how many positions the engine looked at for each ply.
	Nodes    int   `json:"nodes"`
	AtMillis int64 `json:"at"`
	// Start is the position before the first ply.
	Start Eval  `json:"start"`
	Plies []Ply `json:"plies"`
	// Sides has one entry a seat.
	Sides []Side `json:"sides"`
}

// Eval is what is thought of a position, from the side of seat 0. One of both
// is set, and none for a position in which the game has ended by mate.
type Eval struct {
	Centipawns *int `json:"cp,omitempty"`
	Mate       *int `json:"mate,omitempty"`
}

// Ply is what is thought of a turn and of the position after it.
type Ply struct {
	Eval
	// Best is what should have been played, in the notation of the game, left
	// out when it was; PV is the line from there.
	Best string   `json:"best,omitempty"`
	PV   []string `json:"pv,omitempty"`
	// Class is "inaccuracy", "mistake", "blunder" or empty.
	Class string `json:"class,omitempty"`
}

// Side sums up how one seat played.
type Side struct {
	// Accuracy is in percent, nil for who made no move.
	Accuracy   *float64 `json:"accuracy"`
	Inaccuracy int      `json:"inaccuracy"`
	Mistake    int      `json:"mistake"`
	Blunder    int      `json:"blunder"`
	// Loss is the average loss in hundredths of a pawn.
	Loss *int `json:"acpl"`
}

// Judgements are a report for formats that write games.
func (r *Report) Judgements() []export.Judgement {
	list := make([]export.Judgement, len(r.Plies))
	for i, p := range r.Plies {
		switch {
		case p.Mate != nil && *p.Mate != 0:
			list[i] = export.Judgement{Known: true, Mate: *p.Mate, Class: p.Class}
		case p.Centipawns != nil:
			list[i] = export.Judgement{Known: true, Centipawns: *p.Centipawns, Class: p.Class}
		default:
			list[i] = export.Judgement{Class: p.Class}
		}
	}
	return list
}

// Job is a review that was asked for.
type Job struct {
	// Number orders the jobs.
	Number int64
	Table  table.ID
	User   account.ID
	At     time.Time
	// Tries is how often it was begun.
	Tries int
}

// State is how things stand with the review of a game.
type State struct {
	// Status is "none", "queued", "running", "done" or "failed".
	Status string
	// Ahead is how many jobs come before a queued one.
	Ahead int
	// Done and Plies say how far a running one is.
	Done, Plies int
	// User is who asked, for a queued or running one.
	User account.ID
	// Why says why it failed, for people.
	Why string
	// Report is the report, as JSON, when it is done.
	Report []byte
}

// Count adds a turn of a class.
func (s *Side) Count(class string) {
	switch class {
	case "inaccuracy":
		s.Inaccuracy++
	case "mistake":
		s.Mistake++
	case "blunder":
		s.Blunder++
	}
}
