package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"kibitz/internal/sqlstore"
)

// archiveBench is the measurement of an archive.
type archiveBench struct {
	Users, Games, Power, Queries int
	Database, PGN                string
	Reuse, JSON                  bool
}

// runBenchArchive fills an empty archive with invented games, whose records are
// those of a few real ones, and measures how long the questions of a profile
// page take.
func runBenchArchive(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("kibitz bench-archive", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var b archiveBench
	flags.IntVar(&b.Users, "users", 2_000, "how many users there are")
	flags.IntVar(&b.Games, "games", 50_000, "how many games they played")
	flags.IntVar(&b.Power, "power", 5_000, "how many extra games the first user played")
	flags.IntVar(&b.Queries, "queries", 500, "how often each question is asked")
	flags.StringVar(&b.Database, "database", "", "the `file` or URL of an empty database, which is kept; empty: a file that is removed")
	flags.BoolVar(&b.Reuse, "reuse", false, "ask a database again that was filled with the same --users, --games and --power")
	flags.StringVar(&b.PGN, "pgn", "", "a `file` of games of chess with clocks, whose records the games have; else 64 of the lichess database")
	flags.BoolVar(&b.JSON, "json", false, "print JSON")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return exitOK
		}
		return exitUsage
	}
	if why := b.refused(flags.NArg()); why != "" {
		fmt.Fprintln(stderr, "kibitz bench-archive:", why)
		return exitUsage
	}
	report, err := b.run(context.Background(), stderr)
	if err != nil {
		fmt.Fprintln(stderr, "kibitz bench-archive:", err)
		return exitFailed
	}
	return report.print(stdout, b.JSON)
}

// refused returns what is wrong with the settings, or nothing.
func (b *archiveBench) refused(rest int) string {
	if b.Users < 10 || b.Users >= 1_000_000 || b.Power < 0 || b.Games <= b.Power || b.Queries < 1 || rest > 0 {
		return "choose 10 to 999999 users, more games than extra games, at least one query, and nothing else"
	}
	if b.Reuse && b.Database == "" {
		return "say with --database what to ask again"
	}
	return ""
}

// archiveReport is what was measured.
type archiveReport struct {
	Users        int           `json:"users"`
	Games        int           `json:"games"`
	PowerGames   int           `json:"power_games"`
	FillSeconds  float64       `json:"fill_seconds"`
	BytesPerGame float64       `json:"bytes_per_game"`
	Records      int           `json:"records"`
	BlobBytes    float64       `json:"blob_bytes_per_game"`
	BlobPlies    float64       `json:"plies_per_blob"`
	PackMicros   float64       `json:"pack_us"`
	UnpackMicros float64       `json:"unpack_us"`
	Questions    []archiveTime `json:"questions"`
}

// archiveTime is how long one question took.
type archiveTime struct {
	Name  string  `json:"name"`
	P50MS float64 `json:"p50_ms"`
	P99MS float64 `json:"p99_ms"`
	MaxMS float64 `json:"max_ms"`
}

func (b *archiveBench) run(ctx context.Context, progress io.Writer) (*archiveReport, error) {
	dsn := b.Database
	if dsn == "" {
		dir, err := os.MkdirTemp("", "kibitz-bench-")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		dsn = filepath.Join(dir, "archive.db")
	}
	db, err := sqlstore.Open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	r := &archiveReport{Users: b.Users, Games: b.Games, PowerGames: b.Power}
	s := &season{users: b.Users, games: b.Games, power: b.Power, begin: time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)}
	if s.blobs, err = b.blobs(r); err != nil {
		return nil, err
	}
	if err := b.prepare(ctx, r, s, db, progress); err != nil {
		return nil, err
	}
	size, err := db.Size(ctx)
	if err != nil {
		return nil, err
	}
	r.BytesPerGame = float64(size) / float64(b.Games)
	fmt.Fprintln(progress, "asking")
	return r, b.ask(ctx, r, s, db)
}

// prepare fills the database, or makes sure that it was filled with this season.
func (b *archiveBench) prepare(ctx context.Context, r *archiveReport, s *season, db *sqlstore.Store, progress io.Writer) error {
	if b.Reuse {
		return s.check(ctx, db)
	}
	fmt.Fprintf(progress, "filling %d games of %d users\n", b.Games, b.Users)
	begun := time.Now()
	if err := s.fill(ctx, db); err != nil {
		return err
	}
	r.FillSeconds = time.Since(begun).Seconds()
	return nil
}

// ask measures every question.
func (b *archiveBench) ask(ctx context.Context, r *archiveReport, s *season, db *sqlstore.Store) error {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, q := range questions(s, db, rng) {
		if err := q.ask(ctx); err != nil { // warm
			return fmt.Errorf("%s: %w", q.name, err)
		}
		took := make([]float64, b.Queries)
		for i := range took {
			begun := time.Now()
			if err := q.ask(ctx); err != nil {
				return fmt.Errorf("%s: %w", q.name, err)
			}
			took[i] = float64(time.Since(begun).Microseconds()) / 1000
		}
		slices.SortFunc(took, cmp.Compare)
		r.Questions = append(r.Questions, archiveTime{
			Name: q.name, P50MS: took[len(took)/2], P99MS: took[len(took)*99/100], MaxMS: took[len(took)-1],
		})
	}
	return nil
}

func (r *archiveReport) print(w io.Writer, asJSON bool) int {
	if asJSON {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		if e.Encode(r) != nil {
			return exitFailed
		}
		return exitOK
	}
	filled := "filled before"
	if r.FillSeconds > 0 {
		filled = fmt.Sprintf("filled in %.0f s", r.FillSeconds)
	}
	fmt.Fprintf(w, "%d games of %d users, one of them with %d more: %s, %.0f bytes a game on disk\n",
		r.Games, r.Users, r.PowerGames, filled, r.BytesPerGame)
	fmt.Fprintf(w, "records of %d real games, with drawn fractions of a second and lag, have %.1f bytes for %.1f plies, packed in %.0f us and unpacked in %.0f us\n",
		r.Records, r.BlobBytes, r.BlobPlies, r.PackMicros, r.UnpackMicros)
	fmt.Fprintf(w, "%-40s %9s %9s %9s\n", "ms", "p50", "p99", "max")
	for _, q := range r.Questions {
		fmt.Fprintf(w, "%-40s %9.2f %9.2f %9.2f\n", q.Name, q.P50MS, q.P99MS, q.MaxMS)
	}
	return exitOK
}
