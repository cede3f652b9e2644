package analysis

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// maxTries is how often a job is begun before it counts as hopeless: a game
// that brings the process down must not do so for ever.
const maxTries = 3

// idle is how long the queue sleeps when nobody wakes it: another process may
// have taken a request.
const idle = 10 * time.Second

// rememberFailures bounds how many failed reviews are known.
const rememberFailures = 1000

// Config is what a Queue needs. All ports must be given but Reviewer, without
// which jobs are refused.
type Config struct {
	Store    Store
	Games    Games
	Reviewer Reviewer
	// Engine says that the Reviewer can review by itself; without it, it only
	// checks the reports of clients.
	Engine bool
	// Limits bound the jobs that wait. Default: 3 a user, 200 in total.
	Limits Limits
	Now    func() time.Time // Default: time.Now.
	Log    *slog.Logger     // Default: slog.Default.
}

// Queue is the reviews that were asked for, of which one runs at a time. It is
// safe for concurrent use.
type Queue struct {
	cfg  Config
	wake chan struct{}

	mu sync.Mutex
	// current is the job that runs, done and plies how far it is.
	current     table.ID
	by          account.ID
	done, plies int
	cancel      context.CancelCauseFunc
	// failed says why the last review of a game failed.
	failed map[table.ID]string
}

// New returns a queue; Run works it off.
func New(cfg Config) *Queue {
	if cfg.Limits == (Limits{}) {
		cfg.Limits = Limits{PerUser: 3, Total: 200}
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	return &Queue{cfg: cfg, wake: make(chan struct{}, 1), failed: make(map[table.ID]string)}
}

// HasEngine reports whether reviews can be asked for.
func (q *Queue) HasEngine() bool { return q.cfg.Engine }

// Request asks for the review of a finished game. One that was asked for, or
// made by the server, already is not asked for again.
func (q *Queue) Request(ctx context.Context, id table.ID, user account.ID) (State, error) {
	if !q.cfg.Engine {
		return State{}, ErrNoEngine
	}
	g, err := q.cfg.Games.Game(ctx, id)
	if err != nil {
		return State{}, err
	}
	if !g.Over() {
		return State{}, ErrRunning
	}
	if len(g.Turns) == 0 {
		return State{}, fmt.Errorf("%w: it has no moves", ErrReport)
	}
	switch stored, err := q.cfg.Store.Report(ctx, id); {
	case err == nil && stored.By == ByServer:
		return State{Status: "done", Report: stored.Body}, nil
	case err != nil && !errors.Is(err, ErrNone):
		return State{}, err
	}
	if _, err := q.cfg.Store.AddJob(ctx, Job{Table: id, User: user, At: q.cfg.Now()}, q.cfg.Limits); err != nil {
		return State{}, err
	}
	q.forgive(id)
	select {
	case q.wake <- struct{}{}:
	default:
	}
	return q.State(ctx, id)
}

// State says how things stand with a game.
func (q *Queue) State(ctx context.Context, id table.ID) (State, error) {
	if s, ok := q.running(id); ok {
		return s, nil
	}
	switch job, ahead, err := q.cfg.Store.Job(ctx, id); {
	case err == nil:
		return State{Status: "queued", Ahead: ahead, User: job.User}, nil
	case !errors.Is(err, ErrNone):
		return State{}, err
	}
	switch stored, err := q.cfg.Store.Report(ctx, id); {
	case err == nil:
		return State{Status: "done", Report: stored.Body}, nil
	case !errors.Is(err, ErrNone):
		return State{}, err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if why, ok := q.failed[id]; ok {
		return State{Status: "failed", Why: why}, nil
	}
	return State{Status: "none"}, nil
}

func (q *Queue) running(id table.ID) (State, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.current != id || q.plies == 0 {
		return State{}, false
	}
	return State{Status: "running", Done: q.done, Plies: q.plies, User: q.by}, true
}

// errCancelled ends a review that nobody wants any more.
var errCancelled = errors.New("cancelled")

// Cancel takes a request back, by who asked.
func (q *Queue) Cancel(ctx context.Context, id table.ID, user account.ID) error {
	job, _, err := q.cfg.Store.Job(ctx, id)
	if err != nil {
		return err
	}
	if job.User != user {
		return ErrNotYours
	}
	if err := q.cfg.Store.DropJob(ctx, id); err != nil {
		return err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.current == id && q.cancel != nil {
		q.cancel(errCancelled)
	}
	return nil
}

// Offer takes the finished review of a client, of a player of that game.
func (q *Queue) Offer(ctx context.Context, id table.ID, user account.ID, r *Report) error {
	g, err := q.cfg.Games.Game(ctx, id)
	if err != nil {
		return err
	}
	if !g.Over() {
		return ErrRunning
	}
	if g.SeatOf(user) == game.NoSeat {
		return fmt.Errorf("%w: only its players may add a review", ErrNotYours)
	}
	if q.cfg.Reviewer == nil {
		return ErrNoEngine
	}
	whole, err := q.cfg.Reviewer.Check(g, r)
	if err != nil {
		return err
	}
	whole.By, whole.AtMillis = ByClient, q.cfg.Now().UnixMilli()
	return q.save(ctx, id, user, whole)
}

func (q *Queue) save(ctx context.Context, id table.ID, user account.ID, r *Report) error {
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("report on %s: %w", id, err)
	}
	return q.cfg.Store.SaveReport(ctx, Stored{Table: id, By: r.By, User: user, At: time.UnixMilli(r.AtMillis).UTC(), Body: body})
}

// Report returns the report on a game, or ErrNone.
func (q *Queue) Report(ctx context.Context, id table.ID) (*Report, error) {
	stored, err := q.cfg.Store.Report(ctx, id)
	if err != nil {
		return nil, err
	}
	r := new(Report)
	if err := json.Unmarshal(stored.Body, r); err != nil {
		return nil, fmt.Errorf("report on %s: %w", id, err)
	}
	return r, nil
}

// Run works jobs off until ctx is done. A job that was under way when the
// process ended is begun anew.
func (q *Queue) Run(ctx context.Context) {
	for ctx.Err() == nil {
		worked := false
		if q.cfg.Engine {
			worked = q.step(ctx)
		}
		if worked {
			continue
		}
		timer := time.NewTimer(idle)
		select {
		case <-ctx.Done():
		case <-q.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// step does one job, and reports whether there may be another.
func (q *Queue) step(ctx context.Context) bool {
	job, err := q.cfg.Store.BeginJob(ctx)
	switch {
	case errors.Is(err, ErrNone):
		return false
	case err != nil:
		q.complain(ctx, "the queue of reviews cannot be read", "", err)
		return false
	}
	err = q.do(ctx, job)
	if err == nil || ctx.Err() != nil {
		return ctx.Err() == nil // a job that the end of the server cut off stays
	}
	hopeless := job.Tries >= maxTries || errors.Is(err, errCancelled) || errors.Is(err, archive.ErrUnknown) ||
		errors.Is(err, ErrRunning) || errors.Is(err, ErrDone)
	if !errors.Is(err, errCancelled) {
		q.complain(ctx, "a game could not be reviewed", job.Table, err)
	}
	if !hopeless {
		return false // it is tried again after a rest
	}
	if !errors.Is(err, errCancelled) {
		q.blame(job.Table)
	}
	if err := q.cfg.Store.DropJob(ctx, job.Table); err != nil {
		q.complain(ctx, "a job cannot be removed", job.Table, err)
		return false
	}
	return true
}

func (q *Queue) complain(ctx context.Context, what string, id table.ID, err error) {
	if ctx.Err() == nil {
		q.cfg.Log.Error(what, "table", id, "err", err)
	}
}

func (q *Queue) do(ctx context.Context, job Job) error {
	if job.Tries > maxTries {
		return fmt.Errorf("begun %d times", job.Tries-1)
	}
	g, err := q.cfg.Games.Game(ctx, job.Table)
	if err != nil {
		return err
	}
	if !g.Over() {
		return ErrRunning
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	q.begin(job, len(g.Turns), cancel)
	defer q.begin(Job{}, 0, nil)
	// Cancelled between the start and here: then there is no job any more.
	if _, _, err := q.cfg.Store.Job(ctx, job.Table); errors.Is(err, ErrNone) {
		return errCancelled
	}
	r, err := q.cfg.Reviewer.Review(ctx, g, q.progress)
	if err != nil {
		return errors.Join(err, context.Cause(ctx))
	}
	r.By, r.AtMillis = ByServer, q.cfg.Now().UnixMilli()
	return q.save(ctx, job.Table, job.User, r)
}

func (q *Queue) begin(job Job, plies int, cancel context.CancelCauseFunc) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.current, q.by, q.done, q.plies, q.cancel = job.Table, job.User, 0, plies, cancel
}

func (q *Queue) progress(done int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.done = done
}

// blame remembers that a review failed.
func (q *Queue) blame(id table.ID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for old := range q.failed {
		if len(q.failed) < rememberFailures {
			break
		}
		delete(q.failed, old)
	}
	q.failed[id] = "The engine could not review this game."
}

func (q *Queue) forgive(id table.ID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.failed, id)
}
