package scale

import "time"

// Cost is the processor time that all processes of a part take together.
type Cost struct {
	// Move is for each move, and Game for each game beside its moves: that it is
	// made, joined, ended, archived and rated.
	Move, Game time.Duration
}

// Costs are those of the parts of a cluster, and what else a move and a game
// leave behind.
type Costs struct {
	App, Gateway, Worker, NATS, Database Cost
	// JournalBytes is what a record takes in the files of one NATS server.
	JournalBytes int64
	// SubjectBytes is what a NATS server holds in memory for each table whose
	// records it has.
	SubjectBytes int64
	// GameBytes is what a finished game takes in the database, and WALBytes what
	// a move and a game add to the write-ahead log.
	GameBytes, MoveWALBytes, GameWALBytes int64
	// Asked is how often memcached is asked or told something for each game.
	Asked float64
	// AppSocketBytes and GatewaySocketBytes are memory for each socket.
	AppSocketBytes, GatewaySocketBytes int64
}

// Measured returns what TestCosts and TestJournalCosts printed on a virtual
// machine with 2 shared cores, rounded; docs/scale.md has the figures.
// NATS is as at thousands of appends a second, of which many share a sync: at 400
// a second it was ten times as much. The bytes of sockets at app servers, of
// games and of subjects are those of older measurements there.
func Measured() Costs {
	return Costs{
		App:      Cost{330 * time.Microsecond, 2500 * time.Microsecond},
		Gateway:  Cost{130 * time.Microsecond, 700 * time.Microsecond},
		Worker:   Cost{140 * time.Microsecond, 1600 * time.Microsecond},
		NATS:     Cost{100 * time.Microsecond, 400 * time.Microsecond},
		Database: Cost{31 * time.Microsecond, 970 * time.Microsecond},

		JournalBytes: 500, SubjectBytes: 214,
		GameBytes: 1472, MoveWALBytes: 360, GameWALBytes: 5800,
		Asked:          3.2,
		AppSocketBytes: 14_400, GatewaySocketBytes: 44_000,
	}
}
