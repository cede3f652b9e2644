package scale

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

var update = flag.Bool("update", false, "write the table of docs/scale.md anew")

// Where the table is between.
const (
	tableBegin = "<!-- made by go test ./internal/scale -update -->\n"
	tableEnd   = "<!-- end -->\n"
)

// TestNeedIsDocumented compares the table of docs/scale.md with the formula.
func TestNeedIsDocumented(t *testing.T) {
	name := filepath.Join("..", "..", "docs", "scale.md")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begun := strings.Cut(string(b), tableBegin)
	got, after, ended := strings.Cut(rest, tableEnd)
	if !begun || !ended {
		t.Fatalf("docs/scale.md has no place for the table, between %q and %q", tableBegin, tableEnd)
	}
	want := needs()
	if *update {
		if err := os.WriteFile(name, []byte(before+tableBegin+want+tableEnd+after), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != want {
		t.Errorf("docs/scale.md has\n%s\nwant, from the formula,\n%s(go test ./internal/scale -update)", got, want)
	}
}

// needs is the table.
func needs() string {
	var loads []Load
	for _, games := range []int{1_000, 10_000, 100_000, 1_000_000} {
		loads = append(loads, Usual(games))
	}
	var out strings.Builder
	row := func(what string, cell func(l Load, n Need) string) {
		fmt.Fprintf(&out, "| %s |", what)
		for _, l := range loads {
			fmt.Fprintf(&out, " %s |", cell(l, For(l, Ordinary(), Measured())))
		}
		out.WriteString("\n")
	}
	count := func(of func(Need) int) func(Load, Need) string {
		return func(_ Load, n Need) string { return thousands(float64(of(n))) }
	}
	bytes := func(of func(Need) float64) func(Load, Need) string {
		return func(_ Load, n Need) string { return size(of(n)) }
	}
	row("simultaneous games", func(l Load, _ Need) string { return thousands(float64(l.Games)) })
	out.WriteString("|---|---|---|---|---|\n")
	row("moves a second", func(l Load, _ Need) string { return thousands(l.Moves()) })
	row("games begun a second", func(l Load, _ Need) string { return thousands(l.Begun()) })
	row("gateways", count(func(n Need) int { return n.Gateways }))
	row("memory for the sockets of each", bytes(func(n Need) float64 { return n.GatewayMemory }))
	row("app servers", count(func(n Need) int { return n.Apps }))
	row("memory for the sockets of each", bytes(func(n Need) float64 { return n.AppMemory }))
	row("partitions, eight or more for each", count(func(n Need) int { return n.Partitions }))
	row("NATS servers", count(func(n Need) int { return n.NATS }))
	row("streams", count(func(n Need) int { return n.Streams }))
	row("journal of 72 h, all copies", bytes(func(n Need) float64 { return n.JournalBytes }))
	row("memory of each NATS server for the tables of 72 h", bytes(func(n Need) float64 { return n.SubjectBytes }))
	row("processes that the archive must be divided over", count(func(n Need) int { return n.Workers }))
	row("PostgreSQL servers, by processor time", count(func(n Need) int { return n.Databases }))
	row("write-ahead log a second", bytes(func(n Need) float64 { return n.WALBytes }))
	row("archive, added every day", bytes(func(n Need) float64 { return n.DatabaseBytes }))
	row("memcached", count(func(n Need) int { return n.Memcached }))
	return out.String()
}

// thousands writes a number with commas, and one below 10 with a digit behind
// the point unless it is whole.
func thousands(x float64) string {
	if x < 10 && x != math.Trunc(x) {
		return fmt.Sprintf("%.1f", x)
	}
	s := fmt.Sprintf("%.0f", x)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// size writes a number of bytes.
func size(bytes float64) string {
	for _, unit := range []string{"KB", "MB", "GB", "TB"} {
		bytes /= 1000
		if bytes < 1000 || unit == "TB" {
			digits := 0
			if bytes < 10 {
				digits = 1
			}
			return fmt.Sprintf("%.*f %s", digits, bytes, unit)
		}
	}
	return ""
}

// One core and one thing to do make the numbers plain.
func TestFor(t *testing.T) {
	m := Machine{Cores: 1, Fill: 0.5, AppSockets: 100, GatewaySockets: 1000, StreamAppends: 10}
	second := Cost{Move: time.Second}
	rows := []struct {
		name  string
		load  Load
		costs Costs
		got   func(n Need) string
		want  string
	}{
		{"nothing to speak of", Load{Games: 1, Between: time.Hour, Plies: 10}, Costs{}, func(n Need) string {
			return fmt.Sprint(n.Apps, n.Gateways, n.NATS, n.Streams, n.Workers, n.Databases, n.Memcached, n.Partitions)
		}, "2 2 3 4 1 1 2 256"},
		{"sockets", Load{Games: 1000, Between: time.Hour, Plies: 10}, Costs{}, func(n Need) string { return fmt.Sprint(n.Apps, n.Gateways) }, "21 3"},
		{"processors", Load{Games: 10, Between: time.Second, Plies: 10}, Costs{App: second, Worker: second, NATS: second}, func(n Need) string { return fmt.Sprint(n.Apps, n.Workers, n.NATS) }, "21 20 20"},
		{"games", Load{Games: 10, Between: time.Second, Plies: 10}, Costs{Database: Cost{Game: 3 * time.Second}}, func(n Need) string { return fmt.Sprint(n.Databases) }, "6"},
		{"streams", Load{Games: 101, Between: time.Second, Plies: 10}, Costs{}, func(n Need) string { return fmt.Sprint(n.Streams) }, "11"},
		{"partitions", Load{Games: 5000, Between: time.Hour, Plies: 10}, Costs{}, func(n Need) string { return fmt.Sprint(n.Apps, n.Partitions) }, "101 1024"},
		{"journal", Load{Games: 7, Between: time.Second, Plies: 7, Keep: 10 * time.Second}, Costs{JournalBytes: 100, SubjectBytes: 5}, func(n Need) string { return fmt.Sprint(n.JournalBytes, n.SubjectBytes) }, "21000 50"},
	}
	for _, row := range rows {
		if got := row.got(For(row.load, m, row.costs)); got != row.want {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
}

// Spread says of 256 partitions what the plan makes of them.
func TestSpreadIsThatOfThePlan(t *testing.T) {
	for _, nodes := range []int{1, 3, 7, 100, 101, 256, 1000} {
		var all []cluster.Node
		for n := range nodes {
			all = append(all, cluster.Node{ID: cluster.NodeID(fmt.Sprintf("n%04d", n)), Role: cluster.App})
		}
		m := cluster.NewMap()
		has := make(map[cluster.NodeID]int)
		fullest := 0
		for _, move := range cluster.Plan(&m, all) {
			has[move.To]++
			fullest = max(fullest, has[move.To])
		}
		wantOver := float64(fullest*nodes)/table.Partitions - 1
		if idle, over := Spread(table.Partitions, nodes); idle != nodes-len(has) || math.Abs(over-wantOver) > 1e-9 {
			t.Errorf("%d nodes: got %d idle and %.3f over, want %d and %.3f", nodes, idle, over, nodes-len(has), wantOver)
		}
	}
}
