package deps

import "slices"

// rings orders the packages from the inside out. A package imports inner rings
// freely, its own only where siblings says so, and never outward.
var rings = [][]string{
	{"game", "game/gametest", "chess", "chess/pgn", "chess/search", "chess/opening", "chess/accuracy", "poker", "poker/eval", "poker/handlog", "poker/handtest", "poker/stats", "poker/house", "clock", "rating"},
	{"table", "table/tabletest", "account", "account/accounttest", "archive", "archive/archivetest", "ledger", "ledger/ledgertest", "hands", "hands/handstest"},
	{"cluster", "cluster/clustertest", "scale", "relay", "gateway", "host", "lobby", "rooms", "wire", "verify", "export", "export/pgn", "export/phh", "export/ohh", "export/pokerstars", "analysis", "importer", "worker", "worker/archiver", "worker/ratings", "worker/stats", "worker/chips", "worker/hands"},
	{"inmem", "walstore", "sqlstore", "sqlstore/pgtest", "natsstore", "natsstore/natstest", "memcached", "memcached/memcachedtest", "httpapi", "lichessapi", "botclient", "credential", "mail", "loadgen", "metrics", "uci", "acpc", "web"},
	{"games", "config", "server", "faults", "deps"},
	{"cmd/kibitz", "chess/opening/gen"},
}

// ringNames say what a ring is for.
var ringNames = []string{"0 pure", "1 core", "2 does", "3 tech", "4 wires", "outside"}

// siblings are the imports allowed inside one ring.
var siblings = map[string][]string{
	"game/gametest":       {"game"},
	"chess":               {"game"},
	"chess/pgn":           {"chess"},
	"chess/search":        {"chess"},
	"chess/opening":       {"chess"},
	"poker":               {"game", "poker/eval"},
	"poker/handlog":       {"game", "poker", "poker/eval"},
	"poker/handtest":      {"game", "poker", "poker/eval", "poker/handlog"},
	"poker/house":         {"game", "poker", "poker/eval"},
	"poker/stats":         {"game", "poker", "poker/eval"},
	"clock":               {"game"},
	"table":               {"account"},
	"table/tabletest":     {"table"},
	"account/accounttest": {"account"},
	"archive":             {"table", "account"},
	"archive/archivetest": {"archive", "table", "account"},
	"ledger":              {"table", "account"},
	"ledger/ledgertest":   {"ledger", "table"},
	"hands":               {"table", "account", "archive"},
	"hands/handstest":     {"hands", "table", "account", "archive"},
	"worker/chips":        {"worker"},
	"worker/hands":        {"worker"},
	"export/pgn":          {"export", "importer"},
	"verify":              {"export/phh", "export/ohh"},
	"analysis":            {"export"},
	"importer":            {"export"},
	"cluster/clustertest": {"cluster"},
	"scale":               {"cluster"},
	"relay":               {"cluster"},
	"gateway":             {"cluster"},
	"worker/archiver":     {"worker"},
	"rooms":               {"host"},
	"botclient":           {"uci"},
	"server":              {"games"},
}

// rule lets only some packages import what begins with a prefix.
type rule struct {
	imports string
	only    []string
	why     string
}

// rules are the imports that are for a few only. The longest matching prefix
// counts. Every third-party package is among them.
var rules = []rule{
	{"kibitz/internal/chess", []string{"chess/pgn", "chess/search", "chess/opening", "chess/opening/gen", "export/pgn", "games", "lichessapi", "server", "verify", "cmd/kibitz"},
		"a table, a host and the wire play games they have never heard of, so that a game can be added without touching them"},
	{"kibitz/internal/poker", []string{"poker", "poker/handlog", "poker/handtest", "poker/stats", "poker/house", "games", "export/phh", "export/ohh", "export/pokerstars", "acpc", "server", "verify", "cmd/kibitz"},
		"a table, a host and the wire play games they have never heard of, so that a game can be added without touching them"},
	{"kibitz/internal/games", []string{"server", "cmd/kibitz"}, "the list of games is put in at the top, not looked up below"},
	{"kibitz/internal/server", []string{"cmd/kibitz"}, "it puts everything together and belongs to no part"},
	{"kibitz/web", []string{"server"}, "pages are handed in, so that everything else builds and is tested without them"},
	{"kibitz/internal/game/gametest", nil, "suites are for tests"},
	{"kibitz/internal/poker/handtest", nil, "random hands are for tests"},
	{"kibitz/internal/table/tabletest", nil, "suites are for tests"},
	{"kibitz/internal/account/accounttest", nil, "suites are for tests"},
	{"kibitz/internal/archive/archivetest", nil, "suites are for tests"},
	{"kibitz/internal/ledger/ledgertest", nil, "suites are for tests"},
	{"kibitz/internal/hands/handstest", nil, "suites are for tests"},
	{"kibitz/internal/sqlstore/pgtest", nil, "throw-away databases are for tests"},
	{"kibitz/internal/cluster/clustertest", nil, "suites are for tests"},
	{"kibitz/internal/memcached/memcachedtest", nil, "throw-away servers are for tests"},
	{"kibitz/internal/natsstore/natstest", nil, "throw-away servers are for tests"},
	{"testing", []string{"game/gametest", "table/tabletest", "account/accounttest", "archive/archivetest", "ledger/ledgertest", "hands/handstest", "sqlstore/pgtest", "natsstore/natstest", "cluster/clustertest", "memcached/memcachedtest"}, "the server has no use for a test framework"},

	{"database/sql", []string{"sqlstore", "sqlstore/pgtest"}, "one place knows SQL"},
	{"github.com/jackc/pgx", []string{"sqlstore", "sqlstore/pgtest"}, "one place knows SQL"},
	{"modernc.org/sqlite", []string{"sqlstore"}, "one place knows SQL"},
	{"github.com/pressly/goose", []string{"sqlstore"}, "one place knows SQL"},
	{"github.com/hashicorp/raft-wal", []string{"walstore"}, "the journal's format is one package's business"},
	{"github.com/cockroachdb/pebble", []string{"walstore"}, "the journal's format is one package's business"},
	{"github.com/nats-io", []string{"natsstore", "natsstore/natstest"}, "one place knows the broker"},
	{"github.com/bradfitz/gomemcache", []string{"memcached"}, "one place knows the cache"},
	{"github.com/maypok86/otter", []string{"account"}, "one cache of logins, in front of the port"},
	{"github.com/caddyserver/certmagic", []string{"server"}, "TLS ends where the server listens"},
	{"go.uber.org/zap", []string{"server"}, "only to keep certmagic quiet; we log with slog"},
	{"golang.org/x/crypto", []string{"credential"}, "one place knows how people prove who they are"},
	{"github.com/go-webauthn/webauthn", []string{"credential"}, "one place knows how people prove who they are"},
	{"github.com/pquerna/otp", []string{"credential"}, "one place knows how people prove who they are"},
	{"github.com/gobwas/ws", []string{"httpapi"}, "a host sees connections, not sockets"},
	{"github.com/lxzan/gws", []string{"loadgen"}, "a host sees connections, not sockets; the server is tested by a client of another make"},
	{"golang.org/x/time/rate", []string{"httpapi"}, "limits are kept at the edge"},
	{"golang.org/x/sys", []string{"walstore", "uci", "server", "loadgen"}, "the operating system ends at the edges"},
	{"github.com/BurntSushi/toml", []string{"export/phh"}, "hands of poker are exchanged in it, and nothing else is"},
	{"os/exec", []string{"uci", "natsstore/natstest", "memcached/memcachedtest"}, "only chess engines are other programs, and the servers of tests"},
	{"github.com/prometheus/client_golang", []string{"metrics"}, "what is counted is told to one place by functions that are handed in"},
	{"net/http", []string{"httpapi", "gateway", "lichessapi", "botclient", "loadgen", "metrics", "server", "wire", "cmd/kibitz"}, "HTTP ends at the edges"},
	{"unsafe", nil, "nothing here is worth it"},
	{"reflect", []string{"game/gametest", "table/tabletest", "account/accounttest"}, "the types say it"},

	{"github.com/corentings/chess", nil, "it is an oracle for tests: 500 times slower, and without Chess960"},
	{"github.com/descope/virtualwebauthn", nil, "it is a passkey for tests"},
	{"pgregory.net/rapid", nil, "it is for tests"},
	{"go.yaml.in/yaml/v3", nil, "it is for tests"},
	{"github.com/anishathalye/porcupine", nil, "it is for tests"},
}

// impure is what ring 0 must not import, nor anything below it.
var impure = []string{
	"os", "net", "io/ioutil", "database/sql", "context", "log", "sync", "syscall", "embed",
	"math/rand", "crypto/rand", "runtime", "plugin",
}

// pureExcept are packages of ring 0 that may do a little more, and why.
var pureExcept = map[string][]string{
	"game/gametest":  {"math/rand"}, // a seeded generator, for random play
	"poker/handtest": {"math/rand"}, // the same
	"chess/opening":  {"embed"},     // a table, which nothing can change
	"poker/house":    {"embed"},     // charts of ranges, which nothing can change
}

// timeCalls are the functions of package time that read a clock or wait.
var timeCalls = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

// seeded are the functions of math/rand/v2 that do not use the global source.
var seeded = []string{"New", "NewPCG", "NewChaCha8", "NewZipf"}

// Limits of size, in lines.
const (
	maxFunction = 80
	maxFile     = 400
)

// ringOf returns the ring of a package, -1 if it has none.
func ringOf(pkg string) int {
	return slices.IndexFunc(rings, func(ring []string) bool { return slices.Contains(ring, pkg) })
}
