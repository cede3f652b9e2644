package httpapi

import (
	"context"
	"net/http"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// How many openings of a color, and how many time controls, are shown.
const (
	openingsShown = 5
	controlsShown = 12
)

// statistics is how somebody played.
type statistics struct {
	Speeds   []ladderScore  `json:"speeds"`
	Streaks  streaks        `json:"streaks"`
	BestWin  *bestWin       `json:"best_win"`
	Openings []openingScore `json:"openings"`
	// Colors has both colors; Controls the most played, the most played first.
	Colors   map[string]scoreAnswer `json:"colors"`
	Controls []controlScore         `json:"controls"`
}

type controlScore struct {
	Control string `json:"control"`
	scoreAnswer
}

type ladderScore struct {
	Key archive.Ladder `json:"key"`
	scoreAnswer
}

type streaks struct {
	Current  int `json:"current"`
	BestWin  int `json:"best_win"`
	BestLoss int `json:"best_loss"`
}

type bestWin struct {
	Table    table.ID `json:"table"`
	AtMillis int64    `json:"at"`
	Opponent struct {
		Name   string `json:"name"`
		Rating int    `json:"rating"`
	} `json:"opponent"`
}

type openingScore struct {
	ECO   string `json:"eco"`
	Name  string `json:"name"`
	Color string `json:"color"`
	scoreAnswer
}

// getStats answers with statistics.
func (s *Server) getStats(r *http.Request) (any, error) {
	a, err := s.person(r, r.PathValue("name"))
	if err == nil && s.lib.Counts == nil {
		err = account.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	all, err := s.lib.Counts.Stats(r.Context(), a.ID)
	if err != nil {
		return nil, err
	}
	body := statistics{
		Speeds: []ladderScore{}, Openings: []openingScore{},
		Colors: map[string]scoreAnswer{"white": {}, "black": {}}, Controls: []controlScore{},
	}
	if err := s.byFacet(r.Context(), a.ID, &body); err != nil {
		return nil, err
	}
	for _, one := range all {
		if one.Ladder != archive.Overall {
			body.Speeds = append(body.Speeds, ladderScore{one.Ladder, scoreOf(one.Score)})
			continue
		}
		body.Streaks = streaks{one.Streak, one.BestStreak, -one.WorstStreak}
		if body.BestWin, err = s.bestWin(r.Context(), one.BestWin); err != nil {
			return nil, err
		}
	}
	for seat, color := range []string{"white", "black"} {
		openings, err := s.lib.Counts.Openings(r.Context(), a.ID, game.Seat(seat), openingsShown)
		if err != nil {
			return nil, err
		}
		for _, o := range openings {
			body.Openings = append(body.Openings, openingScore{o.Opening.ECO, o.Opening.Name, color, scoreOf(o.Score)})
		}
	}
	return body, nil
}

// byFacet adds the games by color and by time control.
func (s *Server) byFacet(ctx context.Context, user account.ID, body *statistics) error {
	if s.lib.Facets == nil {
		return nil
	}
	colors, err := s.lib.Facets.FacetScores(ctx, user, archive.ByColor, len(body.Colors))
	if err != nil {
		return err
	}
	for _, one := range colors {
		body.Colors[one.Value] = scoreOf(one.Score)
	}
	controls, err := s.lib.Facets.FacetScores(ctx, user, archive.ByControl, controlsShown)
	for _, one := range controls {
		body.Controls = append(body.Controls, controlScore{one.Value, scoreOf(one.Score)})
	}
	return err
}

// bestWin finds the game of the best win; nil for none.
func (s *Server) bestWin(ctx context.Context, b archive.BestWin) (*bestWin, error) {
	if b.Number == 0 || s.lib.Rows == nil {
		return nil, nil
	}
	games, err := s.lib.Rows.After(ctx, b.Number-1, 1)
	if err != nil || len(games) == 0 || games[0].Number != b.Number {
		return nil, err
	}
	best := &bestWin{Table: games[0].ID, AtMillis: games[0].Ended.UnixMilli()}
	best.Opponent.Name, best.Opponent.Rating = b.Opponent, b.Rating
	return best, nil
}
