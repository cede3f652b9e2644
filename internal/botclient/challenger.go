package botclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// errEnough: all games were played.
var errEnough = errors.New("all games were played")

// How long a challenge may wait, and how long the challenger waits after one
// that came to nothing.
const (
	answerTime = 30 * time.Second
	nextTry    = time.Second
	maxMisses  = 30
)

// challengeAll challenges the same opponent for game after game, as many at a
// time as the bot plays, and returns errEnough in the end.
func (b *Bot) challengeAll(ctx context.Context) error {
	slots := make(chan struct{}, b.cfg.Games)
	for done := 0; done < b.cfg.Count; {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
		id, err := b.challenge(ctx)
		if err != nil {
			return err
		}
		done++
		b.games.Go(func() {
			b.awaitEnd(ctx, id)
			<-slots
		})
	}
	for range b.cfg.Games {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return errEnough
}

// challenge makes one challenge after the other until one is accepted.
func (b *Bot) challenge(ctx context.Context) (string, error) {
	form := url.Values{
		"rated": {strconv.FormatBool(b.cfg.Rated)}, "variant": {b.cfg.Variant},
		"clock.limit":     {strconv.Itoa(int(b.cfg.Limit.Seconds()))},
		"clock.increment": {strconv.Itoa(int(b.cfg.Increment.Seconds()))},
	}
	for range maxMisses {
		var made challenge
		err := b.api.call(ctx, http.MethodPost, "/api/challenge/"+url.PathEscape(b.cfg.Challenge), form, &made)
		if err != nil {
			return "", err
		}
		accepted, err := b.awaitAnswer(ctx, made.ID)
		if accepted || err != nil {
			return made.ID, err
		}
		if !sleep(ctx, nextTry) {
			return "", ctx.Err()
		}
	}
	return "", fmt.Errorf("%w: %s takes no challenge", ErrRefused, b.cfg.Challenge)
}

// awaitAnswer waits until a challenge was answered, and takes it back when that
// takes too long.
func (b *Bot) awaitAnswer(ctx context.Context, id string) (bool, error) {
	late := time.NewTimer(answerTime)
	defer late.Stop()
	for {
		select {
		case e := <-b.settled:
			switch {
			case e.Type == "gameStart" && e.Game.ID == id:
				return true, nil
			case e.Type != "gameStart" && e.Challenge.ID == id:
				b.cfg.Log.Info("a challenge was not accepted", "challenge", id, "why", e.Challenge.Reason)
				return false, nil
			}
		case <-late.C:
			err := b.api.post(ctx, "/api/challenge/"+id+"/cancel", nil)
			if errors.Is(err, ErrRefused) {
				err = nil // it was answered just now, or forgotten
			}
			return false, err
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
}

// awaitEnd returns when the bot does not play a game any more.
func (b *Bot) awaitEnd(ctx context.Context, id string) {
	b.mu.Lock()
	over := b.playing[id]
	b.mu.Unlock()
	if over == nil {
		return
	}
	select {
	case <-over:
	case <-ctx.Done():
	}
}
