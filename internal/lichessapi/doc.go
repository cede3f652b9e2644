// Package lichessapi speaks the Board and Bot API of lichess, so that bots,
// libraries and boards made for it play here when only the base URL is
// changed (spec/lichess-api.md). Every foreign name, shape and habit ends in
// this package: inside there are the same host, lobby, accounts and archive
// that the edge of our own protocol uses.
package lichessapi
