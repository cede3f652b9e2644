package host

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/anishathalye/porcupine"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// turnModel is what a table is to its players: each turn is taken by whose
// turn it is, and an action is done once. The state is who acted with which
// id, in order.
func turnModel() porcupine.Model {
	return (&porcupine.NondeterministicModel{
		Init:              func() []any { return []any{""} },
		Step:              turnStep,
		Equal:             func(a, b any) bool { return a == b },
		DescribeOperation: func(in, out any) string { return fmt.Sprintf("%+v -> %+v", in, out) },
	}).ToModel()
}

// turnIn and turnOut are one call of Do.
type turnIn struct {
	seat game.Seat
	id   byte // of the action
}

type turnOut struct {
	seq table.Seq
	// refused means out of turn, unknown that anything may have happened.
	refused, unknown bool
}

func turnStep(state, input, output any) []any {
	acted, in, out := state.(string), input.(turnIn), output.(turnOut)
	for ply := range len(acted) {
		if acted[ply] == in.id && ply%2 == int(in.seat) {
			return only(state, out.unknown || out.seq == table.Seq(ply+2))
		}
	}
	mine := len(acted)%2 == int(in.seat)
	done := any(acted + string([]byte{in.id}))
	switch {
	case out.unknown && mine:
		return []any{state, done}
	case out.unknown:
		return []any{state}
	case out.refused:
		return only(state, !mine)
	}
	return only(done, mine && out.seq == table.Seq(len(acted)+2))
}

func only(state any, possible bool) []any {
	if !possible {
		return nil
	}
	return []any{state}
}

// recorder collects the history of one table. Time is a counter.
type recorder struct {
	tick *atomic.Int64
	mu   sync.Mutex
	ops  []porcupine.Operation
}

func (r *recorder) call(client int, in turnIn, do func() turnOut) turnOut {
	start := r.tick.Add(1)
	out := do()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ops = append(r.ops, porcupine.Operation{ClientId: client, Input: in, Call: start, Output: out, Return: r.tick.Add(1)})
	return out
}

// TestLinearizable lets two tabs of each player take turns at once, while the
// journal fails now and then, before or after it stored, or says that somebody
// else was there, and while the server restarts.
func TestLinearizable(t *testing.T) {
	const seeds, tables = 20, 3
	for seed := range uint64(seeds) {
		var recorders []*recorder
		synctest.Test(t, func(t *testing.T) { recorders = turnsUnderFaults(t, seed, tables) })
		for i, r := range recorders {
			if !porcupine.CheckOperations(turnModel(), r.ops) {
				t.Errorf("seed %d: the history of table %d is not linearizable: %+v", seed, i, r.ops)
			}
			if done := r.succeeded(); done < 20 {
				t.Errorf("seed %d: only %d actions succeeded at table %d, which proves little", seed, done, i)
			}
		}
	}
}

func turnsUnderFaults(t *testing.T, seed uint64, tables int) []*recorder {
	w := newWorld(t)
	var lock sync.RWMutex // of w.Host
	recorders := make([]*recorder, tables)
	var players sync.WaitGroup
	var tick atomic.Int64
	for i := range recorders {
		recorders[i] = &recorder{tick: &tick}
		s := benchSetup()
		s.Control = clock.Control{}
		id := w.create(s)
		for client := range 4 {
			rng := rand.New(rand.NewPCG(seed, uint64(i*4+client)))
			p := &tab{world: w, lock: &lock, id: id, client: client, rng: rng}
			players.Go(func() { p.play(recorders[i]) })
		}
	}
	setFaults(w.journal, seed)
	for range 3 {
		time.Sleep(time.Second)
		w.stop()
		w.pulse.Restart()
		lock.Lock()
		w.start()
		lock.Unlock()
	}
	players.Wait()
	w.stop()
	return recorders
}

func (r *recorder) succeeded() (n int) {
	for _, op := range r.ops {
		if op.Output.(turnOut).seq > 0 {
			n++
		}
	}
	return n
}

// setFaults lets a tenth of the appends fail, half of those after storing.
func setFaults(j *fateful, seed uint64) {
	rng := rand.New(rand.NewPCG(seed, 99))
	j.set(func(table.ID, table.Seq) fate { // under the lock of j
		switch rng.IntN(20) {
		case 0:
			return fate{err: errors.New("lost on the way there")}
		case 1:
			return fate{err: errors.New("lost on the way back"), stored: true}
		case 2:
			return fate{err: table.ErrConflict}
		}
		return fate{}
	})
}

// tab is one of two sockets of a player.
type tab struct {
	*world
	lock   *sync.RWMutex
	id     table.ID
	client int
	rng    *rand.Rand
}

// tabCalls is how many calls a tab makes.
const tabCalls = 60

// play asks for turns, and asks again when it does not know what happened.
func (p *tab) play(r *recorder) {
	in := turnIn{seat: game.Seat(p.client % 2), id: byte(p.client / 2 * tabCalls)}
	for range tabCalls {
		if out := r.call(p.client, in, func() turnOut { return p.act(in) }); !out.unknown {
			in.id++
		}
		time.Sleep(time.Duration(p.rng.IntN(100)) * time.Millisecond)
	}
}

func (p *tab) act(in turnIn) turnOut {
	p.lock.RLock()
	h := p.Host
	p.lock.RUnlock()
	who := []table.Player{anna, bert}[in.seat]
	seq, err := h.Do(p.tb.Context(), add(p.id, who, table.ActionID(fmt.Sprint("m", in.id)), 1))
	switch {
	case err == nil:
		return turnOut{seq: seq}
	case errors.Is(err, game.ErrTurn):
		return turnOut{refused: true}
	}
	return turnOut{unknown: true}
}
