package chess

import "testing"

func TestQuick(t *testing.T) {
	h := NewHistory(StartPosition())
	for _, s := range []string{"e2e4", "e7e5", "g1f3", "b8c6", "f1b5", "a7a6", "e1g1", "a6b5", "e1g1"} {
		san := ""
		if m, err := h.Position().ParseUCI(s); err == nil {
			san = h.Position().SAN(m)
			if m2, err := h.Position().ParseSAN(san); m2 != m {
				t.Error(err)
			}
		}
		m, err := h.PlayUCI(s)
		t.Log(s, san, m, err, h.Position().FEN(), h.Ending(DrawLichess))
	}
}
