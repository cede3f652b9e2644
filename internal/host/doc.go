// Package host runs tables. Each table in memory has a keeper: a bounded inbox
// and, while there is something in it, the one goroutine that may touch the
// table. The keeper judges a command, journals what came of it, and only then
// folds it into the table and shows it: durable first, visible second.
//
// What a host needs is handed in as ports: the journal and the pulse of
// package table, a Codec that makes frames, a Conn for every socket, and a
// Brain for the house players. Everything exported is safe for concurrent use.
package host
