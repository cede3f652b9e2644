//go:build linux

package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/botclient"
	"kibitz/internal/chess"
	"kibitz/internal/server"
	"kibitz/internal/uci"
)

// How a load of bots is measured: with so much time for a move on average, for
// so long, after the last game has begun.
const (
	loadThink  = 2 * time.Second
	loadTime   = time.Minute
	loadSettle = 10 * time.Second
)

// dabbler plays random moves, each after a while.
type dabbler struct{ moves *atomic.Int64 }

// Go implements botclient.Engine.
func (d dabbler) Go(ctx context.Context, p uci.Position, _ uci.Limits) (uci.Reply, error) {
	pos, err := chess.ParseFEN(p.FEN)
	if err != nil {
		return uci.Reply{}, err
	}
	for _, text := range p.Moves {
		m, err := pos.ParseUCI(text)
		if err != nil {
			return uci.Reply{}, err
		}
		pos = pos.Play(m)
	}
	timer := time.NewTimer(time.Duration(rand.Int64N(int64(2 * loadThink))))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return uci.Reply{}, ctx.Err()
	}
	var room [256]chess.Move
	legal := pos.LegalMoves(room[:0])
	if len(legal) == 0 {
		return uci.Reply{}, uci.ErrEngine
	}
	d.moves.Add(1)
	return uci.Reply{Best: pos.UCI(legal[rand.IntN(len(legal))])}, nil
}

func (dabbler) Announces(string) bool { return false }
func (dabbler) Close()                {}

// tokens makes bots with a token each.
func (s *serverProcess) botTokens(n int) []string {
	s.tb.Helper()
	people, db, err := server.OpenPeople(s.tb.Context(), server.Config{Data: s.data})
	if err != nil {
		s.tb.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	list := make([]string, n)
	for i := range list {
		login, _, err := people.Guest(s.tb.Context(), account.Client{})
		if err != nil {
			s.tb.Fatal(err)
		}
		err = people.Store.Change(s.tb.Context(), login.User.ID, func(a *account.Account) error {
			a.Name, a.Guest, a.Role, a.Privacy = loadName(i), false, account.RoleBot, account.Open()
			return nil
		})
		if err != nil {
			s.tb.Fatal(err)
		}
		_, list[i], err = people.NewAccessToken(s.tb.Context(), login.User.ID, account.NewAccess{
			Name: "load", Scopes: []account.Scope{account.ScopeBotPlay}, Days: 1,
		})
		if err != nil {
			s.tb.Fatal(err)
		}
	}
	return list
}

func loadName(i int) string { return fmt.Sprintf("load-%04d", i) }

// taken is what the server process has used: processor time and memory.
func (s *serverProcess) taken() (cpu time.Duration, rssKB int) {
	s.tb.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		s.tb.Fatal(err)
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	for _, f := range fields[11:13] { // user and system time, in hundredths
		n, _ := strconv.Atoi(f)
		cpu += time.Duration(n) * 10 * time.Millisecond
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		s.tb.Fatal(err)
	}
	_, behind, _ := strings.Cut(string(status), "VmRSS:")
	_, _ = fmt.Sscan(behind, &rssKB)
	return cpu, rssKB
}

// TestBotLoad measures a server with two event streams, two game streams and
// one running game for every pair of bots. It is for docs/performance.md, and
// runs when KIBITZ_BOT_LOAD says how many games there are to be.
func TestBotLoad(t *testing.T) {
	games, err := strconv.Atoi(os.Getenv("KIBITZ_BOT_LOAD"))
	if err != nil || games < 1 {
		t.Skip("it takes two minutes: ask for it with KIBITZ_BOT_LOAD=500, the number of games")
	}
	t.Setenv("KIBITZ_GUESTS_PER_MINUTE", "-1")
	s := startServer(t)
	tokens := s.botTokens(2 * games)
	ctx, stop := context.WithCancel(context.Background())
	var moves atomic.Int64
	var crowd sync.WaitGroup
	for i, token := range tokens {
		cfg := botclient.Config{
			URL: "http://" + s.addr, Token: token, Log: slog.New(slog.DiscardHandler), Limit: 30 * time.Minute,
			Open: func(context.Context) (botclient.Engine, error) { return dabbler{&moves}, nil },
		}
		if i%2 == 1 {
			cfg.Challenge, cfg.Count = loadName(i-1), 1000
		}
		bot, err := botclient.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		crowd.Go(func() {
			if err := bot.Run(ctx); err != nil {
				t.Errorf("bot %d: %v", i, err)
			}
		})
		time.Sleep(10 * time.Millisecond) // or it is a test of SYN queues
	}
	time.Sleep(loadSettle)
	cpu, _ := s.taken()
	before, begun := moves.Load(), time.Now()
	slow := s.probe(t, tokens[0])
	took, done := time.Since(begun), moves.Load()-before
	after, rss := s.taken()
	t.Logf("%d games, %d event streams: %.0f moves/s, %.2f processors, %d MB, GET /api/account p50 %v p99 %v", games, len(tokens),
		float64(done)/took.Seconds(), (after-cpu).Seconds()/took.Seconds(), rss>>10, slow[len(slow)/2], slow[len(slow)*99/100])
	stop()
	crowd.Wait()
	if done == 0 {
		t.Error("nobody moved")
	}
}

// probe asks for an account again and again, and returns how long it took, the
// fastest first.
func (s *serverProcess) probe(t *testing.T, token string) []time.Duration {
	t.Helper()
	var all []time.Duration
	for begun := time.Now(); time.Since(begun) < loadTime; time.Sleep(100 * time.Millisecond) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.addr+"/api/account", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		sent := time.Now()
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		all = append(all, time.Since(sent))
	}
	slices.Sort(all)
	return all
}
