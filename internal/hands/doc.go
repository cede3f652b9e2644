// Package hands is the archive of the hands of games that are played in hands:
// what is stored of each, who may read it, and the ports by which it is written
// and read. It knows no such game; a Dealer and a Scribe do.
package hands
