package lobby

import (
	"bytes"

	"kibitz/internal/account"
	"kibitz/internal/game"
)

// Fitting returns the seeks of others that ask for the same game as an offer,
// the oldest first. Whether one can be taken is known when it is tried: ratings
// and blocks are looked at then.
func (l *Lobby) Fitting(user account.ID, o Offer) []SeekID {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []SeekID
	for _, id := range l.order {
		if s := l.seeks[id]; s.By.ID != user && s.fits(o) {
			list = append(list, id)
		}
	}
	return list
}

// Before returns those of Fitting that are older than a seek which is still
// open. Who has just made that looks once more: two who came at the same time
// saw nothing of each other, and only the later of them sees the other here.
func (l *Lobby) Before(mine SeekID) []SeekID {
	l.mu.Lock()
	defer l.mu.Unlock()
	own, ok := l.seeks[mine]
	if !ok {
		return nil
	}
	var list []SeekID
	for _, id := range l.order {
		if id == mine {
			break
		}
		if s := l.seeks[id]; s.By.ID != own.By.ID && s.fits(own.Offer) {
			list = append(list, id)
		}
	}
	return list
}

// fits reports whether two offers can be one game.
func (s *Seek) fits(o Offer) bool {
	seats := s.Seat == game.NoSeat || o.Seat == game.NoSeat || s.Seat != o.Seat
	rating := s.By.Rating == 0 && o.MinRating == 0 || s.By.Rating >= o.MinRating && (o.MaxRating == 0 || s.By.Rating <= o.MaxRating)
	return seats && rating && s.Kind == o.Kind && s.Control == o.Control && s.Rated == o.Rated && bytes.Equal(s.Setup, o.Setup)
}
