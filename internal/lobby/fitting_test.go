package lobby_test

import (
	"slices"
	"testing"

	"kibitz/internal/lobby"
)

func TestFitting(t *testing.T) {
	w := newWorld(t)
	make := func(name string, alter func(*lobby.Offer)) lobby.SeekID {
		t.Helper()
		m, _ := member(name)
		o := offer()
		alter(&o)
		id, err := w.Seek(t.Context(), m, o)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	anna := make("ANNA", func(*lobby.Offer) {})
	white := make("BERT", func(o *lobby.Offer) { o.Seat = 0 })
	rated := make("CORA", func(o *lobby.Offer) { o.Rated = true })
	slow := make("DORA", func(o *lobby.Offer) { o.Control = rapid })
	for _, row := range []struct {
		name  string
		who   string
		alter func(*lobby.Offer)
		want  []lobby.SeekID
	}{
		{"the oldest first", "EMMA", func(*lobby.Offer) {}, []lobby.SeekID{anna, white}},
		{"not one's own", "ANNA", func(*lobby.Offer) {}, []lobby.SeekID{white}},
		{"not for the same seat", "EMMA", func(o *lobby.Offer) { o.Seat = 0 }, []lobby.SeekID{anna}},
		{"for the other seat", "EMMA", func(o *lobby.Offer) { o.Seat = 1 }, []lobby.SeekID{anna, white}},
		{"rated", "EMMA", func(o *lobby.Offer) { o.Rated = true }, []lobby.SeekID{rated}},
		{"another time", "EMMA", func(o *lobby.Offer) { o.Control = rapid }, []lobby.SeekID{slow}},
		{"another setup", "EMMA", func(o *lobby.Offer) { o.Setup = []byte(`{"cards":9}`) }, nil},
		{"a strong opponent", "EMMA", func(o *lobby.Offer) { o.MinRating = 2000 }, nil},
	} {
		o := offer()
		row.alter(&o)
		m, _ := member(row.who)
		if got := w.Fitting(m.Player.ID, o); !slices.Equal(got, row.want) {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
	late := make("EMMA", func(*lobby.Offer) {})
	for _, row := range []struct {
		name string
		mine lobby.SeekID
		want []lobby.SeekID
	}{
		{"who came last sees the others", late, []lobby.SeekID{anna, white}},
		{"who came first sees nobody", anna, nil},
		{"who came between sees the older", white, []lobby.SeekID{anna}},
		{"a seek that is gone", "none", nil},
	} {
		if got := w.Before(row.mine); !slices.Equal(got, row.want) {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
}
