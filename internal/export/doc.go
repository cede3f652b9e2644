// Package export makes finished games fit to leave the server: one game put
// together from its records, and the list of formats that write it. It knows
// no particular game; the formats that do are packages below it.
package export
