// Package wire is the protocol of docs/protocol.md as Go values: what clients
// send becomes a Message, and what a viewer may know becomes bytes. It can
// encode a game.View and cannot encode a game.Event, which is what keeps
// cards off the wire. Every message has a fixture in testdata/wire that this
// package and the web client both read.
package wire

// Protocol names this version of the protocol: the WebSocket subprotocol.
const Protocol = "kibitz.1"

// The limits of what a client sends.
const (
	// MaxFrameBytes is the largest frame that is read as a message.
	MaxFrameBytes = 4 << 10
	// MaxTables is how many tables one socket may follow.
	MaxTables = 64
	// MaxChatRunes is the longest chat line, in characters.
	MaxChatRunes = 140
)
