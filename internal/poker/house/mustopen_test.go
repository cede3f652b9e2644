package house

import "testing"

func mustOpen(tb testing.TB) *House {
	tb.Helper()
	h, err := Open()
	if err != nil {
		tb.Fatal(err)
	}
	return h
}
