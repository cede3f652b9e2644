// Package scale says what Kibitz needs for so many games at a time: from what
// its parts were measured to cost, how many of each there must be; and by a
// simulation in virtual time, with the plan and the roll of package cluster,
// how long games stand still when nodes of a large cluster die, and how far
// queues fall behind.
package scale
