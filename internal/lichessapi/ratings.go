package lichessapi

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"kibitz/internal/archive"
)

// A leaderboard has those whose rating is known well, and who play
// (spec/chess.md section 7).
const (
	speedDeviation   = 75
	variantDeviation = 65
	leaderActive     = 90 * 24 * time.Hour
	maxLeaders       = 200
	topLeaders       = 10
)

// getRatingHistory draws the ratings of a user, a point a day. Months count
// from 0.
func (s *Server) getRatingHistory(_ http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	a, err := s.named(r.Context(), r.PathValue("username"))
	if err != nil {
		return nil, err
	}
	list := []object{}
	for _, key := range perfKeys {
		points := [][4]int{}
		if s.cfg.Ratings != nil {
			days, err := s.cfg.Ratings.RatingDays(r.Context(), a.ID, archive.Ladder(key), archive.AllDays)
			if err != nil {
				return nil, fmt.Errorf("ratings of %s: %w", a.ID, err)
			}
			for _, d := range days {
				at := time.Unix(int64(d.Day)*24*60*60, 0).UTC()
				points = append(points, [4]int{at.Year(), int(at.Month()) - 1, at.Day(), int(d.Rating + 0.5)})
			}
		}
		list = append(list, object{"name": perfNames[key], "points": points})
	}
	return list, nil
}

// getPerf tells how somebody plays at one speed, or one variant.
func (s *Server) getPerf(_ http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	key := r.PathValue("perf")
	a, err := s.named(r.Context(), r.PathValue("username"))
	if err != nil {
		return nil, err
	}
	if perfNames[key] == "" || s.cfg.Ratings == nil || s.cfg.Counts == nil {
		return nil, errNotFound
	}
	rating, err := s.cfg.Ratings.Rating(r.Context(), a.ID, archive.Ladder(key))
	if err != nil {
		return nil, err
	}
	all, err := s.cfg.Counts.Stats(r.Context(), a.ID)
	if err != nil {
		return nil, err
	}
	var stat archive.Stats
	for _, x := range all {
		if x.Ladder == archive.Ladder(key) {
			stat = x
		}
	}
	glicko := object{"rating": rating.Rating.Rating, "deviation": rating.Deviation}
	put(glicko, "provisional", rating.Provisional())
	return object{
		"user": object{"name": a.Name}, "perf": object{"glicko": glicko, "nb": rating.Games, "progress": 0},
		"stat": object{
			"perfType": object{"key": key, "name": perfNames[key]},
			"count": object{
				"all": stat.Games(), "rated": stat.Rated, "win": stat.Wins, "draw": stat.Draws, "loss": stat.Losses,
				"seconds": int(stat.Played.Seconds()),
			},
		},
	}, nil
}

// leaders lists the best of a ladder.
func (s *Server) leaders(ctx context.Context, key string, n int) ([]object, error) {
	list := []object{}
	if s.cfg.Ratings == nil {
		return list, nil
	}
	deviation := float64(speedDeviation)
	if key == chess960.Key {
		deviation = variantDeviation
	}
	best, err := s.cfg.Ratings.Leaders(ctx, archive.Ranking{
		Ladder: archive.Ladder(key), MaxDeviation: deviation, Since: s.cfg.Now().Add(-leaderActive), N: n,
	})
	if err != nil {
		return nil, fmt.Errorf("leaders of %s: %w", key, err)
	}
	for _, x := range best {
		u, err := s.cfg.Accounts.User(ctx, x.User)
		if err != nil || u.Closed {
			continue // an account that was closed just now
		}
		o := object{
			"id": userID(u.Name), "username": u.Name,
			"perfs": object{key: object{"rating": x.Rounded(), "progress": 0}},
		}
		put(o, "title", s.titles.of(ctx, u.ID))
		put(o, "online", s.online(u.ID))
		list = append(list, o)
	}
	return list, nil
}

// getPlayers lists the best of every ladder.
func (s *Server) getPlayers(_ http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	all := object{}
	for _, key := range perfKeys {
		list, err := s.leaders(r.Context(), key, topLeaders)
		if err != nil {
			return nil, err
		}
		all[key] = list
	}
	return all, nil
}

// getTop lists the best of one ladder.
func (s *Server) getTop(_ http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	n, err := params{"nb": r.PathValue("nb")}.number("nb", topLeaders, 1, maxLeaders)
	if err != nil {
		return nil, err
	}
	key := r.PathValue("perf")
	if perfNames[key] == "" {
		return nil, errNotFound
	}
	list, err := s.leaders(r.Context(), key, n)
	return object{"users": list}, err
}
