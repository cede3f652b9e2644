package gametest

import (
	"fmt"
	"testing"
)

func TestHighCard(t *testing.T) {
	for _, seats := range []int{2, 3, 9} {
		t.Run(fmt.Sprintf("%d seats", seats), func(t *testing.T) {
			Conform(t, HighCardGame(seats))
			NoLeak(t, HighCardGame(seats))
		})
	}
}
