package httpapi

import (
	"context"
	"errors"
	"sync"
	"time"

	"kibitz/internal/account"
)

// How often the server looks after sessions.
const (
	newsEvery  = 2 * time.Second
	flushEvery = 30 * time.Second
	pruneEvery = time.Hour
)

// maxLetters is how many letters wait to be sent, and letterTime how long one
// may take.
const (
	maxLetters = 100
	letterTime = 30 * time.Second
)

// Run looks after sessions until ctx is done: it ends what was ended
// elsewhere, writes when sessions were used, and sends mail.
func (s *Server) Run(ctx context.Context) {
	news, flush, prune := time.NewTicker(newsEvery), time.NewTicker(flushEvery), time.NewTicker(pruneEvery)
	defer news.Stop()
	defer flush.Stop()
	defer prune.Stop()
	s.troubled(ctx, "news", s.refresh(ctx))
	var post sync.WaitGroup
	defer post.Wait()
	post.Go(func() { s.postman(ctx) })
	post.Go(func() { s.remind(ctx) })
	for {
		select {
		case <-news.C:
			s.troubled(ctx, "news", s.refresh(ctx))
		case <-flush.C:
			s.troubled(ctx, "sessions", s.cfg.Accounts.Flush(ctx))
		case <-prune.C:
			s.troubled(ctx, "prune", s.cfg.Accounts.Prune(ctx, s.cfg.Now()))
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTime)
			defer cancel()
			s.troubled(last, "sessions", s.cfg.Accounts.Flush(last))
			return
		}
	}
}

// postman sends letters, one after the other.
func (s *Server) postman(ctx context.Context) {
	for {
		select {
		case name := <-s.letters:
			s.troubled(ctx, "mail", s.send(ctx, name))
		case <-ctx.Done():
			return
		}
	}
}

func (s *Server) send(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, letterTime)
	defer cancel()
	return s.post(ctx, name)
}

// troubled logs what will be tried again.
func (s *Server) troubled(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		s.cfg.Log.Error("looking after sessions", "what", what, "err", err)
	}
}

// refresh takes note of what other processes did, and closes the sockets of
// sessions that are no more.
func (s *Server) refresh(ctx context.Context) error {
	users, err := s.cfg.Accounts.Refresh(ctx)
	if err != nil || len(users) == 0 {
		return err
	}
	changed := make(map[account.ID]bool, len(users))
	for _, id := range users {
		changed[id] = true
	}
	for _, x := range s.hub.all(func(x *socket) bool { return x.user != nil && !x.token && changed[x.user.ID] }) {
		login, err := s.cfg.Accounts.Login(ctx, x.hash)
		if errors.Is(err, account.ErrNotSignedIn) || err == nil && login.User != *x.user {
			x.close(closePolicy, "signed out, or changed; reconnect")
		}
	}
	return nil
}
