package lobby

import (
	"context"
	"slices"

	"kibitz/internal/account"
	"kibitz/internal/table"
)

// About is what the lobby knows of a registered player for one kind of game.
type About struct {
	// Rating is what players see; a new player has the one to start from.
	Rating int
	// Provisional means that the rating is not known well yet.
	Provisional bool
	// Blocked are the users with whom the player does not want to play.
	Blocked []account.ID
}

// People tells about registered players. It is safe for concurrent use.
type People interface {
	// About returns what is known of a user for games of a setup.
	About(ctx context.Context, user account.ID, s table.Setup) (About, error)
}

// nobody knows nothing of anybody: all are as good as each other.
type nobody struct{}

func (nobody) About(context.Context, account.ID, table.Setup) (About, error) { return About{}, nil }

// entrant is a member who wants to play games of one setup.
type entrant struct {
	*Member
	about About
}

// entrant looks up what must be known of a member for games of a setup.
// Guests have no rating.
func (l *Lobby) entrant(ctx context.Context, m *Member, s table.Setup) (entrant, error) {
	if err := m.signedIn(); err != nil || m.Player.Guest {
		return entrant{Member: m}, err
	}
	about, err := l.cfg.People.About(ctx, m.Player.ID, s)
	return entrant{m, about}, err
}

// seated returns the player with the rating of the moment.
func (e entrant) seated() table.Player {
	p := e.Player
	p.Rating, p.Provisional = e.about.Rating, e.about.Provisional
	return p
}

// shuns reports whether one of the two does not want to play the other.
func (e entrant) shuns(other entrant) bool {
	return e.Player.ID == other.Player.ID ||
		slices.Contains(e.about.Blocked, other.Player.ID) || slices.Contains(other.about.Blocked, e.Player.ID)
}
