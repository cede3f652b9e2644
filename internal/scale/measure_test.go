package scale

import (
	"bufio"
	"database/sql"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"kibitz/internal/loadgen"
)

// clusterHome names the folder of the cluster of scripts/cluster.sh, and
// askCosts has it measured.
const (
	clusterHome = "KIBITZ_CLUSTER_HOME"
	askCosts    = "KIBITZ_CLUSTER_COSTS"
)

// longScript is a game that takes long to end, and shortScript one that is
// given up at once.
var (
	longScript = strings.Fields(`e2e4 e7e5 g1f3 b8c6 f1b5 a7a6 b5a4 g8f6 e1g1 f8e7 f1e1 b7b5 a4b3 d7d6 c2c3 e8g8 h2h3 c6a5 b3c2 c7c5 d2d4 d8c7
	b1d2 c8d7 d2f1 c5d4 c3d4 a8c8 f1e3 f8e8 b2b3 e5d4 f3d4 e7f8 c1b2 c7d8 d1d2 g7g6 a1d1 f8g7 d4e2 d7c6 e2g3 d8e7 f2f3 h7h5 d2f2 h5h4
	g3f1 f6h5 b2g7 g8g7 e3g4 h5f4 f1e3 f4e6 c2d3 a5b7 e3d5 e7d8 b3b4 a6a5 a2a3 a5b4 a3b4 c6d5 e4d5 e6f4 e1e8 d8e8 d3f1 c8c3 f2d4 f7f6
	d4f4 e8e3 g1h1 c3c1 d1c1 e3c1 f4d4 c1f4 d4b6 f4b4 b6b7 g7f8`)
	shortScript = longScript[:4]
)

// parts are what a cluster is made of, and the processes of each.
var parts = map[string][]string{
	"app server":  {"app0", "app1", "app2"},
	"gateway":     {"gateway0", "gateway1"},
	"worker":      {"worker0", "worker1"},
	"NATS server": {"nats0", "nats1", "nats2"},
	"memcached":   {"memcached0", "memcached1"},
	"PostgreSQL":  {"postgres/postmaster"},
}

// bill is what all processes of each part have used, what was stored, and what
// the servers counted.
type bill struct {
	parts  map[string]usage
	counts map[string]int64
}

func (b bill) minus(o bill) bill {
	d := bill{make(map[string]usage), make(map[string]int64)}
	for part := range b.parts {
		d.parts[part] = b.parts[part].minus(o.parts[part])
	}
	for name := range b.counts {
		d.counts[name] = b.counts[name] - o.counts[name]
	}
	return d
}

// site is a cluster under measurement.
type site struct {
	t        *testing.T
	home     string
	gateway  string
	pids     map[string][]int
	database *sql.DB
}

// TestCosts measures what each part of a cluster costs: at rest, for a move and
// for a game. Three loads are played one after the other; the difference between
// the two with long and with short games tells moves from games.
func TestCosts(t *testing.T) {
	s := openSite(t)
	time.Sleep(10 * time.Second) // partitions are evened out
	t.Logf("load average %s before", load())
	before := s.bill()
	time.Sleep(10 * time.Second)
	rest := s.bill().minus(before)
	long := s.play("long games", longScript, 200, 500*time.Millisecond, 30*time.Second)
	short := s.play("short games", shortScript, 200, 500*time.Millisecond, 30*time.Second)
	s.report(rest, long, short)
	before = s.bill()
	wide := s.play("many sockets", longScript, 1500, 10*time.Second, 10*time.Second)
	s.memory(before, wide.end)
	t.Logf("load average %s after", load())
}

func openSite(t *testing.T) *site {
	t.Helper()
	home := os.Getenv(clusterHome)
	if home == "" || os.Getenv(askCosts) == "" {
		t.Skip("set " + askCosts + "=1 and run this test by scripts/cluster.sh to measure what a cluster costs")
	}
	s := &site{t: t, home: home, gateway: strings.Fields(os.Getenv("KIBITZ_CLUSTER_GATEWAYS"))[0], pids: make(map[string][]int)}
	for part, names := range parts {
		for _, name := range names {
			pid, err := pidIn(filepath.Join(home, name+".pid"))
			if err != nil {
				t.Fatal(err)
			}
			s.pids[part] = append(s.pids[part], pid)
		}
	}
	var err error
	if s.database, err = sql.Open("pgx", os.Getenv("KIBITZ_CLUSTER_DATABASE")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.database.Close() })
	return s
}

// bill reads all meters.
func (s *site) bill() bill {
	b := bill{make(map[string]usage), make(map[string]int64)}
	for part, pids := range s.pids {
		for _, pid := range pids {
			b.parts[part] = b.parts[part].plus(usageOfTree(pid))
		}
	}
	for i := range 3 {
		b.counts["bytes in the files of NATS"] += sizeOf(filepath.Join(s.home, fmt.Sprint("nats", i)))
	}
	s.rows(b.counts)
	for i := range 2 {
		s.cached(i, b.counts)
	}
	return b
}

// rows counts what PostgreSQL did.
func (s *site) rows(counts map[string]int64) {
	var inserted, changed, deleted, wal, size, commits int64
	err := s.database.QueryRow(`SELECT sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del), pg_current_wal_lsn() - '0/0', pg_database_size(current_database()),
		(SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()) FROM pg_stat_user_tables`).
		Scan(&inserted, &changed, &deleted, &wal, &size, &commits)
	if err != nil {
		s.t.Fatal(err)
	}
	counts["rows inserted"], counts["rows changed"], counts["rows deleted"] = inserted, changed, deleted
	counts["bytes of write-ahead log"], counts["bytes of database"], counts["transactions"] = wal, size, commits
}

// cached counts what a memcached was asked.
func (s *site) cached(i int, counts map[string]int64) {
	line, err := os.ReadFile(filepath.Join(s.home, fmt.Sprintf("memcached%d.cmd", i)))
	if err != nil {
		s.t.Fatal(err)
	}
	words := strings.Fields(string(line))
	conn, err := net.Dial("tcp", "127.0.0.1:"+words[slices.Index(words, "-p")+1])
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	fmt.Fprint(conn, "stats\r\n")
	for in := bufio.NewScanner(conn); in.Scan() && in.Text() != "END"; {
		words := strings.Fields(in.Text())
		if len(words) == 3 && (words[1] == "cmd_get" || words[1] == "cmd_set") {
			n, _ := strconv.ParseInt(words[2], 10, 64)
			counts["memcached "+words[1]] += n
		}
	}
}

// played is what a load did, and what that took.
type played struct {
	bill
	end          bill // the meters themselves
	moves, games int64
	seconds      float64
}

// play plays, and reads the meters when the games have begun and when the time
// is up.
func (s *site) play(what string, script []string, games int, think, duration time.Duration) played {
	s.t.Helper()
	begun := make(chan bill, 1)
	over := make(chan bill, 1)
	progress := watchFor{word: "measuring", then: func() {
		begun <- s.bill()
		time.AfterFunc(duration-200*time.Millisecond, func() { over <- s.bill() })
	}}
	got, err := loadgen.Play(s.t.Context(), loadgen.Config{
		URL: "http://" + s.gateway, Games: games, Think: think, Duration: duration, Scripts: [][]string{script}, Control: "10+5", Progress: &progress,
	})
	if err != nil || !got.OK() {
		s.t.Fatalf("%s: %v, %+v", what, err, got)
	}
	end := <-over
	p := played{bill: end.minus(<-begun), end: end, moves: got.Moves, games: int64(got.Tables - got.Games), seconds: got.Seconds}
	s.t.Logf("%s: %d moves in %d games and %d more begun, p50 %.1f ms, p99 %.0f ms, errors %d, load average %s",
		what, p.moves, games, p.games, got.P50, got.P99, got.Errors, load())
	return p
}

// watchFor does something once, when a word is written.
type watchFor struct {
	word string
	then func()
}

func (w *watchFor) Write(b []byte) (int, error) {
	if w.then != nil && strings.Contains(string(b), w.word) {
		w.then()
		w.then = nil
	}
	return len(b), nil
}

// report tells moves from games: both loads cost so much a second at rest, so
// much for each move, and so much for each game.
func (s *site) report(rest bill, long, short played) {
	const restFor = 10
	split := func(name string, rest, l, sh float64) {
		idle := rest / restFor
		l, sh = l-idle*long.seconds, sh-idle*short.seconds
		det := float64(long.moves*short.games - short.moves*long.games)
		move := (l*float64(short.games) - sh*float64(long.games)) / det
		game := (sh*float64(long.moves) - l*float64(short.moves)) / det
		s.t.Logf("%-34s %12.4g a second at rest, %10.4g a move, %10.4g a game", name, idle, move, game)
	}
	micros := func(d time.Duration) float64 { return float64(d.Microseconds()) }
	for _, part := range slices.Sorted(maps.Keys(parts)) {
		split(part+", µs", micros(rest.parts[part].cpu), micros(long.parts[part].cpu), micros(short.parts[part].cpu))
		if rest.parts[part].written+long.parts[part].written > 0 {
			split(part+", bytes written", float64(rest.parts[part].written), float64(long.parts[part].written), float64(short.parts[part].written))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rest.counts)) {
		split(name, float64(rest.counts[name]), float64(long.counts[name]), float64(short.counts[name]))
	}
}

// memory reports what the processes of a part held before many sockets were
// opened, and with them.
func (s *site) memory(before, with bill) {
	for _, part := range slices.Sorted(maps.Keys(parts)) {
		s.t.Logf("%-12s %7.1f MB before, %7.1f MB with all sockets", part,
			float64(before.parts[part].resident)/1e6, float64(with.parts[part].resident)/1e6)
	}
}
