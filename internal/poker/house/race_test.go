//go:build race

package house

// slower is how much longer hands take: the race detector makes them ten times
// as slow, and sees the same in fewer.
const slower = 10
