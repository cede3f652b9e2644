package importer

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/export"
	"kibitz/internal/table"
)

// batch is how many games are stored at a time, and maxWaiting how many files
// wait, about.
const (
	batch      = 200
	maxWaiting = 50
)

// idle is how long Run sleeps when nobody wakes it: another process may have
// taken a file.
const idle = 2 * time.Second

// Config is what Imports need.
type Config struct {
	Store  Store
	Reader Reader
	// Files keeps what is being imported. Default: files in Dir.
	Files  Files
	Dir    string
	Random io.Reader        // Default: crypto/rand.
	Now    func() time.Time // Default: time.Now.
	Log    *slog.Logger     // Default: slog.Default.
}

// Imports takes files and reads them, one at a time. Of several that share a
// store and files, each takes files, and one may Run. It is safe for concurrent
// use.
type Imports struct {
	Store
	cfg  Config
	wake chan struct{} // has room for one
	mu   sync.Mutex
	// progress has imports that are further than what is stored.
	progress map[table.ID]Import
}

// New returns imports; Run reads the files.
func New(cfg Config) (*Imports, error) {
	if cfg.Random == nil {
		cfg.Random = rand.Reader
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Files == nil {
		if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
			return nil, fmt.Errorf("imports: %w", err)
		}
		cfg.Files = folder{cfg.Dir}
	}
	return &Imports{Store: cfg.Store, cfg: cfg, wake: make(chan struct{}, 1), progress: make(map[table.ID]Import)}, nil
}

// Add takes a file. What is read of it is stored as it comes; the games follow.
func (i *Imports) Add(ctx context.Context, owner account.ID, public bool, file io.Reader) (Import, error) {
	if left, err := i.RunningImports(ctx); err != nil || len(left) >= maxWaiting {
		return Import{}, errors.Join(ErrBusy, err)
	}
	id, err := table.NewID(i.cfg.Random)
	if err != nil {
		return Import{}, err
	}
	one := Import{ID: id, Owner: owner, State: Running, Public: public, CreatedMillis: i.cfg.Now().UnixMilli()}
	if one.Size, err = i.keep(ctx, id, file); err == nil {
		err = i.AddImport(ctx, one)
	}
	if err != nil {
		return one, errors.Join(err, i.cfg.Files.DropFile(context.WithoutCancel(ctx), id))
	}
	select {
	case i.wake <- struct{}{}:
	default:
	}
	return one, nil
}

// keep stores the file until it is read.
func (i *Imports) keep(ctx context.Context, id table.ID, file io.Reader) (int64, error) {
	n, err := i.cfg.Files.KeepFile(ctx, id, io.LimitReader(file, MaxBytes+1))
	if err == nil && n > MaxBytes {
		err = fmt.Errorf("%w: at most %d MB at a time", ErrTooLarge, MaxBytes>>20)
	}
	return n, err
}

// Import implements Store with the newest progress.
func (i *Imports) Import(ctx context.Context, owner account.ID, id table.ID) (Import, error) {
	i.mu.Lock()
	newest, ok := i.progress[id]
	i.mu.Unlock()
	if ok && newest.Owner == owner {
		return newest, nil
	}
	return i.Store.Import(ctx, owner, id)
}

// Run reads files until ctx is done: first those that were under way when the
// process before ended. What was added of them then is found to be there.
func (i *Imports) Run(ctx context.Context) {
	for ctx.Err() == nil {
		left, err := i.RunningImports(ctx)
		if err != nil && ctx.Err() == nil {
			i.cfg.Log.Error("imports cannot be read", "err", err)
		}
		for _, one := range left {
			i.do(ctx, one)
		}
		timer := time.NewTimer(idle)
		select {
		case <-ctx.Done():
		case <-i.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// do reads one file.
func (i *Imports) do(ctx context.Context, one Import) {
	job := &job{imports: i, Import: Import{
		ID: one.ID, Owner: one.Owner, State: Running, Public: one.Public, Size: one.Size, CreatedMillis: one.CreatedMillis,
	}}
	err := job.run(ctx)
	if ctx.Err() != nil || errors.Is(err, account.ErrAway) {
		return // it goes on when the server does, or the database
	}
	job.State, job.DoneMillis = Done, i.cfg.Now().UnixMilli()
	if err != nil {
		job.State, job.Why = Failed, reason(err)
		i.cfg.Log.Warn("import", "import", one.ID, "err", err)
	}
	err = i.SaveImport(ctx, job.Import, nil)
	if errors.Is(err, account.ErrAway) {
		return
	}
	i.mu.Lock()
	delete(i.progress, one.ID)
	i.mu.Unlock()
	if err = errors.Join(err, i.cfg.Files.DropFile(ctx, one.ID)); err != nil {
		i.cfg.Log.Error("import", "import", one.ID, "err", err)
	}
}

// reason is what the owner is told of an error of the whole file.
func reason(err error) string {
	if errors.Is(err, ErrFull) {
		return fmt.Sprintf("Your library is full: it holds %d games.", MaxGames)
	}
	return "The file could not be read to its end."
}

// job is an import that is being read.
type job struct {
	Import
	imports *Imports
	games   []Entry
}

func (j *job) run(ctx context.Context) error {
	f, err := j.imports.cfg.Files.OpenFile(ctx, j.ID)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	counted := &counter{in: f}
	for item, err := range j.imports.cfg.Reader.Items(counted) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return errors.Join(err, j.flush(ctx))
		}
		j.take(item)
		j.Read = counted.n
		if len(j.games) == batch {
			if err := j.flush(ctx); err != nil {
				return err
			}
		}
		j.tell()
	}
	j.Read = j.Size
	return j.flush(ctx)
}

// take counts one game.
func (j *job) take(item Item) {
	j.Games++
	if item.Err != nil {
		j.Refused++
		if len(j.Errors) < MaxErrors {
			j.Errors = append(j.Errors, problem(item))
		}
		return
	}
	e, err := j.entry(item)
	if err != nil {
		j.Refused++
		return
	}
	j.games = append(j.games, e)
}

func (j *job) entry(item Item) (Entry, error) {
	id, err := table.NewID(j.imports.cfg.Random)
	g := item.Game
	return Entry{
		ID: id, Owner: j.Owner, Import: j.ID, Hash: hash(g), Public: j.Public, Players: g.Players,
		Status: g.Result.Status, Winners: g.Result.Winners, Variant: g.Variant, Played: g.Started, Plies: len(g.Turns),
		Opening: archive.Opening{ECO: g.Opening.ECO, Name: g.Opening.Name}, Text: item.Text,
	}, err
}

// hash is the same for the same game: players, day, start, moves and result.
// Comments and clocks make no other game of it.
func hash(g *export.Game) [32]byte {
	var b strings.Builder
	for _, p := range g.Players {
		b.WriteString(strings.ToLower(strings.TrimSpace(p.Name)) + "\n")
	}
	if !g.Started.IsZero() {
		b.WriteString(g.Started.UTC().Format(time.DateOnly))
	}
	fmt.Fprintf(&b, "\n%d %v\n", g.Result.Winners, g.Over())
	b.Write(g.Line)
	return sha256.Sum256([]byte(b.String()))
}

// flush stores the games that were read, and counts those that were new.
func (j *job) flush(ctx context.Context) error {
	if len(j.games) == 0 {
		return nil
	}
	if err := j.imports.SaveImport(ctx, j.Import, j.games); err != nil {
		return err
	}
	for _, e := range j.games {
		if e.ID == "" {
			j.Duplicates++
		} else {
			j.Added++
		}
	}
	j.games = j.games[:0]
	return nil
}

// tell lets the owner see how far it is.
func (j *job) tell() {
	j.imports.mu.Lock()
	defer j.imports.mu.Unlock()
	j.imports.progress[j.ID] = j.Import
}

// counter counts what is read.
type counter struct {
	in io.Reader
	n  int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.in.Read(b)
	c.n += int64(n)
	return n, err
}

// Game returns a game of a library to somebody who may see it: its owner, or
// everybody when it is public. For others there is none: archive.ErrUnknown.
func (i *Imports) Game(ctx context.Context, id table.ID, viewer account.ID) (*export.Game, error) {
	e, err := i.LibraryGame(ctx, id)
	if err != nil {
		return nil, err
	}
	if !e.Public && (viewer == "" || e.Owner != viewer) {
		return nil, archive.ErrUnknown
	}
	g, err := i.cfg.Reader.Item(e.Text)
	if err != nil {
		return nil, fmt.Errorf("game %s of a library: %w", id, err)
	}
	g.ID = id
	return g, nil
}
