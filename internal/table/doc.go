// Package table runs one game at one table: it judges what players ask for,
// turns it into records, and folds records into the state from which every
// viewer's view is made. It knows no particular game, reads no clock and does
// no I/O; time and chance are handed in. What it needs from outside is named
// here as ports: Journal and Pulse.
package table
