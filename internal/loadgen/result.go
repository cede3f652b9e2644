package loadgen

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
	"time"
)

// Result is what a run measured and found. Its JSON names are stable.
type Result struct {
	// Games ran at a time; Tables were played in all, and read back.
	Games   int `json:"games"`
	Tables  int `json:"tables"`
	Sockets int `json:"sockets"`
	// Seconds were measured, in which Moves were acknowledged.
	Seconds        float64 `json:"seconds"`
	ThinkMillis    int64   `json:"think_ms"`
	Moves          int64   `json:"moves"`
	MovesPerSecond float64 `json:"moves_per_second"`
	// Latencies are in milliseconds, of Measured moves.
	Measured uint64  `json:"measured"`
	P50      float64 `json:"p50_ms"`
	P99      float64 `json:"p99_ms"`
	P999     float64 `json:"p999_ms"`
	Max      float64 `json:"max_ms"`
	// Errors are what should not have happened, and ByKind what it was.
	Errors int            `json:"errors"`
	ByKind map[string]int `json:"errors_by_kind,omitempty"`
	// Refused counts requests to come again later, and Retried connections
	// that a server that was away did not take.
	Refused int64 `json:"refused"`
	Retried int64 `json:"retried"`
	// Resumes counts joins after a lost socket; Outages are the times when
	// nothing listened, which took AwayMillis together.
	Resumes    int64 `json:"resumes"`
	Outages    int   `json:"outages"`
	AwayMillis int64 `json:"away_ms"`
	// LateMillis is clock time of turns that began after an outage, when the
	// server was back and the player was not.
	LateMillis int64 `json:"late_ms"`
	// Unread is how many games could not be read back, and so not checked.
	Unread int `json:"unread"`
	Audit
}

// OK reports whether every game was checked and the server kept its promises.
func (r Result) OK() bool { return r.Clean() && r.Unread == 0 }

func (r *run) result(took time.Duration, audit Audit, unread int) Result {
	kinds, errs := r.failures()
	outages, away := r.weather.total(time.Now())
	tables := 0
	for _, m := range r.matches {
		tables += len(m.games)
	}
	l := &r.latency
	return Result{
		Games: r.cfg.Games, Tables: tables, Sockets: r.cfg.Games * seats,
		Seconds: took.Seconds(), ThinkMillis: r.cfg.Think.Milliseconds(),
		Moves: r.moves.Load(), MovesPerSecond: float64(r.moves.Load()) / max(took.Seconds(), 1e-9),
		Measured: l.Count(), P50: millis(l.Quantile(0.5)), P99: millis(l.Quantile(0.99)),
		P999: millis(l.Quantile(0.999)), Max: millis(l.Max()),
		Errors: errs, ByKind: kinds, Refused: r.refused.Load(), Retried: r.retried.Load(),
		Resumes: r.resumes.Load(), Outages: outages, AwayMillis: away.Milliseconds(), LateMillis: r.late.Load(),
		Unread: unread, Audit: audit,
	}
}

// millis is a length in milliseconds, to a microsecond.
func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// WriteTable writes the result for people.
func (r Result) WriteTable(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name string, value any, more string) { fmt.Fprintf(t, "%s\t%v\t %s\n", name, value, more) }
	row("games", r.Games, fmt.Sprintf("at a time on %d sockets, %d in all", r.Sockets, r.Tables))
	row("measured", fmt.Sprintf("%.1f", r.Seconds), "s")
	row("moves", r.Moves, "")
	row("moves/s", fmt.Sprintf("%.0f", r.MovesPerSecond), "")
	for _, l := range []struct {
		name  string
		value float64
	}{{"p50", r.P50}, {"p99", r.P99}, {"p99.9", r.P999}, {"max", r.Max}} {
		row(l.name, fmt.Sprintf("%.2f", l.value), "ms from the mover to the opponent")
	}
	row("errors", r.Errors, "")
	for _, kind := range slices.Sorted(maps.Keys(r.ByKind)) {
		row("", r.ByKind[kind], kind)
	}
	row("refused", r.Refused, "to be tried again")
	row("resumes", r.Resumes, fmt.Sprintf("after lost sockets; %d outages, away for %d ms", r.Outages, r.AwayMillis))
	row("lost", r.Lost, "acknowledged moves and shown events")
	row("doubled", r.Doubled, "")
	row("disordered", r.Disordered, "")
	row("charged", r.ChargedMillis, "ms of clock time while the server was away")
	if r.LateMillis > 0 {
		row("late", r.LateMillis, "ms of turns that began before their player was back")
	}
	if r.Unread > 0 {
		row("unread", r.Unread, "games could not be checked")
	}
	return t.Flush()
}
